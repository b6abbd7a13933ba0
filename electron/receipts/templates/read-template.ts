import { type DocumentKind, type DocumentShape, documentShapes, optionalFields } from '../../till/receipt/document.ts'
import { readLine } from './read-line.ts'
import type { ReceiptTemplate, TemplateBlock, TemplateLine } from './receipt-template.ts'
import type { TemplateProblem } from './template-problem.ts'

/**
 * Templates are written in receiptline's language, with five things of our own (docs/receipts.md):
 *
 * 1. `{{amount}}` is the document's field, `{{word.amount}}` a label in the paper's language. A line with a field that
 *    this paper does not have is left out.
 * 2. The lines between `{{#goods}}` and `{{/goods}}` stand once for each entry of that list, whose own fields are
 *    `{{goods.name}}`.
 * 3. `{{code orderNumber}}`, `{{qr signedText}}` and `{{logo}}`, each on a line of its own.
 * 4. `{{?transactionId}}` at the beginning: the line is left out where there is no such field, list or logo.
 * 5. That it is training, and which copy it is, stands on every paper and is no template's to leave out (I13).
 *
 * Raw commands and pictures are refused: a template comes from a file, and must not reach the printer past our checks.
 */
export type TemplateReading =
  | { readonly ok: true; readonly template: ReceiptTemplate }
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] }

const linesMax = 200
const charactersMax = 10_000

/** What a paper of each kind must show, whatever its template is. */
const mustShow = {
  sale: ['amount', 'orderNumber'],
  refund: ['amount', 'outcome', 'orderNumber', 'refundNumber'],
  revocation: ['amount', 'outcome', 'orderNumber'],
  'case-slip': ['amount', 'doNotPay', 'known', 'next', 'orderNumber'],
  'shift-report': ['salesTotal', 'refundsTotal', 'shiftNumber'],
  'test-page': [],
  'practice-codes': [],
} as const satisfies Readonly<Record<DocumentKind, readonly string[]>>

const before = ['{{?copy}}"{{copy}}"', '{{?training}}`^^{{training}}^^`']
const after = ['{{?training}}`^^{{training}}^^`']

/** Every lasting property of receiptline's language, as it is where nobody has set it. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['align', '{align:center}'],
  ['border', '{border:1}'],
  ['option', '{option:code128,2,72}'],
  ['text', '{text:wrap}'],
  ['width', '{width:auto}'],
])

/** Reads a template of a kind of paper and checks it: every problem with its line, or the template. */
export function readTemplate(kind: DocumentKind, text: string): TemplateReading {
  const rows = text.replace(/\n$/, '').split(/\r?\n/)
  if (rows.length > linesMax || text.length > charactersMax) {
    return { ok: false, problems: [{ line: 1, kind: 'too-long', linesMax, charactersMax }] }
  }
  const shape: DocumentShape = documentShapes[kind]
  const { blocks, problems } = readRows(rows, shape)
  if (problems.length > 0) return { ok: false, problems }
  const shown = new Set(blocks.flatMap(({ lines }) => lines.flatMap(shownBy)))
  const missing = mustShow[kind].filter((name) => !shown.has(name))
  if (missing.length > 0) {
    return { ok: false, problems: missing.map((slot) => ({ line: rows.length, kind: 'slot-missing', slot })) }
  }
  // The lines of every paper stand in their own settings, whatever the template's last ones were.
  const framed = [...readRows(before, shape).blocks, ...blocks, ...readRows(after, shape).blocks]
  return { ok: true, template: { blocks: framed } }
}

/** The fields that a line shows on every paper: one field without a value would take the whole line away. */
function shownBy(line: TemplateLine): readonly string[] {
  if (line.kind !== 'text') return []
  const names = line.slots.flatMap((slot) => (slot.kind === 'field' ? [slot.name] : []))
  if (line.when !== null && optionalFields.has(line.when)) return []
  return names.some((name) => optionalFields.has(name)) ? [] : names
}

function readRows(
  rows: readonly string[],
  shape: DocumentShape,
): { readonly blocks: readonly TemplateBlock[]; readonly problems: readonly TemplateProblem[] } {
  const settings = new Map(defaults)
  const problems: TemplateProblem[] = []
  const blocks: { readonly list: string | null; readonly lines: TemplateLine[] }[] = [{ list: null, lines: [] }]
  for (const [index, row] of rows.entries()) {
    const line = index + 1
    const list = blocks.at(-1)?.list ?? null
    const [, mark, name = ''] = /^\s*\{\{([#/])\s*(\w+)\s*\}\}\s*$/.exec(row) ?? []
    if (mark === undefined) {
      const reading = readLine(row, { shape, list, settings: [...settings.values()] })
      if (reading.kind === 'problem') problems.push({ line, ...reading.problem })
      else if (reading.kind === 'line') blocks.at(-1)?.lines.push(reading.line)
      else for (const [property, value] of reading.settings) settings.set(property, value)
    } else if (mark === '#') {
      if (list !== null) problems.push({ line, kind: 'block-not-closed', list })
      else if (!Object.hasOwn(shape.lists, name)) problems.push({ line, kind: 'slot-unknown', slot: name })
      blocks.push({ list: name, lines: [] })
    } else {
      if (list !== name) problems.push({ line, kind: 'block-not-open', list: name })
      blocks.push({ list: null, lines: [] })
    }
  }
  const open = blocks.at(-1)?.list ?? null
  if (open !== null) problems.push({ line: rows.length, kind: 'block-not-closed', list: open })
  return { blocks: blocks.filter(({ lines }) => lines.length > 0), problems }
}
