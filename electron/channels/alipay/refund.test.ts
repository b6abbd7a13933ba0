import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AlipaySdk } from 'alipay-sdk'
import fc from 'fast-check'
import type { OrderNumber, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { RefundReference } from '../channel.ts'
import {
  alipayKeys,
  appKeys,
  context,
  failure,
  type Node,
  order,
  response,
  settings,
  signed,
} from './alipay.fixture.ts'
import { createAlipayChannel } from './channel.ts'
import { alipayRefundSubCodes } from './codes.ts'
import { vectors } from './vectors.fixture.ts'

const { refund, queryRefund } = createAlipayChannel(settings)
const reference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: null,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: `${order.orderNumber}R01` as RefundNumber,
  amountFen: fen(580),
  reason: '退一件',
}

const doneNode: Node = {
  code: '10000',
  msg: 'Success',
  fund_change: 'Y',
  out_trade_no: order.orderNumber,
  refund_fee: '5.80',
  send_back_fee: '0.00',
  trade_no: '2026031822001400010500000001',
}
const foundNode: Node = {
  code: '10000',
  msg: 'Success',
  out_request_no: reference.refundNumber,
  out_trade_no: order.orderNumber,
  refund_amount: '5.80',
  refund_status: 'REFUND_SUCCESS',
  total_amount: '35.80',
}
const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`
const heard = (node: Node) => told(refund.decode(reference, signed('refund', node)))
const asked = (node: Node) => told(queryRefund.decode(reference, signed('fastpay_refund_query', node)))

test('refund and its query name order, refund number and amount, and the official SDK accepts their signatures', () => {
  const sdk = new AlipaySdk({
    appId: settings.appId,
    privateKey: appKeys.privateKey.replace(/-----[^-]+-----|\s/g, ''),
    keyType: 'PKCS8',
    alipayPublicKey: appKeys.publicKey.replace(/-----[^-]+-----|\s/g, ''),
  })
  const parametersOf = ({ url, body }: { readonly url: string; readonly body: string }) =>
    Object.fromEntries([...new URL(url).searchParams, ...new URLSearchParams(body)])
  const sent = parametersOf(refund.encode(reference, context))
  assert.equal(sent.method, 'alipay.trade.refund')
  assert.deepEqual(JSON.parse(sent.biz_content ?? ''), {
    out_trade_no: order.orderNumber,
    refund_amount: '5.80',
    out_request_no: reference.refundNumber,
    refund_reason: '退一件',
  })
  assert.equal(sdk.checkNotifySignV2(sent), true)
  const question = parametersOf(queryRefund.encode(reference, context))
  assert.equal(question.method, 'alipay.trade.fastpay.refund.query')
  assert.deepEqual(JSON.parse(question.biz_content ?? ''), {
    out_trade_no: order.orderNumber,
    out_request_no: reference.refundNumber,
  })
  assert.equal(sdk.checkNotifySignV2(question), true)
})

test('done only with fund_change Y: code 10000 alone proves nothing', () => {
  assert.equal(heard(doneNode), 'done')
  assert.equal(heard({ ...doneNode, fund_change: 'N' }), 'unproven')
  assert.equal(heard({ ...doneNode, fund_change: undefined }), 'unproven')
  assert.equal(heard({ ...doneNode, refund_fee: undefined }), 'done')
  assert.equal(heard({ ...doneNode, refund_fee: '35.80' }), 'done', 'what was refunded in all')
})

test('an answer of another order, or with a sum that cannot be, is no answer', () => {
  assert.equal(heard({ ...doneNode, out_trade_no: 'OTHER1' }), 'unknown mismatched-answer')
  assert.equal(heard({ ...doneNode, out_trade_no: undefined }), 'unknown unverifiable-answer')
  assert.equal(heard({ ...doneNode, refund_fee: '5.79' }), 'unknown mismatched-answer')
  assert.equal(heard({ ...doneNode, refund_fee: '35.81' }), 'unknown mismatched-answer')
  assert.equal(heard({ ...doneNode, refund_fee: 'much' }), 'unknown mismatched-answer')
  const foreign = createAlipayChannel({
    ...settings,
    verification: { mode: 'public-key', alipayPublicKey: appKeys.publicKey },
  })
  assert.equal(told(foreign.refund.decode(reference, signed('refund', doneNode))), 'unknown unverifiable-answer')
  assert.equal(told(refund.decode(reference, signed('pay', doneNode))), 'unknown unreadable-answer')
})

/** The table of alipay.md §3.4, copied by hand from there. */
const refundRows: readonly (readonly [subCode: string, outcome: string])[] = [
  ['ACQ.SYSTEM_ERROR', 'unknown system-error'],
  ['ACQ.REFUND_CHARGE_ERROR', 'unknown system-error'],
  ['ACQ.DISCORDANT_REPEAT_REQUEST', 'unknown refused-request'],
  ['ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', 'refused not-enough-left'],
  ['ACQ.REASON_TRADE_REFUND_FEE_ERR', 'refused not-enough-left'],
  ['ACQ.REFUND_FEE_ERROR', 'refused not-enough-left'],
  ['ACQ.SELLER_BALANCE_NOT_ENOUGH', 'person-needed merchant-balance-low'],
  ['ACQ.TRADE_HAS_FINISHED', 'refused window-over'],
  ['ACQ.TRADE_NOT_ALLOW_REFUND', 'refused not-refundable'],
  ['ACQ.REASON_TRADE_STATUS_INVALID', 'refused not-refundable'],
  ['ACQ.TRADE_STATUS_ERROR', 'refused not-refundable'],
  ['ACQ.NOT_ALLOW_PARTIAL_REFUND', 'refused full-only'],
  ['ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND', 'refused full-only'],
  ['ACQ.REASON_TRADE_BEEN_FREEZEN', 'person-needed channel-needs-person'],
  ['ACQ.BUYER_ERROR', 'person-needed channel-needs-person'],
  ['ACQ.CUSTOMER_VALIDATE_ERROR', 'person-needed channel-needs-person'],
  ['ACQ.BUYER_NOT_EXIST', 'person-needed channel-needs-person'],
  ['ACQ.TRADE_NOT_EXIST', 'refused order-not-found'],
  ['ACQ.INVALID_PARAMETER', 'refused configuration'],
  ['ACQ.SOMETHING_NEW', 'unknown unlisted-code'],
]

test('every documented sub-code of a refund has its row, and so have the gateway’s own codes', () => {
  for (const [subCode, outcome] of refundRows) {
    assert.equal(told(refund.decode(reference, failure('refund', subCode))), outcome, subCode)
  }
  for (const code of alipayRefundSubCodes)
    assert.ok(
      refundRows.some(([row]) => row === code),
      code,
    )
  assert.equal(heard({ code: '20000', msg: 'x', sub_code: 'isp.unknow-error' }), 'unknown system-error')
  assert.equal(heard({ code: '40002', msg: 'x', sub_code: 'isv.invalid-parameter' }), 'refused configuration')
  assert.equal(heard({ code: '10003', msg: 'x', out_trade_no: order.orderNumber }), 'unknown unlisted-code')
  assert.equal(
    told(refund.decode(reference, failure('refund', 'ACQ.REFUND_FEE_ERROR', { out_trade_no: 'OTHER1' }))),
    'unknown mismatched-answer',
  )
})

test('the query: done by its status, or by data without one; nothing there is not found; the rest is unknown', () => {
  assert.equal(asked(foundNode), 'done')
  assert.equal(asked({ ...foundNode, refund_status: undefined }), 'done')
  assert.equal(asked({ code: '10000', msg: 'Success' }), 'not-found')
  assert.equal(asked({ code: '10000', msg: 'Success', out_trade_no: order.orderNumber }), 'not-found')
  assert.equal(asked({ ...foundNode, refund_status: 'REFUND_PROCESSING' }), 'unknown unlisted-code')
  assert.equal(asked({ ...foundNode, out_request_no: `${order.orderNumber}R02` }), 'unknown mismatched-answer')
  assert.equal(asked({ ...foundNode, out_trade_no: 'OTHER1' }), 'unknown mismatched-answer')
  assert.equal(asked({ ...foundNode, refund_amount: '58.00' }), 'unknown mismatched-answer')
  assert.equal(asked({ ...foundNode, total_amount: '35.81' }), 'unknown mismatched-answer')
  assert.equal(asked({ ...foundNode, refund_amount: undefined }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...foundNode, out_trade_no: undefined }), 'unknown unverifiable-answer')
  assert.equal(asked({ code: '20000', msg: 'x', sub_code: 'aop.unknow-error' }), 'unknown system-error')
  const question = (subCode: string) => told(queryRefund.decode(reference, failure('fastpay_refund_query', subCode)))
  assert.equal(question('ACQ.SYSTEM_ERROR'), 'unknown system-error')
  assert.equal(question('ACQ.TRADE_NOT_EXIST'), 'unknown unlisted-code')
})

test('the answer vectors of refunds read as the references say', () => {
  const channel = createAlipayChannel({
    ...settings,
    verification: { mode: 'public-key', alipayPublicKey: vectors.keys.alipay_public_spki },
  })
  const named: RefundReference = {
    ...reference,
    orderNumber: 'POS01_20260318_000101' as OrderNumber,
    refundNumber: 'RF_POS01_20260318_0001' as RefundNumber,
  }
  const read = (name: string): string => {
    const vector = vectors.responses.find((each) => each.name === name)
    assert.ok(vector, name)
    const decoder = vector.method === 'alipay.trade.refund' ? channel.refund : channel.queryRefund
    return told(decoder.decode(named, response(vector.raw_body)))
  }
  assert.deepEqual(['refund_ok', 'refund_repeat', 'refund_query_ok', 'refund_query_nothing'].map(read), [
    'done',
    'unproven',
    'done',
    'not-found',
  ])
})

test('whatever bytes come, nothing is thrown, and nothing unsigned is done', () => {
  assert.notEqual(alipayKeys.publicKey, appKeys.publicKey)
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string(), fc.json()), fc.constantFrom(200, 500), (body, status) => {
      assert.equal(refund.decode(reference, response(body, status)).kind, 'unknown')
      assert.equal(queryRefund.decode(reference, response(body, status)).kind, 'unknown')
    }),
  )
})
