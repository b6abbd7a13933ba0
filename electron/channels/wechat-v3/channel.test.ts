import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { test } from 'node:test'
import type { HttpResponse } from '../channel.ts'
import { createWechatV3Channel } from './channel.ts'
import { wechatV3RequestText } from './sign.ts'
import {
  type Body,
  context,
  errorBody,
  foreignKeys,
  merchantKeys,
  order,
  paidBody,
  payRequest,
  publicKeyId,
  refund,
  settings,
  signed,
  signingHeaders,
  told,
  unsigned,
  vectors,
} from './wechat-v3.fixture.ts'

const channel = createWechatV3Channel(settings)
const bodyOf = (text: string): Body => JSON.parse(text) as Body // our own object
const without = (name: string, body: Body = paidBody): Body =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))

test('pay, query and reverse are the request vectors to the byte', () => {
  const till = createWechatV3Channel({ ...settings, storeOutId: 'S001' })
  const requests = [
    till.pay.encode(payRequest, context),
    till.query.encode(order, context),
    till.revoke.encode(order, context),
  ]
  for (const [place, { method, url, body, clientCertificate }] of requests.entries()) {
    const vector = vectors.v3_requests[place]
    assert.equal(method, vector?.method)
    assert.equal(url, `${settings.baseUrl}${vector?.canonical_url}`)
    assert.equal(body, vector?.body)
    assert.equal(clientCertificate, false)
  }
})

test('every request is signed over what is sent, and shows the headers that WeChat demands', () => {
  for (const request of [
    channel.pay.encode(payRequest, context),
    channel.query.encode(order, context),
    channel.revoke.encode(order, context),
    channel.refund.encode(refund, context),
    channel.queryRefund.encode(refund, context),
  ]) {
    const { method, url, headers, body } = request
    const { pathname, search } = new URL(url)
    const { authorization = '' } = headers
    const items = Object.fromEntries(
      [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    assert.match(authorization, /^WECHATPAY2-SHA256-RSA2048 mchid="1600000001",/)
    assert.equal(items['timestamp'], '1772328615')
    assert.equal(items['nonce_str'], context.nonce)
    assert.equal(items['serial_no'], settings.merchantSerial)
    const parts = { method, pathAndQuery: `${pathname}${search}`, timestamp: '1772328615', nonce: context.nonce, body }
    const signature = Buffer.from(items['signature'] ?? '', 'base64')
    assert.equal(verify('sha256', Buffer.from(wechatV3RequestText(parts)), merchantKeys.publicKey, signature), true)
    assert.equal(headers['accept'], 'application/json')
    assert.ok(headers['user-agent'])
    assert.equal(headers['wechatpay-serial'], publicKeyId)
    assert.equal(headers['content-type'], method === 'POST' ? 'application/json' : undefined)
    assert.equal(body === '', method === 'GET')
    assert.doesNotMatch(body, /null/, 'v3 forbids null')
    assert.equal(url.includes(payRequest.paymentCode), false)
  }
})

test('with platform certificates alone nothing asks for the public key', () => {
  const { wechatpayPublicKey: _, ...rest } = settings
  const certificate = vectors.keys.platform_certificate_mode.certificate_pem
  const till = createWechatV3Channel({ ...rest, platformCertificates: [certificate] })
  assert.equal('wechatpay-serial' in till.query.encode(order, context).headers, false)
})

test('a pay request never holds what WeChat refuses, and always names the store', () => {
  const sent = (changes: Partial<typeof payRequest>, more = {}) =>
    bodyOf(createWechatV3Channel({ ...settings, ...more }).pay.encode({ ...payRequest, ...changes }, context).body)
  assert.equal(sent({ subject: 'A😀\tB' })['description'], 'A B')
  assert.equal(sent({ subject: '😀' })['description'], '一号店')
  assert.equal(sent({ subject: '', store: { id: 'S', name: '' } })['description'], '商品')
  assert.equal(sent({ subject: '汉'.repeat(60) })['description'], '汉'.repeat(42))
  assert.deepEqual(sent({})['scene_info'], {
    device_id: 'POS-01',
    device_ip: '203.0.113.7',
    store_info: { out_id: 'POS' },
  })
  assert.deepEqual(sent({ store: { id: '一店', name: '' }, callerAddress: '' })['scene_info'], {
    store_info: { out_id: '一店' },
  })
  assert.deepEqual(sent({ store: { id: '', name: '' }, callerAddress: '' }, { storeId: '188' })['scene_info'], {
    device_id: '-01',
    store_info: { id: '188', out_id: 'store' },
  })
})

test('a service provider names itself and its merchant on every call', () => {
  const till = createWechatV3Channel({ ...settings, subMerchantId: '1900000109', subAppId: 'wxd678efh567hg6999' })
  const pay = till.pay.encode(payRequest, context)
  assert.equal(pay.url, `${settings.baseUrl}/v3/pay/partner/transactions/codepay`)
  const who = {
    sp_appid: settings.appId,
    sp_mchid: settings.merchantId,
    sub_appid: 'wxd678efh567hg6999',
    sub_mchid: '1900000109',
  }
  const { sp_appid, sp_mchid, sub_appid, sub_mchid, appid, mchid } = bodyOf(pay.body)
  assert.deepEqual({ sp_appid, sp_mchid, sub_appid, sub_mchid }, who)
  assert.deepEqual({ appid, mchid }, { appid: undefined, mchid: undefined })
  assert.match(pay.headers['authorization'] ?? '', /mchid="1600000001"/)
  const path = `/v3/pay/partner/transactions/out-trade-no/${order.orderNumber}`
  assert.equal(
    till.query.encode(order, context).url,
    `${settings.baseUrl}${path}?sp_mchid=1600000001&sub_mchid=1900000109`,
  )
  const reverse = till.revoke.encode(order, context)
  assert.equal(reverse.url, `${settings.baseUrl}${path}/reverse`)
  assert.deepEqual(bodyOf(reverse.body), who)

  const paid = { ...without('mchid', without('appid')), ...who }
  const heard = (body: Body) => told(till.pay.decode(order, signed(body)))
  assert.equal(heard(paid), 'paid')
  assert.equal(heard({ ...paid, sub_mchid: '1900000110' }), 'unknown mismatched-answer')
  assert.equal(heard({ ...paid, sub_appid: 'wxother' }), 'unknown mismatched-answer')
  assert.equal(heard(without('sub_mchid', paid)), 'unknown unverifiable-answer')
  assert.equal(heard(without('sp_mchid', paid)), 'unknown unverifiable-answer')
  assert.equal(heard(paidBody), 'unknown mismatched-answer', 'a direct merchant’s answer')
  assert.equal(told(channel.pay.decode(order, signed(paid))), 'unknown mismatched-answer')
})

const bothCalls = (response: HttpResponse): readonly string[] => [
  told(channel.pay.decode(order, response)),
  told(channel.query.decode(order, response)),
]
const both = (outcome: string): readonly string[] => [outcome, outcome]

test('paid needs merchant, number, amount and transaction id, signed; nothing missing is equal', () => {
  const paid = channel.query.decode(order, signed(paidBody))
  assert.deepEqual(paid, {
    kind: 'paid',
    transactionId: '4200009999202603010000000123',
    amountFen: 1288,
    evidence: { httpStatus: 200, message: '支付成功', tradeState: 'SUCCESS' },
  })
  assert.deepEqual(bothCalls(signed({ ...paidBody, something_new: { a: [1, null] } })), both('paid'))
  assert.deepEqual(bothCalls(signed(without('appid'))), both('paid'))
  for (const name of ['mchid', 'out_trade_no', 'amount', 'transaction_id', 'trade_state']) {
    assert.deepEqual(bothCalls(signed(without(name))), both('unknown unverifiable-answer'), name)
    assert.deepEqual(bothCalls(signed({ ...paidBody, [name]: null })), both('unknown unverifiable-answer'), name)
  }
  for (const [name, value] of Object.entries({
    mchid: '1600000002',
    appid: 'wxother',
    out_trade_no: 'T20260301093015000124',
    amount: { total: 1289, currency: 'CNY' },
  })) {
    assert.deepEqual(bothCalls(signed({ ...paidBody, [name]: value })), both('unknown mismatched-answer'), name)
  }
  const amount = (total: unknown, currency?: string) => bothCalls(signed({ ...paidBody, amount: { total, currency } }))
  assert.deepEqual(amount(1288), both('paid'))
  assert.deepEqual(amount(1288, 'HKD'), both('unknown mismatched-answer'))
  assert.deepEqual(amount(-1288), both('unknown mismatched-answer'))
  assert.deepEqual(amount([1288]), both('unknown unverifiable-answer'))
})

test('numbers are read as written: none is rounded into ours', () => {
  const written = (total: string) =>
    bothCalls(signed(JSON.stringify(paidBody).replace('"total":1288', `"total":${total}`)))
  assert.deepEqual(written('1288'), both('paid'))
  for (const total of ['1288.0', '1288.00000000000000000001', '1.288e3', '9007199254740993', '1e999']) {
    assert.deepEqual(written(total), both('unknown mismatched-answer'), total)
  }
})

test('what is no JSON object of WeChat is unreadable, signed or not', () => {
  const text = JSON.stringify(paidBody)
  for (const body of [
    '<html><body>网络认证</body></html>',
    `<!DOCTYPE xml>${text}`,
    `\uFEFF${text}`,
    `${text}${text}`,
    text.slice(0, -1),
    `[${text}]`,
    'null',
    '"SUCCESS"',
    text.replace('{', '{"out_trade_no":"OTHER1",'),
    text.replace('{', '{"out_trade_n\\u006f":"OTHER1",'),
    text.replace('"total":1288', '"total":1288,"total":1'),
  ]) {
    assert.deepEqual(bothCalls(signed(body)), both('unknown unreadable-answer'), body.slice(0, 40))
  }
  assert.deepEqual(bothCalls(unsigned('')), both('unknown unverifiable-answer'))
  assert.deepEqual(bothCalls(unsigned('', 401)), both('unknown unreadable-answer'))
  assert.deepEqual(bothCalls(unsigned('<html>', 502)), both('unknown http-status'))
  assert.deepEqual(bothCalls(unsigned('', 302)), both('unknown http-status'))
  const bytes = signed(text)
  assert.deepEqual(bothCalls({ ...bytes, body: Buffer.from(text, 'utf16le') }), both('unknown unreadable-answer'))
})

test('a signature that is there and wrong makes even a refusal unverifiable, and so does a probe', () => {
  const refusal = JSON.stringify(errorBody('NOT_ENOUGH'))
  const foreign = signed(refusal, 403, { key: foreignKeys.privateKey })
  assert.deepEqual(bothCalls(foreign), both('unknown unverifiable-answer'))
  const headers = signingHeaders(refusal)
  const probe = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`
  assert.deepEqual(
    bothCalls({ ...unsigned(refusal, 403), headers: { ...headers, 'wechatpay-signature': probe } }),
    both('unknown unverifiable-answer'),
  )
})

test('an answer that was signed more than five minutes before the payment began is an old one', () => {
  const startedSeconds = order.payStartedWallMs / 1_000
  const at = (seconds: number) => bothCalls(signed(paidBody, 200, { timestamp: String(seconds) }))
  assert.deepEqual(at(startedSeconds - 300), both('paid'))
  assert.deepEqual(at(startedSeconds - 301), both('unknown unverifiable-answer'))
})

test('where the time of hearing is known, an answer must have been signed within five minutes of it', () => {
  const startedSeconds = order.payStartedWallMs / 1_000
  const heardAfterMs = (ms: number) =>
    bothCalls({
      ...signed(paidBody, 200, { timestamp: String(startedSeconds) }),
      receivedWallMs: order.payStartedWallMs + ms,
    })
  assert.deepEqual(heardAfterMs(300_000), both('paid'))
  assert.deepEqual(heardAfterMs(300_001), both('unknown unverifiable-answer'))
})
