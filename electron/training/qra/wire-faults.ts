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
} from '../wire-fault.ts'

/** What the gateway's wire says besides the plain answer; one with a `status` other than 0 is not signed. */
export type QraWireFault = Saying<FlatSaying>

const failure = (code: string, words: string, needQuery?: 'Y' | 'N'): FlatSaying => ({
  instead: true,
  set: { result_code: '1', err_code: code, err_msg: words, ...(needQuery ? { need_query: needQuery } : {}) },
})
const unsigned = (status: string, message: string): FlatSaying => ({
  instead: true,
  set: { version: '2.0', charset: 'UTF-8', status, message },
})
const state = (tradeState: string): FlatSaying => ({ set: { trade_state: tradeState } })
const busy = '系统繁忙，请稍后重试'

/** The gateway's doubtful and strange answers (swiftpass.md §3, §5, §9). */
export const qraWireFaults: readonly QraWireFault[] = [
  // A success has three fields and a whole payment; with less, or with a wish to be asked, it is none.
  ofOrder('pay', 'pay success that wants to be asked', '§5 P1b', ['paid'], { set: { need_query: 'Y' } }),
  ofOrder('pay', 'pay without pay_result', '§9 pitfall 1', taken, { without: ['pay_result', 'need_query'] }),
  ofOrder('pay', 'pay success with pay_result 1', '§5 P1c', ['paid'], { set: { pay_result: '1' } }),
  ofOrder('pay', 'pay without result_code', '§9 pitfall 1', taken, { without: ['result_code'] }),
  ofOrder('pay', 'pay success without an amount', '§5 P1', ['paid'], { without: ['total_fee'] }),
  ofOrder('pay', 'pay success without a number', '§5 P1', ['paid'], { without: ['transaction_id'] }),
  ofOrder('pay', 'pay failure without need_query', '§5 P2', taken, failure('NOTENOUGH', '余额不足')),
  ofOrder('pay', 'pay failure with need_query Y', '§5 P2', taken, failure('TRADE_ERROR', '交易失败', 'Y')),
  ofOrder('pay', 'pay SYSTEMERROR with need_query N', '§5 P3', taken, failure('SYSTEMERROR', '系统超时', 'N')),
  ofOrder('pay', 'pay ACQ.TRADE_HAS_SUCCESS', '§5', ['paid'], failure('ACQ.TRADE_HAS_SUCCESS', '交易已被支付', 'N')),
  ofOrder(
    'pay',
    'pay TRADE_ERROR of an order that is there',
    '§5 P3',
    taken,
    failure('TRADE_ERROR', '交易失败', 'N'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay AUTH_CODE_INVALID of an order that is there',
    '§5 P3',
    taken,
    failure('AUTH_CODE_INVALID', '101 付款码已过期', 'N'),
    doubted,
  ),
  ofOrder('pay', 'pay ORDERPAID of its own number', '§5', ['paid'], failure('ORDERPAID', '该订单已支付', 'N'), doubted),
  ofOrder('pay', 'pay with an unlisted code and N', '§5 P3', taken, failure('NEWCODE', '其他错误', 'N'), doubted),
  ofOrder('pay', 'pay with a status of 400, and handled', '§5 P4', taken, unsigned('400', '签名错误'), doubted),
  ofOrder('pay', 'pay with a status of 500 at the door', '§5 P4', ['none'], unsigned('500', busy), atTheDoor),

  ofOrder(
    'query',
    'query ORDERNOTEXIST right after the payment',
    '§9 pitfall 5',
    taken,
    failure('ORDERNOTEXIST', 'Order not exists'),
    {
      untilAgeMs: 8_000,
      weight: 5,
    },
  ),
  ofOrder('query', 'query SYSTEMERROR', '§5 Q2', there, failure('SYSTEMERROR', '系统超时')),
  ofOrder('query', 'query with an unlisted code', '§5 Q2', there, failure('NEWCODE', '其他错误')),
  ofOrder('query', 'query USERPAYING of a payment', '§3', ['paid'], state('USERPAYING'), { weight: 2 }),
  ofOrder('query', 'query NOTPAY of a payment', '§3', ['paid'], state('NOTPAY'), { weight: 2 }),
  ofOrder('query', 'query PAYERROR of a payment', '§3', ['paid'], state('PAYERROR'), { weight: 2 }),
  ofOrder('query', 'query REFUND of a payment', '§3', ['paid'], state('REFUND'), { weight: 2 }),
  ofOrder('query', 'query with a state that nobody listed', '§3', taken, state('DEDUCTING')),
  ofOrder('query', 'query SUCCESS without an amount', '§3', ['paid'], { without: ['total_fee'] }, { weight: 2 }),
  ofOrder('query', 'query SUCCESS without our number', '§3', ['paid'], { without: ['out_trade_no'] }, { weight: 2 }),
  ofOrder(
    'query',
    'query of a reversed order without our number',
    '§3',
    ended,
    { without: ['out_trade_no'] },
    { weight: 2 },
  ),
  ofOrder('query', 'query SUCCESS of what was reversed', '§5 R2', ['refunded'], state('SUCCESS'), { weight: 2 }),
  ofOrder('query', 'query CLOSED of what was reversed', '§3', ended, state('CLOSED'), { weight: 2 }),
  ofOrder('query', 'query with a status of 500 at the door', '§5 Q3', there, unsigned('500', busy), atTheDoor),
  ofOrder('query', 'query with a status of 400 at the door', '§5 Q3', there, unsigned('400', '签名错误'), atTheDoor),

  ofOrder('revoke', 'reverse SYSTEMERROR, and done', '§5 R2', ended, failure('SYSTEMERROR', '系统超时')),
  ofOrder('revoke', 'reverse ORDERREVERSED', '§5 R2', ended, failure('ORDERREVERSED', '订单已撤销')),
  ofOrder('revoke', 'reverse NOTENOUGH, and done', '§5 R2', ended, failure('NOTENOUGH', '商户余额不足')),
  ofOrder('revoke', 'reverse with an unlisted code, and done', '§5 R2', ended, failure('NEWCODE', '其他错误')),
  ofOrder('revoke', 'reverse with need_query Y, and done', '§5 R2', ended, { set: { need_query: 'Y' } }),
  ofOrder('revoke', 'reverse USERPAYING at the door', '§5 R2', taken, failure('USERPAYING', '用户支付中'), atTheDoor),
  ofOrder(
    'revoke',
    'reverse ORDERNOTEXIST of an order that is there',
    '§9 pitfall 5',
    taken,
    failure('ORDERNOTEXIST', 'Order not exists'),
    atTheDoor,
  ),
  ofOrder(
    'revoke',
    'reverse ACQ.TRADE_CANCEL_TIME_OUT',
    '§6',
    ['paid'],
    failure('ACQ.TRADE_CANCEL_TIME_OUT', '超过撤销时间范围'),
    atTheDoor,
  ),
  ofOrder('revoke', 'reverse with a status of 500 at the door', '§5 R3', taken, unsigned('500', busy), atTheDoor),

  ofRefund('refund', 'refund SYSTEMERROR, and taken in', '§5 F2', takenIn, failure('SYSTEMERROR', '系统超时')),
  ofRefund(
    'refund',
    'refund BIZERR_NEED_RETRY, and taken in',
    '§5 F2',
    takenIn,
    failure('BIZERR_NEED_RETRY', '请重试'),
  ),
  ofRefund('refund', 'refund with an unlisted code, and taken in', '§5 F2', takenIn, failure('NEWCODE', '其他错误')),
  ofRefund('refund', 'refund without an amount', '§5 F1', takenIn, { without: ['refund_fee'] }),
  ofRefund('refund', 'refund with a status of 500 at the door', '§5 F2', ['none'], unsigned('500', busy), atTheDoor),

  ofRefund('refund-query', 'refund query NOTSURE', '§5 F4', takenIn, { set: { refund_status_0: 'NOTSURE' } }),
  ofRefund('refund-query', 'refund query PROCESSING of one that is done', '§5 F3', ['done'], {
    set: { refund_status_0: 'PROCESSING' },
  }),
  ofRefund('refund-query', 'refund query with a status that nobody listed', '§3', takenIn, {
    set: { refund_status_0: 'CHANGING' },
  }),
  ofRefund('refund-query', 'refund query without an amount', '§3', takenIn, { without: ['refund_fee_0'] }),
  ofRefund('refund-query', 'refund query SYSTEMERROR', '§5', takenIn, failure('SYSTEMERROR', '系统超时')),
]
