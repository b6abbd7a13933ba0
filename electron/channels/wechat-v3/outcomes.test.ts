import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpResponse } from '../channel.ts'
import { createWechatV3Channel } from './channel.ts'
import { wechatV3PayCodes, wechatV3QueryCodes, wechatV3ReverseCodes, wechatV3TradeStates } from './codes.ts'
import {
  type Body,
  errorBody,
  order,
  paidBody,
  settings,
  signed,
  stateBody,
  told,
  unsigned,
  vectorResponse,
  vectorSettings,
} from './wechat-v3.fixture.ts'

const channel = createWechatV3Channel(settings)
const pay = (response: HttpResponse) => told(channel.pay.decode(order, response))
const query = (response: HttpResponse) => told(channel.query.decode(order, response))
const reverse = (response: HttpResponse) => told(channel.revoke.decode(order, response))

const failedUnless = 'failed-unless-query-differs'

/** The table of wechat.md §4.2, copied by hand from there; a code without status of its own stands as 400 and 403. */
const payRows: readonly (readonly [status: number, code: string, whenSigned: string, whenUnsigned: string])[] = [
  [400, 'INVALID_REQUEST', `${failedUnless} configuration`, `${failedUnless} configuration`],
  [400, 'ORDER_CLOSED', 'failed closed-by-channel', `${failedUnless} closed-by-channel`],
  [400, 'ORDER_REVERSED', 'failed closed-by-channel', `${failedUnless} closed-by-channel`],
  [400, 'APPID_MCHID_NOT_MATCH', 'failed configuration', `${failedUnless} configuration`],
  [400, 'MCH_NOT_EXISTS', 'failed configuration', `${failedUnless} configuration`],
  [401, 'SIGN_ERROR', 'failed configuration', 'failed configuration'],
  [403, 'SIGN_ERROR', `${failedUnless} configuration`, `${failedUnless} configuration`],
  [403, 'NO_AUTH', 'failed configuration', `${failedUnless} configuration`],
  [403, 'NOT_ENOUGH', `${failedUnless} balance-low`, `${failedUnless} balance-low`],
  [403, 'NOTENOUGH', `${failedUnless} balance-low`, `${failedUnless} balance-low`],
  [403, 'TRADE_ERROR', `${failedUnless} payment-failed`, `${failedUnless} payment-failed`],
  [403, 'RULE_LIMIT', `${failedUnless} risk-refused`, `${failedUnless} risk-refused`],
  [403, 'ACCOUNT_ERROR', `${failedUnless} payer-account`, `${failedUnless} payer-account`],
  [403, 'USER_ACCOUNT_ABNORMAL', `${failedUnless} payer-account`, `${failedUnless} payer-account`],
  [403, 'OUT_TRADE_NO_USED', `${failedUnless} order-number-used`, `${failedUnless} order-number-used`],
  [403, 'ORDER_PAID', `${failedUnless} order-number-used`, `${failedUnless} order-number-used`],
  [400, 'AUTH_CODE_EXPIRE', `${failedUnless} code-expired`, `${failedUnless} code-expired`],
  [403, 'AUTH_CODE_ERROR', `${failedUnless} code-invalid`, `${failedUnless} code-invalid`],
  [403, 'AUTH_CODE_INVALID', `${failedUnless} code-invalid`, `${failedUnless} code-invalid`],
  [400, 'BUYER_MISMATCH', `${failedUnless} order-number-used`, `${failedUnless} order-number-used`],
  [403, 'NOT_SUPPORT_CARD', `${failedUnless} card-refused`, `${failedUnless} card-refused`],
  [404, 'NO_SUCH_PATH', `${failedUnless} configuration`, `${failedUnless} configuration`],
  [429, 'RATELIMIT_EXCEEDED', `${failedUnless} payment-failed`, `${failedUnless} payment-failed`],
  [429, 'FREQUENCY_LIMITED', `${failedUnless} payment-failed`, `${failedUnless} payment-failed`],
  [500, 'SYSTEM_ERROR', 'unknown system-error', 'unknown system-error'],
  [500, 'BANK_ERROR', 'unknown system-error', 'unknown system-error'],
  [502, 'SERVICE_UNAVAILABLE', 'unknown system-error', 'unknown system-error'],
  [503, 'SERVICE_UNAVAILABLE', 'unknown system-error', 'unknown system-error'],
  [500, 'NOT_ENOUGH', 'unknown system-error', 'unknown system-error'],
  [400, 'ACQ.SYSTEM_ERROR', 'unknown unlisted-code', 'unknown unlisted-code'],
  [403, 'SOMETHING_NEW', 'unknown unlisted-code', 'unknown unlisted-code'],
]

test('every documented code of codepay has its row; what is unsigned is never final but a refused signature', () => {
  for (const [status, code, whenSigned, whenUnsigned] of payRows) {
    assert.equal(pay(signed(errorBody(code), status)), whenSigned, `${status} ${code}`)
    assert.equal(pay(unsigned(errorBody(code), status)), whenUnsigned, `${status} ${code}, unsigned`)
  }
  for (const code of wechatV3PayCodes) {
    assert.ok(code === 'PARAM_ERROR' || payRows.some(([, listed]) => listed === code), code)
  }
})

test('PARAM_ERROR about a request field is ours; about anything else the customer may have been charged (P1)', () => {
  const detail = (location: unknown): Body => ({ detail: { field: '/payer/auth_code', value: 'x', location } })
  const param = (message: string, more?: Body) => pay(signed(errorBody('PARAM_ERROR', message, more), 400))
  assert.equal(param('参数错误', detail('body')), `${failedUnless} configuration`)
  assert.equal(param('参数错误', detail(null)), 'unknown system-error')
  assert.equal(param('参数错误'), 'unknown system-error')
  assert.equal(
    param('输入源(null)映射到值字段“银行类型”字符串规则校验失败，字节数 22，大于最大值 16', detail('body')),
    'unknown system-error',
  )
})

test('texts tell some codes apart, as in v2', () => {
  const says = (status: number, code: string, message: string) => pay(signed(errorBody(code, message), status))
  assert.equal(says(400, 'INVALID_REQUEST', '请求频率过高'), `${failedUnless} payment-failed`)
  assert.equal(says(400, 'INVALID_REQUEST', '请求重入'), `${failedUnless} configuration`)
  assert.equal(says(400, 'INVALID_REQUEST', '商户订单号重复'), `${failedUnless} order-number-used`)
  assert.equal(says(403, 'NO_AUTH', '商户无权限使用该付款码'), `${failedUnless} code-invalid`)
  assert.equal(says(403, 'TRADE_ERROR', '用户取消支付'), `${failedUnless} payer-cancelled`)
  assert.equal(says(403, 'AUTH_CODE_INVALID', '101 付款码已过期'), `${failedUnless} code-expired`)
})

test('202 is USERPAYING and nothing else; every trade_state of a 200 has its row', () => {
  const bare = (body: Body | string) => pay(signed(body, 202))
  assert.equal(bare({ trade_state: 'USERPAYING' }), 'awaiting-payer')
  assert.equal(bare({ trade_state: 'SUCCESS' }), 'unknown unlisted-code')
  assert.equal(bare(paidBody), 'unknown unlisted-code')
  assert.equal(bare({}), 'unknown unverifiable-answer')
  assert.equal(bare(''), 'unknown unverifiable-answer')
  assert.equal(bare({ trade_state: 'USERPAYING', out_trade_no: 'OTHER1' }), 'unknown mismatched-answer')
  assert.equal(bare({ trade_state: 'USERPAYING', mchid: '1600000002' }), 'unknown mismatched-answer')
  assert.equal(pay(unsigned({ trade_state: 'USERPAYING' }, 202)), 'unknown unverifiable-answer')
  const states = {
    SUCCESS: 'unknown unverifiable-answer', // without the payment's facts
    REFUND: 'unknown unlisted-code',
    USERPAYING: 'awaiting-payer',
    NOTPAY: 'awaiting-payer',
    ACCEPT: 'awaiting-payer',
    PAYERROR: 'revoke-needed payment-failed',
    REVOKED: `${failedUnless} closed-by-channel`,
    CLOSED: `${failedUnless} closed-by-channel`,
  }
  assert.deepEqual(Object.keys(states), [...wechatV3TradeStates])
  for (const [state, outcome] of Object.entries(states)) assert.equal(pay(signed(stateBody(state))), outcome, state)
  assert.equal(pay(signed(stateBody('NEW'))), 'unknown unlisted-code')
  assert.equal(pay(signed({ ...stateBody(''), trade_state: null })), 'unknown unverifiable-answer')
})

test('the query: every state and code by §4.3, and a failed query says nothing about the payment', () => {
  const states = {
    SUCCESS: 'unknown unverifiable-answer',
    REFUND: 'unknown unlisted-code',
    USERPAYING: 'awaiting-payer',
    NOTPAY: 'unpaid',
    ACCEPT: 'awaiting-payer',
    PAYERROR: 'revoke-needed payment-failed',
    REVOKED: 'closed',
    CLOSED: 'closed',
  }
  assert.deepEqual(Object.keys(states), [...wechatV3TradeStates])
  for (const [state, outcome] of Object.entries(states)) assert.equal(query(signed(stateBody(state))), outcome, state)
  const rows: readonly (readonly [number, string, string])[] = [
    [404, 'ORDER_NOT_EXIST', 'not-found'],
    [404, 'ORDERNOTEXIST', 'not-found'],
    [400, 'ORDER_NOT_EXIST', 'unknown unlisted-code'],
    [400, 'PARAM_ERROR', 'unknown refused-request'],
    [400, 'INVALID_REQUEST', 'unknown refused-request'],
    [400, 'APPID_MCHID_NOT_MATCH', 'unknown refused-request'],
    [400, 'MCH_NOT_EXISTS', 'unknown refused-request'],
    [401, 'SIGN_ERROR', 'unknown refused-request'],
    [403, 'NO_AUTH', 'unknown refused-request'],
    [429, 'RATELIMIT_EXCEEDED', 'unknown rate-limited'],
    [429, 'FREQUENCY_LIMITED', 'unknown rate-limited'],
    [500, 'SYSTEM_ERROR', 'unknown system-error'],
    [500, 'BANK_ERROR', 'unknown system-error'],
    [503, 'SERVICE_UNAVAILABLE', 'unknown system-error'],
    [403, 'NOT_ENOUGH', 'unknown unlisted-code'],
  ]
  for (const [status, code, outcome] of rows) {
    assert.equal(query(signed(errorBody(code), status)), outcome, `${status} ${code}`)
    const bare = outcome === 'not-found' ? 'unknown unverifiable-answer' : outcome
    if (status !== 400 || code !== 'ORDER_NOT_EXIST')
      assert.equal(query(unsigned(errorBody(code), status)), bare, `${status} ${code}, unsigned`)
  }
  for (const code of wechatV3QueryCodes)
    assert.ok(
      rows.some(([, listed]) => listed === code),
      code,
    )
  assert.equal(query(signed(paidBody, 202)), 'unknown http-status')
})

test('REVOKED tells whether money had moved where the answer shows it, and CLOSED is told as impossible', () => {
  const asked = (body: Body) => {
    const { evidence, ...rest } = channel.query.decode(order, signed(body))
    assert.equal(evidence.httpStatus, 200)
    return rest
  }
  assert.deepEqual(asked(stateBody('REVOKED')), { kind: 'closed', wasPaid: 'unstated' })
  assert.deepEqual(asked({ ...paidBody, trade_state: 'REVOKED' }), { kind: 'closed', wasPaid: 'yes' })
  assert.deepEqual(asked(stateBody('CLOSED')), { kind: 'closed', alarm: 'impossible-state', wasPaid: 'unstated' })
})

test('the reverse by §4.4: any 2xx but 202 that names the order is believed after a query, errors by their table', () => {
  const named = { appid: settings.appId, mchid: settings.merchantId, out_trade_no: order.orderNumber }
  assert.equal(reverse(signed(named)), 'accepted')
  assert.equal(reverse(signed(named, 201)), 'accepted')
  assert.equal(reverse(signed('', 204)), 'accepted')
  assert.equal(reverse(signed('', 200)), 'try-again unverifiable-answer')
  assert.equal(reverse(signed(named, 202)), 'try-again http-status')
  assert.equal(reverse(signed({ ...named, out_trade_no: 'OTHER1' })), 'try-again mismatched-answer')
  assert.equal(reverse(signed({ ...named, mchid: '1600000002' })), 'try-again mismatched-answer')
  assert.equal(reverse(unsigned(named)), 'try-again unverifiable-answer')
  assert.equal(reverse(unsigned('', 204)), 'try-again unverifiable-answer')
  const rows: readonly (readonly [number, string, string, string?])[] = [
    [403, 'USER_PAYING', 'payer-confirming'],
    [400, 'USERPAYING', 'payer-confirming'],
    [403, 'ORDER_REVERSED', 'accepted'],
    [400, 'ORDER_CLOSED', 'accepted'],
    [403, 'REVERSE_EXPIRE', 'not-revocable'],
    [404, 'ORDER_NOT_EXIST', 'try-again order-not-found'],
    [403, 'TRADE_ERROR', 'person-needed'],
    [403, 'TRADE_ERROR', 'payer-confirming', '正在支付中不能发起撤销'],
    [403, 'ORDER_PAID', 'person-needed'],
    [400, 'PARAM_ERROR', 'person-needed'],
    [400, 'INVALID_REQUEST', 'person-needed'],
    [400, 'INVALID_REQUEST', 'not-revocable', '订单的支付场景不支持该请求'],
    [400, 'INVALID_REQUEST', 'try-again rate-limited', '请求过于频繁'],
    [400, 'APPID_MCHID_NOT_MATCH', 'person-needed'],
    [400, 'MCH_NOT_EXISTS', 'person-needed'],
    [401, 'SIGN_ERROR', 'person-needed'],
    [403, 'NO_AUTH', 'person-needed'],
    [429, 'RATELIMIT_EXCEEDED', 'try-again rate-limited'],
    [429, 'FREQUENCY_LIMITED', 'try-again rate-limited'],
    [429, 'ANYTHING', 'try-again rate-limited'],
    [500, 'SYSTEM_ERROR', 'try-again system-error'],
    [500, 'BANK_ERROR', 'try-again system-error'],
    [503, 'SERVICE_UNAVAILABLE', 'try-again system-error'],
    [500, 'ORDER_REVERSED', 'try-again system-error'],
    [403, 'PARAM_ERROR', 'try-again unlisted-code'],
    [403, 'SOMETHING_NEW', 'try-again unlisted-code'],
  ]
  for (const [status, code, outcome, message] of rows) {
    assert.equal(reverse(signed(errorBody(code, message), status)), outcome, `${status} ${code}`)
    const bare = reverse(unsigned(errorBody(code, message), status))
    assert.ok(bare.startsWith('try-again') || code === 'SIGN_ERROR', `${status} ${code}, unsigned: ${bare}`)
  }
  for (const code of wechatV3ReverseCodes)
    assert.ok(
      rows.some(([, listed]) => listed === code),
      code,
    )
})

test('the answer vectors read as the references say', () => {
  const ofVectors = createWechatV3Channel(vectorSettings)
  const heard = (name: string) => told(ofVectors.pay.decode(order, vectorResponse(name)))
  assert.equal(heard('v3-response-public-key'), 'paid')
  assert.equal(heard('v3-response-platform-cert'), 'paid')
  assert.equal(heard('v3-response-202-userpaying'), 'awaiting-payer')
  assert.equal(heard('v3-response-tampered'), 'unknown unverifiable-answer')
  assert.equal(heard('v3-response-signtest-probe'), 'unknown unverifiable-answer')
  assert.equal(told(ofVectors.revoke.decode(order, vectorResponse('v3-response-204-empty'))), 'accepted')
  const byPublicKeyOnly = createWechatV3Channel({ ...settings, ...vectorSettings, platformCertificates: [] })
  assert.equal(
    told(byPublicKeyOnly.query.decode(order, vectorResponse('v3-response-platform-cert'))),
    'unknown unverifiable-answer',
    'a serial that the till does not have is nobody',
  )
})
