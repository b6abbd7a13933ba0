import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readBooks, readBreaches, readRequests } from './books-reading.ts'
import type { Story } from './practice-code.ts'
import {
  alipayAnswerVerifies,
  alipayTimestamp,
  type Fields,
  freshCode,
  send,
  signAlipay,
  startForTest,
} from './raw-client.fixture.ts'

type Node = Readonly<Record<string, unknown>>
type Envelope = { readonly node: Node; readonly body: string; readonly verifies: boolean }

/** A till that speaks with the training Alipay gateway. */
async function alipayTill(context: TestContext) {
  const { channels, clock, data } = await startForTest(context)
  const { gateway, appId, appPrivateKey, alipayPublicKey, certificateAuthority: ca } = channels.alipay

  const common = (method: string, content: unknown): Fields => ({
    app_id: appId,
    method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: alipayTimestamp(clock),
    version: '1.0',
    biz_content: typeof content === 'string' ? content : JSON.stringify(content),
  })
  const sign = (parameters: Fields): Fields => ({ ...parameters, sign: signAlipay(parameters, appPrivateKey) })

  /** Sends parameters as they are; those named stand in the body. */
  const raw = async (parameters: Fields, inBody: readonly string[] = ['biz_content']) => {
    const part = (wanted: boolean) =>
      Object.entries(parameters)
        .filter(([name]) => inBody.includes(name) === wanted)
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join('&')
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' }
    return send({ url: `${gateway}?${part(false)}`, headers, body: part(true), ca })
  }
  const envelope = async (parameters: Fields, inBody?: readonly string[]): Promise<Envelope> => {
    const answer = await raw(parameters, inBody)
    assert.ok(answer !== 'cut')
    const parsed: Record<string, Node> = JSON.parse(answer.body)
    const node = Object.entries(parsed).find(([name]) => name.endsWith('_response'))?.[1] ?? {}
    const { body } = answer
    const verifies = alipayAnswerVerifies(body, alipayPublicKey) || alipayAnswerVerifies(body, alipayPublicKey, true)
    return { node, body, verifies }
  }
  const call = async (method: string, content: unknown): Promise<Node> => {
    const { node, verifies } = await envelope(sign(common(method, content)))
    assert.ok(verifies, `the answer to ${method} is signed by Alipay`)
    return node
  }
  const payContent = (orderNumber: string, code: string, changes: Node = {}): Node => ({
    out_trade_no: orderNumber,
    scene: 'bar_code',
    auth_code: code,
    subject: '示例便利店',
    total_amount: '12.34',
    timeout_express: '2m',
    ...changes,
  })
  return {
    channels,
    clock,
    data,
    ca,
    common,
    sign,
    raw,
    envelope,
    payContent,
    pay: (orderNumber: string, story: Story, changes: Node = {}) =>
      call('alipay.trade.pay', payContent(orderNumber, freshCode('alipay', story), changes)),
    payWith: (orderNumber: string, code: string, changes: Node = {}) =>
      call('alipay.trade.pay', payContent(orderNumber, code, changes)),
    query: (orderNumber: string) => call('alipay.trade.query', { out_trade_no: orderNumber }),
    cancel: (orderNumber: string) => call('alipay.trade.cancel', { out_trade_no: orderNumber }),
    call,
    book: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
  }
}

const words = (node: Node): string =>
  [node.code, node.sub_code, node.trade_status, node.action, node.retry_flag]
    .filter((part) => part !== undefined)
    .join(' ')

test('pays-at-once: paid in the answer, in the query and in the books', async (context) => {
  const till = await alipayTill(context)
  const paid = await till.pay('N1', 'pays-at-once')
  assert.equal(words(paid), '10000')
  assert.match(String(paid.trade_no), /^20260301\d{20}$/)
  const { out_trade_no, total_amount, receipt_amount, gmt_payment } = paid
  assert.deepEqual(
    { out_trade_no, total_amount, receipt_amount, gmt_payment },
    { out_trade_no: 'N1', total_amount: '12.34', receipt_amount: '12.34', gmt_payment: '2026-03-01 09:00:15' },
  )
  const asked = await till.query('N1')
  assert.equal(words(asked), '10000 TRADE_SUCCESS')
  assert.equal(asked.trade_no, paid.trade_no)
  const byTradeNumber = { trade_no: paid.trade_no, out_trade_no: 'other' }
  assert.equal((await till.call('alipay.trade.query', byTradeNumber)).out_trade_no, 'N1')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('password-then-pays: 10003 with its blank, then WAIT_BUYER_PAY until the payer confirms after 3 s', async (context) => {
  const till = await alipayTill(context)
  const waiting = await till.pay('N1', 'password-then-pays')
  assert.equal(words(waiting), '10003')
  assert.equal(waiting.msg, ' order success pay inprocess')
  till.clock.wallMs += 2_999
  const asked = await till.query('N1')
  assert.equal(words(asked), '10000 WAIT_BUYER_PAY')
  assert.equal(asked.send_pay_date, undefined)
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N1')), '10000 TRADE_SUCCESS')
})

test('password-never: a cancel closes it, twice the same', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'password-never')
  assert.equal(words(await till.cancel('N1')), '10000 close N')
  assert.equal(words(await till.cancel('N1')), '10000 close N')
  const closed = await till.query('N1')
  assert.equal(words(closed), '10000 TRADE_CLOSED')
  assert.equal(closed.send_pay_date, undefined)
  assert.deepEqual(till.book(), [[0, 0, 'closed']])
})

test('password-never: left alone, the trade closes by its timeout_express, or after three hours', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'password-never')
  await till.pay('N2', 'password-never', { timeout_express: '' })
  till.clock.wallMs += 119_999
  assert.equal(words(await till.query('N1')), '10000 WAIT_BUYER_PAY')
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N1')), '10000 TRADE_CLOSED')
  assert.equal(words(await till.query('N2')), '10000 WAIT_BUYER_PAY')
  till.clock.wallMs += 3 * 3_600_000
  assert.equal(words(await till.query('N2')), '10000 TRADE_CLOSED')
})

test('balance-low and code-expired: refused, and no trade', async (context) => {
  const till = await alipayTill(context)
  assert.equal(words(await till.pay('N1', 'balance-low')), '40004 ACQ.BUYER_BALANCE_NOT_ENOUGH')
  assert.equal(words(await till.pay('N2', 'code-expired')), '40004 ACQ.PAYMENT_AUTH_CODE_INVALID')
  for (const orderNumber of ['N1', 'N2']) {
    assert.equal(words(await till.query(orderNumber)), '40004 ACQ.TRADE_NOT_EXIST')
    assert.equal(words(await till.cancel(orderNumber)), '10000 N', 'a cancel of no trade is a success without action')
  }
  assert.deepEqual(till.book(), [
    [0, 0, 'refused'],
    [0, 0, 'refused'],
  ])
})

test('system-error-then-paid: 20000, not there, a system error, paid', async (context) => {
  const till = await alipayTill(context)
  assert.equal(words(await till.pay('N1', 'system-error-then-paid')), '20000 isp.unknow-error')
  till.clock.wallMs += 500
  assert.equal(words(await till.query('N1')), '40004 ACQ.TRADE_NOT_EXIST')
  assert.equal(words(await till.query('N1')), '40004 ACQ.SYSTEM_ERROR')
  assert.equal(words(await till.cancel('N1')), '20000 isp.unknow-error Y', 'an early cancel is put off, not lost')
  till.clock.wallMs += 1_500
  assert.equal(words(await till.query('N1')), '10000 TRADE_SUCCESS')
})

test('answer-lost-but-paid: charged, and the connection ends without an answer', async (context) => {
  const till = await alipayTill(context)
  const content = till.payContent('N1', freshCode('alipay', 'answer-lost-but-paid'))
  assert.equal(await till.raw(till.sign(till.common('alipay.trade.pay', content))), 'cut')
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
  assert.equal(words(await till.query('N1')), '10000 TRADE_SUCCESS')
})

test('pays-just-before-revoke: the cancel refunds, and TRADE_CLOSED then has the payment', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'pays-just-before-revoke')
  till.clock.wallMs += 60_000
  assert.equal(words(await till.query('N1')), '10000 WAIT_BUYER_PAY')
  assert.equal(words(await till.cancel('N1')), '10000 refund N')
  const closed = await till.query('N1')
  assert.equal(words(closed), '10000 TRADE_CLOSED')
  assert.equal(closed.send_pay_date, '2026-03-01 09:01:16', 'a second after the payment, as real answers have it')
  assert.deepEqual(till.book(), [[1234, 1234, 'refunded']])
})

test('revoke-needs-tries: retry_flag=Y twice, once even with success, and then N', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'revoke-needs-tries')
  assert.equal(words(await till.cancel('N1')), '20000 isp.unknow-error Y')
  assert.equal(words(await till.query('N1')), '10000 WAIT_BUYER_PAY')
  assert.equal(words(await till.cancel('N1')), '10000 Y')
  assert.equal(words(await till.cancel('N1')), '10000 close N')
  assert.deepEqual(till.book(), [[0, 0, 'closed']])
})

test('revoke-never-works: paid, and every cancel asks for another', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'revoke-never-works')
  for (let turn = 0; turn < 5; turn += 1) {
    assert.equal((await till.cancel('N1')).retry_flag, 'Y')
    assert.equal(words(await till.query('N1')), '10000 TRADE_SUCCESS')
  }
  assert.deepEqual(till.book(), [[1234, 0, 'paid']])
})

test('order numbers are used once: the same request tells the state, another is refused', async (context) => {
  const till = await alipayTill(context)
  const waiting = freshCode('alipay', 'password-never')
  assert.equal(words(await till.payWith('N1', waiting)), '10003')
  assert.equal(words(await till.payWith('N1', waiting)), '10003')
  assert.equal(words(await till.payWith('N1', waiting, { total_amount: '12.35' })), '40004 ACQ.CONTEXT_INCONSISTENT')
  assert.equal(words(await till.payWith('N1', waiting, { subject: '别的' })), '40004 ACQ.CONTEXT_INCONSISTENT')
  assert.equal(words(await till.pay('N1', 'pays-at-once')), '40004 ACQ.TRADE_BUYER_NOT_MATCH')
  await till.cancel('N1')
  assert.equal(words(await till.payWith('N1', waiting)), '40004 ACQ.TRADE_HAS_CLOSE')
  const paid = freshCode('alipay', 'pays-at-once')
  await till.payWith('N2', paid)
  assert.equal(words(await till.payWith('N2', paid)), '40004 ACQ.TRADE_HAS_SUCCESS')
  assert.deepEqual(till.book(), [
    [0, 0, 'closed'],
    [1234, 0, 'paid'],
  ])
})

test('codes are used once, and a code that tells no story is invalid', async (context) => {
  const till = await alipayTill(context)
  const low = freshCode('alipay', 'balance-low')
  await till.payWith('N1', low)
  for (const [orderNumber, code] of [
    ['N2', low],
    ['N3', '284321987654321098'],
    ['N4', '301234567890123456789012'],
  ] as const) {
    assert.equal(words(await till.payWith(orderNumber, code)), '40004 ACQ.PAYMENT_AUTH_CODE_INVALID')
  }
})

test('the members of biz_content are checked against the documentation', async (context) => {
  const till = await alipayTill(context)
  const refusals: readonly (readonly [Node, string])[] = [
    [{ out_trade_no: '' }, 'field-missing out_trade_no'],
    [{ out_trade_no: 'N-1' }, 'field-malformed out_trade_no'],
    [{ out_trade_no: 'N'.repeat(65) }, 'field-too-long out_trade_no'],
    [{ scene: 'security_code' }, 'field-malformed scene'],
    [{ subject: '' }, 'field-missing subject'],
    [{ subject: 'a/b' }, 'field-malformed subject'],
    [{ subject: '店'.repeat(257) }, 'field-malformed subject'],
    [{ total_amount: '' }, 'field-missing total_amount'],
    [{ total_amount: 12.34 }, 'field-malformed total_amount'],
    [{ total_amount: '0.00' }, 'field-malformed total_amount'],
    [{ total_amount: '1.234' }, 'field-malformed total_amount'],
    [{ total_amount: '012.34' }, 'field-malformed total_amount'],
    [{ total_amount: '100000000.01' }, 'field-too-long total_amount'],
    [{ timeout_express: '90s' }, 'field-malformed timeout_express'],
    [{ timeout_express: '16d' }, 'field-malformed timeout_express'],
    [{ store_id: '门店' }, 'field-malformed store_id'],
    [{ product_code: 'QUICK_WAP_WAY' }, 'field-malformed product_code'],
  ]
  const last = () => {
    const { breach, subject } = readBreaches(till.data).at(-1) ?? { breach: 'none', subject: '' }
    return `${breach} ${subject}`
  }
  for (const [changes, expected] of refusals) {
    assert.equal(words(await till.pay('N1', 'pays-at-once', changes)), '40004 ACQ.INVALID_PARAMETER')
    assert.equal(last(), expected)
  }
  assert.equal(words(await till.payWith('N1', '')), '40004 ACQ.AUTH_TOKEN_IS_NOT_EXIST')
  assert.equal(words(await till.payWith('N1', '134500000000000017')), '40004 ACQ.PAYMENT_AUTH_CODE_INVALID')
  assert.equal(last(), 'field-malformed auth_code')
  const past = await till.pay('N1', 'pays-at-once', { time_expire: '2026-03-01 09:00:00' })
  assert.equal(words(past), '40004 ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR')
  assert.equal(words(await till.call('alipay.trade.query', {})), '40004 ACQ.INVALID_PARAMETER')
  for (const content of ['no json', '[]', 'null']) {
    assert.equal(words(await till.call('alipay.trade.query', content)), '40004 ACQ.INVALID_PARAMETER')
  }
  assert.deepEqual(till.book(), [], 'what was refused reached no book')
  assert.deepEqual(readRequests(till.data), [])
})

test('the gateway refuses bad common parameters and bad signatures, and does not sign that', async (context) => {
  const till = await alipayTill(context)
  const good = () => till.common('alipay.trade.query', { out_trade_no: 'N1' })
  const without = (name: string) => Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name))
  const refusals: readonly (readonly [Fields, string])[] = [
    [till.sign(without('method')), '40001 isv.missing-method'],
    [till.sign({ ...good(), method: 'alipay.trade.close' }), '40002 isv.invalid-method'],
    [till.sign(without('app_id')), '40001 isv.missing-app-id'],
    [till.sign({ ...good(), app_id: '2021000000000009' }), '40002 isv.invalid-app-id'],
    [till.sign({ ...good(), format: 'XML' }), '40002 isv.invalid-format'],
    [till.sign({ ...good(), charset: 'gbk' }), '40002 isv.invalid-charset'],
    [till.sign(without('charset')), '40002 isv.invalid-signature'],
    [till.sign(without('sign_type')), '40001 isv.missing-signature-type'],
    [till.sign({ ...good(), sign_type: 'RSA' }), '40002 isv.invalid-signature-type'],
    [till.sign(without('timestamp')), '40001 isv.missing-timestamp'],
    [till.sign({ ...good(), timestamp: '2026-03-01T09:00:15' }), '40002 isv.invalid-timestamp'],
    [till.sign({ ...good(), timestamp: '2026-02-30 09:00:15' }), '40002 isv.invalid-timestamp'],
    [till.sign({ ...good(), timestamp: '2026-03-01 01:00:15' }), '40002 isv.invalid-timestamp'],
    [till.sign(without('version')), '40001 isv.missing-version'],
    [till.sign(without('biz_content')), '40002 isv.invalid-parameter'],
    [good(), '40001 isv.missing-signature'],
    [{ ...till.sign(good()), biz_content: '{"out_trade_no":"N2"}' }, '40002 isv.invalid-signature'],
  ]
  for (const [parameters, expected] of refusals) {
    const { node, body } = await till.envelope(parameters)
    assert.equal(words(node), expected)
    assert.ok(!body.includes('"sign"'))
  }
  assert.equal(readBreaches(till.data).length, refusals.length)
  const charsetInBody = await till.envelope(till.sign(good()), ['biz_content', 'charset'])
  assert.equal(words(charsetInBody.node), '40002 isv.invalid-signature', 'charset must stand in the URL')
})

test('each form of real answers comes up, and every one verifies', async (context) => {
  const till = await alipayTill(context)
  const bodies: string[] = []
  for (let turn = 1; turn <= 6; turn += 1) {
    const content = till.payContent(`N${turn}`, freshCode('alipay', 'pays-at-once'))
    const { body, verifies } = await till.envelope(till.sign(till.common('alipay.trade.pay', content)))
    assert.ok(verifies)
    bodies.push(body)
  }
  const { alipayPublicKey } = till.channels.alipay
  assert.equal(bodies.filter((body) => !alipayAnswerVerifies(body, alipayPublicKey)).length, 2, 'after unescaping only')
  assert.equal(bodies.filter((body) => body.includes('\\/')).length, 4)
  assert.equal(bodies.filter((body) => body.includes('\\u')).length, 2)
  assert.equal(bodies.filter((body) => body.startsWith('{"sign"')).length, 1)
  assert.deepEqual(Object.keys(await till.cancel('N3')), ['code', 'msg', 'out_trade_no', 'retry_flag'])
  assert.deepEqual(till.book()[2], [1234, 1234, 'refunded'])
})

test('a cancel by a trade number that is not there is an error, by an order number it is not', async (context) => {
  const till = await alipayTill(context)
  assert.equal(words(await till.cancel('N1')), '10000 N')
  const byTradeNumber = await till.call('alipay.trade.cancel', { trade_no: '2026030122001000000000000001' })
  assert.equal(words(byTradeNumber), '40004 ACQ.TRADE_NOT_EXIST N')
})

test('a cancel comes too late after a day', async (context) => {
  const till = await alipayTill(context)
  await till.pay('N1', 'pays-at-once')
  till.clock.wallMs += 86_400_001
  assert.equal(words(await till.cancel('N1')), '40004 ACQ.TRADE_CANCEL_TIME_OUT N')
})

test('only POST to gateway.do is served', async (context) => {
  const till = await alipayTill(context)
  const { gateway } = till.channels.alipay
  const status = async (method: string, url: string) => {
    const answer = await send({ url, method, ca: till.ca })
    return answer === 'cut' ? answer : answer.status
  }
  assert.equal(await status('GET', gateway), 405)
  assert.equal(await status('POST', gateway.replace('/gateway.do', '/')), 404)
})
