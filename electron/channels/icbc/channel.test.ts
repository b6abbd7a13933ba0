import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIcbcChannel } from './channel.ts'
import {
  type Content,
  context,
  gatewayKeys,
  merchantKeys,
  order,
  paidContent,
  payRequest,
  refundReference,
  refusedContent,
  response,
  reversedContent,
  settings,
  signed,
  signedBody,
  stateContent,
  told,
} from './icbc.fixture.ts'
import { icbcSignatureMatches, icbcStringToSign } from './sign.ts'
import { requestVectors } from './vectors.fixture.ts'

const channel = createIcbcChannel(settings)
const without = (name: string, content: Content = paidContent): Content =>
  Object.fromEntries(Object.entries(content).filter(([key]) => key !== name))
const formOf = (body: string): Readonly<Record<string, string>> => Object.fromEntries(new URLSearchParams(body))

test('a pay request is that of the vector, but for the number of the message', () => {
  const request = channel.pay.encode(payRequest, context)
  const vector = requestVectors.find(({ name }) => name === 'pay-request')
  assert.ok(vector)
  const { sign, msg_id: messageId, ...rest } = formOf(request.body)
  const { msg_id: _, ...expected } = vector.params
  assert.deepEqual(rest, expected)
  assert.equal(messageId, '20260318101530abcdefABCDEF')
  assert.ok(sign)
  assert.equal(request.url, `${settings.baseUrl}/api/qrcode/V2/pay`)
  assert.equal(request.url.includes(payRequest.paymentCode), false)
  assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded; charset=UTF-8')
})

test('every request is signed over its path and all that is sent, and holds the documented fields alone', () => {
  const own = createIcbcChannel({ ...settings, operId: '001' })
  const reach = { mer_id: settings.merchantId, out_trade_no: order.orderNumber }
  const rejectNo = { reject_no: refundReference.refundNumber }
  for (const [request, path, content] of [
    [own.query.encode(order, context), '/api/qrcode/query/V5', reach],
    [own.revoke.encode(order, context), '/api/qrcode/V2/reverse', { ...reach, oper_id: '001' }],
    [channel.revoke.encode(order, context), '/api/qrcode/V2/reverse', reach],
    [
      own.refund.encode(refundReference, context),
      '/api/qrcode/V2/reject',
      { ...reach, ...rejectNo, reject_amt: '250', oper_id: '001' },
    ],
    [own.queryRefund.encode(refundReference, context), '/api/qrcode/reject/query/V3', { ...reach, ...rejectNo }],
  ] as const) {
    assert.equal(request.url, `${settings.baseUrl}${path}`)
    const form = formOf(request.body)
    const names = ['app_id', 'biz_content', 'charset', 'format', 'msg_id', 'sign', 'sign_type', 'timestamp']
    assert.deepEqual(Object.keys(form).toSorted(), names)
    assert.deepEqual(JSON.parse(form.biz_content ?? ''), content)
    assert.equal(form.timestamp, '2026-03-18 10:15:30')
    const text = icbcStringToSign(path, form)
    assert.equal(icbcSignatureMatches(text, form.sign ?? '', merchantKeys.publicKey, 'RSA2'), true)
    const elsewhere = icbcStringToSign(`${path}x`, form)
    assert.equal(icbcSignatureMatches(elsewhere, form.sign ?? '', merchantKeys.publicKey, 'RSA2'), false)
  }
})

test('date and time of the trade are those of the pay request, in Shanghai', () => {
  const lateMs = Date.UTC(2026, 2, 18, 16, 0, 5)
  const { body } = channel.pay.encode({ ...payRequest, payStartedWallMs: lateMs }, context)
  const content = formOf(body).biz_content ?? ''
  assert.match(content, /"trade_date":"20260319","trade_time":"000005"/)
})

test('a slash at the end of the base address changes nothing', () => {
  const own = createIcbcChannel({ ...settings, baseUrl: 'https://gateway.example.invalid/' })
  assert.equal(own.query.encode(order, context).url, channel.query.encode(order, context).url)
})

test('a whole, signed answer about this order and amount is paid', () => {
  const text = JSON.stringify(paidContent)
  for (const outcome of [
    channel.pay.decode(order, signed(paidContent)),
    channel.query.decode(order, signed(paidContent)),
    channel.pay.decode(order, signed(text.replace('"return_code":"0"', '"return_code":0'))),
    channel.pay.decode(order, signed(text.replace('"1250"', '1250'))),
    channel.pay.decode(order, signed(`{ "note":"a\\"}{,\\"sign\\":\\"x", ${text.slice(1)}`)),
    channel.query.decode(order, response(`\uFEFF ${signedBody(paidContent)}\n`)),
    channel.query.decode(order, signed({ ...paidContent, mer_id: settings.merchantId, attach: null })),
  ]) {
    assert.ok(outcome.kind === 'paid', told(outcome))
    assert.equal(outcome.transactionId, paidContent['order_id'])
    assert.equal(outcome.amountFen, 1250)
  }
})

test('a field to be checked that is missing makes the answer unverifiable, one with another value mismatched', () => {
  for (const name of ['out_trade_no', 'total_amt', 'order_id', 'pay_status', 'return_code']) {
    for (const call of ['pay', 'query'] as const) {
      for (const content of [without(name), { ...paidContent, [name]: null }, { ...paidContent, [name]: '' }]) {
        assert.equal(told(channel[call].decode(order, signed(content))), 'unknown unverifiable-answer', name)
      }
    }
  }
  const others = {
    out_trade_no: 'T01A000120260318101531',
    total_amt: '1251',
    mer_id: '020001010002',
  }
  for (const [name, value] of Object.entries(others)) {
    for (const call of ['pay', 'query'] as const) {
      const outcome = channel[call].decode(order, signed({ ...paidContent, [name]: value }))
      assert.equal(told(outcome), 'unknown mismatched-answer', name)
    }
    const reversed = channel.revoke.decode(order, signed({ ...reversedContent, [name]: value }))
    assert.equal(told(reversed), 'try-again mismatched-answer', name)
  }
  for (const amount of ['12.50', '1250.0', '01e9', '-1250', '９', '1'.repeat(400)]) {
    const outcome = channel.pay.decode(order, signed({ ...paidContent, total_amt: amount }))
    assert.equal(told(outcome), 'unknown mismatched-answer', amount)
  }
})

test('return code 0 alone is not paid, and a failure that names no order needs a query', () => {
  const nameless = (status: string) =>
    told(channel.pay.decode(order, signed(without('out_trade_no', stateContent(status)))))
  assert.equal(nameless('2'), 'failed-unless-query-differs payment-failed')
  assert.equal(nameless('-1'), 'failed-unless-query-differs payment-failed')
  assert.equal(nameless('0'), 'unknown unverifiable-answer')
  assert.equal(told(channel.pay.decode(order, signed(stateContent('2')))), 'failed payment-failed')
  assert.equal(told(channel.pay.decode(order, signed(stateContent('1')))), 'unknown unverifiable-answer')
  assert.equal(told(channel.query.decode(order, signed(stateContent('1')))), 'unknown unverifiable-answer')
  assert.equal(
    told(channel.query.decode(order, signed(without('out_trade_no', stateContent('2'))))),
    'unknown unverifiable-answer',
  )
  const other = { ...stateContent('2'), out_trade_no: 'other' }
  assert.equal(told(channel.pay.decode(order, signed(other))), 'unknown mismatched-answer')
})

test('"does not exist" for another order says nothing', () => {
  const gone: Content = { ...refusedContent('5940021'), out_trade_no: 'other' }
  assert.equal(told(channel.query.decode(order, signed(gone))), 'unknown mismatched-answer')
  assert.equal(told(channel.revoke.decode(order, signed(gone))), 'try-again mismatched-answer')
})

test('a reversal is accepted by return code 0 and the order’s number, and says what it did by its amounts', () => {
  const reversed = (more: Content): string => {
    const outcome = channel.revoke.decode(order, signed({ ...reversedContent, ...more }))
    return outcome.kind === 'accepted' ? outcome.effect : told(outcome)
  }
  assert.equal(reversed({}), 'refunded')
  assert.equal(reversed({ real_reject_amt: '1000' }), 'refunded')
  assert.equal(reversed({ real_reject_amt: '0', reject_amt: '0' }), 'closed')
  assert.equal(reversed({ real_reject_amt: '0' }), 'unstated', 'points may have been given back')
  assert.equal(reversed({ real_reject_amt: null, reject_amt: null }), 'unstated')
  assert.equal(reversed({ reject_amt: '1251' }), 'try-again mismatched-answer')
  assert.equal(reversed({ real_reject_amt: 'x' }), 'try-again mismatched-answer')
  assert.equal(reversed({ out_trade_no: '' }), 'try-again unverifiable-answer')
})

test('an answer without the gateway’s SHA-1 signature says nothing, and neither does a refusal', () => {
  const bodies = [
    JSON.stringify({ response_biz_content: paidContent }),
    JSON.stringify({ response_biz_content: paidContent, sign: null }),
    JSON.stringify({ response_biz_content: paidContent, sign: '' }),
    JSON.stringify({ response_biz_content: refusedContent(400026) }),
    JSON.stringify({ response_biz_content: refusedContent('5940021'), sign: 'AAAA' }),
    signedBody(paidContent, merchantKeys.privateKey),
    signedBody(paidContent, gatewayKeys.privateKey, 'RSA2'),
    signedBody(paidContent).replace('"1250"', '"1251"'),
    signedBody(paidContent).replace('":{"', '":{ "'),
  ]
  for (const body of bodies) {
    assert.equal(told(channel.pay.decode(order, response(body))), 'unknown unverifiable-answer')
    assert.equal(told(channel.query.decode(order, response(body))), 'unknown unverifiable-answer')
    assert.equal(told(channel.revoke.decode(order, response(body))), 'try-again unverifiable-answer')
  }
  const late = createIcbcChannel({ ...settings, answerDigest: 'SHA1-or-SHA256' })
  const body = signedBody(paidContent, gatewayKeys.privateKey, 'RSA2')
  assert.equal(told(late.pay.decode(order, response(body))), 'paid')
})

test('other statuses, pages, halves, duplicates and other encodings are unknown, whatever they hold', () => {
  const whole = signedBody(paidContent)
  for (const status of [202, 302, 400, 500, 503]) {
    assert.equal(told(channel.pay.decode(order, response(whole, status))), 'unknown http-status')
  }
  const text = JSON.stringify(paidContent)
  const unreadable: readonly (string | Uint8Array)[] = [
    '',
    '<html><body>502</body></html>',
    `<!DOCTYPE html>${whole}`,
    'null',
    '[]',
    '{}',
    whole.slice(0, whole.length / 2),
    `${whole}${whole}`,
    whole.replace(/}$/, `,"response_biz_content":${text}}`),
    whole.replace(/}$/, `,"response_biz_c\\u006fntent":${text}}`),
    signedBody(`${text.slice(0, -1)},"total_amt":"1"}`),
    signedBody('"ZW5jcnlwdGVk"'),
    signedBody('[]'),
    signedBody('null'),
    Uint8Array.from([0xb8, 0xb6, 0xbf, 0xee]),
    new Uint8Array(Buffer.from(whole, 'utf16le')),
    '['.repeat(200_000),
  ]
  for (const body of unreadable) {
    assert.equal(told(channel.pay.decode(order, response(body))), 'unknown unreadable-answer')
    assert.equal(told(channel.query.decode(order, response(body))), 'unknown unreadable-answer')
    assert.equal(told(channel.revoke.decode(order, response(body))), 'try-again unreadable-answer')
  }
})

test('evidence keeps code, words and state, without anything that could be a payment code', () => {
  const content = { ...refusedContent(93009999), return_msg: `付款码 6223456789012345678 无效${'长'.repeat(200)}` }
  const { evidence } = channel.pay.decode(order, signed(content))
  assert.equal(evidence.code, '93009999')
  assert.equal(evidence.message?.startsWith('付款码 *** 无效'), true)
  assert.equal(Array.from(evidence.message ?? '').length, 128)
  assert.equal(channel.query.decode(order, signed(stateContent('4'))).evidence.tradeState, '4')
  assert.equal(channel.query.decode(order, signed(stateContent('4'))).evidence.code, undefined)
})
