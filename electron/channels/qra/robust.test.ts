import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import { xmlForm } from '../answer-forms.fixture.ts'
import type { HttpResponse } from '../channel.ts'
import { assertListed, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createQraChannel } from './channel.ts'
import { qraPayCodes, qraQueryCodes, qraRefundStates, qraReverseCodes, qraTradeStates } from './codes.ts'
import {
  type Fields,
  head,
  order,
  paidFields,
  paymentFields,
  queriedFields,
  refundEntry,
  refundFields,
  refundReference,
  settings,
  signed,
  signedXml,
} from './qra.fixture.ts'

const channel = createQraChannel(settings)
const runs = 10_000

const calls = ['pay', 'query', 'revoke', 'refund', 'queryRefund'] as const
type Call = (typeof calls)[number]
type Outcome = PayOutcome | QueryOutcome | RevokeOutcome | RefundOutcome | RefundQueryOutcome

/** Whole answers of every kind: of this order, of another, of another amount. */
const failed = (code: string, more: Fields = {}): Fields => ({ ...head, result_code: '1', err_code: code, ...more })
const others = (fields: Fields): readonly Fields[] => [
  { ...fields, out_trade_no: '20260318101530T01A0002', transaction_id: 'other' },
  { ...fields, total_fee: '1251', transaction_id: 'other' },
]
const genuine: Readonly<Record<Call, readonly Fields[]>> = {
  pay: [
    paidFields,
    ...others(paidFields),
    { ...paidFields, need_query: 'Y' },
    ...['USERPAYING', 'SYSTEMERROR', 'AUTHCODEEXPIRE', 'X'].flatMap((code) => [
      failed(code),
      failed(code, { need_query: 'N' }),
    ]),
  ],
  query: [
    queriedFields,
    ...others(queriedFields),
    ...qraTradeStates.map((state) => ({ ...head, out_trade_no: order.orderNumber, trade_state: state })),
    failed('ORDERNOTEXIST'),
  ],
  revoke: [
    head,
    { ...head, need_query: 'Y' },
    ...['SYSTEMERROR', 'USERPAYING', 'REVERSE_EXPIRE'].map((code) => failed(code)),
  ],
  refund: [refundFields, { ...refundFields, refund_fee: '251' }, failed('SYSTEMERROR'), failed('TRADE_OVERDUE')],
  queryRefund: [
    ...qraRefundStates.map((state) => refundEntry(state)),
    refundEntry('SUCCESS', { refund_fee_0: '251' }),
    refundEntry('SUCCESS', { out_refund_no_0: 'other' }),
    failed('REFUNDNOTEXIST'),
  ],
}
const whole = calls.flatMap((call) => genuine[call].map((fields) => ({ fields, text: signedXml(fields) })))
const foreign = { signType: 'MD5', apiKey: 'somebodyElse0123456789abcdefGHIJ' } as const

/** Genuine twice, so that enough of them stay readable; by somebody else's key; refusals that nobody signed. */
const answersOf = (call: Call): readonly string[] => [
  ...genuine[call].map((fields) => signedXml(fields)),
  ...genuine[call].map((fields) => signedXml(fields)),
  ...genuine[call].map((fields) => signedXml(fields, foreign)),
  '<xml><status>400</status><message>签名错误</message></xml>',
  '<html><body>网络认证</body></html>',
]

/** Whether everything that some genuine answer signed still stands in the body; blanks between elements may differ. */
function holdsGenuineAnswer(body: Buffer): boolean {
  const text = body.toString('utf8')
  return whole.some(
    ({ fields, text: xml }) =>
      text.includes(/<sign><!\[CDATA\[(\w+)/.exec(xml)?.[1] ?? xml) &&
      Object.values(fields).every((value) => text.includes(value)),
  )
}

const decode = (call: Call, answer: HttpResponse): Outcome =>
  call === 'refund' || call === 'queryRefund'
    ? channel[call].decode(refundReference, answer)
    : channel[call].decode(order, answer)

const refundKinds: Readonly<Record<'refund' | 'queryRefund', readonly string[]>> = {
  refund: ['accepted', 'unknown', 'refused', 'person-needed'],
  queryRefund: ['done', 'processing', 'closed', 'abnormal', 'not-found', 'unknown'],
}

/** With this gateway "failed" needs a signature as well; a refusal that a query must confirm does not. */
const isVerifiedKind = (kind: string): boolean =>
  [...verifiedKinds, 'failed', 'done', 'processing', 'abnormal'].includes(kind)

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
function randomFields(chance: Dice): Record<string, string> {
  const choices: Readonly<Record<string, readonly string[]>> = {
    status: ['0', '0', '0', '0', '400', ''],
    result_code: ['0', '0', '1', ''],
    mch_id: [settings.merchantId, settings.merchantId, settings.merchantId, 'other'],
    err_code: [...qraPayCodes, ...qraQueryCodes, ...qraReverseCodes, 'X', ''],
    need_query: ['Y', 'N', 'N', ''],
    pay_result: ['0', '0', '0', '1', ''],
    trade_state: [...qraTradeStates, ...qraTradeStates.map(() => 'SUCCESS'), 'X', ''],
    out_trade_no: [order.orderNumber, order.orderNumber, order.orderNumber, 'other'],
    total_fee: ['1250', '1250', '1250', '1251', '-1', '1e3', ''],
    transaction_id: ['1015', '1015', ''],
    fee_type: ['CNY', 'CNY', 'USD', ''],
    time_end: ['20260318101532', ''],
    out_refund_no: [refundReference.refundNumber, refundReference.refundNumber, 'other'],
    refund_fee: ['250', '250', '251'],
    out_refund_no_0: [refundReference.refundNumber, refundReference.refundNumber, 'other'],
    refund_fee_0: ['250', '250', '251'],
    refund_status_0: [...qraRefundStates, 'X', ''],
  }
  const names = Object.keys(choices).filter(() => chance.below(24) > 0)
  return Object.fromEntries(names.map((name) => [name, chance.pick(choices[name] ?? [''])]))
}

for (const call of calls) {
  test(`${call}: 10,000 random answers, half of them signed, give a listed outcome`, () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const fields = seed % 2 === 0 ? randomFields(chance) : null
      const body = fields === null ? randomBody(chance) : Buffer.from(signedXml(fields))
      try {
        const { kind } = judge(call, body, chance, () => fields !== null)
        seen.add(kind)
        if (kind !== 'paid') continue
        assert.deepEqual([fields?.['out_trade_no'], fields?.['total_fee']], [order.orderNumber, '1250'])
        assert.equal(fields?.['mch_id'], settings.merchantId)
        assert.ok(fields['transaction_id'] && fields['status'] === '0' && fields['result_code'] === '0')
        if (call === 'pay') assert.ok(fields['pay_result'] === '0' && fields['need_query'] !== 'Y')
        if (call === 'query') assert.equal(fields['trade_state'], 'SUCCESS')
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    const best = { pay: 'paid', query: 'paid', revoke: 'accepted', refund: 'accepted', queryRefund: 'done' }
    assert.ok(seen.has(best[call]) && seen.size >= 4, `only ${[...seen]}`)
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    const answers = answersOf(call)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, xmlForm, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsGenuineAnswer(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paymentFields['transaction_id'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // Elements in another order are the same answer, so some are still read; most are spoiled for good.
    assert.ok(kinds.size >= 3, `only ${[...kinds.keys()]}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

test('no outcome of any answer shows a run of digits as long as a payment code', () => {
  const digits = fc.stringMatching(/^[1-3][0-9]{15,23}$/)
  const words = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(text))
  fc.assert(
    fc.property(digits, words, words, (code, text, errorCode) => {
      const answer = signed(failed(errorCode, { err_msg: `${text}${code}${text}`, trade_state: code }))
      for (const call of calls) assert.doesNotMatch(JSON.stringify(decode(call, answer)), /\d{12}/)
    }),
    { numRuns: 300 },
  )
})
