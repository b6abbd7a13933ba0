import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failure, order, paidNode, settings, signed } from './alipay.fixture.ts'
import { createAlipayChannel } from './channel.ts'
import {
  alipayCancelSubCodes,
  alipayGatewayCodes,
  alipayPayFamilies,
  alipayPaySubCodes,
  alipayQuerySubCodes,
  alipayTradeStatuses,
} from './codes.ts'

/** The tables of alipay.md §3.1–3.3, copied by hand from there: a second list beside the code's. */
const payRows: Readonly<Record<string, readonly string[]>> = {
  'unknown system-error': [
    'ACQ.SYSTEM_ERROR',
    'aop.ACQ.SYSTEM_ERROR',
    'ACQ.TRADE_HAS_SUCCESS',
    'ACQ.CONTEXT_INCONSISTENT',
    'ACQ.TRADE_BUYER_NOT_MATCH',
    'ACQ.TRADE_STATUS_ERROR',
  ],
  'failed-unless-query-differs closed-by-channel': ['ACQ.TRADE_HAS_CLOSE'],
  'failed-unless-query-differs payment-failed': ['ACQ.PULL_MOBILE_CASHIER_FAIL'],
  'failed code-invalid': ['ACQ.PAYMENT_AUTH_CODE_INVALID', 'ACQ.SOUNDWAVE_PARSER_FAIL'],
  'failed balance-low': ['ACQ.BUYER_BALANCE_NOT_ENOUGH', 'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH'],
  'failed card-refused': ['ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE', 'ACQ.NOT_SUPPORT_PAYMENT_INST'],
  'failed payment-failed': ['ACQ.PAYMENT_FAIL'],
  'failed risk-refused': ['ACQ.PAYMENT_REQUEST_HAS_RISK'],
  'failed payer-limit': [
    'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
    'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR',
    'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT',
  ],
  'failed payer-account': [
    'ACQ.ERROR_BALANCE_PAYMENT_DISABLE',
    'ACQ.USER_FACE_PAYMENT_SWITCH_OFF',
    'ACQ.MOBILE_PAYMENT_SWITCH_OFF',
    'ACQ.NOT_CERTIFIED_USER',
    'ACQ.BUYER_NOT_MAINLAND_CERT',
    'ACQ.BUYER_ENABLE_STATUS_FORBID',
    'ACQ.BUYER_NOT_EXIST',
    'ACQ.USER_LOGONID_DUP',
    'ACQ.PAYER_UNMATCHED',
    'ACQ.BUYER_SELLER_EQUAL',
  ],
  'failed merchant-limit': [
    'ACQ.TOTAL_FEE_EXCEED',
    'ACQ.BEYOND_PAY_RESTRICTION',
    'ACQ.BEYOND_PER_RECEIPT_RESTRICTION',
    'ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION',
    'ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION',
    'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR',
    'ACQ.RESTRICTED_MERCHANT_INDUSTRY',
  ],
  'failed merchant-account': ['ACQ.SELLER_BEEN_BLOCKED', 'ACQ.SELLER_NOT_EXIST', 'ACQ.MERCHANT_STATUS_NOT_NORMAL'],
  'failed wording-refused': ['ACQ.EXIST_FORBIDDEN_WORD'],
  'failed configuration': [
    'ACQ.AUTH_TOKEN_IS_NOT_EXIST',
    'ACQ.ACCESS_FORBIDDEN',
    'ACQ.PARTNER_ERROR',
    'ACQ.UN_SUPPORT_TRADE_SCENE',
    'ACQ.INVALID_RECEIVE_ACCOUNT',
    'ACQ.INVALID_PARAMETER',
    'ACQ.INVALID_STORE_ID',
    'ACQ.RISK_MERCHANT_IP_NOT_EXIST',
    'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR',
    'ACQ.AMOUNT_OR_CURRENCY_ERROR',
    'ACQ.CURRENCY_NOT_SUPPORT',
    'ACQ.SUB_GOODS_SIZE_MAX_COUNT',
    'ACQ.TRADE_SETTLE_ERROR',
  ],
}

/** One invented member of each family. */
const familyRows: Readonly<Record<string, string>> = {
  'ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT': 'failed merchant-limit',
  'ACQ.MERCHANT_AGREEMENT_NOT_EXIST': 'failed merchant-account',
  'ACQ.SUB_MERCHANT_CREATE_FAIL': 'failed configuration',
  'ACQ.SECONDARY_MERCHANT_STATUS_ERROR': 'failed configuration',
  'ACQ.AGREEMENT_NOT_EXIST': 'failed configuration',
  'ACQ.AUTH_NO_ERROR': 'failed configuration',
  'ACQ.CYCLE_PAY_DATE_NOT_MATCH': 'failed configuration',
  'ACQ.ZM_AUDIT_FAIL': 'failed configuration',
  'ACQ.CARD_TYPE_ERROR': 'failed configuration',
  'ACQ.ANY_UNSUPPORT_ADVANCE': 'failed configuration',
}

/** code, sub_code, pay, query, cancel */
const gatewayRows: readonly (readonly [string, string, string, string, string])[] = [
  ['20000', 'isp.unknow-error', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['20000', 'aop.unknow-error', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['20000', 'ACQ.SYSTEM_ERROR', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['20001', 'aop.invalid-auth-token', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['40001', 'isv.missing-method', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['40002', 'isv.invalid-signature', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['40002', 'isv.anything-new', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['40002', 'other', 'unknown unlisted-code', 'unknown unlisted-code', 'try-again unlisted-code'],
  ['40003', '', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['40005', 'isv.app-call-limited', 'unknown rate-limited', 'unknown rate-limited', 'try-again rate-limited'],
  ['40006', 'isv.insufficient-isv-permissions', 'failed configuration', 'unknown refused-request', 'person-needed'],
  ['50000', '', 'unknown unlisted-code', 'unknown unlisted-code', 'try-again unlisted-code'],
]

const queryRows: Readonly<Record<string, string>> = {
  'ACQ.TRADE_NOT_EXIST': 'not-found',
  'ACQ.SYSTEM_ERROR': 'unknown system-error',
  'ACQ.INVALID_PARAMETER': 'unknown refused-request',
  'ACQ.ENTERPRISE_PAY_BIZ_ERROR': 'unknown system-error',
}

const cancelRows: Readonly<Record<string, string>> = {
  'ACQ.SYSTEM_ERROR': 'try-again system-error',
  'AQC.SYSTEM_ERROR': 'try-again system-error',
  'ACQ.TRADE_NOT_EXIST': 'try-again order-not-found',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': 'person-needed',
  'ACQ.TRADE_CANCEL_TIME_OUT': 'not-revocable',
  'ACQ.TRADE_HAS_FINISHED': 'person-needed',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': 'person-needed',
  'ACQ.REASON_TRADE_BEEN_FREEZEN': 'person-needed',
  'ACQ.CANCEL_NOT_ALLOWED': 'person-needed',
  'ACQ.INVALID_PARAMETER': 'person-needed',
}

const stateRows: Readonly<Record<string, string>> = {
  WAIT_BUYER_PAY: 'awaiting-payer',
  TRADE_SUCCESS: 'paid',
  TRADE_FINISHED: 'paid',
  TRADE_CLOSED: 'closed yes',
}

const channel = createAlipayChannel(settings)
const named = (outcome: object): string => {
  const { kind, reason, wasPaid, effect } = outcome as Readonly<Record<string, string | undefined>> // for printing
  return [kind, reason, wasPaid, effect].filter((part) => part !== undefined).join(' ')
}

test('each documented sub-code of a payment means what the reference says', () => {
  for (const [expected, codes] of Object.entries(payRows)) {
    for (const code of codes) assert.equal(named(channel.pay.decode(order, failure('pay', code))), expected, code)
  }
  for (const [code, expected] of Object.entries(familyRows)) {
    assert.equal(named(channel.pay.decode(order, failure('pay', code))), expected, code)
  }
  assert.equal(named(channel.pay.decode(order, failure('pay', 'ACQ.SOMETHING_NEW'))), 'unknown unlisted-code')
  assert.equal(named(channel.pay.decode(order, failure('pay', ''))), 'unknown unlisted-code')
})

test('each gateway code means what the reference says, for each call', () => {
  for (const [code, subCode, pay, query, cancel] of gatewayRows) {
    const node = { code, msg: '', sub_code: subCode }
    assert.equal(named(channel.pay.decode(order, signed('pay', node))), pay, `${code} ${subCode}`)
    assert.equal(named(channel.query.decode(order, signed('query', node))), query, `${code} ${subCode}`)
    assert.equal(named(channel.revoke.decode(order, signed('cancel', node))), cancel, `${code} ${subCode}`)
  }
})

test('each documented sub-code and state of a query means what the reference says', () => {
  for (const [code, expected] of Object.entries(queryRows)) {
    assert.equal(named(channel.query.decode(order, failure('query', code))), expected, code)
  }
  for (const [state, expected] of Object.entries(stateRows)) {
    const node = { ...paidNode, trade_status: state }
    assert.equal(named(channel.query.decode(order, signed('query', node))), expected, state)
  }
  assert.equal(
    named(channel.query.decode(order, signed('query', { ...paidNode, trade_status: 'NEW' }))),
    'unknown unlisted-code',
  )
  assert.equal(named(channel.query.decode(order, failure('query', 'ACQ.PAYMENT_FAIL'))), 'unknown unlisted-code')
})

test('each documented sub-code of a cancel means what the reference says, and retry_flag=Y asks again', () => {
  for (const [code, expected] of Object.entries(cancelRows)) {
    assert.equal(named(channel.revoke.decode(order, failure('cancel', code))), expected, code)
    const again = channel.revoke.decode(order, failure('cancel', code, { retry_flag: 'Y' }))
    assert.equal(named(again), 'try-again system-error', code)
  }
  assert.equal(named(channel.revoke.decode(order, failure('cancel', 'ACQ.NEW'))), 'try-again unlisted-code')
})

test('the lists in the code and in this file hold the same codes', () => {
  const sorted = (codes: readonly string[]): readonly string[] => [...codes].sort()
  assert.deepEqual(sorted(alipayPaySubCodes), sorted(Object.values(payRows).flat()))
  assert.equal(alipayPayFamilies.length, Object.keys(familyRows).length)
  assert.deepEqual(sorted(alipayQuerySubCodes), sorted(Object.keys(queryRows)))
  assert.deepEqual(sorted(alipayCancelSubCodes), sorted(Object.keys(cancelRows)))
  assert.deepEqual(sorted(alipayTradeStatuses), sorted(Object.keys(stateRows)))
  const gateway = new Set(['10000', '10003', '40004', ...gatewayRows.map(([code]) => code)])
  assert.deepEqual([...alipayGatewayCodes, '50000'].sort(), [...gateway].sort())
})
