import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fields, freshCode, toXml } from '../raw-client.fixture.ts'
import { rawTill } from './qra-till.fixture.ts'

const words = (told: Fields): string =>
  ['status', 'result_code', 'err_code', 'pay_result', 'need_query', 'trade_state']
    .map((name) => told[name])
    .filter((part) => part !== undefined)
    .join(' ')

test('pays-at-once: paid by all three fields, in the query and in the books, and trade_type tells the wallet', async (context) => {
  const till = await rawTill(context)
  for (const [wallet, type] of [
    ['wechat', 'pay.weixin.micropay'],
    ['alipay', 'pay.alipay.micropay'],
    ['unionpay', 'pay.unionpay.micropay'],
  ] as const) {
    const paid = await till.pay(`N000${wallet}`, 'pays-at-once', wallet, { attach: 'a]]>b', device_info: 'T01' })
    assert.equal(words(paid), '0 0 0')
    const { out_trade_no, total_fee, trade_type, time_end, attach, device_info } = paid
    assert.deepEqual(
      { out_trade_no, total_fee, trade_type, time_end, attach, device_info },
      {
        out_trade_no: `N000${wallet}`,
        total_fee: '1234',
        trade_type: type,
        time_end: '20260301090015',
        attach: 'a]]>b',
        device_info: 'T01',
      },
    )
    assert.equal(words(await till.query(`N000${wallet}`)), '0 0 SUCCESS')
    const { transaction_id = '' } = paid
    const byId = await till.call('unified.trade.query', { transaction_id, out_trade_no: 'N000other' })
    assert.equal(byId['out_trade_no'], `N000${wallet}`, 'the platform’s number wins')
  }
  assert.deepEqual(till.books(), Array(3).fill([1234, 0, 'paid']))
  assert.deepEqual(till.breaches(), [])
})

test('an answer that means "ask" has every form: with the flag, without it, with a number, as a success', async (context) => {
  const till = await rawTill(context)
  const forms: string[] = []
  for (const turn of [1, 2, 3, 4]) forms.push(words(await till.pay(`N000${turn}`, 'password-then-pays')))
  assert.deepEqual(forms, ['0 1 USERPAYING Y', '0 1 USERPAYING', '0 1 USERPAYING Y', '0 0 0 Y'])
  till.clock.wallMs += 2_999
  assert.equal(words(await till.query('N0001')), '0 0 USERPAYING')
  assert.equal((await till.query('N0002'))['out_trade_no'], undefined)
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N0001')), '0 0 SUCCESS')
})

test('refusals are final with need_query N; only a low balance leaves an order', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N0001', 'code-expired')), '0 1 AUTHCODEEXPIRE N')
  assert.equal(words(await till.query('N0001')), '0 1 ORDERNOTEXIST')
  assert.equal(words(await till.pay('N0002', 'balance-low')), '0 1 NOTENOUGH N')
  assert.equal(words(await till.query('N0002')), '0 0 PAYERROR')
  const spent = freshCode('alipay', 'code-expired')
  await till.payWith('N0003', spent)
  assert.equal(words(await till.payWith('N0004', spent)), '0 1 AUTH_CODE_INVALID N')
  assert.equal(words(await till.query('N0009')), '0 1 ORDERNOTEXIST')
})

test('system-error-then-paid: not there at first, and then paid', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N0001', 'system-error-then-paid')), '0 1 SYSTEMERROR Y')
  assert.equal(words(await till.query('N0001')), '0 1 ORDERNOTEXIST')
  assert.equal(words(await till.query('N0001')), '0 1 SYSTEMERROR')
  till.clock.wallMs += 2_000
  assert.equal(words(await till.query('N0001')), '0 0 SUCCESS')
  assert.deepEqual(await till.pay('N0002', 'answer-lost-but-paid'), { cut: 'cut' })
})

test('a reversal closes what is unpaid and returns what is paid; a time of payment tells which', async (context) => {
  const till = await rawTill(context)
  await till.pay('N0001', 'pays-at-once')
  await till.pay('N0002', 'password-never')
  await till.pay('N0003', 'revoke-refused-while-confirming')
  assert.equal(words(await till.reverse('N0003')), '0 1 USERPAYING')
  for (const number of ['N0001', 'N0002']) {
    assert.equal(words(await till.reverse(number)), '0 0')
    assert.equal(words(await till.reverse(number)), '0 0', 'again')
  }
  const returned = await till.query('N0001')
  assert.deepEqual([words(returned), returned['time_end']], ['0 0 REVOKED', '20260301090015'])
  const closed = await till.query('N0002')
  assert.deepEqual([words(closed), closed['time_end']], ['0 0 REVERSE', undefined])
  assert.equal(words(await till.reverse('N0009')), '0 1 ORDERNOTEXIST')
  assert.deepEqual(till.books().slice(0, 2), [
    [1234, 1234, 'refunded'],
    [0, 0, 'closed'],
  ])
})

test('refunds: in parts, once for each number, never more than was paid', async (context) => {
  const till = await rawTill(context)
  await till.pay('N0001', 'pays-at-once')
  assert.equal(words(await till.refundQuery('N0001R01')), '0 1 REFUNDNOTEXIST')
  assert.equal((await till.refund('N0001', 'N0001R01', '1000'))['refund_fee'], '1000')
  assert.equal((await till.refundQuery('N0001R01'))['refund_status_0'], 'PROCESSING')
  till.clock.wallMs += 1_000
  const done = await till.refundQuery('N0001R01')
  assert.deepEqual(
    [done['refund_status_0'], done['refund_fee_0'], done['out_refund_no_0']],
    ['SUCCESS', '1000', 'N0001R01'],
  )
  assert.equal(words(await till.refund('N0001', 'N0001R01', '1000')), '0 0', 'repeated')
  assert.equal(words(await till.refund('N0001', 'N0001R01', '1001')), '0 1 ACQ.DISCORDANT_REPEAT_REQUEST')
  assert.equal(words(await till.refund('N0001', 'N0001R02', '235')), '0 1 ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')
  assert.equal(words(await till.query('N0001')), '0 0 REFUND')
  assert.equal(words(await till.reverse('N0001')), '0 1 TRADE_ERROR')
  assert.equal(words(await till.refund('N0001', 'N0001R03', '234', { total_fee: '1235' })), '0 1 PARAM_ERROR')
  assert.equal(words(await till.refund('N0001', 'N0001R03', '234')), '0 0')
  assert.deepEqual(till.books(), [[1234, 1234, 'refunded']])
  assert.deepEqual(till.breaches(), ['refund-number-reused refund_fee', 'field-malformed total_fee'])
})

test('RSA requests are taken in both digests and answered in the same; without sign_type it is MD5', async (context) => {
  const till = await rawTill(context)
  for (const sign_type of ['RSA_1_256', 'RSA_1_1']) {
    const told = await till.post(
      till.signed({ ...till.whole('unified.trade.query', { out_trade_no: 'N0001' }), sign_type }),
    )
    assert.deepEqual([words(told), told['sign_type']], ['0 1 ORDERNOTEXIST', sign_type])
  }
  const { sign_type: _, ...bare } = till.whole('unified.trade.query', { out_trade_no: 'N0001' })
  assert.equal(words(await till.post(till.signed(bare))), '0 1 ORDERNOTEXIST')
})

test('the door refuses what our merchant did not sign, unsigned, and notes it', async (context) => {
  const till = await rawTill(context)
  const good = till.signed(till.whole('unified.trade.query', { out_trade_no: 'N0001' }))
  const refused = async (fields: Fields) => assert.equal(words(await till.post(fields)), '400')
  await refused({ ...good, out_trade_no: 'N0002' })
  await refused({ ...good, sign: '' })
  await refused({ ...good, sign: good['sign']?.toLowerCase() ?? '' })
  await refused(till.signed({ ...good, mch_id: 'QRA000000000002' }))
  await refused(till.signed({ ...good, sign_type: 'HMAC-SHA256' }))
  await refused({ ...good, sign_type: 'RSA_1_256' })
  await refused(till.signed(till.whole('unified.trade.close', { out_trade_no: 'N0001' })))
  for (const body of [
    '',
    'no xml',
    `<!DOCTYPE xml>${toXml(good)}`,
    toXml(good).replace('<xml>', '<xml><mch_id>1</mch_id>'),
  ]) {
    const answer = await till.raw(body)
    assert.ok(answer !== 'cut' && answer.body.includes('<status><![CDATA[400]]></status>'))
  }
  await till.raw('', { method: 'GET' })
  await till.raw('x'.repeat(70_000))
  assert.deepEqual(till.breaches(), [
    ...Array(3).fill('signature sign'),
    'identity mch_id',
    'signature sign_type',
    'signature sign',
    'service service',
    'xml not-xml',
    'xml not-xml',
    'xml doctype',
    'xml duplicate-element',
    'method POST',
    'body length',
  ])
  const elsewhere = await till.raw(toXml(good), { url: `${till.gateway}/other` })
  assert.ok(elsewhere !== 'cut' && elsewhere.status === 404)
})

test('each breach of a field is refused and noted, and nothing is booked', async (context) => {
  const till = await rawTill(context)
  const cases: readonly (readonly [breach: string, changes: Fields])[] = [
    ['field-missing nonce_str', { nonce_str: '' }],
    ['field-malformed version', { version: '1.0' }],
    ['field-malformed charset', { charset: 'GBK' }],
    ['field-missing out_trade_no', { out_trade_no: '' }],
    ['field-malformed out_trade_no', { out_trade_no: 'N001' }],
    ['field-malformed out_trade_no', { out_trade_no: 'N-0001' }],
    ['field-too-long out_trade_no', { out_trade_no: 'N'.repeat(33) }],
    ['field-missing body', { body: '' }],
    ['field-too-long body', { body: '店'.repeat(43) }],
    ['field-malformed total_fee', { total_fee: '12.34' }],
    ['field-malformed total_fee', { total_fee: '0' }],
    ['field-malformed mch_create_ip', { mch_create_ip: '::1' }],
    ['field-missing mch_create_ip', { mch_create_ip: '' }],
    ['field-malformed auth_code', { auth_code: 'abc' }],
    ['field-missing time_expire', { time_start: '20260301090015' }],
    ['field-unknown notify_url', { notify_url: 'https://example.invalid' }],
  ]
  for (const [breach, changes] of cases) {
    assert.equal(words(await till.pay('N0001', 'pays-at-once', 'wechat', changes)), '400', breach)
  }
  assert.equal(words(await till.call('unified.trade.query', {})), '400')
  assert.equal(words(await till.call('unified.micropay.reverse', { transaction_id: '1' })), '400')
  assert.equal(words(await till.refund('N0001', 'N0001R01', '1', { op_user_id: '' })), '400')
  assert.equal(words(await till.call('unified.trade.refundquery', {})), '400')
  assert.deepEqual(till.breaches(), [
    ...cases.map(([breach]) => breach),
    'field-missing out_trade_no',
    'field-unknown transaction_id',
    'field-missing op_user_id',
    'field-missing out_refund_no',
  ])
  assert.deepEqual(till.books(), [])
})

test('a number that comes again is told how its order stands; with another content it is a breach', async (context) => {
  const till = await rawTill(context)
  const code = freshCode('wechat', 'password-never')
  for (const _ of ['first', 'again']) assert.equal(words(await till.payWith('N0001', code)), '0 1 USERPAYING Y')
  assert.deepEqual(till.breaches(), [])
  assert.equal(words(await till.pay('N0001', 'pays-at-once')), '0 1 OUT_TRADE_NO_USED N')
  assert.deepEqual(till.breaches(), ['order-number-reused out_trade_no'])
  await till.reverse('N0001')
  assert.equal(words(await till.payWith('N0001', code)), '0 1 ORDERREVERSED N')
})
