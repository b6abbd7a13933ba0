import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUnionpayChannel } from './channel.ts'
import { unionpayCodeIn, unionpayCodes } from './codes.ts'
import { unionpayPayOutcomes, unionpayQueryOutcomes, unionpayReversalOutcomes, unionpayStates } from './outcomes.ts'
import { order, payAnswer, queryAnswer, reversalAnswer, settings, signed, told } from './unionpay.fixture.ts'

const channel = createUnionpayChannel(settings)
const pay = (respCode: string): string => told(channel.pay.decode(order, signed({ ...payAnswer, respCode })))
const query = (respCode: string): string => told(channel.query.decode(order, signed({ ...queryAnswer, respCode })))
const state = (origRespCode: string): string =>
  told(channel.query.decode(order, signed({ ...queryAnswer, origRespCode })))
const reversal = (respCode: string): string =>
  told(channel.revoke.decode(order, signed({ ...reversalAnswer, respCode })))

test('each code is listed once, and read only as spelt', () => {
  assert.equal(new Set(unionpayCodes).size, unionpayCodes.length)
  assert.equal(unionpayCodes.length, 52)
  for (const code of ['0', '000', ' 00', '0O', '43', 'A1', '']) assert.equal(unionpayCodeIn(code), undefined, code)
})

test('every code of every call is answered as its table says', () => {
  for (const code of unionpayCodes) {
    const paid = unionpayPayOutcomes[code]
    assert.equal(pay(code), paid.kind === 'accepted' ? 'awaiting-payer' : told(paid), `pay ${code}`)
    const asked = unionpayQueryOutcomes[code]
    assert.equal(query(code), asked.kind === 'answered' ? 'paid' : told(asked), `query ${code}`)
    assert.equal(state(code), told(unionpayStates[code]), `orig ${code}`)
    assert.equal(reversal(code), told(unionpayReversalOutcomes[code]), `reversal ${code}`)
  }
})

/** unionpay.md §5, read into words a second time: what each column says of each code. */
test('the tables say what the reference says', () => {
  const codes = (text: string): readonly string[] => text.split(' ')
  const failedPays = codes('01 02 10 11 13 14 30 31 32 33 34 35 36 38 39 40 60 61 62 63 64 65 66 67 68 69 71 72 73')
  for (const code of [...failedPays, ...codes('76 77 78 79 80')]) assert.match(pay(code), /^failed /, code)
  for (const code of codes('10 11 13 14 32 36')) assert.equal(pay(code), 'failed configuration', code)
  assert.equal(pay('64'), 'failed balance-low')
  assert.equal(pay('80'), 'failed code-expired')
  assert.equal(pay('12'), 'unknown system-error', 'a duplicate is asked about, never failed')
  for (const code of codes('03 04 06 07 08 09 37 42 74 75 99 41 45 98')) assert.match(pay(code), /^unknown /, code)
  for (const code of codes('00 05 70')) assert.equal(pay(code), 'awaiting-payer', code)

  assert.equal(query('34'), 'not-found')
  for (const code of unionpayCodes) {
    if (code !== '00' && code !== '34')
      assert.match(query(code), /^unknown /, `a failed query is no failed payment: ${code}`)
  }
  assert.equal(state('00'), 'paid')
  assert.equal(state('45'), 'closed yes')
  for (const code of codes('03 04 12 42 74 75 99 06')) assert.match(state(code), /^unknown /, code)
  for (const code of codes('05 70')) assert.equal(state(code), 'awaiting-payer', code)
  for (const code of codes('01 02 10 13 30 31 32 33 34 35 36 38 39 40 60 64 69 71 73 76 80')) {
    assert.match(state(code), /^closed (no|unstated)$/, code)
  }

  for (const code of codes('00 45')) assert.equal(reversal(code), 'accepted', code)
  for (const code of codes('10 11 13 30 31 32 36 38')) assert.equal(reversal(code), 'person-needed', code)
  for (const code of codes('34 35')) assert.equal(reversal(code), 'try-again order-not-found', code)
  for (const code of codes('01 02 03 04 05 12 37 42 99')) assert.match(reversal(code), /^try-again /, code)
  assert.equal(reversal('39'), 'not-revocable')
})

test('a code that nobody lists is unknown, and its text is kept', () => {
  for (const code of ['43', '44', '50', 'X1', '000']) {
    assert.equal(pay(code), 'unknown unlisted-code', code)
    assert.equal(query(code), 'unknown unlisted-code', code)
    assert.equal(state(code), 'unknown unlisted-code', code)
    assert.equal(reversal(code), 'try-again unlisted-code', code)
  }
  const { evidence } = channel.pay.decode(order, signed({ ...payAnswer, respCode: '43', respMsg: '未知[9100001]' }))
  assert.deepEqual(evidence, { httpStatus: 200, code: '43', message: '未知[9100001]' })
})

test('evidence of a query has both codes and the payment’s own words', () => {
  const fields = { ...queryAnswer, origRespCode: '64', origRespMsg: '余额不足 6223456789012345678 [1000064]' }
  assert.deepEqual(channel.query.decode(order, signed(fields)).evidence, {
    httpStatus: 200,
    code: '00',
    message: '余额不足 *** [1000064]',
    tradeState: '64',
  })
})
