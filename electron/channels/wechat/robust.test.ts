import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createWechatChannel } from './channel.ts'
import { wechatPayCodes, wechatQueryCodes, wechatReverseCodes, wechatTradeStates } from './codes.ts'
import { head, order, paidFields, response, settings, signedXml } from './wechat.fixture.ts'

const channel = createWechatChannel(settings)
const kinds = {
  pay: ['paid', 'awaiting-payer', 'unknown', 'failed', 'failed-unless-query-differs', 'revoke-needed'],
  query: ['paid', 'awaiting-payer', 'unpaid', 'revoke-needed', 'closed', 'not-found', 'unknown'],
  revoke: ['accepted', 'try-again', 'payer-confirming', 'not-revocable', 'person-needed'],
} as const
const calls = ['pay', 'query', 'revoke'] as const

const runs = 1_200
const words = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(text))
const codes = fc.oneof(
  fc.constantFrom(...wechatPayCodes, ...wechatQueryCodes, ...wechatReverseCodes, ...wechatTradeStates, 'FAIL', ''),
  words,
)
/** Signed answers of the right form with any codes, any fields missing, any values. */
const signedFields = fc
  .record(
    {
      return_code: codes,
      result_code: fc.constantFrom('SUCCESS', 'FAIL', ''),
      appid: fc.constantFrom(settings.appId, 'wx0'),
      mch_id: fc.constantFrom(settings.merchantId, '1'),
      err_code: codes,
      err_code_des: words,
      trade_state: codes,
      recall: fc.constantFrom('Y', 'N', ''),
      out_trade_no: fc.constantFrom<string>(order.orderNumber, 'other'),
      total_fee: fc.constantFrom('1288', '1289', '-1', '1e3', ''),
      transaction_id: fc.constantFrom('4200', ''),
      time_end: words,
    },
    { requiredKeys: [] },
  )
  .map((fields) => signedXml({ ...head, ...fields }))

const mutated = fc.tuple(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 6 })).map(([at, length, insert]) => {
  const whole = Buffer.from(signedXml({ ...paidFields, trade_state: 'SUCCESS' }))
  const start = at % whole.length
  return Buffer.concat([whole.subarray(0, start), insert, whole.subarray(start + (length % 8))])
})

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 100 }).map((text) => `<xml>${text}</xml>`),
  signedFields,
  mutated,
)

test('any bytes with any status give a listed outcome, and never throw', () => {
  fc.assert(
    fc.property(bodies, fc.constantFrom(200, 200, 200, 202, 400, 502), (body, status) => {
      for (const call of calls) {
        const { kind } = channel[call].decode(order, response(body, status))
        assert.ok((kinds[call] as readonly string[]).includes(kind), `${call}: ${kind}`)
      }
    }),
    { numRuns: runs },
  )
})

test('an answer whose bytes were changed is paid only if its fields still are what was signed', () => {
  let changed = 0
  fc.assert(
    fc.property(mutated, (body) => {
      const outcome = channel.query.decode(order, response(body))
      if (outcome.kind === 'unknown') changed += 1
      // Blanks between elements may change without changing a field; nothing else about a payment may.
      if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidFields['transaction_id'])
      else assert.equal(outcome.kind, 'unknown')
    }),
    { numRuns: runs },
  )
  assert.ok(changed > runs / 2)
})

test('no outcome of any answer shows a run of digits as long as a payment code', () => {
  const digits = fc.stringMatching(/^[1-3][0-9]{15,23}$/)
  fc.assert(
    fc.property(digits, words, codes, (code, text, errorCode) => {
      const body = signedXml({
        ...head,
        result_code: 'FAIL',
        err_code: errorCode,
        err_code_des: `${text}${code}${text}`,
      })
      for (const call of calls) {
        assert.doesNotMatch(JSON.stringify(channel[call].decode(order, response(body))), /\d{12}/)
      }
    }),
    { numRuns: 300 },
  )
})
