import {
  atTheDoor,
  doubted,
  type FlatSaying,
  ofOrder,
  ofRefund,
  type Saying,
  taken,
  takenIn,
  there,
} from '../wire-fault.ts'

/** What Jeepay says besides the plain answer: an error, which has neither data nor signature, or other members of `data`. */
export type JeepaySaying =
  | { readonly error: number; readonly message: string }
  | { readonly data: FlatSaying<string | number> }

export type JeepayWireFault = Saying<JeepaySaying>

const error = (code: number, message: string): JeepaySaying => ({ error: code, message })
const set = (fields: Readonly<Record<string, string | number>>): JeepaySaying => ({ data: { set: fields } })
const without = (...names: readonly string[]): JeepaySaying => ({ data: { without: names } })

const rowFailed = 'query 3 of an order that is there, for good'
const rowClosed = 'query 6, closed by the clock, for good'
const refundRowFailed = 'refund query 3 of one that was taken in, for good'

/** Jeepay's doubtful and strange answers (jeepay.md §3, §5–§7). What its database was told once, it says ever after. */
export const jeepayWireFaults: readonly JeepayWireFault[] = [
  // A call to the wallet that broke off reads "failed", without a code, and nothing ever mends the row.
  ofOrder('pay', 'pay 3 of an order that is there', '§5, §7 P3', taken, set({ orderState: 3, errMsg: '' }), {
    weight: 2,
    lastsAs: rowFailed,
  }),
  ofOrder('pay', 'pay 1 of a payment', '§7 P2', ['paid'], set({ orderState: 1 })),
  ofOrder('pay', 'pay 0', '§7 P2', taken, set({ orderState: 0 })),
  ofOrder('pay', 'pay 4', '§3', taken, set({ orderState: 4 })),
  ofOrder('pay', 'pay 6', '§3', taken, set({ orderState: 6 }), { lastsAs: rowClosed }),
  ofOrder('pay', 'pay with a state that nobody listed', '§3', taken, set({ orderState: 9 })),
  ofOrder('pay', 'pay without a state', '§3', taken, without('orderState')),
  ofOrder('pay', 'pay 9999 with the order stored', '§7 P5', taken, error(9999, '系统异常'), doubted),
  ofOrder('pay', 'pay 9999 of its own number', '§7 P4', taken, error(9999, '商户订单[T01]已存在'), doubted),
  ofOrder('pay', 'pay 10 with the order stored', '§7 P6', taken, error(10, '系统异常')),
  ofOrder('pay', 'pay 12 with the order stored', '§7 P6', taken, error(12, '数据库操作失败')),
  ofOrder('pay', 'pay 11 at the door', '§2', ['none'], error(11, '参数有误'), atTheDoor),
  ofOrder('pay', 'pay refused for the way', '§7 P5', ['none'], error(9999, '商户应用不支持该支付方式'), atTheDoor),

  ofOrder('query', rowFailed, '§5, §7 Q3', there, set({ state: 3, errMsg: '' }), { weight: 0 }),
  ofOrder('query', rowClosed, '§6, §7 Q6', there, set({ state: 6 }), { lastsAs: rowClosed }),
  ofOrder('query', 'query 1 of a payment that Jeepay did not hear of yet', '§5, §8', ['paid'], set({ state: 1 }), {
    weight: 3,
  }),
  ofOrder('query', 'query 0', '§7 Q2', taken, set({ state: 0 }), { weight: 2 }),
  ofOrder('query', 'query 4', '§7 Q5', taken, set({ state: 4 })),
  ofOrder('query', 'query with a state that nobody listed', '§3', taken, set({ state: 9 })),
  ofOrder('query', 'query without an amount', '§7 Q1', ['paid'], without('amount'), { weight: 2 }),
  ofOrder('query', 'query without the merchant', '§3', ['paid'], without('mchNo'), { weight: 2 }),
  ofOrder('query', 'query without any number of the payment', '§3', ['paid'], without('channelOrderNo', 'payOrderId'), {
    weight: 2,
  }),
  ofOrder('query', 'query 10', '§7', there, error(10, '系统异常')),
  ofOrder('query', 'query 9999 in other words', '§7', there, error(9999, '系统繁忙'), atTheDoor),

  ofRefund('refund', 'refund 3, and taken in', '§7 F3', takenIn, set({ state: 3 }), { lastsAs: refundRowFailed }),
  ofRefund('refund', 'refund 0', '§7 F2', takenIn, set({ state: 0 })),
  ofRefund('refund', 'refund with a state that nobody listed', '§3', takenIn, set({ state: 9 })),
  ofRefund('refund', 'refund 9999 of its own number', '§7 F6', takenIn, error(9999, '商户退款订单号[R01]已存在')),
  ofRefund('refund', 'refund 10, and taken in', '§7', takenIn, error(10, '系统异常')),
  ofRefund(
    'refund',
    'refund 9999, another one is on its way',
    '§7 F5',
    ['none'],
    error(9999, '支付订单具有在途退款申请，请稍后再试'),
    atTheDoor,
  ),

  ofRefund('refund-query', refundRowFailed, '§7 F3', [...takenIn, 'ended'], set({ state: 3 }), { weight: 0 }),
  ofRefund('refund-query', 'refund query 1 of one that is done', '§7 F2', ['done'], set({ state: 1 })),
  ofRefund('refund-query', 'refund query 4, no longer asked about', '§7 F4', takenIn, set({ state: 4 })),
  ofRefund('refund-query', 'refund query with a state that nobody listed', '§3', takenIn, set({ state: 9 })),
  ofRefund('refund-query', 'refund query without an amount', '§3', takenIn, without('refundAmount')),
  ofRefund('refund-query', 'refund query 10', '§7', takenIn, error(10, '系统异常')),
]
