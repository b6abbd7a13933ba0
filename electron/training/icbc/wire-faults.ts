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

/** How an answer's signature is not the usual one: with SHA-256, or over its path too, like a notification (icbc.md §4). */
export type IcbcSigning = 'usual' | 'sha-256' | 'with-path'

/** What the bank's wire says besides the plain answer. */
export type IcbcSaying = FlatSaying & {
  readonly signing?: IcbcSigning
  /** What every entry of `refund_json_list` has instead. */
  readonly entries?: Readonly<Record<string, string>>
}

export type IcbcWireFault = Saying<IcbcSaying>

const code = (returnCode: string, words: string): IcbcSaying => ({
  instead: true,
  set: { return_code: returnCode, return_msg: words },
})
const state = (payStatus: string): IcbcSaying => ({ set: { pay_status: payStatus } })
const entry = (rejectStatus: string): IcbcSaying => ({ entries: { reject_status: rejectStatus } })
const notThere = code('5940021', '订单不存在')
/** A proxy that rewrites the path breaks the request's signature (icbc.md §10 pitfall 2). */
const otherPath = code('400017', '签名验证失败')
const busy = code('500012', '系统繁忙')

/** The bank's doubtful and strange answers (icbc.md §2–§6, §10). */
export const icbcWireFaults: readonly IcbcWireFault[] = [
  ofOrder('pay', 'pay 0 of a payment', '§5 P2', ['paid'], state('0')),
  ofOrder(
    'pay',
    'pay -1 of an order that is there',
    '§5 P3',
    taken,
    { set: { pay_status: '-1' }, without: ['order_id'] },
    doubted,
  ),
  ofOrder('pay', 'pay with a status that nobody listed', '§5 P6', taken, state('9')),
  ofOrder('pay', 'pay without a status', '§5 P6', taken, { without: ['pay_status'] }),
  ofOrder('pay', 'pay without an amount', '§5 P1', ['paid'], { without: ['total_amt'] }),
  ofOrder('pay', 'pay without the bank’s number', '§5 P1', ['paid'], { without: ['order_id'] }),
  ofOrder('pay', 'pay 5000xx, and handled', '§6', taken, busy),
  ofOrder('pay', 'pay -1 as return_code', '§6', taken, code('-1', '')),
  ofOrder('pay', 'pay “does not exist”', '§6', taken, notThere),
  ofOrder('pay', 'pay “already refunded”', '§6', taken, code('93008595', '订单已退款')),
  ofOrder('pay', 'pay with a return_code that nobody listed', '§5 P4', taken, code('99000007', '交易处理中')),
  ofOrder('pay', 'pay signed with SHA-256', '§4', taken, { signing: 'sha-256' }),
  ofOrder('pay', 'pay signed over its path', '§4', taken, { signing: 'with-path' }),
  ofOrder('pay', 'pay refused for a rewritten path', '§10 pitfall 2', ['none'], otherPath, atTheDoor),
  ofOrder('pay', 'pay 400026 at the door', '§6', ['none'], code('400026', '参数有误'), atTheDoor),

  ofOrder('query', 'query “does not exist” right after the payment', '§5 Q7', taken, notThere, {
    untilAgeMs: 8_000,
    weight: 5,
  }),
  ofOrder('query', 'query 0 of a payment, from a cache', '§5 Q2', ['paid'], state('0'), { weight: 2 }),
  ofOrder('query', 'query 4, reversing', '§5 Q5', taken, state('4')),
  ofOrder('query', 'query 7, refunding', '§5 Q6', ['paid'], state('7'), { weight: 2 }),
  ofOrder('query', 'query 6 of a whole payment', '§5 Q6', ['paid'], state('6'), { weight: 2 }),
  ofOrder('query', 'query 1 of what was reversed', '§5 R2', ['refunded'], state('1'), { weight: 2 }),
  ofOrder('query', 'query 2 of what was reversed', '§10 pitfall 6', ['closed'], state('2'), { weight: 2 }),
  ofOrder('query', 'query 4 of what was reversed', '§5 Q5', ended, state('4'), { weight: 2 }),
  ofOrder(
    'query',
    'query “already refunded” of what was reversed',
    '§5 Q8',
    ['refunded'],
    code('93008595', '订单已退款'),
    { weight: 2 },
  ),
  ofOrder('query', 'query with a status that nobody listed', '§3', taken, state('9')),
  ofOrder('query', 'query without a status', '§3', taken, { without: ['pay_status'] }),
  ofOrder('query', 'query without an amount', '§5 Q1', ['paid'], { without: ['total_amt'] }, { weight: 2 }),
  ofOrder('query', 'query without the bank’s number', '§5 Q1', ['paid'], { without: ['order_id'] }, { weight: 2 }),
  ofOrder('query', 'query signed with SHA-256', '§4', there, { signing: 'sha-256' }),
  ofOrder('query', 'query with a return_code that nobody listed', '§5 Q9', there, code('99000007', '交易处理中')),
  ofOrder('query', 'query 5000xx at the door', '§6', there, busy, atTheDoor),
  ofOrder('query', 'query refused for a rewritten path', '§10 pitfall 2', there, otherPath, atTheDoor),

  ofOrder('revoke', 'reversal 5000xx, and done', '§5 R2', ended, busy),
  ofOrder(
    'revoke',
    'reversal with a return_code that nobody listed, and done',
    '§5 R2',
    ended,
    code('99000007', '交易处理中'),
  ),
  ofOrder('revoke', 'reversal “already refunded”', '§5 R2', ended, code('5920006', '订单已退款')),
  ofOrder('revoke', 'reversal signed over its path', '§5 R3', ended, { signing: 'with-path' }),
  ofOrder('revoke', 'reversal -1, and done', '§6', ended, code('-1', '')),
  ofOrder('revoke', 'reversal without our number', '§5 R1', ended, { without: ['out_trade_no'] }),
  ofOrder('revoke', 'reversal “does not exist” of an order that is there', '§6', taken, notThere, atTheDoor),
  ofOrder('revoke', 'reversal refused for a rewritten path', '§10 pitfall 2', taken, otherPath, atTheDoor),

  ofRefund('refund', 'refund 5000xx, and taken in', '§5 F2', takenIn, busy),
  ofRefund('refund', 'refund -1, and taken in', '§5 F2', takenIn, code('-1', '')),
  ofRefund('refund', 'refund with a return_code that nobody listed', '§5 F2', takenIn, code('99000007', '交易处理中')),
  ofRefund('refund', 'refund without an amount', '§5 F1', takenIn, { without: ['reject_amt'] }),
  ofRefund('refund', 'refund refused for a rewritten path', '§10 pitfall 2', ['none'], otherPath, atTheDoor),

  ofRefund('refund-query', 'refund query 可疑 of one that is done', '§5 F3', ['done'], entry('0')),
  ofRefund('refund-query', 'refund query with a status that nobody listed', '§3', takenIn, entry('9')),
  ofRefund('refund-query', 'refund query without a list', '§3', takenIn, { without: ['refund_json_list'] }),
  ofRefund('refund-query', 'refund query “already refunded”', '§5 Q8', ['done'], code('93008595', '订单已退款')),
  ofRefund('refund-query', 'refund query 5000xx', '§6', takenIn, busy),
]
