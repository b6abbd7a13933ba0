import { type Fen, fen } from '../till/money.ts'
import { type ServerName, serverManners } from './server-name.ts'
import type { TrainingOrder } from './stories.ts'

/**
 * What the wallet's side does with refunds, as pure functions of the books and the wall time, like `stories.ts`.
 *
 * The list of stories is closed (design §8), so a refund's own trouble is asked for by its reason: one that begins with
 * `practice:` and one of these words.
 */
export const refundTriggers = [
  'slow', // WeChat is still processing for a minute
  'answer-lost', // the first try is done, and its answer is lost
  'system-error', // the first try is not done, and nobody can say so
  'balance-low', // the merchant's balance is too low at the first try
  'closed', // no money goes back: WeChat closes the refund, Alipay refuses it
  'abnormal', // the customer's account does not take the money
] as const
export type RefundTrigger = (typeof refundTriggers)[number]

/** One refund in the wallet's books; also one that was only tried. */
export type TrainingRefund = {
  readonly wallet: ServerName
  /** The order's place in the books. */
  readonly orderSequence: number
  readonly refundNumber: string
  readonly amountFen: Fen
  readonly trigger: RefundTrigger | 'none'
  readonly tries: number
  /** When the wallet took it in; null while it has not. */
  readonly acceptedAtMs: number | null
}

export type RefundState = 'processing' | 'done' | 'closed' | 'abnormal'

export type RefundAnswer =
  | 'accepted'
  | 'repeated' // taken in before, with the same amount: nothing moves twice
  | 'discordant' // taken in before, with another amount
  | 'answer-lost'
  | 'system-error'
  | 'balance-low'
  | 'not-paid'
  | 'not-enough-left'
  | 'too-late'
  | 'refused'
  | 'payer-account'

/** What a refund request asks for. */
export type RefundArrival = { readonly refundNumber: string; readonly amountFen: Fen; readonly reason: string }

/** How long WeChat takes before a refund that it took in is done; Alipay's are done at once. */
const processingMs = 300
const slowProcessingMs = 60_000

/** How a refund stands; undefined when the wallet knows of none. */
export function refundState(refund: TrainingRefund, wallMs: number): RefundState | undefined {
  const { acceptedAtMs, trigger, wallet } = refund
  if (acceptedAtMs === null) return undefined
  const takesMs = wallet === 'alipay' ? 0 : trigger === 'slow' ? slowProcessingMs : processingMs
  if (wallMs < acceptedAtMs + takesMs) return 'processing'
  return trigger === 'closed' || trigger === 'abnormal' ? trigger : 'done'
}

/** The trigger in a refund's reason. */
export function triggerOf(reason: string): RefundTrigger | 'none' {
  const named = /^practice:\s*([a-z-]+)/.exec(reason)?.[1]
  return refundTriggers.find((trigger) => trigger === named) ?? 'none'
}

/** Handles a refund request: the order and the refund as they are after it, and what it is answered. */
export function refundOrder(
  order: TrainingOrder,
  known: TrainingRefund | undefined,
  arrival: RefundArrival,
  wallMs: number,
): { readonly order: TrainingOrder; readonly refund: TrainingRefund; readonly answer: RefundAnswer } {
  const { refundNumber, amountFen } = arrival
  const { wallet } = order
  const first: TrainingRefund = {
    wallet,
    orderSequence: order.sequence,
    refundNumber,
    amountFen,
    trigger: triggerOf(arrival.reason),
    tries: 0,
    acceptedAtMs: null,
  }
  const refund: TrainingRefund = { ...(known ?? first), tries: (known?.tries ?? 0) + 1 }
  const refused = (answer: RefundAnswer) => ({ order, refund, answer })
  if (refund.acceptedAtMs !== null) return refused(refund.amountFen === amountFen ? 'repeated' : 'discordant')
  if (order.condition !== 'paid' || order.paidAtMs === null) {
    return refused(order.condition === 'refunded' ? 'not-enough-left' : 'not-paid')
  }
  if (wallMs - order.paidAtMs > serverManners[wallet].refundableForMs) return refused('too-late')
  if (amountFen > order.chargedFen - order.refundedFen) return refused('not-enough-left')
  const isFirstTry = refund.tries === 1
  if (refund.trigger === 'balance-low' && isFirstTry) return refused('balance-low')
  if (refund.trigger === 'system-error' && isFirstTry) return refused('system-error')
  const returnsMoney = refund.trigger !== 'closed' && refund.trigger !== 'abnormal'
  if (!returnsMoney && serverManners[wallet].refundsAtOnce)
    return refused(refund.trigger === 'closed' ? 'refused' : 'payer-account')
  const accepted: TrainingRefund = { ...refund, amountFen, acceptedAtMs: wallMs }
  const answer = refund.trigger === 'answer-lost' && isFirstTry ? 'answer-lost' : 'accepted'
  if (!returnsMoney) return { order, refund: accepted, answer }
  return { order: giveBack(order, amountFen, wallMs), refund: accepted, answer }
}

function giveBack(order: TrainingOrder, amountFen: Fen, wallMs: number): TrainingOrder {
  const refundedFen = fen(order.refundedFen + amountFen)
  const returned: TrainingOrder = { ...order, refundedFen, refunds: order.refunds + 1 }
  return refundedFen < order.chargedFen ? returned : { ...returned, condition: 'refunded', endedAtMs: wallMs }
}
