import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Hash } from 'wechatpay-axios-plugin'
import type { RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { RefundReference } from '../channel.ts'
import { readFlatXml } from '../flat-xml.ts'
import { createWechatChannel } from './channel.ts'
import { wechatRefundCodes, wechatRefundQueryCodes, wechatRefundStates } from './codes.ts'
import { context, failure, head, order, response, settings, signedResponse } from './wechat.fixture.ts'

const { refund, queryRefund } = createWechatChannel(settings)
const reference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: null,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: `${order.orderNumber}R01` as RefundNumber,
  amountFen: fen(88),
  reason: '尺码不对',
}

const acceptedFields = {
  ...head,
  transaction_id: '4200000202603010000000001',
  out_trade_no: order.orderNumber,
  out_refund_no: reference.refundNumber,
  refund_id: '50300000000000000000000000001',
  refund_fee: '88',
  total_fee: '1288',
  cash_fee: '1288',
}
const listedFields = {
  ...head,
  total_refund_count: '1',
  refund_count: '1',
  out_trade_no: order.orderNumber,
  total_fee: '1288',
  out_refund_no_0: reference.refundNumber,
  refund_fee_0: '88',
  refund_status_0: 'SUCCESS',
}
const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`
const heard = (fields: Readonly<Record<string, string>>) => told(refund.decode(reference, signedResponse(fields)))
const asked = (fields: Readonly<Record<string, string>>) => told(queryRefund.decode(reference, signedResponse(fields)))

test('a refund request goes over mutual TLS with the documented fields, signed as the community SDK signs', () => {
  const request = refund.encode(reference, context)
  assert.equal(request.url, 'https://pay.example.invalid/secapi/pay/refund')
  assert.equal(request.clientCertificate, true)
  const reading = readFlatXml(request.body)
  assert.ok(reading.ok)
  const { sign, ...signed } = reading.fields
  assert.deepEqual(signed, {
    appid: settings.appId,
    mch_id: settings.merchantId,
    nonce_str: context.nonce,
    sign_type: 'HMAC-SHA256',
    out_trade_no: order.orderNumber,
    out_refund_no: `${order.orderNumber}R01`,
    total_fee: '1288',
    refund_fee: '88',
    refund_fee_type: 'CNY',
    refund_desc: '尺码不对',
  })
  assert.equal(sign, Hash.sign('HMAC-SHA256', signed, settings.apiKey))
})

test('a reason never breaks the 80 bytes of its field', () => {
  const request = refund.encode({ ...reference, reason: '退'.repeat(80) }, context)
  const reading = readFlatXml(request.body)
  assert.ok(reading.ok)
  assert.equal(Buffer.byteLength(reading.fields.refund_desc ?? ''), 78)
})

test('a refund query names our refund number, without the client certificate', () => {
  const request = queryRefund.encode(reference, context)
  assert.equal(request.url, 'https://pay.example.invalid/pay/refundquery')
  assert.equal(request.clientCertificate, false)
  const reading = readFlatXml(request.body)
  assert.ok(reading.ok)
  const { sign, ...signed } = reading.fields
  assert.equal(signed.out_refund_no, reference.refundNumber)
  assert.equal(sign, Hash.sign('HMAC-SHA256', signed, settings.apiKey))
})

test('success only means accepted, and only for this order, refund number and amounts', () => {
  assert.equal(heard(acceptedFields), 'accepted')
  for (const [field, value] of [
    ['out_trade_no', 'T20260301093015000124'],
    ['out_refund_no', `${order.orderNumber}R02`],
    ['refund_fee', '89'],
    ['total_fee', '1289'],
    ['mch_id', '1600000002'],
  ] as const) {
    assert.equal(heard({ ...acceptedFields, [field]: value }), 'unknown mismatched-answer', field)
  }
  for (const field of ['out_trade_no', 'out_refund_no', 'refund_fee'] as const) {
    assert.equal(heard({ ...acceptedFields, [field]: '' }), 'unknown unverifiable-answer', field)
  }
  assert.equal(
    told(refund.decode(reference, response('<xml><return_code>SUCCESS</return_code></xml>'))),
    'unknown unverifiable-answer',
  )
  assert.equal(told(refund.decode(reference, response('<html></html>', 502))), 'unknown http-status')
})

/** The table of wechat.md §2.5, copied by hand from there. */
const refundRows: readonly (readonly [code: string, outcome: string])[] = [
  ['SYSTEMERROR', 'unknown system-error'],
  ['BIZERR_NEED_RETRY', 'unknown system-error'],
  ['FREQUENCY_LIMITED', 'unknown rate-limited'],
  ['INVALID_REQ_TOO_MUCH', 'unknown rate-limited'],
  ['NOTENOUGH', 'person-needed merchant-balance-low'],
  ['NOT_ENOUGH', 'person-needed merchant-balance-low'],
  ['TRADE_OVERDUE', 'refused window-over'],
  ['USER_ACCOUNT_ABNORMAL', 'refused payer-account'],
  ['ERROR', 'refused refused'],
  ['ORDERNOTEXIST', 'refused order-not-found'],
  ['INVALID_TRANSACTIONID', 'refused order-not-found'],
  ['PARAM_ERROR', 'refused configuration'],
  ['APPID_NOT_EXIST', 'refused configuration'],
  ['MCHID_NOT_EXIST', 'refused configuration'],
  ['SIGNERROR', 'refused configuration'],
  ['XML_FORMAT_ERROR', 'refused configuration'],
  ['REQUIRE_POST_METHOD', 'refused configuration'],
  ['SOMETHING_NEW', 'unknown unlisted-code'],
]

test('every documented code of a refund has its row', () => {
  for (const [code, outcome] of refundRows) assert.equal(told(refund.decode(reference, failure(code))), outcome, code)
  for (const code of wechatRefundCodes)
    assert.ok(
      refundRows.some(([row]) => row === code),
      code,
    )
  const other = failure('ERROR', '', { out_trade_no: 'T20260301093015000124' })
  assert.equal(told(refund.decode(reference, other)), 'unknown mismatched-answer')
  const atTheDoor = response('<xml><return_code>FAIL</return_code><return_msg>签名失败</return_msg></xml>')
  assert.equal(told(refund.decode(reference, atTheDoor)), 'refused configuration')
  const busy = response('<xml><return_code>FAIL</return_code><return_msg>系统繁忙</return_msg></xml>')
  assert.equal(told(refund.decode(reference, busy)), 'unknown system-error')
})

/** The states and codes of wechat.md §2.6. */
const stateRows = [
  ['SUCCESS', 'done'],
  ['PROCESSING', 'processing'],
  ['REFUNDCLOSE', 'closed'],
  ['FAIL', 'closed'],
  ['CHANGE', 'abnormal'],
  ['ABNORMAL', 'unknown unlisted-code'],
] as const
const queryRows = [
  ['REFUNDNOTEXIST', 'not-found'],
  ['SYSTEMERROR', 'unknown system-error'],
  ['INVALID_TRANSACTIONID', 'unknown refused-request'],
  ['PARAM_ERROR', 'unknown refused-request'],
  ['ORDERNOTEXIST', 'unknown unlisted-code'],
] as const

test('every documented state and code of the refund query has its row', () => {
  for (const [status, outcome] of stateRows) {
    assert.equal(asked({ ...listedFields, refund_status_0: status }), outcome, status)
  }
  for (const state of wechatRefundStates)
    assert.ok(
      stateRows.some(([row]) => row === state),
      state,
    )
  for (const [code, outcome] of queryRows) {
    assert.equal(told(queryRefund.decode(reference, failure(code))), outcome, code)
  }
  for (const code of wechatRefundQueryCodes)
    assert.ok(
      queryRows.some(([row]) => row === code),
      code,
    )
})

test('the query’s answer counts only where it lists this refund with its amount, wherever it stands', () => {
  const second = {
    ...listedFields,
    refund_count: '2',
    out_refund_no_0: `${order.orderNumber}R09`,
    refund_status_0: 'REFUNDCLOSE',
    out_refund_no_1: reference.refundNumber,
    refund_fee_1: '88',
    refund_status_1: 'PROCESSING',
  }
  assert.equal(asked(second), 'processing')
  assert.equal(asked({ ...second, out_refund_no_1: 'OTHER' }), 'unknown mismatched-answer')
  assert.equal(asked({ ...listedFields, refund_fee_0: '8800' }), 'unknown mismatched-answer')
  assert.equal(asked({ ...listedFields, refund_fee_0: '' }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...listedFields, refund_status_0: '' }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...listedFields, out_trade_no: 'T20260301093015000124' }), 'unknown mismatched-answer')
  assert.equal(asked(head), 'unknown unverifiable-answer')
})

test('whatever bytes come, nothing is thrown, and nothing unsigned is done, accepted or closed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string()), fc.constantFrom(200, 500), (body, status) => {
      assert.equal(refund.decode(reference, response(body, status)).kind, 'unknown')
      assert.equal(queryRefund.decode(reference, response(body, status)).kind, 'unknown')
    }),
  )
})
