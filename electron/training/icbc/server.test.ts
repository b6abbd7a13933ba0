import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { freshCode } from '../raw-client.fixture.ts'
import { type Content, rawTill } from './icbc-till.fixture.ts'

const words = (content: Content): string =>
  [content['return_code'], content['pay_status']].filter((part) => part !== undefined).join(' ')
const refusal = '400026'

test('pays-at-once: paid in the answer, in the query and in the books', async (context) => {
  const till = await rawTill(context)
  const paid = await till.pay('N1', 'pays-at-once')
  assert.equal(words(paid), '0 1')
  const { out_trade_no, total_amt, payment_amt, pay_time, order_id } = paid
  assert.deepEqual(
    { out_trade_no, total_amt, payment_amt, pay_time },
    { out_trade_no: 'N1', total_amt: '1234', payment_amt: '1234', pay_time: '20260301' },
  )
  assert.match(String(order_id), /^020001010001\d{15}$/)
  assert.match(String(paid['msg_id']), /^m\d+$/)
  assert.equal(words(await till.query('N1')), '0 1')
  const { merchantId } = till
  for (const number of [order_id, String(order_id).slice(-15)]) {
    const asked = await till.call('query', { mer_id: merchantId, order_id: number })
    assert.equal(asked['out_trade_no'], 'N1')
  }
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
  assert.deepEqual(till.breaches(), [])
})

test('every wallet’s codes are taken, and a return code is sometimes a number', async (context) => {
  const till = await rawTill(context)
  const codes: unknown[] = []
  for (const wallet of ['wechat', 'alipay', 'unionpay'] as const) {
    const paid = await till.pay(`N${wallet}`, 'pays-at-once', wallet)
    assert.equal(words(paid), '0 1', wallet)
    codes.push(paid['return_code'])
  }
  assert.deepEqual(codes, ['0', 0, '0'])
})

test('password-then-pays: 0 until the payer confirms after 3 s', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N1', 'password-then-pays')), '0 0')
  till.clock.wallMs += 2_999
  assert.equal(words(await till.query('N1')), '0 0')
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N1')), '0 1')
})

test('a refused code places no order; a low balance leaves one that failed', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N1', 'code-expired')), '0 -1')
  assert.match(words(await till.query('N1')), /^594002[12]$/)
  assert.equal(words(await till.pay('N2', 'balance-low')), '0 2')
  assert.equal(words(await till.query('N2')), '0 2')
  assert.match(words(await till.query('N3')), /^594002[12]$/)
})

test('a reversal of a paid order gives the money back, of an unpaid one closes it, and says so again', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'pays-at-once')
  await till.pay('N2', 'password-never')
  for (const [number, amount] of [
    ['N1', '1234'],
    ['N2', '0'],
  ] as const) {
    for (const _ of ['first', 'again']) {
      const reversed = await till.reverse(number)
      assert.equal(words(reversed), '0')
      assert.deepEqual([reversed['real_reject_amt'], reversed['reject_amt']], [amount, amount])
    }
    assert.equal(words(await till.query(number)), '0 3')
  }
  assert.match(words(await till.reverse('N3')), /^594002[12]$/)
  assert.deepEqual(till.books(), [
    [1234, 1234, 'refunded'],
    [0, 0, 'closed'],
  ])
})

test('a reversal that did not get through is told as reversing at first', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'revoke-needs-tries')
  assert.notEqual(words(await till.reverse('N1')), '0')
  assert.deepEqual([words(await till.query('N1')), words(await till.query('N1'))], ['0 4', '0 0'])
  assert.notEqual(words(await till.reverse('N1')), '0')
  assert.equal(words(await till.reverse('N1')), '0')
  assert.equal(words(await till.query('N1')), '0 3')
})

test('an order that nobody pays fails by itself', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'password-never')
  till.clock.wallMs += 90_000
  assert.equal(words(await till.query('N1')), '0 2')
})

test('refunds: in parts, once for each number, never more than was paid, and told in a list of JSON text', async (context) => {
  const till = await rawTill(context)
  await till.pay('N1', 'pays-at-once')
  const first = await till.reject('N1', 'N1R01', '1000')
  assert.deepEqual([words(first), first['reject_no'], first['reject_amt']], ['0', 'N1R01', '1000'])
  const listed = async (refundNumber: string) => {
    const answer = await till.rejectQuery('N1', refundNumber)
    assert.equal(words(answer), '0')
    const list: unknown = JSON.parse(String(answer['refund_json_list']))
    assert.ok(Array.isArray(list))
    return list.map((entry: Content) => [entry['reject_no'], entry['reject_status'], entry['reject_amt']])
  }
  assert.deepEqual(await listed('N1R01'), [['N1R01', '0', '1000']])
  till.clock.wallMs += 1_000
  assert.deepEqual(await listed('N1R01'), [['N1R01', '1', '1000']])
  assert.deepEqual(await listed('N1R02'), [])
  assert.equal(words(await till.reject('N1', 'N1R01', '1000')), '0', 'repeated')
  assert.notEqual(words(await till.reject('N1', 'N1R02', '235')), '0')
  assert.equal(words(await till.query('N1')), '0 6')
  assert.equal(words(await till.reject('N1', 'N1R02', '234')), '0')
  assert.equal(words(await till.query('N1')), '0 5')
  assert.match(words(await till.reject('N1', 'N1R03', '1')), /^(93008595|5920006)$/)
  assert.match(words(await till.reverse('N1')), /^(93008595|5920006)$/)
  assert.deepEqual(till.books(), [[1234, 1234, 'refunded']])
  assert.match(words(await till.reject('N2', 'N2R01', '1')), /^594002[12]$/)
  assert.match(words(await till.rejectQuery('N2', 'N1R01')), /^594002[12]$/, 'not that of another order')
})

/** One request that is not as it should be: refused as the gateway refuses, and noted. */
async function refusedAs(
  context: TestContext,
  breach: string,
  send: (till: Awaited<ReturnType<typeof rawTill>>) => Promise<Content>,
): Promise<void> {
  const till = await rawTill(context)
  assert.equal(words(await send(till)), refusal, breach)
  assert.deepEqual(till.breaches(), [breach])
  assert.deepEqual(till.books(), [])
}

test('each breach of the envelope is refused with a numeric code, and noted', async (context) => {
  const till = await rawTill(context)
  const content = till.reach('N1')
  const whole = till.envelope(content)
  const cases: readonly (readonly [breach: string, change: Readonly<Record<string, string>>])[] = [
    ['parameter app_id', { app_id: '10000000000000004098' }],
    ['parameter msg_id', { msg_id: 'm'.repeat(33) }],
    ['parameter format', { format: 'JSON' }],
    ['parameter charset', { charset: 'GBK' }],
    ['parameter sign_type', { sign_type: 'SM2' }],
    ['parameter timestamp', { timestamp: '20260301090015' }],
    ['parameter timestamp', { timestamp: '2026-03-01 09:11:00' }],
    ['parameter-missing biz_content', { biz_content: '' }],
    ['parameter-missing msg_id', { msg_id: '' }],
    ['parameter-unknown encrypt_type', { encrypt_type: 'AES' }],
    ['parameter-unknown notify_url', { notify_url: 'https://example.invalid' }],
  ]
  for (const [, change] of cases) {
    const answer = await till.post('query', till.signed('query', { ...whole, ...change }))
    assert.equal(answer['return_code'], 400026)
  }
  assert.deepEqual(
    till.breaches(),
    cases.map(([breach]) => breach),
  )
})

test('the signature is checked over the path and every field, and one message number is taken once', async (context) => {
  const till = await rawTill(context)
  const whole = till.envelope(till.reach('N1'))
  const { paths, sign } = till
  const asked = async (fields: Readonly<Record<string, string>>) => words(await till.post('query', fields))
  assert.equal(await asked({ ...whole, sign: sign(paths.pay, whole) }), refusal, 'of another path')
  assert.equal(await asked({ ...whole, sign: sign('', whole) }), refusal, 'of no path')
  assert.equal(await asked({ ...whole, sign: sign(paths.query, whole, 'RSA-SHA1') }), refusal, 'of another digest')
  assert.equal(await asked({ ...whole, sign: 'AAAA' }), refusal)
  assert.equal(await asked(whole), refusal, 'unsigned')
  const tampered = { ...till.signed('query', whole), biz_content: whole['biz_content']?.replace('N1', 'N2') ?? '' }
  assert.equal(await asked(tampered), refusal)
  assert.deepEqual(till.breaches(), [
    ...Array.from({ length: 4 }, () => 'signature sign'),
    'parameter-missing sign',
    'signature sign',
  ])
  assert.match(await asked(till.signed('query', whole)), /^594002[12]$/)
  assert.equal(await asked(till.signed('query', whole)), refusal)
  assert.equal(till.breaches().at(-1), 'message-repeated msg_id')
  const old = { ...till.envelope(till.reach('N1')), sign_type: 'RSA' }
  assert.match(await asked({ ...old, sign: sign(paths.query, old, 'RSA-SHA1') }), /^594002[12]$/)
})

test('method, target, content type and doubled fields are looked at', async (context) => {
  const till = await rawTill(context)
  const { query } = till.paths
  const form = till.form(till.signed('query', till.envelope(till.reach('N1'))))
  const status = async (...given: Parameters<typeof till.raw>): Promise<number> => {
    const answer = await till.raw(...given)
    assert.ok(answer !== 'cut')
    return answer.status
  }
  assert.equal(await status('/api/qrcode/query/V4', form), 404)
  assert.equal(await status(query, '', { method: 'GET' }), 405)
  assert.equal(await status(`${query}?a=1`, form), 200)
  assert.equal(await status(query, form, { type: 'application/json' }), 200)
  assert.equal(await status(query, `${form}&format=json`), 200)
  assert.equal(await status(query, `${form}&x=${'y'.repeat(70_000)}`), 200)
  assert.deepEqual(till.breaches(), [
    'method POST',
    'target query string',
    'body content type',
    'body field twice',
    'body length',
  ])
})

test('each breach of a pay request’s content is refused and noted, and nothing is booked', async (context) => {
  const cases: readonly (readonly [breach: string, change: Content])[] = [
    ['field-malformed mer_id', { mer_id: '020001010002' }],
    ['field-missing mer_id', { mer_id: '' }],
    ['field-malformed qr_code', { qr_code: '62 345' }],
    ['field-malformed out_trade_no', { out_trade_no: 'N-1' }],
    ['field-too-long out_trade_no', { out_trade_no: 'N'.repeat(33) }],
    ['field-malformed order_amt', { order_amt: '12.34' }],
    ['field-malformed order_amt', { order_amt: '0' }],
    ['field-malformed order_amt', { order_amt: 1234 }],
    ['field-malformed trade_date', { trade_date: '20260230' }],
    ['field-malformed trade_date', { trade_time: '101530' }],
    ['field-malformed trade_time', { trade_time: '1015' }],
    ['field-unknown attach', { attach: 'x' }],
  ]
  for (const [breach, change] of cases) {
    await refusedAs(context, breach, (till) =>
      till.call('pay', till.payContent('N1', freshCode('unionpay', 'pays-at-once'), change)),
    )
  }
})

test('each breach of the other calls’ content is refused and noted', async (context) => {
  const till = await rawTill(context)
  const { merchantId, reach, call } = till
  const cases: readonly (readonly [breach: string, call: Parameters<typeof call>[0], content: Content])[] = [
    ['field-missing out_trade_no', 'query', { mer_id: merchantId }],
    ['field-malformed order_id', 'query', { mer_id: merchantId, order_id: '1' }],
    ['field-unknown reject_amt', 'reverse', reach('N1', { reject_amt: '1234' })],
    ['field-missing out_trade_no', 'reverse', { mer_id: merchantId, order_id: '020001010001000552603180001' }],
    ['field-missing reject_no', 'reject', reach('N1', { reject_amt: '1' })],
    ['field-missing reject_amt', 'reject', reach('N1', { reject_no: 'R1' })],
    ['field-unknown merattach', 'reject', reach('N1', { reject_no: 'R1', reject_amt: '1', merattach: 'x' })],
    ['field-missing reject_no', 'rejectQuery', reach('N1')],
  ]
  for (const [, name, content] of cases) assert.equal(words(await call(name, content)), refusal)
  for (const text of ['no json', '[]', '{"mer_id":"020001010001","mer_id":"020001010001","out_trade_no":"N1"}']) {
    assert.equal(words(await till.post('query', till.signed('query', till.envelope(text)))), refusal)
  }
  assert.deepEqual(till.breaches(), [
    ...cases.map(([breach]) => breach),
    ...Array.from({ length: 3 }, () => 'field-malformed biz_content'),
  ])
})

test('a number that comes again is told how its order stands; with another content it is a breach', async (context) => {
  const till = await rawTill(context)
  const content = till.payContent('N1', freshCode('unionpay', 'pays-at-once'))
  assert.equal(words(await till.call('pay', content)), '0 1')
  assert.equal(words(await till.call('pay', content)), '0 1')
  assert.deepEqual(till.breaches(), [])
  const other = till.payContent('N1', freshCode('unionpay', 'pays-at-once'))
  assert.equal(words(await till.call('pay', other)), '99000002')
  assert.deepEqual(till.breaches(), ['order-number-reused out_trade_no'])
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
})
