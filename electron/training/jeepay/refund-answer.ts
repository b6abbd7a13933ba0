import { assertNever } from '../../till/brand.ts'
import { shanghaiCompact } from '../../till/time.ts'
import type { RefundState, TrainingRefund } from '../refunds.ts'
import type { TrainingOrder } from '../stories.ts'
import type { RefundReply } from '../world.ts'
import { walletNumber } from './answer.ts'
import { dataOf, type JeepayResult, refusedWith } from './envelope.ts'

type Failure = { readonly errCode: string; readonly errMsg: string }

const failures = {
  'system-error': { errCode: 'SYSTEMERROR', errMsg: '系统超时' },
  'balance-low': { errCode: 'NOTENOUGH', errMsg: '基本账户余额不足，请充值后重新发起' },
  'too-late': { errCode: 'TRADE_OVERDUE', errMsg: '订单已经超过退款期限' },
  refused: { errCode: 'ERROR', errMsg: '业务错误' },
  'payer-account': { errCode: 'USER_ACCOUNT_ABNORMAL', errMsg: '用户账户异常' },
} as const satisfies Record<string, Failure>

const refundData = (order: TrainingOrder, refund: TrainingRefund, state: 1 | 2 | 3, failure?: Failure): JeepayResult =>
  dataOf({
    refundOrderId: `R${shanghaiCompact(order.openedAtMs)}${refund.refundNumber.slice(-8)}`.slice(0, 30),
    mchRefundNo: refund.refundNumber,
    payAmount: order.amountFen,
    refundAmount: refund.amountFen,
    state,
    ...(state === 2 ? { channelOrderNo: walletNumber(order) } : {}),
    ...failure,
  })

/** What a refund that Jeepay passed on to the wallet is answered (jeepay.md §3, §7 F1–F4). */
export function jeepayRefundResult(reply: RefundReply): JeepayResult | 'cut' {
  if (reply.kind === 'unknown-order') return refusedWith('订单不存在')
  const { booked, refund, answer } = reply
  switch (answer) {
    case 'accepted':
      return refundData(booked.order, refund, 1)
    case 'answer-lost':
      return 'cut'
    case 'repeated':
    case 'discordant':
      return repeatedRefund(refund.refundNumber)
    case 'not-paid':
      return refusedWith('订单状态不正确， 无法完成退款')
    case 'not-enough-left':
      return refusedWith('申请金额超出订单可退款余额，请检查退款金额')
    case 'system-error':
    case 'balance-low':
    case 'too-late':
    case 'refused':
    case 'payer-account':
      return refundData(booked.order, refund, 3, failures[answer])
    default:
      return assertNever(answer, 'refund answer')
  }
}

/** A refund number is taken once it was stored, also where the refund failed (§7 F6). */
export const repeatedRefund = (refundNumber: string): JeepayResult =>
  refusedWith(`商户退款订单号[${refundNumber}]已存在`)

/** Whether Jeepay stored a try that the wallet did not take in: it did, wherever it had passed it on. */
export function isStoredFailure({ acceptedAtMs, trigger, tries }: TrainingRefund): boolean {
  return acceptedAtMs === null && tries > 0 && (trigger === 'balance-low' || trigger === 'system-error')
}

const states = { processing: 1, done: 2, closed: 3, abnormal: 3 } as const satisfies Record<RefundState, 1 | 2 | 3>

/** What a refund query is answered for a refund that the wallet took in. */
export function jeepayRefundQueryResult(
  order: TrainingOrder,
  refund: TrainingRefund,
  state: RefundState,
): JeepayResult {
  const failure = states[state] === 3 ? failures[state === 'abnormal' ? 'payer-account' : 'refused'] : undefined
  return refundData(order, refund, states[state], failure)
}

/** What a refund query is answered for one that failed at the wallet: 3, whatever that proves. */
export function failedRefundResult(order: TrainingOrder, refund: TrainingRefund): JeepayResult {
  return refundData(order, refund, 3, failures[refund.trigger === 'balance-low' ? 'balance-low' : 'system-error'])
}
