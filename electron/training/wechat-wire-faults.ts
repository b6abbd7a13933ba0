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

/** What WeChat's v2 wire says besides the plain answer; one whose `return_code` is FAIL is not signed. */
export type WechatWireFault = Saying<FlatSaying>

const failure = (code: string, words: string, recall?: 'Y' | 'N'): FlatSaying => ({
  instead: true,
  set: { result_code: 'FAIL', err_code: code, err_code_des: words, ...(recall ? { recall } : {}) },
})
const unsigned = (message: string): FlatSaying => ({
  instead: true,
  set: { return_code: 'FAIL', return_msg: message },
})
const state = (tradeState: string): FlatSaying => ({ set: { trade_state: tradeState } })
const refundState = (status: string): FlatSaying => ({ set: { refund_status_0: status } })
const notThere = failure('ORDERNOTEXIST', '此交易订单号不存在', 'N')
const busy = '系统繁忙，请稍后再试'
const often = '请求频率过高'

/** WeChat's doubtful and strange v2 answers (wechat.md §2.2–2.6, §4.1, §4.3, §4.4, §8). */
export const wechatWireFaults: readonly WechatWireFault[] = [
  ofOrder('pay', 'pay USERPAYING of a payment', '§4.1', ['paid'], failure('USERPAYING', '需要用户输入支付密码')),
  ofOrder('pay', 'pay SYSTEMERROR', '§4.1', taken, failure('SYSTEMERROR', '系统超时')),
  ofOrder('pay', 'pay BANKERROR of a payment', '§4.1', ['paid'], failure('BANKERROR', '银行系统异常')),
  ofOrder('pay', 'pay return_code FAIL, and handled', '§4.1', taken, unsigned(busy)),
  ofOrder('pay', 'pay with a code that nobody listed', '§4.1', taken, failure('NEWCODE', '其他错误')),
  ofOrder('pay', 'pay without an amount', '§2.2', ['paid'], { without: ['total_fee'] }),
  ofOrder('pay', 'pay without transaction_id', '§2.2', ['paid'], { without: ['transaction_id'] }),
  ofOrder(
    'pay',
    'pay INVALID_REQUEST of an order that is there',
    '§4.1',
    taken,
    failure('INVALID_REQUEST', '请求重复'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay AUTH_CODE_INVALID of an order that is there',
    '§8 P7',
    taken,
    failure('AUTH_CODE_INVALID', '101 付款码已过期'),
    doubted,
  ),
  ofOrder('pay', 'pay ORDERPAID of its own number', '§4.1', ['paid'], failure('ORDERPAID', '订单已支付'), doubted),
  ofOrder('pay', 'pay RULELIMIT of an order that is there', '§4.1', taken, failure('RULELIMIT', '交易异常'), doubted),
  ofOrder('pay', 'pay return_code FAIL at the door', '§4.1', ['none'], unsigned(busy), atTheDoor),

  ofOrder('query', 'query ORDERNOTEXIST right after the payment', '§4.3', taken, notThere, {
    untilAgeMs: 8_000,
    weight: 5,
  }),
  ofOrder('query', 'query SYSTEMERROR', '§4.3', there, failure('SYSTEMERROR', '系统超时')),
  ofOrder('query', 'query USERPAYING of a payment', '§4.3', ['paid'], state('USERPAYING'), { weight: 2 }),
  ofOrder('query', 'query NOTPAY of a payment', '§4.3', ['paid'], state('NOTPAY'), { weight: 2 }),
  ofOrder('query', 'query ACCEPT', '§4.3', taken, state('ACCEPT')),
  ofOrder('query', 'query REFUND of a payment', '§4.3', ['paid'], state('REFUND'), { weight: 2 }),
  ofOrder('query', 'query CLOSED of what was reversed', '§4.3', ended, state('CLOSED'), { weight: 2 }),
  ofOrder('query', 'query SUCCESS of what was reversed', '§8 P9', ['refunded'], state('SUCCESS'), { weight: 2 }),
  ofOrder('query', 'query without an amount', '§2.3', ['paid'], { without: ['total_fee'] }, { weight: 2 }),
  ofOrder('query', 'query return_code FAIL at the door', '§4.3', there, unsigned(busy), atTheDoor),

  ofOrder('revoke', 'reverse recall Y, and done', '§4.4', ended, { set: { recall: 'Y' } }),
  ofOrder('revoke', 'reverse SYSTEMERROR recall N, and done', '§4.4', ended, failure('SYSTEMERROR', '系统超时', 'N')),
  ofOrder('revoke', 'reverse ORDERREVERSED', '§4.4', ended, failure('ORDERREVERSED', '订单已撤销', 'N')),
  ofOrder('revoke', 'reverse TRADE_ERROR, and done', '§4.4', ended, failure('TRADE_ERROR', '账户异常', 'N')),
  ofOrder(
    'revoke',
    'reverse with an unlisted code and recall N, and done',
    '§4.4',
    ended,
    failure('NEWCODE', '其他错误', 'N'),
  ),
  ofOrder('revoke', 'reverse without recall', '§4.4', ended, { without: ['recall'] }),
  ofOrder(
    'revoke',
    'reverse USERPAYING at the door',
    '§8 P5',
    taken,
    failure('USERPAYING', '正在支付中不能发起撤销', 'Y'),
    atTheDoor,
  ),
  ofOrder('revoke', 'reverse ORDERNOTEXIST of an order that is there', '§4.4', taken, notThere, atTheDoor),
  ofOrder(
    'revoke',
    'reverse INVALID_REQUEST for the frequency',
    '§4.4',
    taken,
    failure('INVALID_REQUEST', often, 'Y'),
    atTheDoor,
  ),
  ofOrder('revoke', 'reverse return_code FAIL at the door', '§4.4', taken, unsigned(busy), atTheDoor),

  ofRefund('refund', 'refund SYSTEMERROR, and taken in', '§2.5', takenIn, failure('SYSTEMERROR', '接口返回错误')),
  ofRefund(
    'refund',
    'refund BIZERR_NEED_RETRY, and taken in',
    '§2.5',
    takenIn,
    failure('BIZERR_NEED_RETRY', '退款业务流程错误'),
  ),
  ofRefund('refund', 'refund without an amount', '§2.5', takenIn, { without: ['refund_fee'] }),
  ofRefund(
    'refund',
    'refund FREQUENCY_LIMITED at the door',
    '§2.5',
    ['none'],
    failure('FREQUENCY_LIMITED', often),
    atTheDoor,
  ),

  ofRefund('refund-query', 'refund query PROCESSING of one that is done', '§2.6', ['done'], refundState('PROCESSING')),
  ofRefund('refund-query', 'refund query with a status that nobody listed', '§2.6', takenIn, refundState('CHANGING')),
  ofRefund('refund-query', 'refund query SYSTEMERROR', '§2.6', takenIn, failure('SYSTEMERROR', '接口返回错误')),
]
