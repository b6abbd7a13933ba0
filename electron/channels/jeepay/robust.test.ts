import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import { jsonForm } from '../answer-forms.fixture.ts'
import { assertListed, fuzzedCalls } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createJeepayChannel } from './channel.ts'
import { jeepayErrorCodes, jeepayOrderStates } from './codes.ts'
import {
  type Data,
  errorBody,
  order,
  payData,
  queryData,
  refundData,
  refundReference,
  response,
  settings,
  signedBody,
} from './jeepay.fixture.ts'

const channel = createJeepayChannel(settings)
const runs = 10_000

/** Jeepay writes names in camelCase. */
const form = { ...jsonForm, field: /"(?<name>[A-Za-z_]+)":(?<value>"(?:[^"\\]|\\.)*"|-?[\d.]+|null)/g }

const texts = ['商户订单[1]已存在', '不支持的条码', '验签失败', '订单不存在', '商户退款订单号[1]已存在', '系统异常', '']
const errors = jeepayErrorCodes.flatMap((code) => texts.map((text) => errorBody(Number(code), text)))
const states = jeepayOrderStates.map(Number)

const calls = ['pay', 'query', 'revoke', 'refund', 'queryRefund'] as const
type Call = (typeof calls)[number]
type Outcome = PayOutcome | QueryOutcome | RevokeOutcome | RefundOutcome | RefundQueryOutcome

const queries: readonly Data[] = [
  ...states.map((state) => queryData(state)),
  queryData(2),
  queryData(2, { mchOrderNo: '20260318101530T01A0002', channelOrderNo: 'other' }),
  queryData(2, { amount: 1251, channelOrderNo: 'other' }),
  queryData(2, { appId: 'other', channelOrderNo: 'other' }),
]
const refunds: readonly Data[] = [
  ...[0, 1, 2, 3, 4].map((state) => refundData(state)),
  refundData(2, { mchRefundNo: 'other' }),
  refundData(2, { refundAmount: 251 }),
]
const genuine: Readonly<Record<Call, readonly Data[]>> = {
  pay: states.map((state) => payData(state)),
  query: queries,
  revoke: queries,
  refund: refunds,
  queryRefund: refunds,
}
/** What may be said only by who knows the secret. `not-found` and refusals are unsigned by protocol (§2). */
const signedKinds = ['paid', 'awaiting-payer', 'closed', 'done', 'accepted', 'processing', 'abnormal']
const refundKinds: Readonly<Record<'refund' | 'queryRefund', readonly string[]>> = {
  refund: ['done', 'accepted', 'unproven', 'unknown', 'refused', 'person-needed'],
  queryRefund: ['done', 'processing', 'abnormal', 'not-found', 'unknown'],
}

function judge(call: Call, body: Buffer, chance: Dice, isSigned: () => boolean): Outcome {
  const answer = anyResponse(body, chance)
  const outcome: Outcome =
    call === 'refund' || call === 'queryRefund'
      ? channel[call].decode(refundReference, answer)
      : channel[call].decode(order, answer)
  const fuzzed = fuzzedCalls.find((each) => each === call)
  if (fuzzed !== undefined) assertListed(fuzzed, outcome as PayOutcome | QueryOutcome | RevokeOutcome) // by the call
  if (call === 'refund' || call === 'queryRefund') assert.ok(refundKinds[call].includes(outcome.kind), outcome.kind)
  if (call === 'revoke') assert.equal(outcome.kind, 'person-needed')
  assert.doesNotMatch(JSON.stringify(outcome.evidence), /\d{12}/)
  if (signedKinds.includes(outcome.kind)) assert.ok(answer.status === 200 && isSigned(), `${call}: ${outcome.kind}`)
  return outcome
}

/** A signed answer of the right form with any states, members missing, any values. */
function randomData(chance: Dice): Data {
  const choices: Readonly<Record<string, readonly (string | number | null)[]>> = {
    mchNo: [settings.mchNo, settings.mchNo, settings.mchNo, settings.mchNo, 'M2'],
    appId: [settings.appId, settings.appId, settings.appId, settings.appId, 'other'],
    mchOrderNo: [order.orderNumber, order.orderNumber, order.orderNumber, 'other', null],
    mchRefundNo: [refundReference.refundNumber, refundReference.refundNumber, 'other', ''],
    amount: [1250, 1250, 1250, '1250', 1251, -1, '1e3', ''],
    payAmount: [1250, 1250, 1250, 1251, '12.50', null],
    refundAmount: [250, 250, 250, 251, ''],
    orderState: [0, 1, 2, 3, 4, 5, 6, 7, '2', '', -1],
    state: [0, 1, 2, 2, 2, 3, 4, 5, 6, 7, '2', '', -1],
    channelOrderNo: ['4200', '4200', ''],
    payOrderId: ['P1', 'P1', null],
    currency: ['cny', 'cny', 'cny', 'usd', ''],
    errCode: ['NOTENOUGH', '', null],
    errMsg: ['余额不足', '', null],
  }
  const names = Object.keys(choices).filter(() => chance.below(16) > 0)
  return Object.fromEntries(names.map((name) => [name, chance.pick(choices[name] ?? [''])]))
}

for (const call of calls) {
  test(`${call}: 10,000 random answers, half of them signed, give a listed outcome`, () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const data = seed % 2 === 0 ? randomData(chance) : null
      const body = data === null ? randomBody(chance) : Buffer.from(signedBody(data))
      try {
        const { kind } = judge(call, body, chance, () => data !== null)
        seen.add(kind)
        if (kind !== 'paid') continue
        assert.deepEqual([data?.['mchOrderNo'], String(data?.['amount'])], [order.orderNumber, '1250'])
        assert.deepEqual([data?.['mchNo'], data?.['appId']], [settings.mchNo, settings.appId])
        assert.equal(String(data?.['state']), '2')
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    const wanted: Readonly<Record<Call, string>> = {
      pay: 'awaiting-payer',
      query: 'paid',
      revoke: 'person-needed',
      refund: 'done',
      queryRefund: 'done',
    }
    assert.ok(seen.has(wanted[call]), `only ${[...seen]}`)
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const signedAnswers = genuine[call].map((data) => ({ data, text: signedBody(data) }))
    const answers = [
      ...signedAnswers.map(({ text }) => text),
      ...genuine[call].map((data) => signedBody(data, 'somebodyElse0123456789')),
      ...genuine[call].map((data) => JSON.stringify({ code: 0, msg: 'SUCCESS', data })),
      ...errors.slice(0, 12),
      '<html><body>网络认证</body></html>',
    ]
    /** Whether all that some genuine answer signed still stands in the body, with its signature. */
    const holdsGenuineAnswer = (body: Buffer): boolean => {
      const text = body.toString('utf8')
      return signedAnswers.some(
        ({ data, text: whole }) =>
          text.toUpperCase().includes(/"sign":"(\w+)"/.exec(whole)?.[1] ?? whole) &&
          Object.values(data).every((value) => text.includes(String(value ?? ''))),
      )
    }
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, form, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsGenuineAnswer(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') {
          assert.ok(['4200002622202603180123456789', 'P202603181015300010001'].includes(outcome.transactionId))
        }
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    assert.ok((kinds.get(call === 'revoke' ? 'person-needed' : 'unknown') ?? 0) > runs / 2)
    if (call !== 'revoke') assert.ok(kinds.size >= 3, `only ${[...kinds.keys()]}`)
  })
}

/** As much as the transport lets through, and slow to read for a decoder that looks twice at each character. */
test('the largest answers are unknown like any other', () => {
  const longest = 1_048_576
  const numbered = Array.from({ length: 50_000 }, (_, index) => `"a${index}":"${index}"`).join(',')
  for (const body of [
    '['.repeat(longest),
    `{"code":0,"data":${'{"a":'.repeat(150_000)}`,
    `{"code":0,"data":{${numbered}},"sign":"${'A'.repeat(32)}"}`,
    `{"code":0,"data":{"a":"${'\\/'.repeat(500_000)}"},"sign":"x"}`,
    `{"code":0,"data":{"a":"b"},"sign":"${'A'.repeat(longest - 40)}"}`,
    `{"code":9999,"msg":"${'x'.repeat(longest - 30)}"}`,
  ]) {
    const isRefusal = body.startsWith('{"code":9999')
    const { kind } = channel.pay.decode(order, response(body))
    assert.equal(kind, isRefusal ? 'failed-unless-query-differs' : 'unknown')
    for (const outcome of [
      channel.query.decode(order, response(body)),
      channel.queryRefund.decode(refundReference, response(body)),
    ]) {
      assert.equal(outcome.kind, 'unknown')
      assert.ok(String(outcome.evidence.message ?? '').length <= 128)
    }
  }
})

test('errors are unsigned, so none of them, whatever it says, pays, ends or keeps an order waiting', () => {
  for (const body of errors) {
    assert.ok(
      ['unknown', 'failed', 'failed-unless-query-differs'].includes(channel.pay.decode(order, response(body)).kind),
    )
    assert.ok(['unknown', 'not-found'].includes(channel.query.decode(order, response(body)).kind))
  }
})

test('no outcome of any answer shows a run of digits as long as a payment code', () => {
  const digits = fc.stringMatching(/^[1-3][0-9]{15,23}$/)
  fc.assert(
    fc.property(digits, fc.constantFrom(...states), (code, state) => {
      for (const body of [
        errorBody(9999, `商户订单[${code}]已存在`),
        signedBody(queryData(state, { errMsg: `x${code}x`, errCode: code })),
        signedBody(payData(state, { errMsg: code })),
      ]) {
        for (const call of fuzzedCalls) {
          assert.doesNotMatch(JSON.stringify(channel[call].decode(order, response(body)).evidence), /\d{12}/)
        }
      }
    }),
    { numRuns: 300 },
  )
})
