import type { DocumentShape } from '../../till/receipt/document.ts'
import { type ReceiptWordName, receiptLabels } from '../../till/receipt/receipt-words.ts'
import type { TemplateLine, TemplateSlot } from './receipt-template.ts'
import type { TemplateLineProblem } from './template-problem.ts'

/** Where a line stands: what its paper has, in which list's block it is, and what holds for it. */
export type LinePlace = {
  readonly shape: DocumentShape
  readonly list: string | null
  readonly settings: readonly string[]
}

export type LineReading =
  | { readonly kind: 'line'; readonly line: TemplateLine }
  /** A property that changes how later lines look. */
  | { readonly kind: 'settings'; readonly settings: readonly (readonly [string, string])[] }
  | { readonly kind: 'problem'; readonly problem: TemplateLineProblem }

/** Holes in a line that was laid out are told apart by a character each. */
const slotsMax = 16

/** The properties that last, by their long and short names. */
const lasting: Readonly<Record<string, string>> = {
  align: 'align',
  a: 'align',
  border: 'border',
  b: 'border',
  option: 'option',
  o: 'option',
  text: 'text',
  t: 'text',
  width: 'width',
  w: 'width',
}
const passing: Readonly<Record<string, 'code' | 'comment'>> = {
  code: 'code',
  c: 'code',
  _: 'comment',
  comment: 'comment',
}

const refused = (problem: TemplateLineProblem): LineReading => ({ kind: 'problem', problem })

/** Reads one line of a template that is not the beginning or end of a block. */
export function readLine(row: string, place: LinePlace): LineReading {
  if (/\p{Co}/u.test(row)) return refused({ kind: 'private-character' })
  const condition = /^\s*\{\{\?([^{}]*)\}\}/.exec(row)
  const when = condition?.[1]?.trim() ?? null
  if (when !== null && !isCondition(when, place.shape)) return refused({ kind: 'slot-unknown', slot: when })
  const text = condition ? row.slice(condition[0].length) : row
  const { settings } = place

  const alone = /^[\t ]*\{\{(code |qr |logo)([^{}]*)\}\}[\t ]*$/.exec(text)
  if (alone) {
    const [, word = '', rest = ''] = alone
    if (word === 'logo') return { kind: 'line', line: { when, settings, kind: 'logo' } }
    const name = rest.trim()
    const slot = slotOf(name, place)
    if (slot === undefined || slot.kind === 'word') return refused({ kind: 'slot-unknown', slot: name })
    return { kind: 'line', line: { when, settings, kind: word === 'qr ' ? 'qr' : 'code', slot } }
  }

  const pieces = text.split(/\{\{([^{}]*)\}\}/)
  const texts = pieces.filter((_, index) => index % 2 === 0)
  const names = pieces.filter((_, index) => index % 2 === 1).map((name) => name.trim())
  const special = names.find((name) => /^(code |qr |logo$)/.test(name))
  if (special !== undefined) return refused({ kind: 'not-alone', slot: special })
  const bare = texts.map((part) => part.replace(/\\[\\{|}]/g, ''))
  if (bare.some((part) => /\{\{|\}\}/.test(part))) return refused({ kind: 'slot-not-closed' })
  if (bare.some((part) => /[{}]/.test(part))) {
    const isProperty = names.length === 0 && /^[\t ]*\{[^{}]*\}[\t ]*$/.test(text)
    return isProperty ? readProperty(text.trim(), when, settings) : refused({ kind: 'brace' })
  }
  if (names.length > slotsMax) return refused({ kind: 'too-many-slots', max: slotsMax })
  const slots = names.map((name) => slotOf(name, place))
  const unknown = names.find((_, index) => slots[index] === undefined)
  if (unknown !== undefined) return refused({ kind: 'slot-unknown', slot: unknown })
  const paragraphScale = paragraphScaleOf(texts, settings)
  const known = slots.filter((slot) => slot !== undefined)
  return { kind: 'line', line: { when, settings, kind: 'text', texts, slots: known, paragraphScale } }
}

function readProperty(text: string, when: string | null, settings: readonly string[]): LineReading {
  const changed: (readonly [string, string])[] = []
  let hasCode = false
  for (const member of text.slice(1, -1).replaceAll('\\;', '').split(';')) {
    if (member.trim() === '') continue
    const [, name = member.trim(), value = ''] = /^\s*([A-Za-z_]\w*)\s*:\s*(.*?)\s*$/.exec(member) ?? []
    const property = Object.hasOwn(lasting, name) ? lasting[name] : undefined
    if (property === 'border' && value.toLowerCase() === 'line') return refused({ kind: 'ruled-border' })
    if (property !== undefined) changed.push([property, `{${property}:${value}}`])
    else if (!Object.hasOwn(passing, name)) return refused({ kind: 'property', property: name })
    else hasCode ||= passing[name] === 'code'
  }
  if (!hasCode) return { kind: 'settings', settings: changed }
  return { kind: 'line', line: { when, settings, kind: 'text', texts: [text], slots: [], paragraphScale: null } }
}

function slotOf(name: string, { shape, list }: LinePlace): TemplateSlot | undefined {
  if (shape.fields.includes(name)) return { kind: 'field', name }
  const [, first = '', second = ''] = /^(\w+)\.(\w+)$/.exec(name) ?? []
  if (first === 'word' && isWord(second)) return { kind: 'word', name: second }
  return first === list && shape.lists[first]?.includes(second) ? { kind: 'entry', name: second } : undefined
}

const isWord = (name: string): name is ReceiptWordName => Object.hasOwn(receiptLabels.en, name)

const isCondition = (name: string, shape: DocumentShape): boolean =>
  name === 'logo' || shape.fields.includes(name) || Object.hasOwn(shape.lists, name)

/** For a slot over the whole width with nothing but decorations around it: how many cells each of its cells takes. */
function paragraphScaleOf(texts: readonly string[], settings: readonly string[]): number | null {
  const [head = '', tail] = texts
  if (texts.length !== 2 || tail === undefined) return null
  if (settings.some((setting) => /^\{(width:(?!auto\})|text:nowrap)/.test(setting))) return null
  if (!/^\|?[\^"_` ]*$/.test(head) || !/^[\^"_` ]*\|?$/.test(tail)) return null
  const size = /\^+/.exec(head)?.[0].length ?? 0
  return size < 2 ? size + 1 : size - 1
}
