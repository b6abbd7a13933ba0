import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import {
  alipayKeys,
  appKeys,
  context,
  failure,
  type Node,
  order,
  paidNode,
  payRequest,
  response,
  settings,
  signed,
  signedBody,
} from './alipay.fixture.ts'
import { createAlipayChannel } from './channel.ts'
import { alipaySignatureMatches, alipayStringToSign } from './sign.ts'
import { vectors } from './vectors.fixture.ts'

const channel = createAlipayChannel(settings)
const named = (outcome: PayOutcome | QueryOutcome | RevokeOutcome): string =>
  'reason' in outcome ? `${outcome.kind} ${outcome.reason}` : outcome.kind
const without = (name: string, node: Node = paidNode): Node =>
  Object.fromEntries(Object.entries(node).filter(([key]) => key !== name))
const bodyOf = (form: string): Record<string, unknown> =>
  JSON.parse(new URLSearchParams(form).get('biz_content') ?? 'null') as Record<string, unknown> // our own object

test('a pay request has the documented fields, the time of Shanghai and a deadline of its own', () => {
  const request = channel.pay.encode(payRequest, context)
  const url = new URL(request.url)
  assert.equal(url.origin + url.pathname, settings.gateway)
  assert.equal(request.clientCertificate, false)
  assert.equal(url.searchParams.get('timestamp'), '2026-03-18 09:12:03')
  assert.equal(url.searchParams.get('charset'), 'utf-8')
  assert.equal(url.searchParams.get('method'), 'alipay.trade.pay')
  assert.deepEqual(bodyOf(request.body), {
    out_trade_no: order.orderNumber,
    scene: 'bar_code',
    auth_code: payRequest.paymentCode,
    subject: '收银台订单000101',
    total_amount: '35.80',
    product_code: 'FACE_TO_FACE_PAYMENT',
    timeout_express: '2m',
    store_id: 'NJ_S_001',
    terminal_id: 'T01',
  })
  assert.equal(request.url.includes(payRequest.paymentCode), false)
})

test('query and cancel name our order number, and every request is signed over all that is sent', () => {
  for (const [request, method] of [
    [channel.query.encode(order, context), 'alipay.trade.query'],
    [channel.revoke.encode(order, context), 'alipay.trade.cancel'],
  ] as const) {
    const parameters = Object.fromEntries([...new URL(request.url).searchParams, ...new URLSearchParams(request.body)])
    assert.equal(parameters['method'], method)
    assert.deepEqual(bodyOf(request.body), { out_trade_no: order.orderNumber })
    const text = alipayStringToSign(parameters)
    assert.equal(alipaySignatureMatches(text, parameters['sign'] ?? '', appKeys.publicKey), true)
  }
})

test('a subject never holds what Alipay refuses', () => {
  const subjectFor = (subject: string, name = '一号店'): unknown =>
    bodyOf(channel.pay.encode({ ...payRequest, subject, store: { id: 'S', name } }, context).body)['subject']
  assert.equal(subjectFor('A/B=C&D😀\tE'), 'A B C D E')
  assert.equal(subjectFor('/😀'), '一号店')
  assert.equal(subjectFor('=', '&'), '商品')
  assert.equal(subjectFor('汉'.repeat(300)), '汉'.repeat(256))
  const content = bodyOf(channel.pay.encode({ ...payRequest, store: { id: '一店', name: '一' } }, context).body)
  assert.equal('store_id' in content, false)
})

test('on behalf of a merchant and in certificate mode the requests carry what that needs', () => {
  const { certificates } = vectors
  const by = createAlipayChannel({
    ...settings,
    appAuthToken: '202603BB00000000000000000000000000000A01',
    verification: {
      mode: 'certificate',
      appCertificate: certificates.app_cert_pem,
      alipayCertificate: certificates.alipay_cert_pem,
      alipayRootCertificate: certificates.alipay_root_bundle_pem,
    },
  })
  const { searchParams } = new URL(by.query.encode(order, context).url)
  assert.equal(searchParams.get('app_auth_token'), '202603BB00000000000000000000000000000A01')
  assert.equal(searchParams.get('app_cert_sn'), certificates.app_cert_sn)
  assert.equal(searchParams.get('alipay_root_cert_sn'), certificates.alipay_root_cert_sn)
})

test('a whole, signed answer about this order and amount is paid', () => {
  const query = { ...paidNode, trade_status: 'TRADE_SUCCESS' }
  for (const outcome of [
    channel.pay.decode(order, signed('pay', paidNode)),
    channel.pay.decode(order, signed('pay', JSON.stringify(paidNode).replace('"35.80"', '35.80'))),
    channel.pay.decode(order, signed('pay', `{ "note":"a\\"}{,\\"sign\\":\\"x", ${JSON.stringify(paidNode).slice(1)}`)),
    channel.query.decode(order, signed('query', query)),
    channel.query.decode(order, response(`\uFEFF ${signedBody('query', query)}\n`)),
  ]) {
    assert.ok(outcome.kind === 'paid', named(outcome))
    assert.equal(outcome.transactionId, paidNode['trade_no'])
    assert.equal(outcome.amountFen, 3580)
  }
})

test('a field to be checked that is missing makes the answer unverifiable, one with another value mismatched', () => {
  const others = { out_trade_no: 'POS0120260318000102', total_amount: '35.81' }
  const query = { ...paidNode, trade_status: 'TRADE_SUCCESS' }
  for (const name of ['out_trade_no', 'total_amount', 'trade_no', 'code']) {
    assert.equal(named(channel.pay.decode(order, signed('pay', without(name)))), 'unknown unverifiable-answer', name)
    const decoded = channel.query.decode(order, signed('query', without(name, query)))
    assert.equal(named(decoded), 'unknown unverifiable-answer', name)
  }
  for (const [name, value] of Object.entries(others)) {
    const pay = channel.pay.decode(order, signed('pay', { ...paidNode, [name]: value }))
    assert.equal(named(pay), 'unknown mismatched-answer', name)
    const decoded = channel.query.decode(order, signed('query', { ...query, [name]: value }))
    assert.equal(named(decoded), 'unknown mismatched-answer', name)
  }
  assert.equal(named(channel.query.decode(order, signed('query', paidNode))), 'unknown unverifiable-answer')
})

test('waiting for the customer goes by the code alone, whatever the words', () => {
  const waiting = { code: '10003', msg: ' order success pay inprocess', out_trade_no: order.orderNumber }
  assert.equal(named(channel.pay.decode(order, signed('pay', waiting))), 'awaiting-payer')
  assert.equal(named(channel.query.decode(order, signed('query', waiting))), 'unknown unlisted-code')
  assert.equal(named(channel.revoke.decode(order, signed('cancel', waiting))), 'try-again unlisted-code')
})

test('an answer without Alipay’s signature is only ever a refusal', () => {
  const unsigned = (node: Node, key = 'alipay_trade_pay_response'): string =>
    named(channel.pay.decode(order, response(JSON.stringify({ [key]: node }))))
  assert.equal(unsigned(paidNode), 'unknown unverifiable-answer')
  assert.equal(unsigned({ code: '40004', sub_code: 'ACQ.PAYMENT_FAIL' }), 'unknown unverifiable-answer')
  assert.equal(unsigned({ code: '20000', sub_code: 'isp.unknow-error' }), 'unknown unverifiable-answer')
  assert.equal(unsigned({ code: '40002', sub_code: 'isv.invalid-app-id' }, 'error_response'), 'failed configuration')
  assert.equal(
    unsigned({ code: '40002', sub_code: 'isv.invalid-parameter' }, 'error_response'),
    'failed-unless-query-differs configuration',
  )
  const wrongKey = signedBody('pay', { code: '40002', sub_code: 'isv.invalid-app-id' }, appKeys.privateKey)
  assert.equal(named(channel.pay.decode(order, response(wrongKey))), 'unknown unverifiable-answer')
})

test('a failure that does not name the order needs a query; one that names another order says nothing', () => {
  const final = failure('pay', 'ACQ.PAYMENT_FAIL')
  assert.equal(named(channel.pay.decode(order, final)), 'failed payment-failed')
  const nameless = signed('pay', { code: '40004', msg: '', sub_code: 'ACQ.PAYMENT_FAIL' })
  assert.equal(named(channel.pay.decode(order, nameless)), 'failed-unless-query-differs payment-failed')
  const other = failure('pay', 'ACQ.PAYMENT_FAIL', { out_trade_no: 'other' })
  assert.equal(named(channel.pay.decode(order, other)), 'unknown mismatched-answer')
  assert.equal(
    named(channel.query.decode(order, failure('query', 'ACQ.TRADE_NOT_EXIST', { out_trade_no: 'other' }))),
    'unknown mismatched-answer',
  )
})

test('a closed order tells whether it was paid only by the traces of a payment', () => {
  const closed = (more: Node): string => {
    const node = { code: '10000', out_trade_no: order.orderNumber, trade_status: 'TRADE_CLOSED', ...more }
    const outcome = channel.query.decode(order, signed('query', node))
    return outcome.kind === 'closed' ? outcome.wasPaid : outcome.kind
  }
  assert.equal(closed({}), 'unstated')
  assert.equal(closed({ buyer_pay_amount: '0.00', receipt_amount: '0.00', fund_bill_list: [] }), 'unstated')
  assert.equal(closed({ send_pay_date: '2026-03-18 09:12:05' }), 'yes')
  assert.equal(closed({ fund_bill_list: [{ amount: '35.80', fund_channel: 'ALIPAYACCOUNT' }] }), 'yes')
  assert.equal(closed({ receipt_amount: '35.80' }), 'yes')
})

test('a cancel is believed only with retry_flag=N, and says what it did only by its action', () => {
  const cancelled = (more: Node): string => {
    const node = { code: '10000', msg: 'Success', out_trade_no: order.orderNumber, ...more }
    const outcome = channel.revoke.decode(order, signed('cancel', node))
    return outcome.kind === 'accepted' ? outcome.effect : named(outcome)
  }
  assert.equal(cancelled({ retry_flag: 'N', action: 'close', trade_no: '1' }), 'closed')
  assert.equal(cancelled({ retry_flag: 'N', action: 'refund', trade_no: '1' }), 'refunded')
  assert.equal(cancelled({ retry_flag: 'N' }), 'unstated')
  assert.equal(cancelled({ retry_flag: 'N', action: 'else' }), 'unstated')
  assert.equal(cancelled({ retry_flag: 'Y', action: 'close' }), 'try-again system-error')
  assert.equal(cancelled({ action: 'close' }), 'try-again unverifiable-answer')
  assert.equal(cancelled({ retry_flag: 'N', out_trade_no: 'other' }), 'try-again mismatched-answer')
  assert.equal(cancelled({ retry_flag: 'N', out_trade_no: '' }), 'try-again unverifiable-answer')
})

test('answers in certificate mode count only when they name the certificate that we hold', () => {
  const { certificates, responses } = vectors
  const vector = responses.find(({ name }) => name === 'cert_mode')
  assert.ok(vector)
  const by = createAlipayChannel({
    ...settings,
    verification: {
      mode: 'certificate',
      appCertificate: certificates.app_cert_pem,
      alipayCertificate: certificates.alipay_cert_pem,
      alipayRootCertificate: certificates.alipay_root_bundle_pem,
    },
  })
  const of = { ...order, orderNumber: 'POS01_20260318_000101' as typeof order.orderNumber } // the vector's own number
  const renewed = vector.raw_body.replace(certificates.alipay_cert_sn, '0'.repeat(32))
  // Signed and ours, but this vector has no amount: what is missing is then the amount, not the signature.
  const verified = by.query.decode(of, response(vector.raw_body))
  assert.equal(verified.evidence.tradeState, 'TRADE_SUCCESS')
  assert.equal(named(verified), 'unknown unverifiable-answer')
  const closed = (body: string): string => named(by.query.decode(of, response(body)))
  const slash = responses.find(({ name }) => name === 'query_closed_after_cancel')?.raw_body ?? ''
  assert.equal(closed(slash), 'closed')
  assert.equal(closed(slash.replace(/,"sign"/, `,"alipay_cert_sn":"${certificates.alipay_cert_sn}","sign"`)), 'closed')
  assert.equal(
    closed(slash.replace(/,"sign"/, `,"alipay_cert_sn":"${'0'.repeat(32)}","sign"`)),
    'unknown unverifiable-answer',
  )
  assert.equal(closed(renewed), 'unknown unverifiable-answer')
})

test('an answer signed before its slashes were escaped is verified without them', () => {
  const node = JSON.stringify({ ...paidNode, store_name: 'A/B', trade_status: 'TRADE_SUCCESS' })
  const body = signedBody('query', node).replace('A/B', 'A\\/B')
  assert.equal(named(channel.query.decode(order, response(body))), 'paid')
})

test('other statuses, pages, halves, duplicates and other encodings are unknown, whatever they hold', () => {
  const whole = signedBody('pay', paidNode)
  for (const status of [202, 302, 400, 500, 503]) {
    assert.equal(named(channel.pay.decode(order, response(whole, status))), 'unknown http-status')
  }
  const node = JSON.stringify(paidNode)
  const escaped = '"alipay_trade_p\\u0061y_response"'
  const unreadable: readonly (string | Uint8Array)[] = [
    '',
    '<html><body>502</body></html>',
    'null',
    '[]',
    '{}',
    whole.slice(0, whole.length / 2),
    `${whole}${whole}`,
    whole.replace(/}$/, `,"alipay_trade_pay_response":${node}}`),
    whole.replace(/}$/, `,${escaped}:${node}}`),
    signedBody('pay', `${node.slice(0, -1)},"total_amount":"0.01"}`),
    signedBody('pay', '"ZW5jcnlwdGVk"'),
    `{"alipay_trade_query_response":${node},"sign":"x"}`,
    Uint8Array.from([0xb8, 0xb6, 0xbf, 0xee]),
    new Uint8Array(Buffer.from(whole, 'utf16le')),
    '['.repeat(200_000),
  ]
  for (const body of unreadable) {
    assert.equal(named(channel.pay.decode(order, response(body))), 'unknown unreadable-answer')
    assert.equal(named(channel.revoke.decode(order, response(body))), 'try-again unreadable-answer')
  }
  const tampered = whole.replace('35.80', '35.81')
  assert.equal(named(channel.pay.decode(order, response(tampered))), 'unknown unverifiable-answer')
  const foreign = signedBody('pay', paidNode, appKeys.privateKey)
  assert.equal(named(channel.pay.decode(order, response(foreign))), 'unknown unverifiable-answer')
  assert.notEqual(alipayKeys.publicKey, appKeys.publicKey)
})

test('evidence keeps codes and words, without anything that could be a payment code', () => {
  const node = { sub_msg: `付款码 284321987654321098 无效${'长'.repeat(200)}` }
  const { evidence } = channel.pay.decode(order, failure('pay', 'ACQ.PAYMENT_AUTH_CODE_INVALID', node))
  assert.equal(evidence.code, '40004 ACQ.PAYMENT_AUTH_CODE_INVALID')
  assert.equal(evidence.message?.startsWith('付款码 *** 无效'), true)
  assert.equal(Array.from(evidence.message ?? '').length, 128)
})
