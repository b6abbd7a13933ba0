import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { AnswerForm } from '../answer-forms.fixture.ts'
import type { HttpResponse } from '../channel.ts'
import { assertListed, fuzzedCalls } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createUnionpayChannel } from './channel.ts'
import { unionpayCodes } from './codes.ts'
import { readForm } from './form.ts'
import {
  type Fields,
  merchantKeys,
  order,
  payAnswer,
  queryAnswer,
  reference,
  refundAnswer,
  refundQueryAnswer,
  response,
  reversalAnswer,
  settings,
  signed,
  signedBody,
} from './unionpay.fixture.ts'

const channel = createUnionpayChannel({ ...settings, trustPay00: true })
const runs = 10_000

/** The gateway's form as the spoiler of answers sees it; the `&` behind a field is its own. */
const unionpayForm: AnswerForm = {
  field: /(?<name>[A-Za-z]\w*)=(?<value>(?:[^&]|&(?![A-Za-z]\w*=))*)&?/g,
  nested: (depth) => `${'{a='.repeat(depth)}1${'}'.repeat(depth)}`,
  written: (name, value) => `${name}=${value}&`,
  prologues: ['\uFEFF', '\u0000', ' \n', '{', '}', '<html>', '<!DOCTYPE xml [<!ENTITY paid "00">]>', '&', 'a=1&', '='],
}

const calls = ['pay', 'query', 'revoke', 'refund', 'queryRefund'] as const
type Call = (typeof calls)[number]
type Outcome = PayOutcome | QueryOutcome | RevokeOutcome | RefundOutcome | RefundQueryOutcome

const whole: Readonly<Record<Call, Fields>> = {
  pay: payAnswer,
  query: queryAnswer,
  revoke: reversalAnswer,
  refund: refundAnswer,
  queryRefund: refundQueryAnswer,
}
const codes = ['05', '12', '34', '39', '45', '64', '99', '43']

/** Whole answers of a call: of this order, of another, of another amount, and with other codes. */
const contents = (call: Call): readonly Fields[] => {
  const own = whole[call]
  const isQuery = call === 'query' || call === 'queryRefund'
  return [
    own,
    { ...own, orderId: '20260318101530T01A0002', queryId: '202603181015301234999' },
    ...('txnAmt' in own ? [{ ...own, txnAmt: '1251', queryId: '202603181015301234999' }] : []),
    ...codes.map((respCode) => ({ ...own, respCode })),
    ...(isQuery ? codes.map((origRespCode) => ({ ...own, origRespCode })) : []),
  ]
}
const written = calls.flatMap(contents).map((fields) => ({ fields, body: signedBody(fields) }))
const encodedBody = (body: string): string =>
  body
    .split(/&(?=[A-Za-z]\w*=)/)
    .map((pair) => `${pair.slice(0, pair.indexOf('='))}=${encodeURIComponent(pair.slice(pair.indexOf('=') + 1))}`)
    .join('&')

/** Genuine twice, so that enough of them stay readable; encoded; by somebody else's key; unsigned; of other calls. */
const answersOf = (call: Call): readonly string[] => {
  const own = contents(call)
  const genuine = own.map((fields) => signedBody(fields))
  return [
    ...genuine,
    ...genuine,
    ...genuine.map(encodedBody),
    ...own.map((fields) => signedBody(fields, merchantKeys.privateKey)),
    ...genuine.map((body) => body.slice(0, body.indexOf('&signature='))),
    ...calls.map((each) => signedBody(whole[each])),
    '<html><body>网络认证</body></html>',
  ]
}

/** The body with its percent signs read: `%2f` and `%2F` are the same byte, and a flipped bit makes one of the other. */
const percentRead = (body: Buffer): string =>
  Buffer.from(
    body
      .toString('latin1')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** Whether everything that some genuine answer signed, and its signature, still stands in the body. */
function holdsGenuineAnswer(body: Buffer): boolean {
  const text = body.toString('utf8')
  const read = percentRead(body)
  return written.some(({ body: one }) =>
    one
      .split(/&(?=[A-Za-z]\w*=)/)
      .every((pair) => [text, read].some((each) => each.includes(pair.slice(pair.indexOf('='))))),
  )
}

const decode = (call: Call, answer: HttpResponse): Outcome =>
  call === 'refund' || call === 'queryRefund'
    ? channel[call].decode(reference, answer)
    : channel[call].decode(order, answer)

const refundKinds: Readonly<Record<'refund' | 'queryRefund', readonly string[]>> = {
  refund: ['accepted', 'unknown', 'refused', 'person-needed'],
  queryRefund: ['done', 'processing', 'closed', 'not-found', 'unknown'],
}

/** What only UnionPay can have said: here every refusal too. */
const isVerifiedKind = (kind: string): boolean => kind !== 'unknown' && kind !== 'try-again'

function judge(call: Call, body: Buffer, chance: Dice, isVerified: () => boolean): Outcome {
  const answer = anyResponse(body, chance)
  const outcome = decode(call, answer)
  const fuzzed = fuzzedCalls.find((each) => each === call)
  if (fuzzed !== undefined) assertListed(fuzzed, outcome as PayOutcome | QueryOutcome | RevokeOutcome) // by the call
  if (call === 'refund' || call === 'queryRefund') {
    assert.ok(refundKinds[call].includes(outcome.kind), `${call}: ${outcome.kind}`)
    assert.doesNotMatch(JSON.stringify(outcome.evidence), /\d{12}/)
  }
  if (isVerifiedKind(outcome.kind)) assert.ok(answer.status === 200 && isVerified(), `${call}: ${outcome.kind}`)
  return outcome
}

/** A signed answer of the right form with any codes, fields missing, any values. */
function randomFields(call: Call, chance: Dice): Fields {
  const own = whole[call]
  const changed = Object.entries(own).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (name === 'respCode' || name === 'origRespCode') {
      return [[name, chance.pick(['00', '00', ...unionpayCodes, '43', '', 'x'])]]
    }
    const turn = chance.below(40)
    if (turn === 0) return []
    return turn === 1 ? [[name, chance.pick(['', '0', '1251', 'x', '中', '1e9', '-1'])]] : [[name, value]]
  })
  return Object.fromEntries(changed)
}

for (const call of calls) {
  test(`${call}: 10,000 random answers, some of them signed, give a listed outcome`, () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const fields = seed % 8 === 0 ? randomFields(call, chance) : null
      const body = fields === null ? randomBody(chance) : Buffer.from(signedBody(fields))
      try {
        const { kind } = judge(call, body, chance, () => fields !== null)
        seen.add(kind)
        if (kind !== 'paid' && kind !== 'done') continue
        const own = whole[call]
        for (const name of ['merId', 'orderId', 'txnTime', 'txnType', 'txnSubType', 'txnAmt', 'signPubKeyCert']) {
          assert.equal(fields?.[name], own[name], name)
        }
        assert.equal(fields?.['respCode'], '00')
        if (call !== 'pay') assert.equal(fields?.['origRespCode'], '00')
        if (kind === 'paid') assert.ok(fields?.['queryId'])
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.ok(seen.size >= 4, `only ${[...seen]}`)
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    const answers = answersOf(call)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, unionpayForm, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsGenuineAnswer(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, payAnswer['queryId'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // Fields in another order are the same answer, so some are still read; most are spoiled for good.
    assert.ok(kinds.size >= 3, `only ${[...kinds.keys()]}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

test('no outcome of any answer shows a run of digits as long as a payment code', () => {
  const digits = fc.stringMatching(/^62[0-9]{17}$/)
  const words = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[&={}[\]%]/.test(text))
  fc.assert(
    fc.property(digits, words, fc.constantFrom(...calls), (code, text, call) => {
      const respMsg = `x${text}${code}${text}`
      const fields = { ...whole[call], respCode: code, respMsg, origRespMsg: respMsg, origRespCode: code }
      assert.doesNotMatch(JSON.stringify(decode(call, signed(fields))), /\d{12}/)
    }),
    { numRuns: 300 },
  )
})

test('whatever text comes, reading it never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readForm(text)))
})

test('the largest answers, made to be slow to read, are unknown like any other', () => {
  const longest = 1_048_576
  const filled = (before: string, piece: string, after = ''): string =>
    before + piece.repeat(Math.floor((longest - before.length - after.length) / piece.length)) + after
  const texts = [
    filled('', '&'),
    filled('a=', '&b'),
    filled('a=', '{'),
    filled('', 'a={&'),
    filled('a={', '&b=1'),
    filled('a=', '%41'),
    Array.from({ length: 80_000 }, (_, index) => `a${index}={1`).join('&'),
    filled('signMethod=01&signPubKeyCert=-----BEGIN CERTIFICATE-----\n', 'A', '&signature=AAAA'),
    filled('respCode=00&signature=', 'A'),
  ]
  for (const text of texts) {
    for (const call of calls) {
      assert.equal(decode(call, response(text)).kind, call === 'revoke' ? 'try-again' : 'unknown')
    }
  }
})
