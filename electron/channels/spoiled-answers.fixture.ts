import assert from 'node:assert/strict'
import { type AnswerForm, jsonForm } from './answer-forms.fixture.ts'
import type { HttpResponse } from './channel.ts'

/** For tests only: answers spoiled from a seed. */

/** A seeded source of chance; the same seed gives the same answers on every machine. */
export type Dice = {
  below(limit: number): number
  pick<Member>(members: readonly Member[]): Member
  bytes(longest: number): Buffer
}

/** The generator mulberry32 (Tommy Ettinger). */
export function dice(seed: number): Dice {
  let state = Math.imul(seed, 0x9e3779b9) | 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mix = Math.imul(state ^ (state >>> 15), state | 1)
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61)
    return Math.floor((((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    pick: (members) => {
      const member = members[below(members.length)]
      assert.ok(member !== undefined)
      return member
    },
    bytes: (longest) => Buffer.from(Array.from({ length: below(longest + 1) }, () => below(256))),
  }
}

const fieldsOf = (form: AnswerForm, text: string) =>
  [...text.matchAll(form.field)].map((match) => ({
    at: match.index,
    text: match[0],
    name: match.groups?.name ?? '',
    value: match.groups?.value ?? '',
  }))

type Spoiling = {
  readonly text: string
  readonly other: string
  readonly form: AnswerForm
  readonly dice: Dice
}

/** Puts something else in the place of one field. */
const inField = ({ text, form, dice }: Spoiling, change: (field: ReturnType<typeof fieldsOf>[number]) => string) => {
  const fields = fieldsOf(form, text)
  if (fields.length === 0) return text
  const field = dice.pick(fields)
  return text.slice(0, field.at) + change(field) + text.slice(field.at + field.text.length)
}

const numbers = [
  '9'.repeat(400),
  '1e999',
  '-1',
  '0x10',
  '1288.0',
  '9007199254740993',
  '٣٥',
  'NaN',
  '"NaN"',
  '1e3',
] as const
const values = [
  '',
  'SUCCESS',
  'FAIL',
  '"SUCCESS"',
  '"Y"',
  'N',
  '"N"',
  '"10000"',
  '10000',
  'null',
  'true',
  '{}',
  '&paid;',
] as const
const names = [
  '__proto__',
  'constructor',
  'toString',
  'sign',
  'return_code',
  'code',
  'total_fee',
  'total_amount',
] as const

/** Each way to spoil a text, by name. */
const textSpoilings = {
  'field moved': (spoiling) => {
    const fields = fieldsOf(spoiling.form, spoiling.text)
    const [first, second] = [spoiling.dice.below(fields.length), spoiling.dice.below(fields.length)].sort(
      (a, b) => a - b,
    )
    const left = fields[first ?? 0]
    const right = fields[second ?? 0]
    if (!left || !right || left.at === right.at) return spoiling.text
    const { text } = spoiling
    const between = text.slice(left.at + left.text.length, right.at)
    return `${text.slice(0, left.at)}${right.text}${between}${left.text}${text.slice(right.at + right.text.length)}`
  },
  'field doubled': (spoiling) =>
    inField(spoiling, ({ text }) => `${text}${spoiling.form === jsonForm ? ',' : ''}${text}`),
  'field removed': (spoiling) => inField(spoiling, () => ''),
  'field of another answer': (spoiling) => {
    const others = fieldsOf(spoiling.form, spoiling.other)
    return inField(spoiling, ({ name, text }) => others.find((other) => other.name === name)?.text ?? text)
  },
  'any field of another answer': (spoiling) => {
    const others = fieldsOf(spoiling.form, spoiling.other)
    return others.length === 0 ? spoiling.text : inField(spoiling, () => spoiling.dice.pick(others).text)
  },
  'huge number': (spoiling) =>
    inField(spoiling, ({ name }) => spoiling.form.written(name, spoiling.dice.pick(numbers))),
  'other value': (spoiling) => inField(spoiling, ({ name }) => spoiling.form.written(name, spoiling.dice.pick(values))),
  'other name': (spoiling) => inField(spoiling, ({ value }) => spoiling.form.written(spoiling.dice.pick(names), value)),
  'nested deep': (spoiling) =>
    inField(spoiling, ({ name }) => spoiling.form.written(name, spoiling.form.nested(1 + spoiling.dice.below(60)))),
  prologue: ({ text, form, dice }) => `${dice.pick(form.prologues)}${text}`,
  epilogue: ({ text, form, dice }) => `${text}${dice.pick(form.prologues)}`,
  'prologue within': ({ text, form, dice }) => {
    const at = dice.below(text.length + 1)
    return `${text.slice(0, at)}${dice.pick(form.prologues)}${text.slice(at)}`
  },
  doubled: ({ text }) => text + text,
  'followed by another answer': ({ text, other }) => text + other,
  'spliced with another answer': ({ text, other, dice }) =>
    text.slice(0, dice.below(text.length)) + other.slice(dice.below(other.length)),
  'other case': ({ text, dice }) => (dice.below(2) === 0 ? text.toLowerCase() : text.toUpperCase()),
} as const satisfies Readonly<Record<string, (spoiling: Spoiling) => string>>

const byteSpoilings = {
  'byte flipped': (body, dice) => {
    const changed = Buffer.from(body)
    const at = dice.below(changed.length)
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << dice.below(8))
    return changed
  },
  'bytes removed': (body, dice) => {
    const at = dice.below(body.length + 1)
    return Buffer.concat([body.subarray(0, at), body.subarray(at + 1 + dice.below(8))])
  },
  'bytes inserted': (body, dice) => {
    const at = dice.below(body.length + 1)
    return Buffer.concat([body.subarray(0, at), dice.bytes(6), body.subarray(at)])
  },
  truncated: (body, dice) => body.subarray(0, dice.below(body.length + 1)),
  'wrong charset': (body, dice) => {
    const text = body.toString('utf8')
    const forms = [
      () => Buffer.from(text, 'utf16le'),
      () => Buffer.from(text, 'latin1'),
      () => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      () => Buffer.concat([body, Buffer.from([0xc0, 0xaf])]), // overlong
      () => Buffer.concat([body, Buffer.from([0xca, 0xd5])]), // 收 in GBK
      () => Buffer.from(body.toString('latin1'), 'utf8'), // read as latin1 and written again
    ]
    return dice.pick(forms)()
  },
} as const satisfies Readonly<Record<string, (body: Buffer, dice: Dice) => Buffer>>

type TextSpoiling = keyof typeof textSpoilings
type ByteSpoiling = keyof typeof byteSpoilings

/** Every way in which an answer is spoiled. */
export const spoilings: readonly (TextSpoiling | ByteSpoiling)[] = [
  // The keys of a literal are its names and nothing else.
  ...(Object.keys(textSpoilings) as TextSpoiling[]),
  ...(Object.keys(byteSpoilings) as ByteSpoiling[]),
]

const isTextSpoiling = (name: TextSpoiling | ByteSpoiling): name is TextSpoiling => name in textSpoilings

/** An answer that was spoiled in one to three ways, and their names. */
export function spoiledAnswer(answers: readonly string[], form: AnswerForm, dice: Dice) {
  const other = dice.pick(answers)
  let body = Buffer.from(dice.pick(answers))
  const ways = Array.from({ length: 1 + dice.below(3) }, () => dice.pick(spoilings))
  for (const way of ways) {
    body = isTextSpoiling(way)
      ? Buffer.from(textSpoilings[way]({ text: body.toString('utf8'), other, form, dice }))
      : Buffer.from(byteSpoilings[way](body, dice))
  }
  return { body, ways }
}

const crumbs = [
  ...['<', '>', '</', '/>', '<xml>', '</xml>', '<![CDATA[', ']]>', '&', '&lt;', '&#0;', '&#x110000;', '<!DOCTYPE '],
  ...['<?', '?>', '<!--', '-->', '<sign>', 'SUCCESS', 'FAIL', '收款', '\u0000', '\uFEFF', '\r\n', ' '],
  ...['<return_code>SUCCESS</return_code>', '<result_code>SUCCESS</result_code>', '<trade_state>SUCCESS</trade_state>'],
  ...['{', '}', '[', ']', ':', ',', '"', '\\', '\\u0000', '\\ud800', 'null', '1e9', '"sign":', '"code":"10000"'],
  ...['pay', 'query', 'cancel'].map((method) => `"alipay_trade_${method}_response":`),
  ...['"error_response":', '"trade_status":"TRADE_SUCCESS"'],
]

/** Anything: bytes, or crumbs of both wire formats in any order. */
export function randomBody(dice: Dice): Buffer {
  if (dice.below(3) === 0) return dice.bytes(300)
  return Buffer.from(Array.from({ length: dice.below(40) }, () => dice.pick(crumbs)).join(''))
}

const statuses = [200, 200, 200, 200, 200, 200, 201, 202, 204, 301, 400, 401, 404, 429, 500, 502, 0, 999] as const
const headerTexts = [
  '',
  'text/html',
  'text/xml;charset=GBK',
  'application/json',
  'chunked',
  '-1',
  'x'.repeat(4_000),
  '\u0000',
] as const

/** An answer with any status and any headers. */
export function anyResponse(body: Buffer, dice: Dice): HttpResponse {
  const headers = {
    'content-type': dice.pick(headerTexts),
    'content-length': dice.pick(headerTexts),
    date: dice.pick(headerTexts),
  }
  return { status: dice.pick(statuses), headers, body: new Uint8Array(body) }
}
