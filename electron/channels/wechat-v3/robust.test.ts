import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jsonForm } from '../answer-forms.fixture.ts'
import type { HttpResponse } from '../channel.ts'
import { assertListed, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createWechatV3Channel } from './channel.ts'
import { wechatV3PayCodes, wechatV3QueryCodes, wechatV3ReverseCodes, wechatV3TradeStates } from './codes.ts'
import { readJsonObject, textAt } from './json.ts'
import {
  type Body,
  errorBody,
  foreignKeys,
  order,
  paidBody,
  refund,
  refundBody,
  settings,
  signed,
  signingHeaders,
  stateBody,
} from './wechat-v3.fixture.ts'

const channel = createWechatV3Channel(settings)
const runs = 10_000
const calls = [...fuzzedCalls, 'refund', 'queryRefund'] as const
type Call = (typeof calls)[number]

/** What the calls about refunds may say, and which of it only a signed answer may. */
const refundKinds: readonly string[] = ['done', 'accepted', 'unproven', 'unknown', 'refused', 'person-needed']
const refundQueryKinds: readonly string[] = ['done', 'processing', 'closed', 'abnormal', 'not-found', 'unknown']
const signedRefundKinds: readonly string[] = ['done', 'accepted', 'processing', 'closed', 'abnormal', 'not-found']

/** Whole answers of every kind: of this order, of another, of another amount. */
const reversed: Body = { appid: settings.appId, mchid: settings.merchantId, out_trade_no: order.orderNumber }
const payBodies: readonly Body[] = [
  paidBody,
  { ...paidBody, out_trade_no: 'T20260301093015000124', transaction_id: '4200009999202603010000000124' },
  { ...paidBody, amount: { total: 1289, currency: 'CNY' }, transaction_id: '4200009999202603010000000125' },
  { trade_state: 'USERPAYING' },
  ...wechatV3TradeStates.map((state) => stateBody(state)),
]
const errors = (codes: readonly string[]) => codes.map((code) => errorBody(code))
const bodies: Readonly<Record<Call, readonly Body[]>> = {
  pay: [...payBodies, ...errors(wechatV3PayCodes)],
  query: [...payBodies, ...errors(wechatV3QueryCodes)],
  revoke: [reversed, { ...reversed, out_trade_no: 'OTHER1' }, ...errors(wechatV3ReverseCodes)],
  refund: [refundBody, { ...refundBody, out_refund_no: 'OTHER1' }, ...errors(['NOT_ENOUGH', 'SIGN_ERROR', 'ERROR'])],
  queryRefund: [
    ...['SUCCESS', 'PROCESSING', 'CLOSED', 'ABNORMAL', 'X'].map((status) => ({ ...refundBody, status })),
    ...errors(['RESOURCE_NOT_EXISTS', 'SYSTEM_ERROR']),
  ],
}
type Genuine = { readonly text: string; readonly headers: Readonly<Record<string, string>> }
const genuineOf = (call: Call): readonly Genuine[] =>
  bodies[call].map((body) => {
    const text = JSON.stringify(body)
    return { text, headers: signingHeaders(text) }
  })

function outcomeOf(call: Call, response: HttpResponse): { readonly kind: string; readonly transactionId?: string } {
  switch (call) {
    case 'refund': {
      const outcome = channel.refund.decode(refund, response)
      assert.ok(refundKinds.includes(outcome.kind), outcome.kind)
      return outcome
    }
    case 'queryRefund': {
      const outcome = channel.queryRefund.decode(refund, response)
      assert.ok(refundQueryKinds.includes(outcome.kind), outcome.kind)
      return outcome
    }
    default: {
      const outcome = channel[call].decode(order, response)
      assertListed(call, outcome)
      return outcome
    }
  }
}

function judge(
  call: Call,
  body: Buffer,
  chance: Dice,
  headers: Readonly<Record<string, string>>,
  isGenuine: boolean,
): ReturnType<typeof outcomeOf> {
  const answer = anyResponse(body, chance)
  const outcome = outcomeOf(call, { ...answer, headers: { ...answer.headers, ...headers } })
  const needSignature = call === 'refund' || call === 'queryRefund' ? signedRefundKinds : verifiedKinds
  if (needSignature.includes(outcome.kind)) assert.ok(isGenuine, `${call}: ${outcome.kind}`)
  return outcome
}

/** Headers that sign nothing of what follows, or none. */
const idleHeaders: readonly Readonly<Record<string, string>>[] = [
  {},
  signingHeaders('{}', { key: foreignKeys.privateKey }),
  { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc', 'wechatpay-timestamp': 'NaN', 'wechatpay-serial': '__proto__' },
]

for (const call of calls) {
  test(`${call}: 10,000 random answers give a listed outcome, and none that only a signed answer may have`, () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const body = randomBody(chance)
      try {
        judge(call, body, chance, chance.pick(idleHeaders), false)
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    const genuine = genuineOf(call)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { text, headers } = chance.pick(genuine)
      const { body, ways } = spoiledAnswer([text, text, chance.pick(genuine).text], jsonForm, chance)
      for (const way of ways) unused.delete(way)
      const given = chance.below(4) === 0 ? chance.pick(idleHeaders) : headers
      const isGenuine = given === headers && body.toString('latin1') === Buffer.from(text).toString('latin1')
      try {
        const outcome = judge(call, body, chance, given, isGenuine)
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidBody['transaction_id'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // Some spoilings leave an answer as it was, so some are still read.
    assert.ok(kinds.size >= 3, `only ${[...kinds.keys()].join(', ')}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

test('any signed object gives a listed outcome, and never shows a run of digits as long as a payment code', () => {
  const codes = fc.constantFrom<string>(...wechatV3PayCodes, ...wechatV3QueryCodes, ...wechatV3ReverseCodes, 'X', '')
  const bodyOf = fc.record(
    {
      code: codes,
      trade_state: fc.constantFrom<string>(...wechatV3TradeStates, ''),
      out_trade_no: fc.constantFrom<string>(order.orderNumber, 'other', ''),
      mchid: fc.constantFrom<string | null>(settings.merchantId, 'other', null),
      amount: fc.constantFrom<unknown>({ total: 1288 }, { total: 1289 }, { total: '1288' }, 1288, null),
      transaction_id: fc.constantFrom('4200', ''),
      detail: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  )
  const paymentCodes = fc.stringMatching(/^1[0-5][0-9]{16}$/)
  const statuses = fc.constantFrom(200, 202, 204, 400, 401, 403, 404, 429, 500, 503)
  fc.assert(
    fc.property(bodyOf, fc.constantFrom(...fuzzedCalls), statuses, paymentCodes, (fields, call, status, code) => {
      const outcome = channel[call].decode(order, signed({ ...fields, message: `x${code}` }, status))
      assertListed(call, outcome)
      if (outcome.kind === 'paid') assert.equal(fields.out_trade_no, order.orderNumber)
    }),
    { numRuns: 400 },
  )
})

test('any JSON object is read whole, its numbers as written, and a doubled name is refused at any depth', () => {
  const values = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(values, fc.string({ unit: 'binary' }), fc.maxSafeInteger(), (value, text, number) => {
      const whole = { ...value, inner: { text, number } }
      const read = readJsonObject(JSON.stringify(whole))
      assert.ok(read !== undefined)
      assert.equal(textAt(read, 'inner', 'text'), text)
      assert.equal(textAt(read, 'inner', 'number'), String(number))
      const name = JSON.stringify(text)
      assert.equal(readJsonObject(`{"a":[{${name}:1,"b":{},${name}:2}]}`), undefined)
    }),
    { numRuns: 300 },
  )
})
