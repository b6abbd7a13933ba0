import { shanghaiCompact } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import type { RefundState, TrainingRefund } from '../refunds.ts'
import type { PayAnswer, TrainingOrder } from '../stories.ts'
import type { PayReply, RefundQueryReply, RefundReply, RevokeReply } from '../world.ts'
import type { UnionpayFields } from './request.ts'

/** The part of an answer that is not an echo of the request (unionpay.md §2.3). */
export type UnionpayResult = UnionpayFields

/** UnionPay's words for the codes that the training server uses (unionpay.md §5). */
const words: Readonly<Record<string, string>> = {
  '00': '成功[0000000]',
  '01': '交易失败。详情请咨询95516[5100001]',
  '03': '交易通讯超时，请发起查询交易[5100003]',
  '04': '交易状态未明，请查询对账结果[5100004]',
  '05': '交易已受理，请稍后查询交易结果[1000005]',
  '10': '报文格式错误[9100010]',
  '11': '验证签名失败[9100011]',
  '12': '重复交易[2100012]',
  '13': '报文交易要素缺失[9100013]',
  '31': '商户状态不正确[6100031]',
  '34': '查无此交易[2600000]',
  '35': '原交易不存在或状态不正确[2600035]',
  '36': '与原交易信息不符[2600036]',
  '39': '交易不在受理时间范围内[2600039]',
  '45': '原交易已被成功退货或已被成功撤销[2600045]',
  '61': '输入的卡号无效，请确认后输入[1000061]',
  '63': '卡状态不正确[1000063]',
  '64': '卡上的余额不足[1000064]',
  '69': '交易超时，请重新提交[1000069]',
  '70': '交易已受理，等待持卡人确认[1000070]',
  '80': '交易失败，Token已过期[1000080]',
  '98': '文件不存在[9800000]',
  '99': '通用错误[9999999]',
}

/** An answer by its code alone. */
export const coded = (respCode: string): UnionpayResult => ({ respCode, respMsg: words[respCode] ?? '' })

/** A query that found its trade: the trade's own code and amount. */
const found = (origRespCode: string, more: UnionpayResult): UnionpayResult => ({
  ...coded('00'),
  origRespCode,
  origRespMsg: words[origRespCode] ?? '',
  currencyCode: '156',
  ...more,
})

/** UnionPay's number of a payment: 21 digits of the time and the place in the books (unionpay.md §2.3). */
export function unionpayQueryId({ openedAtMs, sequence }: Pick<TrainingOrder, 'openedAtMs' | 'sequence'>): string {
  return `${shanghaiCompact(openedAtMs)}${String(sequence).padStart(7, '0')}`
}

/** The place in the books that such a number names; whether it is that order's number is still to be compared. */
export function unionpaySequenceOf(queryId: string): number {
  return Number(queryId.slice(-7))
}

const amountOf = ({ amountFen }: TrainingOrder): UnionpayResult => ({ txnAmt: String(amountFen), currencyCode: '156' })

/** How a password shows itself is in no source, so all three ways come, by turns; 00 is no more than accepted (§6, §7). */
const waitingCodes = ['05', '70', '00'] as const
const waitingCode = ({ sequence }: TrainingOrder): string => waitingCodes[sequence % waitingCodes.length] ?? '05'

const payResult = (answer: PayAnswer, order: TrainingOrder): UnionpayResult | 'cut' => {
  switch (answer) {
    case 'paid':
      return { ...coded('00'), ...amountOf(order), queryId: unionpayQueryId(order) }
    case 'confirming':
      return { ...coded(waitingCode(order)), ...amountOf(order) }
    case 'system-error':
      return { ...coded(order.sequence % 2 === 0 ? '03' : '99'), ...amountOf(order) }
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return { ...coded('64'), ...amountOf(order) }
    case 'code-expired':
      return { ...coded('80'), ...amountOf(order) }
    case 'code-invalid':
    case 'code-used':
      return { ...coded('61'), ...amountOf(order) }
  }
}

/** What a pay request is answered; a number that comes again is a duplicate, whatever became of it (unionpay.md §5). */
export function unionpayPayResult(reply: PayReply): UnionpayResult | 'cut' {
  return reply.kind === 'first' ? payResult(reply.answer, reply.booked.order) : coded('12')
}

/**
 * What a query of a payment is answered (unionpay.md §5, §6). How a reversed payment reads is in no source: here 45
 * where money came back, 01 where none had moved.
 */
export function unionpayQueryResult(booked: BookedOrder | undefined): UnionpayResult {
  if (booked === undefined) return coded('34')
  const { order } = booked
  const amount = amountOf(order)
  const numbered = { ...amount, queryId: unionpayQueryId(order) }
  switch (order.condition) {
    case 'refused':
      return coded('34')
    case 'in-transit':
      return order.queries % 2 === 1 ? coded('34') : coded('03')
    case 'confirming':
      return found(order.sequence % 2 === 0 ? '05' : '70', amount)
    case 'unpaid':
      return found('04', amount)
    case 'payment-failed':
      return found('64', amount)
    case 'paid':
      return found('00', numbered)
    case 'refunded':
      // A refund is a trade of its own: the payment stays what it was.
      return found(order.refunds > 0 ? '00' : '45', numbered)
    case 'closed':
      return found(order.revokes > 0 ? '01' : '69', amount)
  }
}

/** What a reversal is answered (unionpay.md §5, §6 R1–R5). */
export function unionpayReversalResult(reply: RevokeReply): UnionpayResult {
  if (reply.kind === 'unknown-order') return coded('34')
  switch (reply.answer) {
    case 'closed':
    case 'refunded':
      return coded('00')
    case 'system-error':
      return coded('03')
    case 'call-again':
      return coded('05')
    case 'payer-confirming':
      return coded('04')
    case 'no-such-order':
      return coded('34')
    case 'has-refunds':
      return coded('45')
    case 'too-late':
      return coded('39')
  }
}

/** A refund's own number at UnionPay; no payment has it. */
const refundQueryId = ({ sequence }: TrainingOrder, { acceptedAtMs }: TrainingRefund): string =>
  `${shanghaiCompact(acceptedAtMs ?? 0)}9${String(sequence).padStart(6, '0')}`

/** What a refund or an undo is answered: 00 is taken in, no more (unionpay.md §6 F1–F3). */
export function unionpayRefundResult(reply: RefundReply): UnionpayResult | 'cut' {
  if (reply.kind === 'unknown-order') return coded('34')
  const { booked, refund, answer } = reply
  switch (answer) {
    case 'accepted':
      return {
        ...coded('00'),
        txnAmt: String(refund.amountFen),
        currencyCode: '156',
        queryId: refundQueryId(booked.order, refund),
      }
    case 'repeated':
    case 'discordant':
      return coded('12')
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return coded('03')
    case 'balance-low':
      return coded('64')
    case 'too-late':
      return coded('39')
    case 'payer-account':
      return coded('63')
    case 'not-paid':
      return coded('35')
    case 'not-enough-left':
      return coded('36')
    case 'refused':
      return coded('01')
  }
}

const stateCodes = {
  processing: '05',
  done: '00',
  closed: '01',
  abnormal: '63',
} as const satisfies Record<RefundState, string>

/** What a query of a refund is answered. */
export function unionpayRefundQueryResult(reply: RefundQueryReply): UnionpayResult {
  if (reply.kind === 'unknown-refund') return coded('34')
  const { booked, refund, state } = reply
  return found(stateCodes[state], {
    txnAmt: String(refund.amountFen),
    queryId: refundQueryId(booked.order, refund),
  })
}
