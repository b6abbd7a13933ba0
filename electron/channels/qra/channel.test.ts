import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFlatXml, writeFlatXml } from '../flat-xml.ts'
import { readPublicKey } from '../rsa-keys.ts'
import { createQraChannel } from './channel.ts'
import {
  context,
  doorRefusal,
  failure,
  head,
  merchantKeys,
  order,
  paidFields,
  payRequest,
  platformKey,
  queriedFields,
  refundReference,
  response,
  rsaSettings,
  settings,
  signed,
  signedXml,
  told,
  without,
} from './qra.fixture.ts'
import { qraSignatureMatches } from './sign.ts'

const channel = createQraChannel(settings)
const fieldsOf = (body: string): Readonly<Record<string, string>> => {
  const reading = readFlatXml(body)
  assert.ok(reading.ok)
  return { ...reading.fields }
}

test('each call sends the documented fields to the one address, signed, and nothing else', () => {
  const common = {
    version: '2.0',
    charset: 'UTF-8',
    sign_type: 'MD5',
    mch_id: settings.merchantId,
    nonce_str: context.nonce,
  }
  const byOrder = { out_trade_no: order.orderNumber }
  const expected = [
    [
      channel.pay.encode(payRequest, context),
      {
        service: 'unified.trade.micropay',
        ...byOrder,
        body: '面包店 早餐',
        total_fee: '1250',
        mch_create_ip: '192.168.1.20',
        auth_code: payRequest.paymentCode,
        device_info: 'S001-01',
      },
    ],
    [channel.query.encode(order, context), { service: 'unified.trade.query', ...byOrder }],
    [channel.revoke.encode(order, context), { service: 'unified.micropay.reverse', ...byOrder }],
    [
      channel.refund.encode(refundReference, context),
      {
        service: 'unified.trade.refund',
        ...byOrder,
        out_refund_no: refundReference.refundNumber,
        total_fee: '1250',
        refund_fee: '250',
        op_user_id: settings.merchantId,
      },
    ],
    [
      channel.queryRefund.encode(refundReference, context),
      { service: 'unified.trade.refundquery', out_refund_no: refundReference.refundNumber },
    ],
  ] as const
  for (const [request, own] of expected) {
    const { sign, ...fields } = fieldsOf(request.body)
    assert.deepEqual(fields, { ...common, ...own })
    assert.equal(request.url, settings.gateway)
    assert.equal(request.method, 'POST')
    assert.equal(request.clientCertificate, false)
    assert.ok(sign !== undefined && settings.signing.signType === 'MD5')
    assert.equal(qraSignatureMatches({ ...fields, sign }, settings.signing), true, own.service)
  }
})

test('in RSA mode the request is signed by the merchant’s key, and the answer counts by the platform’s', () => {
  const rsa = createQraChannel(rsaSettings)
  const fields = fieldsOf(rsa.query.encode(order, context).body)
  assert.equal(fields['sign_type'], 'RSA_1_256')
  const publicKey = readPublicKey(merchantKeys.publicKey)
  assert.ok(publicKey)
  assert.equal(qraSignatureMatches(fields, { signType: 'RSA_1_256', publicKey }), true)
  assert.equal(told(rsa.pay.decode(order, signed(paidFields, platformKey))), 'paid')
  assert.equal(told(rsa.pay.decode(order, signed(paidFields))), 'unknown unverifiable-answer')
  assert.equal(told(channel.pay.decode(order, signed(paidFields, platformKey))), 'unknown unverifiable-answer')
})

test('agent, group and operator are sent where they are set', () => {
  const own = createQraChannel({ ...settings, signAgentno: '101', groupno: '202', opUserId: '303' })
  const fields = fieldsOf(own.refund.encode(refundReference, context).body)
  assert.deepEqual([fields['sign_agentno'], fields['groupno'], fields['op_user_id']], ['101', '202', '303'])
})

test('what the customer reads fits and is plain; a label that is none is left out; the address is IPv4', () => {
  const sent = (changes: Partial<typeof payRequest>) =>
    fieldsOf(channel.pay.encode({ ...payRequest, ...changes }, context).body)
  assert.equal(sent({ subject: '咖啡😀 大杯\n热' })['body'], '咖啡 大杯 热')
  assert.equal(Buffer.byteLength(sent({ subject: '汉'.repeat(100) })['body'] ?? ''), 126)
  assert.equal(sent({ subject: '😀', store: { id: 'S001', name: '😀' } })['body'], '商品')
  assert.equal(sent({ store: { id: '一店', name: '一店' } })['device_info'], '01')
  assert.equal('device_info' in sent({ store: { id: '一店', name: '一店' }, till: { id: '一' } }), false)
  assert.equal(sent({ callerAddress: '::1' })['mch_create_ip'], '127.0.0.1')
})

test('a payment needs all three fields, and no wish to be asked again', () => {
  const decoded = (fields: Readonly<Record<string, string>>) => told(channel.pay.decode(order, signed(fields)))
  assert.equal(decoded(paidFields), 'paid')
  assert.equal(decoded({ ...paidFields, need_query: 'N' }), 'paid')
  assert.equal(decoded({ ...paidFields, need_query: 'Y' }), 'unknown system-error')
  assert.equal(decoded({ ...paidFields, pay_result: '1' }), 'unknown unlisted-code')
  assert.equal(decoded(without('pay_result', paidFields)), 'unknown unverifiable-answer')
  assert.equal(decoded(without('status', paidFields)), 'unknown unverifiable-answer')
  assert.equal(decoded(without('result_code', paidFields)), 'unknown unverifiable-answer')
  assert.equal(decoded({ ...paidFields, result_code: '1' }), 'unknown unlisted-code')
})

test('a field to be checked that is missing, empty or other makes nobody pay', () => {
  for (const name of ['mch_id', 'out_trade_no', 'total_fee', 'transaction_id']) {
    for (const fields of [without(name, paidFields), { ...paidFields, [name]: '' }]) {
      assert.equal(told(channel.pay.decode(order, signed(fields))), 'unknown unverifiable-answer', name)
    }
    const asked = without(name, queriedFields)
    assert.equal(told(channel.query.decode(order, signed(asked))), 'unknown unverifiable-answer', name)
  }
  const others = { mch_id: 'QRA000000000002', out_trade_no: 'other', total_fee: '1251', fee_type: 'HKD' }
  for (const [name, value] of Object.entries(others)) {
    const pay = channel.pay.decode(order, signed({ ...paidFields, [name]: value }))
    const query = channel.query.decode(order, signed({ ...queriedFields, [name]: value }))
    assert.deepEqual([told(pay), told(query)], Array(2).fill('unknown mismatched-answer'), name)
    const revoke = channel.revoke.decode(order, signed({ ...head, [name]: value }))
    assert.equal(told(revoke), 'try-again mismatched-answer', name)
  }
})

test('an answer that is not signed, or by another key, says nothing', () => {
  const tampered = signedXml(paidFields).replace('<total_fee><![CDATA[1250', '<total_fee><![CDATA[1251')
  const foreign = signedXml(paidFields, { signType: 'MD5', apiKey: 'x'.repeat(32) })
  for (const body of [writeFlatXml(paidFields), writeFlatXml({ ...paidFields, sign: '' }), tampered, foreign]) {
    assert.equal(told(channel.pay.decode(order, response(body))), 'unknown unverifiable-answer')
    assert.equal(told(channel.query.decode(order, response(body))), 'unknown unverifiable-answer')
    assert.equal(told(channel.revoke.decode(order, response(body))), 'try-again unverifiable-answer')
  }
})

test('a refusal at the door ends a payment only if a query agrees, and only when it is about keys or merchant', () => {
  const pay = (words: string) => told(channel.pay.decode(order, doorRefusal(words)))
  assert.equal(pay('验证签名不通过'), 'failed-unless-query-differs configuration')
  assert.equal(pay('Sign error'), 'failed-unless-query-differs configuration')
  assert.equal(pay('商户号不存在'), 'failed-unless-query-differs configuration')
  assert.equal(pay('系统繁忙'), 'unknown system-error')
  assert.equal(pay(''), 'unknown system-error')
  const query = (words: string) => told(channel.query.decode(order, doorRefusal(words, '500')))
  assert.equal(query('签名错误'), 'unknown refused-request')
  assert.equal(query('系统繁忙'), 'unknown system-error')
  const revoke = (words: string) => told(channel.revoke.decode(order, doorRefusal(words)))
  assert.equal(revoke('签名错误'), 'person-needed')
  assert.equal(revoke('参数错误'), 'person-needed')
  assert.equal(revoke('系统繁忙'), 'try-again system-error')
  const forged = response(writeFlatXml({ status: '400', message: '签名错误', sign: 'F'.repeat(32) }))
  assert.equal(told(channel.pay.decode(order, forged)), 'unknown unverifiable-answer')
})

test('what ends an order must name it, unless the setting trusts that; a time of payment tells that money moved', () => {
  const trusting = createQraChannel({ ...settings, unnamedEnds: 'accepted' })
  const bare = { ...head, trade_state: 'REVOKED' }
  assert.equal(told(channel.query.decode(order, signed(bare))), 'unknown unverifiable-answer')
  assert.equal(told(trusting.query.decode(order, signed(bare))), 'closed')
  const other = signed({ ...bare, out_trade_no: 'other' })
  assert.equal(told(trusting.query.decode(order, other)), 'unknown mismatched-answer')
  const wasPaid = (fields: Readonly<Record<string, string>>) => {
    const outcome = channel.query.decode(order, signed(fields))
    assert.ok(outcome.kind === 'closed')
    return outcome.wasPaid
  }
  const named = { ...bare, out_trade_no: order.orderNumber }
  assert.equal(wasPaid(named), 'unstated')
  assert.equal(wasPaid({ ...named, transaction_id: '1015' }), 'unstated')
  assert.equal(wasPaid({ ...named, transaction_id: '1015', time_end: '20260318101532' }), 'yes')
})

test('an order that turned to refund is nobody’s guess, unless the setting says how reversals read', () => {
  const fields = { ...queriedFields, trade_state: 'REFUND' }
  assert.equal(told(channel.query.decode(order, signed(fields))), 'unknown unlisted-code')
  const knowing = createQraChannel({ ...settings, refundState: 'closed' })
  const outcome = knowing.query.decode(order, signed(fields))
  assert.ok(outcome.kind === 'closed')
  assert.equal(outcome.wasPaid, 'yes')
})

test('a reversal that asks to be asked again is not done', () => {
  assert.equal(told(channel.revoke.decode(order, signed(head))), 'accepted')
  assert.equal(told(channel.revoke.decode(order, signed({ ...head, need_query: 'N' }))), 'accepted')
  assert.equal(told(channel.revoke.decode(order, signed({ ...head, need_query: 'Y' }))), 'try-again system-error')
})

test('other statuses, pages, halves, other encodings, doctypes and repeated elements are unknown, whatever they hold', () => {
  const whole = signedXml(paidFields)
  for (const status of [202, 301, 400, 404, 500, 502]) {
    assert.equal(told(channel.pay.decode(order, response(whole, status))), 'unknown http-status')
  }
  const unreadable: readonly (string | Uint8Array)[] = [
    '',
    '<html><body>502 Bad Gateway</body></html>',
    `<!DOCTYPE xml [<!ENTITY a "0">]>${whole}`,
    whole.slice(0, whole.length / 2),
    `${whole}${whole}`,
    whole.replace('<status>', '<status><![CDATA[1]]></status><status>'),
    new Uint8Array(Buffer.from(whole, 'utf16le')),
    Buffer.concat([Buffer.from('<xml><err_msg>'), Buffer.from([0xca, 0xd5]), Buffer.from('</err_msg></xml>')]),
  ]
  for (const body of unreadable) {
    assert.equal(told(channel.pay.decode(order, response(body))), 'unknown unreadable-answer')
    assert.equal(told(channel.query.decode(order, response(body))), 'unknown unreadable-answer')
    assert.equal(told(channel.revoke.decode(order, response(body))), 'try-again unreadable-answer')
  }
  assert.equal(told(channel.pay.decode(order, response(`\uFEFF${whole.replace(/(<\/\w+>)/g, '$1\n ')}`))), 'paid')
})

test('evidence keeps code and words without anything that could be a payment code', () => {
  const words = `付款码 134500000000000017 无效${'长'.repeat(200)}`
  const { evidence } = channel.pay.decode(order, failure('AUTH_CODE_INVALID', { err_msg: words, need_query: 'N' }))
  assert.equal(evidence.code, 'AUTH_CODE_INVALID')
  assert.equal(evidence.message?.startsWith('付款码 *** 无效'), true)
  assert.doesNotMatch(JSON.stringify(channel.pay.decode(order, failure('134500000000000017'))), /\d{12}/)
})
