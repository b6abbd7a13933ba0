import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshCode, send } from '../raw-client.fixture.ts'
import { channelTo, type Members, rawTill, startJeepay, told } from './jeepay-till.fixture.ts'

const secondMs = 1_000
const minuteMs = 60_000

test('pays-at-once: paid in the answer without an amount, and in the query with one', async (context) => {
  const till = await rawTill(context)
  const paid = await till.pay('N1', 'wechat', 'pays-at-once', { clientIp: '127.0.0.1', extParam: 'x' })
  assert.deepEqual(paid.data, {
    payOrderId: 'P2026030109001500000001',
    mchOrderNo: 'N1',
    orderState: 2,
    payDataType: 'none',
    payData: '',
  })
  const { data } = await till.query('N1')
  assert.deepEqual(
    [data?.['state'], data?.['amount'], data?.['wayCode'], data?.['ifCode'], data?.['clientIp'], data?.['extParam']],
    [2, 1234, 'WX_BAR', 'wxpay', '127.0.0.1', 'x'],
  )
  assert.match(String(data?.['channelOrderNo']), /^4200\d{24}$/)
  const byTheirs = await till.call('query', { payOrderId: String(paid.data?.['payOrderId']), mchOrderNo: 'other' })
  assert.equal(byTheirs.data?.['mchOrderNo'], 'N1')
  assert.equal(told(await till.call('query', { payOrderId: 'P2026030109001600000001' })), '9999 订单不存在')
  assert.equal(told(await till.query('N2')), '9999 订单不存在')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('the way follows the code, and a code of no way is refused before anything is stored', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'alipay', 'pays-at-once')
  await till.pay('N2', 'unionpay', 'pays-at-once')
  assert.equal((await till.query('N1')).data?.['wayCode'], 'ALI_BAR')
  assert.equal((await till.query('N2')).data?.['wayCode'], 'YSF_BAR')
  assert.equal(told(await till.payWith('N3', '0113456789012345678')), '9999 不支持的条码')
  assert.equal(told(await till.query('N3')), '9999 订单不存在')
  assert.deepEqual(till.breaches(), ['field-malformed authCode'])
})

test('a number that came before is refused, whatever comes with it', async (context) => {
  const till = await rawTill(context)
  const code = freshCode('wechat', 'pays-at-once')
  await till.payWith('N1', code)
  assert.equal(told(await till.payWith('N1', code)), '9999 商户订单[N1]已存在')
  assert.deepEqual(till.breaches(), [])
  assert.equal(told(await till.pay('N1', 'wechat', 'pays-at-once')), '9999 商户订单[N1]已存在')
  assert.deepEqual(till.breaches(), ['order-number-reused out_trade_no'])
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('its own questions: a payment after 3 s is seen at 5 s for WeChat, at once for Alipay, which notifies', async (context) => {
  const till = await rawTill(context)
  assert.equal(told(await till.pay('N1', 'wechat', 'password-then-pays')), '1')
  assert.equal(told(await till.pay('N2', 'alipay', 'password-then-pays')), '1')
  till.clock.wallMs += 3 * secondMs
  assert.deepEqual([told(await till.query('N1')), told(await till.query('N2'))], ['1', '2'])
  assert.deepEqual(till.book(), [
    [1234, 0, 'paid'],
    [1234, 0, 'paid'],
  ])
  till.clock.wallMs += 2 * secondMs
  assert.equal(told(await till.query('N1')), '2')
})

test('what nobody pays is closed by the clock after two hours, in the database only', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'alipay', 'revoke-never-works')
  await till.pay('N2', 'wechat', 'revoke-never-works', { expiredTime: 120 })
  till.clock.wallMs += 3 * minuteMs
  assert.deepEqual([told(await till.query('N1')), told(await till.query('N2'))], ['1', '6'])
  till.clock.wallMs += 118 * minuteMs
  assert.equal(told(await till.query('N1')), '6')
  assert.deepEqual(till.book(), [
    [0, 0, 'confirming'],
    [0, 0, 'confirming'],
  ])
})

test('an expiry that is too short drops a payment that was made: closed, and the money is there', async (context) => {
  const till = await rawTill(context)
  till.clock.wallMs += minuteMs - (till.clock.wallMs % minuteMs) - 3_500
  await till.pay('N1', 'wechat', 'password-then-pays', { expiredTime: 1 })
  till.clock.wallMs += 10 * secondMs
  assert.equal(told(await till.query('N1')), '6')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('Alipay’s “unknown” is failed or left created, and neither changes when the money comes', async (context) => {
  const till = await rawTill(context)
  assert.equal(told(await till.pay('N1', 'alipay', 'system-error-then-paid')), '9999 系统异常')
  assert.equal(told(await till.pay('N2', 'alipay', 'system-error-then-paid')), '3 ACQ.SYSTEM_ERROR')
  assert.equal(told(await till.pay('N3', 'wechat', 'system-error-then-paid')), '1')
  till.clock.wallMs += minuteMs
  assert.deepEqual(
    [told(await till.query('N1')), told(await till.query('N2')), told(await till.query('N3'))],
    ['0', '3 ACQ.SYSTEM_ERROR', '2'],
  )
  assert.deepEqual(till.book(), Array(3).fill([1234, 0, 'paid']))
  // What Jeepay does not have as paid it does not refund either.
  assert.equal(told(await till.refund('N2', 'N2R1', 1)), '9999 订单状态不正确， 无法完成退款')
})

test('failed payments are 3 with the wallet’s own code', async (context) => {
  const till = await rawTill(context)
  assert.equal(told(await till.pay('N1', 'wechat', 'balance-low')), '3 NOTENOUGH')
  assert.equal(told(await till.pay('N2', 'alipay', 'balance-low')), '3 ACQ.BUYER_BALANCE_NOT_ENOUGH')
  assert.equal(told(await till.pay('N3', 'unionpay', 'code-expired')), '3')
  assert.equal(told(await till.pay('N4', 'wechat', 'code-expired')), '3 AUTHCODEEXPIRE')
  assert.equal(told(await till.payWith('N5', '134567890123456789')), '3 AUTH_CODE_INVALID')
  assert.equal(told(await till.query('N5')), '3 AUTH_CODE_INVALID')
})

test('answer-lost-but-paid: the line is cut, and the query says paid', async (context) => {
  const till = await rawTill(context)
  const body = JSON.stringify(till.signed(till.payMembers('N1', freshCode('wechat', 'answer-lost-but-paid'))))
  assert.equal(await till.raw('/api/pay/unifiedOrder', body), 'cut')
  assert.equal(told(await till.query('N1')), '2')
})

test('refunds: taken in, done, in parts, never more than is left, a stored number only once', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'wechat', 'pays-at-once')
  assert.equal(told(await till.refund('N1', 'N1R1', 1_000)), '1')
  assert.equal(told(await till.refundQuery('N1R1')), '1')
  till.clock.wallMs += secondMs
  const done = await till.refundQuery('N1R1')
  assert.deepEqual([done.data?.['state'], done.data?.['payAmount'], done.data?.['refundAmount']], [2, 1234, 1_000])
  assert.equal(told(await till.refund('N1', 'N1R1', 1_000)), '9999 商户退款订单号[N1R1]已存在')
  assert.match(told(await till.refund('N1', 'N1R2', 235)), /超出/)
  assert.equal(told(await till.query('N1')), '2')
  assert.equal(told(await till.refund('N1', 'N1R3', 234)), '1')
  assert.equal(told(await till.query('N1')), '5')
  assert.match(told(await till.refund('N1', 'N1R4', 1)), /已全额退款/)
  assert.equal(told(await till.refundQuery('N1R9')), '9999 订单不存在')
  assert.equal(told(await till.refund('N9', 'N9R1', 1)), '9999 订单不存在')
  assert.deepEqual(till.book(), [[1234, 1234, 'refunded']])
})

test('a refund that failed at the wallet is 3 for good, and its number is used up', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'wechat', 'pays-at-once')
  for (const [trigger, code] of [
    ['balance-low', 'NOTENOUGH'],
    ['system-error', 'SYSTEMERROR'],
  ] as const) {
    const number = `N1R${trigger}`
    assert.equal(told(await till.refund('N1', number, 100, `practice: ${trigger}`)), `3 ${code}`)
    assert.equal(told(await till.refundQuery(number)), `3 ${code}`)
    assert.match(told(await till.refund('N1', number, 100)), /已存在/)
  }
  await till.refund('N1', 'N1Rclosed', 100, 'practice: closed')
  till.clock.wallMs += secondMs
  assert.equal(told(await till.refundQuery('N1Rclosed')), '3 ERROR')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('each breach of the protocol is refused, unsigned, and noted', async (context) => {
  const till = await rawTill(context)
  const code = freshCode('wechat', 'pays-at-once')
  const pay = (changes: Members) => till.payWith('N1', code, changes)
  const good = till.signed(till.payMembers('N1', code))
  const cases: readonly (readonly [() => Promise<{ code: number; msg: string }>, number, string])[] = [
    [() => till.post('pay', { ...good, sign: 'x' }), 9999, 'signature sign'],
    [() => till.post('pay', { ...good, amount: 1 }), 9999, 'signature sign'],
    // An extra member that was signed makes the check fail: Jeepay does not know it.
    [() => pay({ storeId: 'S001' }), 9999, 'signature sign'],
    [() => pay({ mchNo: 'M2' }), 9999, 'identity mchNo'],
    [() => pay({ appId: 'other' }), 9999, 'identity appId'],
    [() => pay({ version: '2.0' }), 11, 'field-malformed version'],
    [() => pay({ signType: 'RSA' }), 11, 'field-malformed signType'],
    [() => pay({ reqTime: 'now' }), 11, 'field-malformed reqTime'],
    [() => pay({ mchOrderNo: null }), 11, 'field-missing mchOrderNo'],
    [() => pay({ mchOrderNo: 'N'.repeat(65) }), 11, 'field-too-long mchOrderNo'],
    [() => pay({ wayCode: 'WX_APP' }), 11, 'field-malformed wayCode'],
    [() => pay({ amount: '1234' }), 11, 'field-malformed amount'],
    [() => pay({ amount: 0 }), 11, 'field-malformed amount'],
    [() => pay({ amount: 12.5 }), 11, 'field-malformed amount'],
    [() => pay({ currency: 'CNY' }), 11, 'field-malformed currency'],
    [() => pay({ subject: '' }), 11, 'field-missing subject'],
    [() => pay({ channelExtra: code }), 11, 'field-malformed channelExtra'],
    [() => pay({ channelExtra: '{}' }), 11, 'field-malformed channelExtra'],
    [() => till.call('query', {}), 11, 'field-missing mchOrderNo'],
    [
      () => till.call('refund', { mchOrderNo: 'N1', mchRefundNo: 'R1', currency: 'cny', refundReason: 'x' }),
      11,
      'field-missing refundAmount',
    ],
    [() => till.call('refundQuery', { refundOrderId: 'R1' }), 9999, 'signature sign'],
    [() => till.call('refundQuery', {}), 11, 'field-missing mchRefundNo'],
    [() => till.post('query', '{"mchNo":"a","mchNo":"b"}'), 11, 'json duplicate-key'],
    [() => till.post('query', '<xml/>'), 11, 'json not-json'],
  ]
  for (const [send, refusal, breach] of cases) {
    const reply = await send()
    assert.equal(reply.code, refusal, breach)
    assert.equal(till.breaches().at(-1), breach)
  }
  assert.equal(till.breaches().length, cases.length)
  assert.deepEqual(till.book(), [])
  // Unsigned, an unknown member is stepped over, and noted all the same.
  assert.equal(told(await till.post('pay', { ...good, storeId: 'S001' })), '2')
  assert.equal(till.breaches().at(-1), 'field-undocumented storeId')
})

test('method, content type, charset and path are looked at first', async (context) => {
  const till = await rawTill(context)
  for (const [change, breach] of [
    [{ method: 'GET' }, 'method POST'],
    [{ type: 'text/plain' }, 'content-type json'],
  ] as const) {
    const answer = await till.raw('/api/pay/query', '', change)
    assert.ok(answer !== 'cut')
    assert.equal(answer.body, '{"code":10,"msg":"系统异常"}')
    assert.equal(till.breaches().at(-1), breach)
  }
  for (const path of ['/api/pay/close', '/', '/api/pay/query/x']) {
    const answer = await till.raw(path, '{}')
    assert.ok(answer !== 'cut')
    assert.equal(answer.status, 404, path)
  }
})

test('each fault is one that the till’s channel sees through', async (context) => {
  const { started, server, clock } = await startJeepay(context)
  const channel = channelTo(server, started.certificateAuthority)
  const order = {
    orderNumber: 'N1',
    amountFen: 1234,
    payStartedWallMs: clock.wallMs,
  } as unknown as Parameters<typeof channel.query.decode>[0] // brands
  const at = { wallMs: clock.wallMs, nonce: '0'.repeat(32) }
  const exchange = async ({ url, headers, body }: ReturnType<typeof channel.query.encode>) => {
    const answer = await send({ url, headers, body, ca: started.certificateAuthority })
    assert.ok(answer !== 'cut')
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) }
  }
  const paying = channel.pay.encode(
    {
      ...order,
      paymentCode: freshCode('wechat', 'pays-at-once'),
      subject: '示例便利店',
      store: { id: 'S001', name: '示例便利店' },
      till: { id: '01' },
      callerAddress: '127.0.0.1',
    },
    at,
  )
  await exchange(paying)
  for (const [fault, reason] of [
    ['wrong-signature', 'unverifiable-answer'],
    ['other-order', 'mismatched-answer'],
    ['other-amount', 'mismatched-answer'],
    ['html', 'unreadable-answer'],
    ['doctype', 'unreadable-answer'],
    ['http-502', 'http-status'],
  ] as const) {
    started.setFaults(() => fault)
    const outcome = channel.query.decode(order, await exchange(channel.query.encode(order, at)))
    assert.ok(outcome.kind === 'unknown', fault)
    assert.equal(outcome.reason, reason, fault)
  }
  started.setFaults(() => 'none')
  assert.equal(channel.query.decode(order, await exchange(channel.query.encode(order, at))).kind, 'paid')
})
