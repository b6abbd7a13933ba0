import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openTrainingKeys } from './authority.ts'
import { readBooks, readBreaches, readRequests } from './books-reading.ts'
import type { Story } from './practice-code.ts'
import {
  dataFolder,
  type Fields,
  freshCode,
  fromXml,
  type RawAnswer,
  send,
  signWechat,
  startForTest,
  toXml,
} from './raw-client.fixture.ts'

/** A till that speaks WeChat Pay v2 with the training server. */
async function wechatTill(context: TestContext) {
  const { channels, clock, data } = await startForTest(context)
  const { baseUrl, appId, merchantId, apiKey, certificateAuthority: ca, clientCertificate } = channels.wechat
  let nonce = 0

  const signed = (fields: Fields, signType = 'HMAC-SHA256'): Fields => {
    nonce += 1
    const common = { appid: appId, mch_id: merchantId, nonce_str: `nonce${nonce}`, sign_type: signType }
    const all: Fields = { ...common, ...fields }
    return { ...all, sign: signWechat(all, apiKey, all.sign_type || 'MD5') }
  }
  const post = (path: string, body: string, certificate = clientCertificate): Promise<RawAnswer> =>
    send({ url: `${baseUrl}${path}`, body, ca, certificate })
  const call = async (path: string, fields: Fields): Promise<Fields> => {
    const answer = await post(path, toXml(signed(fields)))
    if (answer === 'cut') return { cut: 'cut' }
    const result = fromXml(answer.body)
    assert.equal(result.sign, signWechat(result, apiKey, 'HMAC-SHA256'), 'the answer is signed as its request')
    return result
  }
  const payFields = (orderNumber: string, code: string, changes: Fields = {}): Fields => ({
    body: '示例便利店-日用百货',
    out_trade_no: orderNumber,
    total_fee: '1234',
    spbill_create_ip: '127.0.0.1',
    auth_code: code,
    ...changes,
  })
  return {
    channels,
    clock,
    data,
    ca,
    signed,
    post,
    payFields,
    pay: (orderNumber: string, story: Story, changes: Fields = {}) =>
      call('/pay/micropay', payFields(orderNumber, freshCode('wechat', story), changes)),
    payWith: (orderNumber: string, code: string, changes: Fields = {}) =>
      call('/pay/micropay', payFields(orderNumber, code, changes)),
    query: (orderNumber: string) => call('/pay/orderquery', { out_trade_no: orderNumber }),
    reverse: (orderNumber: string) => call('/secapi/pay/reverse', { out_trade_no: orderNumber }),
    call,
    book: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
  }
}

const code = ({ return_code: returned, result_code: result, err_code: error, trade_state: state, recall }: Fields) =>
  [returned, result, error, state, recall].filter((part) => part !== undefined).join(' ')

test('pays-at-once: paid in the answer, in the query and in the books', async (context) => {
  const till = await wechatTill(context)
  const paid = await till.pay('N1', 'pays-at-once', { attach: 'a]]>b', device_info: 'T01' })
  assert.equal(code(paid), 'SUCCESS SUCCESS')
  assert.match(paid.transaction_id ?? '', /^4200\d{24}$/)
  const { out_trade_no, total_fee, cash_fee, is_subscribe, trade_type, time_end, device_info } = paid
  assert.deepEqual(
    { out_trade_no, total_fee, cash_fee, is_subscribe, trade_type, time_end, device_info },
    {
      out_trade_no: 'N1',
      total_fee: '1234',
      cash_fee: '1234',
      is_subscribe: 'N',
      trade_type: 'MICROPAY',
      time_end: '20260301090015',
      device_info: 'T01',
    },
  )
  const asked = await till.query('N1')
  assert.equal(code(asked), 'SUCCESS SUCCESS SUCCESS')
  assert.equal(asked.transaction_id, paid.transaction_id)
  const byId = await till.call('/pay/orderquery', { transaction_id: paid.transaction_id ?? '', out_trade_no: 'other' })
  assert.equal(byId.out_trade_no, 'N1')
  const byForeignId = await till.call('/pay/orderquery', { transaction_id: `4200001${paid.transaction_id?.slice(7)}` })
  assert.equal(code(byForeignId), 'SUCCESS FAIL ORDERNOTEXIST')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('password-then-pays: USERPAYING until the payer confirms after 3 s', async (context) => {
  const till = await wechatTill(context)
  assert.equal(code(await till.pay('N1', 'password-then-pays')), 'SUCCESS FAIL USERPAYING')
  till.clock.wallMs += 2_999
  const waiting = await till.query('N1')
  assert.equal(code(waiting), 'SUCCESS SUCCESS USERPAYING')
  assert.equal(waiting.transaction_id, undefined)
  till.clock.wallMs += 1
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS SUCCESS')
})

test('password-never: a reverse closes it; REVOKED then has no transaction id', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'password-never')
  till.clock.wallMs += 6_000
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
  const revoked = await till.query('N1')
  assert.equal(code(revoked), 'SUCCESS SUCCESS REVOKED')
  assert.deepEqual([revoked.transaction_id, revoked.time_end], [undefined, undefined])
  assert.deepEqual(till.book(), [[0, 0, 'closed']])
})

test('password-never: left alone, WeChat revokes it by itself', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'password-never')
  till.clock.wallMs += 45_000
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS USERPAYING')
  till.clock.wallMs += 5_000
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS REVOKED')
})

test('balance-low: NOTENOUGH, an order that reads PAYERROR, and a reverse that closes it', async (context) => {
  const till = await wechatTill(context)
  assert.equal(code(await till.pay('N1', 'balance-low')), 'SUCCESS FAIL NOTENOUGH')
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS PAYERROR')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
  assert.deepEqual(till.book(), [[0, 0, 'closed']])
})

test('code-expired: AUTHCODEEXPIRE, and no order', async (context) => {
  const till = await wechatTill(context)
  assert.equal(code(await till.pay('N1', 'code-expired')), 'SUCCESS FAIL AUTHCODEEXPIRE')
  assert.equal(code(await till.query('N1')), 'SUCCESS FAIL ORDERNOTEXIST')
  assert.deepEqual(till.book(), [[0, 0, 'refused']])
})

test('system-error-then-paid: SYSTEMERROR, not there, SYSTEMERROR, paid', async (context) => {
  const till = await wechatTill(context)
  assert.equal(code(await till.pay('N1', 'system-error-then-paid')), 'SUCCESS FAIL SYSTEMERROR')
  till.clock.wallMs += 500
  assert.equal(code(await till.query('N1')), 'SUCCESS FAIL ORDERNOTEXIST')
  assert.equal(code(await till.query('N1')), 'SUCCESS FAIL SYSTEMERROR')
  assert.deepEqual(till.book(), [[0, 0, 'in-transit']])
  till.clock.wallMs += 1_500
  assert.deepEqual(till.book(), [[1234, 0, 'paid']], 'the books tell what is due, asked or not')
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS SUCCESS')
})

test('answer-lost-but-paid: charged, and the connection ends without an answer', async (context) => {
  const till = await wechatTill(context)
  assert.deepEqual(await till.pay('N1', 'answer-lost-but-paid'), { cut: 'cut' })
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS SUCCESS')
})

test('pays-just-before-revoke: the reverse returns the money, and REVOKED then has the payment', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'pays-just-before-revoke')
  till.clock.wallMs += 45_000
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS USERPAYING')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
  const revoked = await till.query('N1')
  assert.equal(code(revoked), 'SUCCESS SUCCESS REVOKED')
  assert.match(revoked.transaction_id ?? '', /^4200\d{24}$/)
  assert.equal(revoked.time_end, '20260301090100')
  assert.deepEqual(till.book(), [[1234, 1234, 'refunded']])
})

test('revoke-needs-tries: recall=Y twice, once even with success, and then N', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'revoke-needs-tries')
  till.clock.wallMs += 20_000
  assert.equal(code(await till.reverse('N1')), 'SUCCESS FAIL SYSTEMERROR Y')
  const asked = await till.query('N1')
  assert.equal(code(asked), 'SUCCESS SUCCESS NOTPAY')
  assert.deepEqual([asked.total_fee, asked.device_info], ['1234', ''], 'NOTPAY has the odd fields of real answers')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS Y')
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS NOTPAY')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
  assert.deepEqual(till.book(), [[0, 0, 'closed']])
})

test('revoke-refused-while-confirming: USERPAYING twice', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'revoke-refused-while-confirming')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS FAIL USERPAYING Y')
  assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS USERPAYING')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS FAIL USERPAYING Y')
  assert.equal(code(await till.reverse('N1')), 'SUCCESS SUCCESS N')
})

test('revoke-never-works: paid, and every reverse is SYSTEMERROR', async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'revoke-never-works')
  for (let turn = 0; turn < 5; turn += 1) {
    assert.equal(code(await till.reverse('N1')), 'SUCCESS FAIL SYSTEMERROR Y')
    assert.equal(code(await till.query('N1')), 'SUCCESS SUCCESS SUCCESS')
  }
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('order numbers are used once: the same request again tells the state, another is refused', async (context) => {
  const till = await wechatTill(context)
  const waiting = freshCode('wechat', 'password-never')
  const again = async () => code(await till.payWith('N1', waiting))
  assert.equal(await again(), 'SUCCESS FAIL USERPAYING')
  assert.equal(await again(), 'SUCCESS FAIL USERPAYING')
  assert.equal(code(await till.payWith('N1', waiting, { total_fee: '1235' })), 'SUCCESS FAIL OUT_TRADE_NO_USED')
  assert.equal(code(await till.pay('N1', 'pays-at-once')), 'SUCCESS FAIL OUT_TRADE_NO_USED')
  await till.reverse('N1')
  assert.equal(await again(), 'SUCCESS FAIL ORDERREVERSED')
  const paid = freshCode('wechat', 'answer-lost-but-paid')
  assert.deepEqual(await till.payWith('N2', paid), { cut: 'cut' })
  assert.equal(code(await till.payWith('N2', paid)), 'SUCCESS FAIL ORDERPAID')
  assert.deepEqual(till.book(), [
    [0, 0, 'closed'],
    [1234, 0, 'paid'],
  ])
  assert.deepEqual(
    readBreaches(till.data).map(({ breach }) => breach),
    ['order-number-reused', 'order-number-reused'],
  )
})

test('codes are used once, also by a payment that failed, and a code that tells no story is invalid', async (context) => {
  const till = await wechatTill(context)
  const expired = freshCode('wechat', 'code-expired')
  await till.payWith('N1', expired)
  const second = await till.payWith('N2', expired)
  assert.equal(code(second), 'SUCCESS FAIL AUTH_CODE_INVALID')
  assert.match(second.err_code_des ?? '', /仅限使用一次/)
  const wrongDigit = freshCode('wechat', 'pays-at-once').replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
  assert.equal(code(await till.payWith('N3', wrongDigit)), 'SUCCESS FAIL AUTH_CODE_INVALID')
  assert.deepEqual(new Set(till.book().map(String)), new Set(['0,0,refused']))
})

test('fields are checked against the documentation', async (context) => {
  const till = await wechatTill(context)
  const refusals: readonly (readonly [Fields, string])[] = [
    [{ nonce_str: '' }, 'LACK_PARAMS nonce_str'],
    [{ nonce_str: 'n'.repeat(33) }, 'PARAM_ERROR nonce_str'],
    [{ body: '' }, 'LACK_PARAMS body'],
    [{ body: '店'.repeat(43) }, 'PARAM_ERROR body'],
    [{ out_trade_no: '' }, 'LACK_PARAMS out_trade_no'],
    [{ out_trade_no: 'N'.repeat(33) }, 'PARAM_ERROR out_trade_no'],
    [{ out_trade_no: 'N@1' }, 'PARAM_ERROR out_trade_no'],
    [{ total_fee: '0' }, 'PARAM_ERROR total_fee'],
    [{ total_fee: '12.34' }, 'PARAM_ERROR total_fee'],
    [{ total_fee: '-5' }, 'PARAM_ERROR total_fee'],
    [{ fee_type: 'USD' }, 'PARAM_ERROR fee_type'],
    [{ spbill_create_ip: '' }, 'LACK_PARAMS spbill_create_ip'],
    [{ spbill_create_ip: 'till-01' }, 'PARAM_ERROR spbill_create_ip'],
    [{ time_expire: '20260301090100' }, 'PARAM_ERROR time_expire'],
    [{ scene_info: '{"store_info":{}}' }, 'PARAM_ERROR scene_info'],
    [{ sub_mch_id: '1600000001' }, 'PARAM_ERROR sub_mch_id'],
    [{ auth_code: '' }, 'LACK_PARAMS auth_code'],
    [{ auth_code: 'abc' }, 'AUTH_CODE_ERROR auth_code'],
    [{ auth_code: '284500000000000017' }, 'AUTH_CODE_INVALID auth_code'],
  ]
  for (const [changes, expected] of refusals) {
    const answer = await till.pay('N1', 'pays-at-once', changes)
    const field = readBreaches(till.data).at(-1)?.subject
    assert.equal(`${answer.err_code} ${field}`, expected)
  }
  assert.equal((await till.query('')).err_code, 'LACK_PARAMS')
  assert.deepEqual(till.book(), [], 'what was refused reached no book')
  assert.equal(
    code(await till.pay('N1', 'pays-at-once', { scene_info: '{"store_info":{"id":"S001"}}' })),
    'SUCCESS SUCCESS',
  )
})

test('the door refuses what was not signed by the merchant, and does not sign that', async (context) => {
  const till = await wechatTill(context)
  const fresh = () => till.payFields('N1', freshCode('wechat', 'pays-at-once'))
  const messages: readonly (readonly [string, string])[] = [
    ['', 'POST数据为空'],
    ['<html><body>no</body></html>', 'XML格式错误'],
    [`<!DOCTYPE xml [<!ENTITY a "b">]>${toXml(till.signed(fresh()))}`, 'XML格式错误'],
    [toXml({ ...till.signed(fresh()), total_fee: '1' }), '签名失败'],
    [toXml({ ...till.signed(fresh()), sign: '' }), '签名失败'],
    [toXml(till.signed(fresh(), 'SHA1')), '签名类型错误'],
    [toXml(till.signed({ ...fresh(), appid: 'wx0000000000000000' })), 'appid不存在'],
    [toXml(till.signed({ ...fresh(), mch_id: '1' })), 'mch_id不存在'],
    [`<xml>${'x'.repeat(70_000)}</xml>`, 'POST数据过大'],
  ]
  for (const [body, expected] of messages) {
    const answer = await till.post('/pay/micropay', body)
    assert.notEqual(answer, 'cut')
    const { return_code, return_msg, sign } = fromXml(answer === 'cut' ? '' : answer.body)
    assert.deepEqual([return_code, return_msg, sign], ['FAIL', expected, undefined])
  }
  assert.equal(readBreaches(till.data).length, messages.length)
  const asGet = await send({ url: `${till.channels.wechat.baseUrl}/pay/orderquery`, method: 'GET', ca: till.ca })
  assert.match(asGet === 'cut' ? '' : asGet.body, /请使用POST方法/)
  assert.deepEqual(readRequests(till.data), [])
})

test('MD5 is served as well, and assumed when nothing is said', async (context) => {
  const till = await wechatTill(context)
  for (const signType of ['MD5', '']) {
    const { apiKey } = till.channels.wechat
    const answer = await till.post('/pay/orderquery', toXml(till.signed({ out_trade_no: 'N1' }, signType)))
    const fields = fromXml(answer === 'cut' ? '' : answer.body)
    assert.equal(fields.err_code, 'ORDERNOTEXIST')
    assert.equal(fields.sign, signWechat(fields, apiKey, 'MD5'))
  }
})

test("a reverse needs the merchant's certificate; none, a stranger's or the server's own will not do", async (context) => {
  const till = await wechatTill(context)
  await till.pay('N1', 'password-never')
  const url = `${till.channels.wechat.baseUrl}/secapi/pay/reverse`
  const stranger = await openTrainingKeys(dataFolder(context), Date.now())
  const server = await openTrainingKeys(till.data, Date.now())
  const certificates = [
    undefined,
    { certificate: stranger.merchantCertificate, key: stranger.merchantKey },
    { certificate: server.serverCertificate, key: server.serverKey },
  ]
  for (const certificate of certificates) {
    const answer = await send({ url, body: toXml(till.signed({ out_trade_no: 'N1' })), ca: till.ca, certificate })
    assert.ok(answer !== 'cut')
    assert.equal(answer.status, 400)
    assert.match(answer.body, /No required SSL certificate was sent/)
  }
  assert.deepEqual(till.book(), [[0, 0, 'confirming']])
  assert.deepEqual(
    readBreaches(till.data).map(({ breach }) => breach),
    Array(3).fill('client-certificate'),
  )
})

test('a reverse of an order that is not there, or too old, says so', async (context) => {
  const till = await wechatTill(context)
  assert.equal(code(await till.reverse('N0')), 'SUCCESS FAIL ORDERNOTEXIST N')
  await till.pay('N1', 'pays-at-once')
  till.clock.wallMs += 8 * 86_400_000
  assert.equal(code(await till.reverse('N1')), 'SUCCESS FAIL REVERSE_EXPIRE N')
})

test('other paths are not there', async (context) => {
  const till = await wechatTill(context)
  const answer = await till.post('/pay/closeorder', toXml(till.signed({ out_trade_no: 'N1' })))
  assert.equal(answer !== 'cut' && answer.status, 404)
})
