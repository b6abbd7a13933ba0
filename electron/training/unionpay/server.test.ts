import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshCode } from '../raw-client.fixture.ts'
import { type Call, rawTill, words } from './unionpay-till.fixture.ts'

test('pays-at-once: 00, then 00 00 with amount and number, and in the books', async (context) => {
  const till = await rawTill(context)
  const paid = await till.pay('N0000001', 'pays-at-once')
  const { respCode, txnAmt, currencyCode, queryId, orderId, txnTime, txnType, txnSubType, merId } = paid
  assert.deepEqual(
    { respCode, txnAmt, currencyCode, orderId, txnTime, txnType, txnSubType, merId },
    {
      respCode: '00',
      txnAmt: '1234',
      currencyCode: '156',
      orderId: 'N0000001',
      txnTime: '20260301090015',
      txnType: '01',
      txnSubType: '06',
      merId: '777290058110048',
    },
  )
  assert.match(queryId ?? '', /^20260301090015\d{7}$/)
  assert.match(paid['respMsg'] ?? '', /\[\d+\]$/)
  const asked = await till.query('N0000001')
  assert.equal(words(asked), '00 00')
  assert.equal(asked['queryId'], queryId)
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
  assert.deepEqual(till.breaches(), [])
})

test('a password shows itself as 05, 70, or 00 that is only accepted, until the payer confirms after 3 s', async (context) => {
  const till = await rawTill(context)
  const answers: unknown[] = []
  for (const number of ['N0000001', 'N0000002', 'N0000003']) {
    const { respCode, queryId } = await till.pay(number, 'password-then-pays')
    answers.push(respCode)
    assert.equal(queryId, undefined)
  }
  assert.deepEqual(answers.toSorted(), ['00', '05', '70'])
  till.clock.wallMs += 2_999
  assert.match(words(await till.query('N0000001')), /^00 (05|70)$/)
  till.clock.wallMs += 1
  assert.equal(words(await till.query('N0000001')), '00 00')
})

test('balance, expired code, a code that is used again or nobody’s, and a number that comes again', async (context) => {
  const till = await rawTill(context)
  assert.equal(words(await till.pay('N0000001', 'balance-low')), '64')
  assert.equal(words(await till.query('N0000001')), '00 64')
  assert.equal(words(await till.pay('N0000002', 'code-expired')), '80')
  assert.equal(words(await till.query('N0000002')), '34')
  const code = freshCode('unionpay', 'pays-at-once')
  assert.equal(words(await till.call('pay', till.payFields('N0000003', code))), '00')
  assert.equal(words(await till.call('pay', till.payFields('N0000004', code))), '61')
  assert.equal(words(await till.call('pay', till.payFields('N0000005', '6223456789012345678'))), '61')
  assert.equal(words(await till.call('pay', till.payFields('N0000003', code))), '12')
  assert.equal(words(await till.query('N9999999')), '34')
  assert.deepEqual(till.breaches(), [])
})

test('system-error-then-paid: no clear answer, not there, no answer to the query, paid', async (context) => {
  const till = await rawTill(context)
  assert.match(words(await till.pay('N0000001', 'system-error-then-paid')), /^(03|99)$/)
  assert.equal(words(await till.query('N0000001')), '34')
  assert.equal(words(await till.query('N0000001')), '03')
  till.clock.wallMs += 2_000
  assert.equal(words(await till.query('N0000001')), '00 00')
  assert.equal(words(await till.pay('N0000002', 'answer-lost-but-paid')), 'cut')
  assert.equal(words(await till.query('N0000002')), '00 00')
})

test('a reversal gives the money of a paid order back and closes an unpaid one; a repeat says so again', async (context) => {
  const till = await rawTill(context)
  await till.pay('N0000001', 'pays-at-once')
  await till.pay('N0000002', 'password-never')
  for (const _ of ['first', 'again']) {
    assert.equal(words(await till.reversal('N0000001')), '00')
    assert.equal(words(await till.reversal('N0000002')), '00')
  }
  assert.equal(words(await till.query('N0000001')), '00 45')
  assert.equal(words(await till.query('N0000002')), '00 01')
  assert.equal(words(await till.reversal('N0000003')), '34')
  assert.deepEqual(till.books(), [
    [1234, 1234, 'refunded'],
    [0, 0, 'closed'],
  ])
  await till.pay('N0000004', 'revoke-needs-tries')
  assert.equal(words(await till.reversal('N0000004')), '03')
  assert.equal(words(await till.query('N0000004')), '00 04')
  assert.equal(words(await till.reversal('N0000004')), '05')
  assert.equal(words(await till.reversal('N0000004')), '00')
  await till.pay('N0000005', 'revoke-refused-while-confirming')
  assert.equal(words(await till.reversal('N0000005')), '04')
  assert.match(words(await till.query('N0000005')), /^00 (05|70)$/)
})

test('left alone, an unpaid order ends as the payer’s time-out', async (context) => {
  const till = await rawTill(context)
  await till.pay('N0000001', 'password-never')
  till.clock.wallMs += 90_000
  assert.equal(words(await till.query('N0000001')), '00 69')
})

test('the UnionPay day ends at 23:00: no reversal and no undo after it, and a refund instead', async (context) => {
  const till = await rawTill(context)
  till.clock.wallMs = Date.UTC(2026, 2, 1, 14, 59, 50) // 22:59:50 in Shanghai
  const { queryId = '' } = await till.pay('N0000001', 'pays-at-once')
  await till.pay('N0000002', 'password-never')
  till.clock.wallMs += 10_000
  assert.equal(words(await till.reversal('N0000001')), '39')
  assert.equal(words(await till.reversal('N0000002')), '39')
  assert.equal(words(await till.refund('N0000001R01', queryId, '1234', 'undo')), '39')
  assert.equal(words(await till.refund('N0000001R02', queryId, '1234')), '00')
  await till.pay('N0000003', 'pays-at-once') // 23:00:00: the next day
  till.clock.wallMs += 23 * 3_600_000
  assert.equal(words(await till.reversal('N0000003')), '00', 'until the next 23:00')
})

test('refunds: in parts, once for each number, never more than was paid', async (context) => {
  const till = await rawTill(context)
  const { queryId = '' } = await till.pay('N0000001', 'pays-at-once')
  assert.equal(words(await till.query('N0000001R01')), '34')
  const first = await till.refund('N0000001R01', queryId, '1000')
  assert.deepEqual([first['respCode'], first['txnAmt']], ['00', '1000'])
  assert.notEqual(first['queryId'], queryId)
  assert.equal(words(await till.query('N0000001R01')), '00 05')
  till.clock.wallMs += 1_000
  const done = await till.query('N0000001R01')
  assert.deepEqual([words(done), done['txnAmt']], ['00 00', '1000'])
  assert.equal(words(await till.refund('N0000001R01', queryId, '1000')), '12', 'taken in before')
  assert.equal(words(await till.refund('N0000001R02', queryId, '235')), '36')
  assert.equal(words(await till.refund('N0000001R03', queryId, '234')), '00')
  assert.equal(words(await till.query('N0000001')), '00 00', 'a refund is a trade of its own')
  assert.equal(words(await till.reversal('N0000001')), '45')
  assert.equal(words(await till.refund('N0000001R04', '202603010900159999999', '1')), '34')
  const { queryId: second = '' } = await till.pay('N0000002', 'pays-at-once')
  assert.equal(words(await till.refund('N0000002R01', second, '1233', 'undo')), '36', 'an undo is for the whole')
  assert.equal(words(await till.refund('N0000002R02', second, '1234', 'undo')), '00')
  assert.deepEqual(till.books(), [
    [1234, 1234, 'refunded'],
    [1234, 1234, 'refunded'],
  ])
  assert.deepEqual(till.breaches(), [])
})

test('a refund’s trouble is asked for by its reason', async (context) => {
  const till = await rawTill(context)
  const { queryId = '' } = await till.pay('N0000001', 'pays-at-once')
  const refund = (orderId: string, reason: string) =>
    till.call('refund', {
      ...till.key(orderId),
      channelType: '08',
      backUrl: 'http://www.specialUrl.com',
      currencyCode: '156',
      txnAmt: '10',
      origQryId: queryId,
      reqReserved: Buffer.from(`practice: ${reason}`).toString('base64url'),
    })
  assert.equal(words(await refund('N0000001R01', 'balance-low')), '64')
  assert.equal(words(await refund('N0000001R01', 'balance-low')), '00')
  assert.equal(words(await refund('N0000001R02', 'system-error')), '03')
  assert.equal(words(await till.query('N0000001R02')), '34')
  assert.equal(words(await refund('N0000001R03', 'answer-lost')), 'cut')
  assert.equal(words(await refund('N0000001R04', 'closed')), '00')
  assert.equal(words(await refund('N0000001R05', 'abnormal')), '00')
  till.clock.wallMs += 1_000
  assert.equal(words(await till.query('N0000001R03')), '00 00')
  assert.equal(words(await till.query('N0000001R04')), '00 01')
  assert.equal(words(await till.query('N0000001R05')), '00 63')
})

test('number and time together are the key: another time finds nothing and is a breach', async (context) => {
  const till = await rawTill(context)
  await till.pay('N0000001', 'pays-at-once')
  const other = { ...till.key('N0000001'), txnTime: '20260301090016' }
  assert.equal(words(await till.call('query', other)), '34')
  assert.equal(words(await till.call('reversal', { ...other, channelType: '08' })), '34')
  assert.deepEqual(till.breaches(), ['other-time txnTime', 'other-time txnTime'])
  assert.deepEqual(till.books(), [[1234, 0, 'paid']])
})

test('each breach of a field is refused, noted, and moves nothing', async (context) => {
  const till = await rawTill(context)
  const expected: string[] = []
  const refuse = async (
    call: Call,
    changes: Readonly<Record<string, string | undefined>>,
    code: string,
    note: string,
  ) => {
    const fields = {
      ...till.common(call),
      ...till.payFields('N0000001', freshCode('unionpay', 'pays-at-once')),
      ...changes,
    }
    const sent = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])))
    assert.equal(words(await till.post(call, till.signed(sent))), code, note)
    expected.push(note)
  }
  const names = ['version', 'encoding', 'bizType', 'accessType', 'orderId', 'txnTime', 'channelType', 'backUrl']
  for (const name of [...names, 'txnAmt', 'currencyCode', 'qrNo', 'signMethod']) {
    await refuse('pay', { [name]: undefined }, '13', `field-missing ${name}`)
  }
  const malformed: readonly (readonly [string, string, string?])[] = [
    ['version', '5.0.0'],
    ['encoding', 'GBK'],
    ['signMethod', '11'],
    ['bizType', '000201'],
    ['accessType', '1'],
    ['orderId', 'N000-0001'],
    ['orderId', 'N000001'],
    ['orderId', 'N'.repeat(33), 'too-long'],
    ['txnTime', '2026030109001'],
    ['txnTime', '20260301085014'],
    ['txnTime', '20260301091016'],
    ['txnTime', '20260230090015'],
    ['channelType', '09'],
    ['backUrl', 'special'],
    ['txnAmt', '0'],
    ['txnAmt', '12.34'],
    ['txnAmt', '012'],
    ['txnAmt', '1'.repeat(13), 'too-long'],
    ['currencyCode', '840'],
    ['qrNo', '62234567890123456AB'],
    ['qrNo', '6'.repeat(21), 'too-long'],
    ['termId', '123'],
    ['reqReserved', 'a&b'],
  ]
  for (const [name, value, how = 'malformed'] of malformed) {
    await refuse('pay', { [name]: value }, '10', `field-${how} ${name}`)
  }
  await refuse('pay', { subject: 'x' }, '10', 'field-unknown subject')
  await refuse('pay', { txnSubType: '01' }, '10', 'field-malformed txnType')
  await refuse('query', {}, '10', 'field-unknown channelType')
  await refuse('reversal', {}, '10', 'field-unknown backUrl')
  await refuse('refund', { qrNo: undefined, termId: undefined }, '13', 'field-missing origQryId')
  await refuse('refund', { origQryId: '123' }, '10', 'field-malformed origQryId')
  await refuse('pay', { merId: '777290058110049' }, '31', 'identity merId')
  await refuse('pay', { certId: '1' }, '11', 'identity certId')
  assert.deepEqual(till.breaches(), expected)
  assert.deepEqual(till.books(), [])
})

test('a wrong signature, a body that is no form, another path or method', async (context) => {
  const till = await rawTill(context)
  const fields = till.signed({ ...till.common('query'), ...till.key('N0000001') })
  assert.equal(words(await till.post('query', { ...fields, txnTime: '20260301090016' })), '11')
  assert.equal(words(await till.post('query', { ...fields, signature: 'AAAA' })), '11')
  const { signature: _, ...unsigned } = fields
  assert.equal(words(await till.post('query', unsigned)), '11')
  assert.equal(words(await till.post('query', fields, 'backTransReq.do')), '10')
  const path = '/gateway/api/queryTrans.do'
  const refused = async (body: string, type?: string, target = path) => {
    const answer = await till.raw(target, body, 'POST', type)
    assert.ok(answer !== 'cut')
    return words(till.read(answer.body))
  }
  const whole = till.form(fields)
  assert.equal(await refused(''), '10')
  assert.equal(await refused('{"a":"1"}'), '10')
  assert.equal(await refused(`${whole}&merId=1`), '10')
  assert.equal(await refused(`${whole}&empty=`), '10')
  assert.equal(await refused(`${whole}&odd=%E4%B8`), '10')
  assert.equal(await refused(whole, 'application/json'), '10')
  assert.equal(await refused(whole, undefined, `${path}?a=1`), '10')
  const lost = await till.raw('/gateway/api/other.do', whole)
  const got = await till.raw(path, '', 'GET')
  assert.ok(lost !== 'cut' && got !== 'cut')
  assert.deepEqual([lost.status, got.status], [404, 405])
  assert.deepEqual(till.breaches(), [
    ...['signature signature', 'signature signature', 'signature signature', 'field-malformed txnType'],
    ...['body form', 'body form', 'body duplicate', 'body form', 'body url-encoding', 'body content-type'],
    ...['target query string', 'method POST'],
  ])
})
