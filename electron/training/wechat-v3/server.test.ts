import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshCode } from '../raw-client.fixture.ts'
import { type Body, type Changes, rawTill, type Told } from './wechat-v3-till.fixture.ts'

const words = ({ status, body }: Told): string =>
  [status, body['code'], body['trade_state'], body['status']].filter((part) => part !== undefined).join(' ')

test('pays-at-once: paid in the answer, in the query and in the books', async (context) => {
  const till = await rawTill(context)
  const paid = await till.pay('N00001', 'pays-at-once')
  assert.equal(words(paid), '200 SUCCESS')
  assert.equal(paid.isSigned, true)
  assert.match(String(paid.body['transaction_id']), /^4200\d{24}$/)
  assert.equal(paid.body['success_time'], '2026-03-01T09:00:15+08:00')
  assert.deepEqual(paid.body['amount'], { total: 1234, payer_total: 1234, currency: 'CNY', payer_currency: 'CNY' })
  const asked = await till.query('N00001')
  assert.equal(words(asked), '200 SUCCESS')
  assert.equal(asked.body['transaction_id'], paid.body['transaction_id'])
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
  assert.deepEqual(till.breaches(), [])
})

test('password-then-pays: 202 with nothing but the state, then paid after 3 s', async (context) => {
  const till = await rawTill(context)
  const waiting = await till.pay('N00001', 'password-then-pays')
  assert.equal(waiting.status, 202)
  assert.deepEqual(waiting.body, { trade_state: 'USERPAYING' })
  assert.equal(waiting.isSigned, true)
  till.clock.wallMs += 2_999
  assert.equal(words(await till.query('N00001')), '200 USERPAYING')
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N00001')), '200 SUCCESS')
})

test('system-error-then-paid: a 500, or the PARAM_ERROR about a bank type that hides a charge', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N00001', 'system-error-then-paid')), '500 SYSTEM_ERROR')
  const hidden = await till.pay('N00002', 'system-error-then-paid')
  assert.equal(words(hidden), '400 PARAM_ERROR')
  assert.match(String(hidden.body['message']), /银行类型/)
  assert.equal(words(await till.query('N00002')), '404 ORDER_NOT_EXIST')
  till.clock.wallMs += 2_000
  assert.equal(words(await till.query('N00002')), '200 SUCCESS')
})

test('a reverse closes or refunds, twice the same; there is no recall', async (context) => {
  const till = await rawTill(context)
  await till.pay('N00001', 'password-never')
  const reversed = await till.reverse('N00001')
  assert.deepEqual(reversed, { status: 200, body: { ...till.who, out_trade_no: 'N00001' }, isSigned: true })
  assert.equal(words(await till.reverse('N00001')), '200')
  assert.equal(words(await till.query('N00001')), '200 REVOKED')
  await till.pay('N00002', 'revoke-refused-while-confirming')
  assert.equal(words(await till.reverse('N00002')), '403 USERPAYING')
  assert.equal(words(await till.reverse('N00009')), '404 ORDER_NOT_EXIST')
  assert.deepEqual(till.books(), [
    [0, 0, 'closed'],
    [0, 0, 'confirming'],
  ])
})

test('the same request again charges nothing twice; the number with another request is used', async (context) => {
  const till = await rawTill(context)
  const body = till.payBody('N00001', freshCode('wechat', 'pays-at-once'))
  assert.equal(words(await till.post(till.codepay, body)), '200 SUCCESS')
  assert.equal(words(await till.post(till.codepay, body)), '403 ORDER_PAID')
  assert.equal(words(await till.pay('N00001', 'pays-at-once')), '403 OUT_TRADE_NO_USED')
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
})

test('refunds: taken in, then done; the number refunds once; more than is left is refused', async (context) => {
  const till = await rawTill(context)
  await till.pay('N00001', 'pays-at-once')
  const refund = (number: string, amount: number) => till.post(till.refunds, till.refundBody('N00001', number, amount))
  const ask = (number: string) => till.get(`${till.refunds}/${number}`)
  assert.equal(words(await ask('N00001R01')), '404 RESOURCE_NOT_EXISTS')
  assert.equal(words(await refund('N00001R01', 1000)), '200 PROCESSING')
  assert.equal(words(await ask('N00001R01')), '200 PROCESSING')
  till.clock.wallMs += 1_000
  assert.equal(words(await ask('N00001R01')), '200 SUCCESS')
  assert.equal(words(await refund('N00001R01', 1000)), '200 PROCESSING')
  assert.equal(words(await refund('N00001R02', 235)), '400 INVALID_REQUEST')
  assert.equal(words(await till.query('N00001')), '200 REFUND')
  assert.equal(words(await till.reverse('N00001')), '403 TRADE_ERROR')
  assert.equal(words(await refund('N00001R02', 234)), '200 PROCESSING')
  assert.deepEqual(till.books(), [[1234, 1234, 'refunded']])
  assert.deepEqual(till.breaches(), [])
})

test('the door refuses without a signature, and each breach is noted', async (context) => {
  const till = await rawTill(context)
  const nowSeconds = Math.floor(till.clock.wallMs / 1_000)
  const breaches: readonly (readonly [Changes, string, string])[] = [
    [{ headers: { Accept: 'text/xml' } }, '400 INVALID_REQUEST', 'header accept'],
    [{ without: 'User-Agent' }, '400 INVALID_REQUEST', 'header user-agent'],
    [{ headers: { 'Content-Type': 'text/xml' } }, '400 INVALID_REQUEST', 'header content-type'],
    [{ headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_0' } }, '400 INVALID_REQUEST', 'header wechatpay-serial'],
    [{ without: 'Authorization' }, '401 SIGN_ERROR', 'signature authorization'],
    [
      { headers: { Authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1"' } },
      '401 SIGN_ERROR',
      'signature authorization',
    ],
    [{ mchid: '1900000302' }, '401 SIGN_ERROR', 'signature mchid'],
    [{ serial: 'AB' }, '401 SIGN_ERROR', 'signature serial_no'],
    [{ timestamp: String(nowSeconds - 301) }, '401 SIGN_ERROR', 'signature timestamp'],
    [{ timestamp: String(nowSeconds + 301) }, '401 SIGN_ERROR', 'signature timestamp'],
    [{ signedBody: '{}' }, '401 SIGN_ERROR', 'signature signature'],
  ]
  for (const [changes, answer, breach] of breaches) {
    const before = till.breaches().length
    const body = till.payBody('N00001', freshCode('wechat', 'pays-at-once'))
    const refused = await till.post(till.codepay, body, changes)
    assert.equal(words(refused), answer, breach)
    assert.equal(refused.isSigned, false)
    assert.deepEqual(till.breaches().slice(before), [breach])
  }
  assert.deepEqual(till.books(), [])
})

test('each broken rule of a field is refused and noted, and nothing is booked', async (context) => {
  const till = await rawTill(context)
  const code = freshCode('wechat', 'pays-at-once')
  const breaches: readonly (readonly [Body | string, string])[] = [
    [{ notify_url: 'https://x.invalid' }, 'field-unknown notify_url'],
    [{ attach: null }, 'field-malformed attach'],
    [{ description: '' }, 'field-missing description'],
    [{ description: '商品😀' }, 'field-malformed utf-8'],
    [{ description: '汉'.repeat(43) }, 'field-too-long description'],
    [{ out_trade_no: 'N|0001' }, 'field-malformed out_trade_no'],
    [{ out_trade_no: 'N0001' }, 'field-malformed out_trade_no'],
    [{ amount: { total: '1234' } }, 'field-malformed amount.total'],
    [{ amount: { total: 0 } }, 'field-malformed amount.total'],
    [{ amount: { total: 12.5 } }, 'field-malformed amount.total'],
    [{ amount: { total: 1234, currency: 'HKD' } }, 'field-malformed amount.currency'],
    [
      { scene_info: { payer_client_ip: '127.0.0.1', store_info: { id: '1' } } },
      'field-unknown scene_info.payer_client_ip',
    ],
    [{ scene_info: { device_ip: '127.0.0', store_info: { id: '1' } } }, 'field-malformed scene_info.device_ip'],
    [{ scene_info: { store_info: {} } }, 'field-missing scene_info.store_info'],
    [{ scene_info: undefined }, 'field-missing scene_info.store_info'],
    [{ payer: { auth_code: '12' } }, 'field-malformed payer.auth_code'],
    [{ appid: 'wx0other' }, 'identity appid'],
    [{ mchid: '1900000302' }, 'identity mchid'],
    ['{', 'json body'],
    ['{"appid":"a","appid":"b"}', 'json body'],
  ]
  for (const [change, breach] of breaches) {
    const before = till.breaches().length
    const body = typeof change === 'string' ? change : till.payBody('N00001', code, change)
    const refused = await till.post(till.codepay, body)
    assert.equal(refused.status, 400, breach)
    assert.equal(refused.isSigned, true, breach)
    assert.deepEqual(till.breaches().slice(before), [breach])
  }
  assert.deepEqual(till.books(), [])
})

test('paths and queries are as documented, or refused', async (context) => {
  const till = await rawTill(context)
  await till.pay('N00001', 'pays-at-once')
  const target = till.queryTarget('N00001')
  assert.equal(words(await till.get(target.split('?')[0] ?? '')), '400 PARAM_ERROR')
  assert.equal(words(await till.get(`${target}&x=1`)), '400 PARAM_ERROR')
  assert.equal(words(await till.get(`${target}0`)), '400 PARAM_ERROR')
  assert.equal(words(await till.get(till.queryTarget('N1'))), '400 PARAM_ERROR')
  const wrongTotal = till.refundBody('N00001', 'N00001R01', 1, { amount: { refund: 1, total: 1235, currency: 'CNY' } })
  assert.equal(words(await till.post(till.refunds, wrongTotal)), '400 PARAM_ERROR')
  assert.deepEqual(till.breaches(), [
    'field-missing mchid',
    'field-unknown x',
    'field-unknown mchid',
    'field-malformed out_trade_no',
    'field-malformed amount.total',
  ])
  const elsewhere = await till.raw('POST', '/v3/pay/transactions/native', '{}')
  assert.equal(elsewhere === 'cut' ? 0 : elsewhere.status, 404)
})
