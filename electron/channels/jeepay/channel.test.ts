import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpRequest } from '../channel.ts'
import { createJeepayChannel } from './channel.ts'
import {
  context,
  order,
  payData,
  payRequest,
  queryData,
  refundReference,
  refused,
  response,
  settings,
  signed,
  signedBody,
  told,
} from './jeepay.fixture.ts'
import { vectorNamed } from './vectors.fixture.ts'

const channel = createJeepayChannel(settings)
const sent = ({ body }: HttpRequest) => JSON.parse(body) as Readonly<Record<string, string | number>>

test('a pay request is the vector’s, to the member and to the signature', () => {
  const request = channel.pay.encode(payRequest, context)
  assert.equal(request.method, 'POST')
  assert.equal(request.url, 'https://pay.example.invalid/api/pay/unifiedOrder')
  assert.equal(request.headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(request.clientCertificate, false)
  const { fields, sign } = vectorNamed('unifiedOrder-request')
  const { extParam: _empty, ...expected } = fields
  assert.deepEqual(sent(request), { ...expected, sign })
})

test('a query is the vector’s, and what stands for a revoke is the same harmless query', () => {
  const { fields, sign } = vectorNamed('query-request')
  const request = channel.query.encode(order, context)
  assert.equal(request.url, 'https://pay.example.invalid/api/pay/query')
  assert.deepEqual(sent(request), { ...fields, sign })
  assert.deepEqual(channel.revoke.encode(order, context), request)
  for (const answer of [signed(queryData(2)), refused(9999, '订单不存在'), response('', 500)]) {
    assert.equal(channel.revoke.decode(order, answer).kind, 'person-needed')
  }
})

test('what the customer reads fits, has no emoji and is never empty; an address that is too long stays out', () => {
  const fieldsFor = (changes: object) => sent(channel.pay.encode({ ...payRequest, ...changes }, context))
  assert.equal(fieldsFor({ subject: '咖啡😀 大杯\n热' })['subject'], '咖啡 大杯 热')
  assert.equal(fieldsFor({ subject: '😀' })['subject'], '面包店')
  assert.equal(fieldsFor({ subject: '', store: { id: 'S', name: '' } })['body'], '商品')
  assert.equal(Buffer.byteLength(String(fieldsFor({ subject: '汉'.repeat(100) })['subject'])), 63)
  assert.equal('clientIp' in fieldsFor({ callerAddress: '2001:0db8:0000:0000:0000:0000:0000:0001' }), false)
})

test('a base address with a path and a slash is joined once', () => {
  const { query } = createJeepayChannel({ ...settings, baseUrl: 'https://x.invalid/pay/' })
  assert.equal(query.encode(order, context).url, 'https://x.invalid/pay/api/pay/query')
})

test('a query is paid only with this order, amount, currency and merchant, signed', () => {
  const outcome = channel.query.decode(order, signed(queryData(2)))
  assert.ok(outcome.kind === 'paid')
  assert.equal(outcome.amountFen, 1250)
  assert.equal(outcome.transactionId, '4200002622202603180123456789')
  for (const [name, value] of Object.entries({
    mchNo: 'M2',
    appId: 'another',
    mchOrderNo: '20260318101530T01A0002',
    amount: 1251,
    currency: 'usd',
  })) {
    const other = channel.query.decode(order, signed(queryData(2, { [name]: value })))
    assert.equal(told(other), 'unknown mismatched-answer', name)
    const unpaid = channel.query.decode(order, signed(queryData(1, { [name]: value })))
    assert.equal(told(unpaid), 'unknown mismatched-answer', name)
  }
  for (const name of ['mchNo', 'appId', 'mchOrderNo', 'amount', 'state']) {
    for (const nothing of [null, '']) {
      const lacking = channel.query.decode(order, signed(queryData(2, { [name]: nothing })))
      assert.equal(told(lacking), 'unknown unverifiable-answer', name)
    }
  }
})

test('Jeepay’s own number stands in where the wallet’s is missing; without both nothing is paid', () => {
  const own = channel.query.decode(order, signed(queryData(2, { channelOrderNo: null })))
  assert.ok(own.kind === 'paid')
  assert.equal(own.transactionId, 'P202603181015300010001')
  const neither = signed(queryData(2, { channelOrderNo: null, payOrderId: '' }))
  assert.equal(told(channel.query.decode(order, neither)), 'unknown unverifiable-answer')
})

test('a pay answer that says paid has no amount: the query decides', () => {
  assert.equal(told(channel.pay.decode(order, signed(payData(2)))), 'unknown unverifiable-answer')
  const other = signed(payData(2, { mchOrderNo: 'other' }))
  assert.equal(told(channel.pay.decode(order, other)), 'unknown mismatched-answer')
})

test('the answers of the vectors are read', () => {
  const vectorAnswer = (name: string) => {
    const { fields, sign } = vectorNamed(name)
    return response(JSON.stringify({ code: 0, msg: 'SUCCESS', data: fields, sign }))
  }
  assert.equal(channel.query.decode(order, vectorAnswer('query-response-data')).kind, 'paid')
  assert.equal(channel.pay.decode(order, vectorAnswer('unifiedOrder-response-data-paying')).kind, 'awaiting-payer')
  assert.equal(
    told(channel.pay.decode(order, vectorAnswer('unifiedOrder-response-data-success'))),
    'unknown unverifiable-answer',
  )
  const failed = channel.pay.decode(order, vectorAnswer('unifiedOrder-response-data-failed'))
  assert.equal(told(failed), 'unknown ends-unproven')
  assert.deepEqual(failed.evidence, {
    httpStatus: 200,
    code: 'AUTH_CODE_EXPIRED',
    message: '二维码已过期，请用户在微信上刷新后再试',
    tradeState: '3',
  })
})

test('a wrong secret, a changed value, a missing signature or no data say nothing', () => {
  const good = signedBody(queryData(2))
  for (const body of [
    signedBody(queryData(2), 'anotherSecret0123456789'),
    good.replace('"amount":1250', '"amount":1251'),
    good.replace(/,"sign":"\w+"/, ''),
    good.replace(/"sign":"\w+"/, '"sign":null'),
    good.replace('"code":0,', ''),
    good.replace('"code":0,', '"code":null,'),
    good.replace('"body":"面包店 早餐"', '"body":{"a":1}'),
    '{"code":0,"msg":"SUCCESS"}',
    '{"code":0,"msg":"SUCCESS","data":null,"sign":null}',
    '{"code":0,"msg":"SUCCESS","data":[],"sign":"x"}',
  ]) {
    assert.equal(told(channel.query.decode(order, response(body))), 'unknown unverifiable-answer', body)
  }
})

test('what is no answer of Jeepay is unknown', () => {
  const good = signedBody(queryData(2))
  const reasons = [
    ['', 200, 'unreadable-answer'],
    ['<html><body>网络认证</body></html>', 200, 'unreadable-answer'],
    [`<!DOCTYPE x>${good}`, 200, 'unreadable-answer'],
    [good.slice(0, -5), 200, 'unreadable-answer'],
    [good.replace('{"code":0', '{"code":0,"code":0'), 200, 'unreadable-answer'],
    [good.replace('"amount":1250', '"amount":1250,"\\u0061mount":1250'), 200, 'unverifiable-answer'],
    ['null', 200, 'unreadable-answer'],
    [good, 502, 'http-status'],
  ] as const
  for (const [body, status, reason] of reasons) {
    assert.equal(told(channel.query.decode(order, response(body, status))), `unknown ${reason}`, body)
  }
  const gbk = new Uint8Array([...Buffer.from('{"code":9999,"msg":"'), 0xb6, 0xa9, ...Buffer.from('"}')])
  assert.equal(told(channel.query.decode(order, response(gbk))), 'unknown unreadable-answer')
  // A mark before the text is stepped over: the bytes behind it are whole and signed.
  assert.equal(channel.query.decode(order, response(`\uFEFF${good}`)).kind, 'paid')
})

test('a refund’s requests have the documented members and the same number at every try', () => {
  const refund = channel.refund.encode(refundReference, context)
  assert.equal(refund.url, 'https://pay.example.invalid/api/refund/refundOrder')
  const { sign: _signature, ...members } = sent(refund)
  const { payOrderId: _theirs, ...expected } = vectorNamed('refund-request').fields
  assert.deepEqual(members, { ...expected, mchOrderNo: order.orderNumber })
  const later = sent(channel.refund.encode(refundReference, { ...context, wallMs: context.wallMs + 60_000 }))
  assert.equal(later['mchRefundNo'], refundReference.refundNumber)
  const blank = sent(channel.refund.encode({ ...refundReference, reason: '\n' }, context))
  assert.equal(blank['refundReason'], '退款')
  const asked = channel.queryRefund.encode(refundReference, context)
  assert.equal(asked.url, 'https://pay.example.invalid/api/refund/query')
  assert.equal(sent(asked)['mchRefundNo'], refundReference.refundNumber)
})
