import { atTheDoor, doubted, ended, ofOrder, ofRefund, type Saying, taken, takenIn, there } from '../wire-fault.ts'

/** How an answer's signature is not the usual one (wechat.md §3.4, §8 P18, P23). */
export type WechatV3Signing = 'usual' | 'probe' | 'other-serial' | 'none' | 'hour-old'

/** What WeChat's v3 wire says besides the plain answer: another status, other members, another signature. */
export type WechatV3Saying = {
  readonly status?: number
  /** Nothing of the plain answer's body is left. */
  readonly instead?: true
  readonly set?: Readonly<Record<string, unknown>>
  readonly without?: readonly string[]
  readonly signing?: WechatV3Signing
}

export type WechatV3WireFault = Saying<WechatV3Saying>

const error = (status: number, code: string, message: string, detail?: unknown): WechatV3Saying => ({
  status,
  instead: true,
  set: { code, message, ...(detail === undefined ? {} : { detail }) },
})
const bare = (status: number, tradeState: string): WechatV3Saying => ({
  status,
  instead: true,
  set: { trade_state: tradeState },
})
const state = (tradeState: string): WechatV3Saying => ({ set: { trade_state: tradeState } })

/** The error about a field of the answer itself that has been seen with the customer charged. */
const bankType = error(
  400,
  'PARAM_ERROR',
  '输入源(null)映射到值字段“银行类型”字符串规则校验失败，字节数 17，大于最大值 16',
  {
    field: null,
    value: null,
    issue: null,
    location: null,
  },
)

const busy = '频率过高，请稍后重试'

/** WeChat's doubtful and strange v3 answers (wechat.md §2.10–2.14, §3.4, §4.2–4.4, §8). */
export const wechatV3WireFaults: readonly WechatV3WireFault[] = [
  ofOrder('pay', 'pay 202 of a payment', '§4.2, §8 P2', ['paid'], bare(202, 'USERPAYING')),
  ofOrder('pay', 'pay 202 with SUCCESS while the payer types', '§4.2', ['open'], bare(202, 'SUCCESS')),
  ofOrder('pay', 'pay 202 without a state', '§4.2', taken, { status: 202, instead: true }),
  ofOrder('pay', 'pay USERPAYING of a payment', '§4.2', ['paid'], state('USERPAYING')),
  ofOrder('pay', 'pay NOTPAY of a payment', '§4.2', ['paid'], state('NOTPAY')),
  ofOrder('pay', 'pay ACCEPT', '§4.2', taken, state('ACCEPT')),
  ofOrder('pay', 'pay PAYERROR of a payment', '§4.2, §8 P4', ['paid'], state('PAYERROR')),
  ofOrder('pay', 'pay with a state that nobody listed', '§4', taken, state('DEDUCTING')),
  ofOrder('pay', 'pay without an amount', '§2.10', ['paid'], { without: ['amount'] }),
  ofOrder('pay', 'pay PARAM_ERROR about the bank type', '§8 P1', ['paid'], bankType),
  ofOrder(
    'pay',
    'pay INVALID_REQUEST of an order that is there',
    '§4.2',
    taken,
    error(400, 'INVALID_REQUEST', '请求重复'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay TRADE_ERROR of an order that is there',
    '§4.2',
    taken,
    error(403, 'TRADE_ERROR', '交易失败'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay NOT_ENOUGH of an order that is there',
    '§4.2',
    taken,
    error(403, 'NOT_ENOUGH', '余额不足'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay AUTH_CODE_INVALID of an order that is there',
    '§8 P7',
    taken,
    error(400, 'AUTH_CODE_INVALID', '101 付款码已过期'),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay ORDER_PAID of its own number',
    '§4.2',
    ['paid'],
    error(403, 'ORDER_PAID', '该订单已支付'),
    doubted,
  ),
  ofOrder('pay', 'pay BANK_ERROR', '§4.2', taken, error(500, 'BANK_ERROR', '银行系统异常')),
  ofOrder('pay', 'pay 429 at the door', '§4.2', ['none'], error(429, 'RATELIMIT_EXCEEDED', busy), atTheDoor),
  ofOrder('pay', 'pay 503 at the door', '§4.2', ['none'], error(503, 'SERVICE_UNAVAILABLE', '服务不可用'), atTheDoor),
  ofOrder('pay', 'pay with a signature probe', '§3.4', taken, { signing: 'probe' }),
  ofOrder('pay', 'pay signed with the former serial', '§8 P18', taken, { signing: 'other-serial' }),
  ofOrder('pay', 'pay without a signature', '§3.4', taken, { signing: 'none' }),
  ofOrder('pay', 'pay signed an hour ago', '§8 P23', taken, { signing: 'hour-old' }),

  ofOrder('query', 'query 404 right after the payment', '§4.3', taken, error(404, 'ORDER_NOT_EXIST', '订单不存在'), {
    untilAgeMs: 8_000,
    weight: 5,
  }),
  ofOrder('query', 'query 404 without a signature', '§3.4', there, {
    ...error(404, 'ORDER_NOT_EXIST', '订单不存在'),
    signing: 'none',
  }),
  ofOrder('query', 'query USERPAYING of a payment', '§4.3', ['paid'], state('USERPAYING'), { weight: 2 }),
  ofOrder('query', 'query NOTPAY of a payment', '§4.3', ['paid'], state('NOTPAY'), { weight: 2 }),
  ofOrder('query', 'query ACCEPT', '§4.3', taken, state('ACCEPT')),
  ofOrder('query', 'query PAYERROR of a payment', '§8 P4', ['paid'], state('PAYERROR'), { weight: 2 }),
  ofOrder('query', 'query REFUND of a payment', '§4.3', ['paid'], state('REFUND'), { weight: 2 }),
  ofOrder('query', 'query CLOSED of what was reversed', '§4.3', ended, state('CLOSED'), { weight: 2 }),
  ofOrder('query', 'query SUCCESS of what was reversed', '§8 P9', ['refunded'], state('SUCCESS'), { weight: 2 }),
  ofOrder('query', 'query with a state that nobody listed', '§4', taken, state('DEDUCTING')),
  ofOrder('query', 'query without an amount', '§2.11', ['paid'], { without: ['amount'] }, { weight: 2 }),
  ofOrder('query', 'query 202', '§4.2', taken, { status: 202 }),
  ofOrder('query', 'query with a signature probe', '§3.4', there, { signing: 'probe' }),
  ofOrder('query', 'query signed with the former serial', '§8 P18', there, { signing: 'other-serial' }),
  ofOrder('query', 'query 429 at the door', '§4.3', there, error(429, 'FREQUENCY_LIMITED', busy), atTheDoor),

  ofOrder('revoke', 'reverse 202, and done', '§4.4', ended, { status: 202 }),
  ofOrder('revoke', 'reverse 500, and done', '§4.4', ended, error(500, 'SYSTEM_ERROR', '系统异常')),
  ofOrder('revoke', 'reverse ORDER_REVERSED', '§4.4', ended, error(400, 'ORDER_REVERSED', '订单已撤销')),
  ofOrder('revoke', 'reverse TRADE_ERROR, and done', '§4.4', ended, error(403, 'TRADE_ERROR', '账户异常')),
  ofOrder('revoke', 'reverse with a signature probe', '§3.4', ended, { signing: 'probe' }),
  ofOrder('revoke', 'reverse for another merchant’s order', '§8 P9', ended, { set: { mchid: '1900000000' } }),
  ofOrder(
    'revoke',
    'reverse INVALID_REQUEST while the payer types',
    '§4.4',
    taken,
    error(400, 'INVALID_REQUEST', '正在支付中不能发起撤销'),
    atTheDoor,
  ),
  ofOrder(
    'revoke',
    'reverse 404 of an order that is there',
    '§4.4',
    taken,
    error(404, 'ORDER_NOT_EXIST', '订单不存在'),
    atTheDoor,
  ),
  ofOrder('revoke', 'reverse 429 at the door', '§4.4', taken, error(429, 'RATELIMIT_EXCEEDED', busy), atTheDoor),

  ofRefund('refund', 'refund 500, and taken in', '§2.13', takenIn, error(500, 'SYSTEM_ERROR', '系统异常')),
  ofRefund(
    'refund',
    'refund BIZERR_NEED_RETRY, and taken in',
    '§2.5',
    takenIn,
    error(400, 'BIZERR_NEED_RETRY', '退款业务流程错误'),
  ),
  ofRefund('refund', 'refund with a signature probe', '§3.4', takenIn, { signing: 'probe' }),
  ofRefund('refund', 'refund with a status that nobody listed', '§2.13', takenIn, { set: { status: 'CHANGING' } }),
  ofRefund('refund', 'refund 429 at the door', '§2.13', ['none'], error(429, 'FREQUENCY_LIMITED', busy), atTheDoor),

  ofRefund('refund-query', 'refund query PROCESSING of one that is done', '§2.13', ['done'], {
    set: { status: 'PROCESSING' },
  }),
  ofRefund('refund-query', 'refund query without an amount', '§2.13', takenIn, { without: ['amount'] }),
  ofRefund('refund-query', 'refund query with a signature probe', '§3.4', ['processing', 'done', 'ended'], {
    signing: 'probe',
  }),
  ofRefund('refund-query', 'refund query 500', '§2.14', takenIn, error(500, 'SYSTEM_ERROR', '系统异常')),
]
