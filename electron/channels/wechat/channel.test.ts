import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hash } from 'wechatpay-axios-plugin'
import type { PayOutcome, QueryOutcome } from '../../till/outcome.ts'
import { readFlatXml, writeFlatXml } from '../flat-xml.ts'
import { createWechatChannel } from './channel.ts'
import {
  context,
  failure,
  head,
  order,
  paidFields,
  payRequest,
  response,
  settings,
  signedResponse,
  signedXml,
} from './wechat.fixture.ts'

const channel = createWechatChannel(settings)
const paid = (outcome: PayOutcome | QueryOutcome): boolean => outcome.kind === 'paid'
const fieldsOf = (body: string): Record<string, string> => {
  const reading = readFlatXml(body)
  assert.ok(reading.ok)
  return { ...reading.fields }
}
const without = (name: string, fields: Readonly<Record<string, string>> = paidFields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
const reasonOf = (outcome: PayOutcome | QueryOutcome): string =>
  outcome.kind === 'unknown' ? outcome.reason : outcome.kind

test('a pay request has the documented fields and a signature that the community SDK computes alike', () => {
  const request = channel.pay.encode(payRequest, context)
  const fields = fieldsOf(request.body)
  assert.equal(request.method, 'POST')
  assert.equal(request.url, 'https://pay.example.invalid/pay/micropay')
  assert.equal(request.headers['content-type'], 'text/xml; charset=utf-8')
  assert.equal(request.clientCertificate, false)
  const { sign, ...signed } = fields
  assert.deepEqual(signed, {
    appid: settings.appId,
    mch_id: settings.merchantId,
    nonce_str: context.nonce,
    sign_type: 'HMAC-SHA256',
    device_info: 'S001-01',
    body: '晨光门店-日用百货',
    out_trade_no: order.orderNumber,
    total_fee: '1288',
    spbill_create_ip: '203.0.113.7',
    auth_code: payRequest.paymentCode,
    scene_info: '{"store_info":{"id":"S001","name":"一号店"}}',
  })
  assert.equal(sign, Hash.sign('HMAC-SHA256', signed, settings.apiKey))
})

test('in MD5 and in provider mode the request says so and is signed so', () => {
  const provider = createWechatChannel({
    ...settings,
    signType: 'MD5',
    subMerchantId: '1600000999',
    subAppId: 'wx9999999999999999',
  })
  const { sign, ...signed } = fieldsOf(provider.query.encode(order, context).body)
  assert.equal(signed['sign_type'], 'MD5')
  assert.equal(signed['sub_mch_id'], '1600000999')
  assert.equal(signed['sub_appid'], 'wx9999999999999999')
  assert.equal(signed['out_trade_no'], order.orderNumber)
  assert.equal(sign, Hash.sign('MD5', signed, settings.apiKey))
})

test('only the reverse asks for the client certificate', () => {
  assert.equal(channel.query.encode(order, context).clientCertificate, false)
  const reverse = channel.revoke.encode(order, context)
  assert.equal(reverse.clientCertificate, true)
  assert.equal(reverse.url, 'https://pay.example.invalid/secapi/pay/reverse')
  assert.equal(fieldsOf(reverse.body)['out_trade_no'], order.orderNumber)
})

test('what the customer reads fits 127 bytes and has no emoji, control characters or emptiness', () => {
  const bodyFor = (subject: string, name = '一号店'): string => {
    const request = { ...payRequest, subject, store: { id: 'S001', name } }
    return fieldsOf(channel.pay.encode(request, context).body)['body'] ?? ''
  }
  assert.equal(bodyFor('咖啡😀 大杯\n热'), '咖啡 大杯 热')
  assert.equal(bodyFor('𠮷'), '一号店')
  assert.equal(bodyFor('😀', '😀'), '商品')
  assert.equal(Buffer.byteLength(bodyFor('汉'.repeat(100))), 126)
  assert.equal(bodyFor('\uD83D'), '一号店')
})

test('labels that the protocol may refuse are left out, not bent', () => {
  const request = { ...payRequest, store: { id: '一店', name: '一号店' } }
  const fields = fieldsOf(channel.pay.encode(request, context).body)
  assert.equal('device_info' in fields, false)
  assert.equal('scene_info' in fields, false)
})

test('a whole, signed answer about this order, amount and merchant is paid', () => {
  for (const outcome of [
    channel.pay.decode(order, signedResponse(paidFields)),
    channel.pay.decode(order, signedResponse({ ...paidFields, err_code: 'SUCCESS', err_code_des: 'ok' })),
    channel.pay.decode(order, signedResponse({ ...paidFields, trade_state: 'SUCCESS', unheard_of: 'x' })),
    channel.query.decode(order, signedResponse({ ...paidFields, trade_state: 'SUCCESS' })),
  ]) {
    assert.ok(outcome.kind === 'paid')
    assert.equal(outcome.transactionId, paidFields['transaction_id'])
    assert.equal(outcome.amountFen, 1288)
  }
})

test('a field to be checked that is missing or empty makes the answer unverifiable', () => {
  for (const name of ['sign', 'appid', 'mch_id', 'out_trade_no', 'total_fee', 'transaction_id', 'result_code']) {
    for (const fields of [without(name), { ...paidFields, [name]: '' }]) {
      const body = name === 'sign' ? writeFlatXml(fields) : signedXml(fields)
      const expected = name === 'result_code' && name in fields ? 'unlisted-code' : 'unverifiable-answer'
      assert.equal(reasonOf(channel.pay.decode(order, response(body))), expected, name)
    }
  }
  assert.equal(reasonOf(channel.query.decode(order, signedResponse(paidFields))), 'unverifiable-answer')
})

test('a field to be checked that has another value is another order, amount or merchant', () => {
  const others = {
    appid: 'wx0000000000000000',
    mch_id: '1600000002',
    sub_mch_id: '1600000999',
    out_trade_no: 'T20260301093015000124',
    total_fee: '1289',
    fee_type: 'HKD',
  }
  for (const [name, value] of Object.entries(others)) {
    const fields = { ...paidFields, trade_state: 'SUCCESS', [name]: value }
    assert.equal(reasonOf(channel.pay.decode(order, signedResponse(fields))), 'mismatched-answer', name)
    assert.equal(reasonOf(channel.query.decode(order, signedResponse(fields))), 'mismatched-answer', name)
  }
  const provider = createWechatChannel({ ...settings, subMerchantId: '1600000999' })
  assert.equal(reasonOf(provider.pay.decode(order, signedResponse(paidFields))), 'unverifiable-answer')
  assert.equal(paid(provider.pay.decode(order, signedResponse({ ...paidFields, sub_mch_id: '1600000999' }))), true)
})

test('a wrong signature, another key or another method says nothing', () => {
  const tampered = signedXml(paidFields).replace('<total_fee><![CDATA[1288', '<total_fee><![CDATA[1289')
  assert.equal(reasonOf(channel.pay.decode({ ...order }, response(tampered))), 'unverifiable-answer')
  const otherKey = signedResponse(paidFields, { ...settings, apiKey: 'x'.repeat(32) })
  assert.equal(reasonOf(channel.pay.decode(order, otherKey)), 'unverifiable-answer')
  const md5 = signedResponse(paidFields, { ...settings, signType: 'MD5' })
  assert.equal(reasonOf(channel.pay.decode(order, md5)), 'unverifiable-answer')
})

test('answers that the community SDK signs are taken', () => {
  const sign = Hash.sign('HMAC-SHA256', paidFields, settings.apiKey)
  assert.equal(paid(channel.pay.decode(order, response(writeFlatXml({ ...paidFields, sign })))), true)
})

test('a trade state in a pay answer decides over its two SUCCESS codes', () => {
  const decoded = (state: string): string =>
    reasonOf(channel.pay.decode(order, signedResponse({ ...paidFields, trade_state: state })))
  assert.equal(decoded('USERPAYING'), 'awaiting-payer')
  assert.equal(decoded('PAYERROR'), 'revoke-needed')
  assert.equal(decoded('REFUND'), 'unlisted-code')
  assert.equal(decoded('NEW_STATE'), 'unlisted-code')
})

test('a refusal at the door ends a payment only when it is about signature or identity', () => {
  const decoded = (words: string): string => {
    const outcome = channel.pay.decode(order, response(writeFlatXml({ return_code: 'FAIL', return_msg: words })))
    return 'reason' in outcome ? `${outcome.kind} ${outcome.reason}` : outcome.kind
  }
  assert.equal(decoded('签名失败'), 'failed configuration')
  assert.equal(decoded('sign error'), 'failed configuration')
  assert.equal(decoded('mch_id not exist'), 'failed configuration')
  assert.equal(decoded('appid not exist'), 'failed configuration')
  assert.equal(decoded('系统繁忙'), 'unknown system-error')
  assert.equal(decoded('参数格式校验错误'), 'unknown system-error')
  assert.equal(decoded(''), 'unknown system-error')
  const query = channel.query.decode(order, response(writeFlatXml({ return_code: 'FAIL', return_msg: '签名失败' })))
  assert.equal(reasonOf(query), 'refused-request')
  const reverse = (words: string): string =>
    channel.revoke.decode(order, response(writeFlatXml({ return_code: 'FAIL', return_msg: words }))).kind
  assert.equal(reverse('签名失败'), 'person-needed')
  assert.equal(reverse('参数格式校验错误'), 'person-needed')
  assert.equal(reverse('系统繁忙'), 'try-again')
})

test('a closed order tells whether it was paid only by the traces of a payment', () => {
  const closed = (fields: Readonly<Record<string, string>>): string => {
    const outcome = channel.query.decode(order, signedResponse(fields))
    assert.ok(outcome.kind === 'closed')
    return outcome.wasPaid
  }
  const bare = { ...head, out_trade_no: order.orderNumber, trade_state: 'REVOKED' }
  assert.equal(closed(bare), 'unstated')
  assert.equal(closed({ ...bare, transaction_id: '42000' }), 'unstated')
  assert.equal(closed({ ...bare, transaction_id: '42000', time_end: '20260301093018' }), 'yes')
})

test('a NOTPAY answer as seen in the field is unpaid', () => {
  const fields = { ...head, device_info: '', out_trade_no: order.orderNumber, trade_state: 'NOTPAY', total_fee: '1288' }
  assert.equal(channel.query.decode(order, signedResponse(fields)).kind, 'unpaid')
})

test('other HTTP statuses, pages, halves and other encodings are unknown, whatever they hold', () => {
  const whole = signedXml(paidFields)
  for (const status of [202, 301, 400, 404, 500, 502]) {
    assert.equal(reasonOf(channel.pay.decode(order, response(whole, status))), 'http-status')
  }
  const unreadable: readonly (string | Uint8Array)[] = [
    '',
    '<html><body>502 Bad Gateway</body></html>',
    '<!DOCTYPE html><html></html>',
    `<!DOCTYPE xml>${whole}`,
    whole.slice(0, whole.length / 2),
    `${whole}${whole}`,
    Uint8Array.from([0xb8, 0xb6, 0xbf, 0xee]),
    new Uint8Array(Buffer.from(whole, 'utf16le')),
  ]
  for (const body of unreadable) {
    assert.equal(reasonOf(channel.pay.decode(order, response(body))), 'unreadable-answer')
    assert.equal(reasonOf(channel.query.decode(order, response(body))), 'unreadable-answer')
    const revoke = channel.revoke.decode(order, response(body))
    assert.deepEqual([revoke.kind, 'reason' in revoke && revoke.reason], ['try-again', 'unreadable-answer'])
  }
  assert.equal(paid(channel.pay.decode(order, response(`\uFEFF${whole}`))), true)
})

test('evidence keeps code and words, shortened, without anything that could be a payment code', () => {
  const words = `付款码 134500000000000017 或 1345 0000 0000 0000 17 无效${'长'.repeat(200)}`
  const { evidence } = channel.pay.decode(order, failure('AUTH_CODE_INVALID', words))
  assert.equal(evidence.httpStatus, 200)
  assert.equal(evidence.code, 'AUTH_CODE_INVALID')
  assert.equal(evidence.message?.startsWith('付款码 *** 或 *** 无效'), true)
  assert.equal(Array.from(evidence.message ?? '').length, 128)
  assert.doesNotMatch(JSON.stringify(channel.pay.decode(order, failure('134500000000000017'))), /\d{12}/)
})
