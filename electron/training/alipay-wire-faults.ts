import {
  atTheDoor,
  doubted,
  ended,
  type FlatSaying,
  ofOrder,
  ofRefund,
  type Saying,
  taken,
  takenIn,
  there,
} from './wire-fault.ts'

/** What Alipay's wire says besides the plain answer: the members of the answer's node. */
export type AlipayWireFault = Saying<FlatSaying>

const failure = (subCode: string, words: string, retryFlag?: 'Y' | 'N'): FlatSaying => ({
  instead: true,
  set: {
    code: '40004',
    msg: 'Business Failed',
    sub_code: subCode,
    sub_msg: words,
    ...(retryFlag ? { retry_flag: retryFlag } : {}),
  },
})
const unavailable: FlatSaying = {
  instead: true,
  set: { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'aop.unknow-error', sub_msg: '系统繁忙' },
}
const limited: FlatSaying = {
  instead: true,
  set: { code: '40005', msg: 'Call Limited', sub_code: 'isv.api-call-limited', sub_msg: '调用频次超限' },
}
const status = (tradeStatus: string): FlatSaying => ({ set: { trade_status: tradeStatus } })

/** Alipay's doubtful and strange answers (alipay.md §2.2, §3.1–3.4). */
export const alipayWireFaults: readonly AlipayWireFault[] = [
  ofOrder('pay', 'pay 10003 of a payment', '§3.1', ['paid'], {
    set: { code: '10003', msg: ' order success pay inprocess' },
  }),
  ofOrder('pay', 'pay 20000', '§3.1', taken, unavailable),
  ofOrder('pay', 'pay aop.ACQ.SYSTEM_ERROR', '§3.1', taken, failure('aop.ACQ.SYSTEM_ERROR', '系统错误')),
  ofOrder('pay', 'pay ACQ.TRADE_HAS_SUCCESS', '§3.1', ['paid'], failure('ACQ.TRADE_HAS_SUCCESS', '交易已被支付')),
  ofOrder('pay', 'pay ACQ.CONTEXT_INCONSISTENT', '§3.1', taken, failure('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改')),
  ofOrder('pay', 'pay with a sub-code that nobody listed', '§3.1', taken, failure('ACQ.NEW_CODE', '其他错误')),
  ofOrder('pay', 'pay without an amount', '§2.2', ['paid'], { without: ['total_amount'] }),
  ofOrder('pay', 'pay without trade_no', '§2.2', ['paid'], { without: ['trade_no'] }),
  ofOrder(
    'pay',
    'pay ACQ.PULL_MOBILE_CASHIER_FAIL of an order that is there',
    '§3.1',
    ['open'],
    failure('ACQ.PULL_MOBILE_CASHIER_FAIL', '唤起移动收银台失败'),
    doubted,
  ),
  ofOrder('pay', 'pay 40005 at the door', '§3.1', ['none'], limited, atTheDoor),

  ofOrder(
    'query',
    'query ACQ.TRADE_NOT_EXIST right after the payment',
    '§3.2',
    taken,
    failure('ACQ.TRADE_NOT_EXIST', '交易不存在'),
    { untilAgeMs: 8_000, weight: 5 },
  ),
  ofOrder('query', 'query WAIT_BUYER_PAY of a payment', '§3.2', ['paid'], status('WAIT_BUYER_PAY'), { weight: 2 }),
  ofOrder('query', 'query TRADE_FINISHED of a payment', '§3.2', ['paid'], status('TRADE_FINISHED'), { weight: 2 }),
  ofOrder('query', 'query TRADE_SUCCESS of what was cancelled', '§3.2', ['refunded'], status('TRADE_SUCCESS'), {
    weight: 2,
  }),
  ofOrder('query', 'query with a status that nobody listed', '§3.2', there, status('TRADE_PENDING')),
  ofOrder('query', 'query without an amount', '§2.3', ['paid'], { without: ['total_amount'] }, { weight: 2 }),
  ofOrder('query', 'query ACQ.SYSTEM_ERROR', '§3.2', there, failure('ACQ.SYSTEM_ERROR', '系统错误')),
  ofOrder('query', 'query 20000 at the door', '§3.2', there, unavailable, atTheDoor),

  ofOrder('revoke', 'cancel retry_flag Y, and done', '§3.3', ended, { set: { retry_flag: 'Y' }, without: ['action'] }),
  ofOrder('revoke', 'cancel 20000, and done', '§3.3', ended, unavailable),
  ofOrder('revoke', 'cancel AQC.SYSTEM_ERROR, and done', '§3.3', ended, failure('AQC.SYSTEM_ERROR', '系统错误')),
  ofOrder('revoke', 'cancel without an action, and done', '§3.3', ended, { without: ['action'] }),
  ofOrder('revoke', 'cancel with an action that nobody listed', '§3.3', ended, { set: { action: 'reverse' } }),
  ofOrder(
    'revoke',
    'cancel ACQ.REASON_TRADE_REFUND_FEE_ERR',
    '§3.3',
    ['refunded'],
    failure('ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效', 'N'),
  ),
  ofOrder(
    'revoke',
    'cancel ACQ.SELLER_BALANCE_NOT_ENOUGH',
    '§3.3',
    ['paid'],
    failure('ACQ.SELLER_BALANCE_NOT_ENOUGH', '商户余额不足', 'N'),
    atTheDoor,
  ),
  ofOrder(
    'revoke',
    'cancel ACQ.TRADE_CANCEL_TIME_OUT',
    '§3.3',
    taken,
    failure('ACQ.TRADE_CANCEL_TIME_OUT', '超过撤销时间范围', 'N'),
    atTheDoor,
  ),
  ofOrder('revoke', 'cancel 20000 at the door', '§3.3', taken, unavailable, atTheDoor),

  ofRefund('refund', 'refund fund_change N of a new one', '§3.4', ['done'], { set: { fund_change: 'N' } }),
  ofRefund('refund', 'refund without fund_change', '§3.4', ['done'], { without: ['fund_change'] }),
  ofRefund('refund', 'refund 20000, and done', '§3.4', ['done'], unavailable),
  ofRefund(
    'refund',
    'refund ACQ.REFUND_CHARGE_ERROR, and done',
    '§3.4',
    ['done'],
    failure('ACQ.REFUND_CHARGE_ERROR', '退收费异常'),
  ),
  ofRefund('refund', 'refund 40005 at the door', '§3.4', ['none'], limited, atTheDoor),

  ofRefund('refund-query', 'refund query without refund_status', '§3.4', ['done'], { without: ['refund_status'] }),
  ofRefund('refund-query', 'refund query with no data, too early', '§3.4', ['done'], {
    instead: true,
    set: { code: '10000', msg: 'Success' },
  }),
  ofRefund('refund-query', 'refund query with a status that nobody listed', '§3.4', takenIn, {
    set: { refund_status: 'REFUND_PENDING' },
  }),
  ofRefund('refund-query', 'refund query 20000', '§3.4', takenIn, unavailable),
]
