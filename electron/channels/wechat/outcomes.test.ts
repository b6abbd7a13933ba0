import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWechatChannel } from './channel.ts'
import { wechatPayCodes, wechatQueryCodes, wechatReverseCodes, wechatTradeStates } from './codes.ts'
import { failure, head, order, paidFields, settings, signedResponse } from './wechat.fixture.ts'

/** The tables of wechat.md §4.1, §4.3, §4.4 and §12, copied by hand from there: a second list beside the code's. */
const payRows: readonly (readonly [code: string, outcome: string, words?: string])[] = [
  ['USERPAYING', 'awaiting-payer'],
  ['SYSTEMERROR', 'unknown system-error'],
  ['BANKERROR', 'unknown system-error'],
  ['ORDERPAID', 'failed-unless-query-differs order-number-used'],
  ['OUT_TRADE_NO_USED', 'failed-unless-query-differs order-number-used'],
  ['ORDERCLOSED', 'failed closed-by-channel'],
  ['ORDERREVERSED', 'failed closed-by-channel'],
  ['AUTHCODEEXPIRE', 'failed code-expired'],
  ['AUTH_CODE_ERROR', 'failed-unless-query-differs code-invalid'],
  ['AUTH_CODE_INVALID', 'failed-unless-query-differs code-invalid', '101 付款码无效，请重新扫码'],
  ['AUTH_CODE_INVALID', 'failed-unless-query-differs code-invalid', '101 每个二维码仅限使用一次'],
  ['AUTH_CODE_INVALID', 'failed-unless-query-differs code-expired', '101 付款码已过期'],
  ['NOTENOUGH', 'failed balance-low'],
  ['NOT_ENOUGH', 'failed balance-low'],
  ['NOTSUPORTCARD', 'failed card-refused'],
  ['BUYER_MISMATCH', 'failed-unless-query-differs order-number-used'],
  ['TRADE_ERROR', 'failed-unless-query-differs payment-failed'],
  ['TRADE_ERROR', 'failed-unless-query-differs payer-cancelled', '用户取消支付'],
  ['TRADE_ERROR', 'failed-unless-query-differs order-number-used', '请求非法，请更换订单号再发起'],
  ['RULELIMIT', 'failed-unless-query-differs risk-refused'],
  ['RISKCONTROL', 'failed-unless-query-differs risk-refused'],
  ['INVALID_REQUEST', 'failed-unless-query-differs configuration'],
  ['INVALID_REQUEST', 'failed-unless-query-differs payment-failed', '请求频率过高，请稍后再试'],
  ['INVALID_REQUEST', 'failed-unless-query-differs order-number-used', '商户订单号重复'],
  ['PARAM_ERROR', 'failed-unless-query-differs configuration'],
  ['NOAUTH', 'failed configuration'],
  ['NOAUTH', 'failed code-invalid', '商户无权限使用该付款码'],
  ['APPID_NOT_EXIST', 'failed configuration'],
  ['MCHID_NOT_EXIST', 'failed configuration'],
  ['APPID_MCHID_NOT_MATCH', 'failed configuration'],
  ['APPID_MCHID_NOT_MATCH', 'failed code-invalid', '商户无权限使用该付款码'],
  ['SIGNERROR', 'failed configuration'],
  ['LACK_PARAMS', 'failed configuration'],
  ['XML_FORMAT_ERROR', 'failed configuration'],
  ['NOT_UTF8', 'failed configuration'],
  ['REQUIRE_POST_METHOD', 'failed configuration'],
  ['POST_DATA_EMPTY', 'failed configuration'],
]

const queryRows: readonly (readonly [code: string, outcome: string, words?: string])[] = [
  ['ORDERNOTEXIST', 'not-found'],
  ['ORDER_NOT_EXIST', 'not-found'],
  ['SYSTEMERROR', 'unknown system-error'],
  ['SYSTEM_ERROR', 'unknown system-error'],
  ['INVALID_REQUEST', 'unknown refused-request'],
  ['INVALID_REQUEST', 'unknown rate-limited', '请求过于频繁'],
  ['PARAM_ERROR', 'unknown refused-request'],
  ['NOAUTH', 'unknown refused-request'],
  ['APPID_NOT_EXIST', 'unknown refused-request'],
  ['MCHID_NOT_EXIST', 'unknown refused-request'],
  ['APPID_MCHID_NOT_MATCH', 'unknown refused-request'],
  ['SIGNERROR', 'unknown refused-request'],
  ['LACK_PARAMS', 'unknown refused-request'],
  ['XML_FORMAT_ERROR', 'unknown refused-request'],
  ['NOT_UTF8', 'unknown refused-request'],
  ['REQUIRE_POST_METHOD', 'unknown refused-request'],
  ['POST_DATA_EMPTY', 'unknown refused-request'],
  // Codes of the pay call say nothing about a payment when a query answers them.
  ['NOTENOUGH', 'unknown unlisted-code'],
  ['ACQ.TRADE_NOT_EXIST', 'unknown unlisted-code'],
]

/** code, recall, outcome, words */
const reverseRows: readonly (readonly [code: string, recall: string, outcome: string, words?: string])[] = [
  ['SYSTEMERROR', 'Y', 'try-again system-error'],
  ['SYSTEMERROR', 'N', 'try-again system-error'],
  ['USERPAYING', 'Y', 'payer-confirming'],
  ['USERPAYING', 'N', 'payer-confirming'],
  ['ORDERREVERSED', 'N', 'accepted unstated'],
  ['ORDERREVERSED', 'Y', 'try-again system-error'],
  ['REVERSE_EXPIRE', 'N', 'not-revocable'],
  ['REVERSE_EXPIRE', 'Y', 'try-again system-error'],
  ['ORDERNOTEXIST', '', 'try-again order-not-found'],
  ['TRADE_ERROR', 'N', 'person-needed'],
  ['TRADE_ERROR', 'Y', 'try-again system-error'],
  ['INVALID_REQUEST', 'N', 'not-revocable', '订单的支付场景不支持该请求'],
  ['INVALID_REQUEST', 'N', 'try-again rate-limited', '频率过高'],
  ['INVALID_REQUEST', 'N', 'person-needed', '证书错误'],
  ['INVALID_TRANSACTIONID', 'N', 'person-needed'],
  ['PARAM_ERROR', 'N', 'person-needed'],
  ['ORDERPAID', 'N', 'person-needed'],
  ['SIGNERROR', 'N', 'person-needed'],
  ['REQUIRE_POST_METHOD', '', 'person-needed'],
  ['SOMETHING_NEW', 'Y', 'try-again unlisted-code'],
  ['SOMETHING_NEW', 'N', 'person-needed'],
  ['SOMETHING_NEW', '', 'try-again unlisted-code'],
]

const stateRows: readonly (readonly [state: string, outcome: string])[] = [
  ['SUCCESS', 'paid'],
  ['REFUND', 'unknown unlisted-code'],
  ['USERPAYING', 'awaiting-payer'],
  ['NOTPAY', 'unpaid'],
  ['ACCEPT', 'awaiting-payer'],
  ['PAYERROR', 'revoke-needed payment-failed'],
  ['REVOKED', 'closed yes'],
  ['CLOSED', 'closed yes impossible-state'],
  ['TRADE_CLOSED', 'unknown unlisted-code'],
]

const channel = createWechatChannel(settings)
const named = (outcome: object): string => {
  const { kind, reason, wasPaid, effect, alarm } = outcome as Readonly<Record<string, string | undefined>> // for printing
  return [kind, reason, wasPaid, effect, alarm].filter((part) => part !== undefined).join(' ')
}

test('each documented code of a payment means what the reference says', () => {
  for (const [code, expected, words = ''] of payRows) {
    assert.equal(named(channel.pay.decode(order, failure(code, words))), expected, `${code} ${words}`)
  }
})

test('each documented code of a query means what the reference says', () => {
  for (const [code, expected, words = ''] of queryRows) {
    assert.equal(named(channel.query.decode(order, failure(code, words))), expected, `${code} ${words}`)
  }
})

test('each documented code of a reverse means what the reference says, with recall', () => {
  for (const [code, recall, expected, words = ''] of reverseRows) {
    const decoded = channel.revoke.decode(order, failure(code, words, { recall }))
    assert.equal(named(decoded), expected, `${code} recall=${recall} ${words}`)
  }
})

test('each trade state of a query means what the reference says', () => {
  for (const [state, expected] of stateRows) {
    const fields = { ...paidFields, trade_state: state }
    assert.equal(named(channel.query.decode(order, signedResponse(fields))), expected, state)
  }
})

test('the lists in the code and in this file hold the same codes', () => {
  const plain = (codes: readonly string[]): readonly string[] =>
    [...new Set(codes.map((code) => code.replaceAll('_', '')))].sort()
  const only = (rows: readonly (readonly [string, ...unknown[]])[], strangers: readonly string[]): readonly string[] =>
    rows.map(([code]) => code).filter((code) => !strangers.includes(code))
  assert.deepEqual(plain(wechatPayCodes), plain(only(payRows, [])))
  assert.deepEqual(plain(wechatQueryCodes), plain(only(queryRows, ['NOTENOUGH', 'ACQ.TRADE_NOT_EXIST'])))
  assert.deepEqual(plain(wechatReverseCodes), plain(only(reverseRows, ['SOMETHING_NEW'])))
  assert.deepEqual(plain(wechatTradeStates), plain(only(stateRows, ['TRADE_CLOSED'])))
})

test('a reverse is believed only with recall=N', () => {
  const decoded = (recall: Readonly<Record<string, string>>): string =>
    named(channel.revoke.decode(order, signedResponse({ ...head, ...recall })))
  assert.equal(decoded({ recall: 'N' }), 'accepted unstated')
  assert.equal(decoded({ recall: 'Y' }), 'try-again system-error')
  assert.equal(decoded({}), 'try-again unverifiable-answer')
  assert.equal(decoded({ recall: 'n' }), 'try-again unverifiable-answer')
})
