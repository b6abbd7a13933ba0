import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import { jsonForm } from '../answer-forms.fixture.ts'
import type { HttpResponse } from '../channel.ts'
import { readFlatObject, readJson, readRawElements, readRawMembers } from '../json-members.ts'
import { assertListed, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createIcbcChannel } from './channel.ts'
import { icbcQueryStates, icbcReturnCodes } from './codes.ts'
import {
  type Content,
  listedContent,
  merchantKeys,
  order,
  paidContent,
  refundReference,
  refusedContent,
  rejectedContent,
  response,
  reversedContent,
  settings,
  signed,
  signedBody,
  stateContent,
} from './icbc.fixture.ts'

const channel = createIcbcChannel(settings)
const runs = 10_000

const calls = ['pay', 'query', 'revoke', 'refund', 'queryRefund'] as const
type Call = (typeof calls)[number]
type Outcome = PayOutcome | QueryOutcome | RevokeOutcome | RefundOutcome | RefundQueryOutcome

/** Whole answers of every kind: of this order, of another, of another amount. */
const other: Content = { ...paidContent, out_trade_no: 'T01A000120260318101531', order_id: 'other' }
const entry: Content = {
  reject_no: refundReference.refundNumber,
  reject_status: '1',
  reject_amt: '250',
}
const contents: Readonly<Record<Call, readonly Content[]>> = {
  pay: [paidContent, other, { ...paidContent, total_amt: '1251' }, ...['0', '2', '-1', '3'].map(stateContent)],
  query: [paidContent, other, { ...paidContent, total_amt: '1251' }, ...icbcQueryStates.map(stateContent)],
  revoke: [reversedContent, { ...reversedContent, real_reject_amt: '0', reject_amt: '0' }],
  refund: [rejectedContent, { ...rejectedContent, reject_no: 'other' }, { ...rejectedContent, reject_amt: '251' }],
  queryRefund: [
    listedContent([entry]),
    listedContent([]),
    ...['0', '2', 'x'].map((state) => listedContent([{ ...entry, reject_status: state }])),
    listedContent([
      { ...entry, reject_no: 'other' },
      { ...entry, reject_amt: '251' },
    ]),
  ],
}
const refusals = [...icbcReturnCodes, '99000001', 400026].map(refusedContent)
const all = [...calls.flatMap((call) => contents[call]), ...refusals]
const signedTexts = all.map((content) => JSON.stringify(content))

/** Genuine twice, so that enough of them stay readable; by somebody else's key; with the request's digest; unsigned. */
const answersOf = (call: Call): readonly string[] => {
  const own = [...contents[call], ...refusals]
  return [
    ...own.map((content) => signedBody(content)),
    ...own.map((content) => signedBody(content)),
    ...own.map((content) => signedBody(content, merchantKeys.privateKey)),
    ...contents[call].map((content) => signedBody(content, undefined, 'RSA2')),
    ...own.map((content) => `{"response_biz_content":${JSON.stringify(content)}}`),
  ]
}

/** Whether a text that the gateway signed still stands in the body, to the letter. */
const holdsSignedText = (body: Buffer): boolean => {
  const text = body.toString('utf8')
  return signedTexts.some((signedText) => text.includes(signedText))
}

const decode = (call: Call, answer: HttpResponse): Outcome =>
  call === 'refund' || call === 'queryRefund'
    ? channel[call].decode(refundReference, answer)
    : channel[call].decode(order, answer)

const refundKinds: Readonly<Record<'refund' | 'queryRefund', readonly string[]>> = {
  refund: ['accepted', 'unknown', 'refused'],
  queryRefund: ['done', 'processing', 'closed', 'not-found', 'unknown'],
}

/** What only the gateway can have said: with this bank, failures too. */
const isVerifiedKind = (kind: string): boolean =>
  [...verifiedKinds, 'failed', 'failed-unless-query-differs', 'done', 'refused'].includes(kind)

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

for (const call of calls) {
  test(`${call}: 10,000 random answers give a listed outcome, and none that only a signed answer may have`, () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const body = randomBody(chance)
      try {
        judge(call, body, chance, () => false)
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    const answers = answersOf(call)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, jsonForm, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsSignedText(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidContent['order_id'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // The signed text with other things around it is the same answer, so some are still read.
    assert.ok(kinds.size >= (call === 'revoke' ? 2 : 3), `only ${[...kinds.keys()]}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

const content = fc.record(
  {
    return_code: fc.constantFrom<string | number>('0', 0, ...icbcReturnCodes, 400017, '500031', '', 'x'),
    return_msg: fc.string({ unit: 'grapheme', maxLength: 30 }),
    out_trade_no: fc.constantFrom<string>(order.orderNumber, 'other', ''),
    total_amt: fc.constantFrom<string | number>('1250', 1250, '1251', '12.50', '-1', '1e9', ''),
    order_id: fc.constantFrom('020001010001000552603180001', ''),
    pay_status: fc.constantFrom<string | number>(...icbcQueryStates, '-1', 1, ''),
    reject_no: fc.constantFrom<string>(refundReference.refundNumber, 'other', ''),
    reject_amt: fc.constantFrom<string | number>('250', 250, '1250', 'much', ''),
    real_reject_amt: fc.constantFrom('0', '250', '1251', ''),
    refund_json_list: fc.oneof(fc.json({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 })),
  },
  { requiredKeys: [] },
)

test('any signed content gives a listed outcome, and never shows a run of digits as long as a payment code', () => {
  const codes = fc.stringMatching(/^62[0-9]{17}$/)
  fc.assert(
    fc.property(content, fc.constantFrom(...calls), codes, (fields, call, code) => {
      const body = Buffer.from(signedBody({ ...fields, return_msg: `x${code}` }))
      const outcome = judge(call, body, dice(1), () => true)
      assert.ok(outcome.kind !== 'paid' || fields.out_trade_no === order.orderNumber)
      const read = decode(call, signed({ ...fields, return_msg: `x${code}` }))
      if (read.kind === 'paid') assert.equal(String(fields.total_amt), '1250')
      assert.equal(read.evidence.message, 'x***')
    }),
    { numRuns: 400 },
  )
})

test('the members and elements of any JSON are cut where they stand', () => {
  const objects = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  })
  const indents = fc.constantFrom(undefined, 2, '\t')
  fc.assert(
    fc.property(objects, indents, (value, indent) => {
      const reading = readRawMembers(JSON.stringify(value, null, indent))
      assert.ok(reading.ok)
      const parsed = [...reading.pieces].map(([name, raw]) => [name, readJson(raw)] as const)
      assert.deepEqual(new Map(parsed), new Map(Object.entries(JSON.parse(JSON.stringify(value)) as object)))
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), indents, (value, indent) => {
      const reading = readRawElements(JSON.stringify(value, null, indent))
      assert.ok(reading.ok)
      assert.deepEqual(reading.pieces.map(readJson), JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 300 },
  )
})

test('whatever text comes, reading it never throws, and a duplicate name is no object', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      readRawMembers(text)
      readRawElements(text)
      readFlatObject(text)
    }),
  )
  for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":1}', '[]', '1', '"{}"', '']) {
    assert.equal(readFlatObject(text), undefined, text)
  }
  assert.equal(readRawElements('{"0":1}').ok, false)
})

test('the largest answers, made to be slow to read, are unknown like any other', () => {
  const longest = 1_048_576
  const filled = (before: string, piece: string, after = ''): string =>
    before + piece.repeat(Math.floor((longest - before.length - after.length) / piece.length)) + after
  const within = (before: string, piece: string, after: string): string =>
    filled(`{"response_biz_content":${before}`, piece, `${after},"sign":"AAAA"}`)
  const texts = [
    filled('', '['),
    filled('', '{"a":'),
    within('{"a":"', '\\\\', '"}'),
    within('{"a":[', '[],', '1]}'),
    `{"response_biz_content":{${Array.from({ length: 50_000 }, (_, index) => `"a${index}":"1",`).join('')}"b":1},"sign":"x"}`,
    filled('{"response_biz_content":{"return_code":"0"},"sign":"', 'A', '"}'),
  ]
  for (const text of texts) {
    for (const call of calls) {
      assert.equal(decode(call, response(text)).kind, call === 'revoke' ? 'try-again' : 'unknown')
    }
  }
  const list = listedContent(`[${'{"reject_no":"other"},'.repeat(20_000)}{"reject_no":"other"}]`)
  assert.equal(decode('queryRefund', signed(list)).kind, 'not-found')
})
