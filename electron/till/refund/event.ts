import type { ChannelId, OrderNumber, RefundNumber, ShiftId, StaffNumber, TransactionId } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Wallet } from '../payment-code.ts'
import type { Moment } from '../time.ts'
import type { RefundOutcome, RefundQueryOutcome } from './outcome.ts'
import type { RefundPolicy } from './policy.ts'

/** Who asked for a refund. */
export type RefundAsker = 'cashier' | 'staff'

/** What a refund begins with: the intent to give money back, durable before the request leaves (I1). */
export type RefundCreated = {
  readonly type: 'created'
  readonly at: Moment
  readonly refundNumber: RefundNumber
  readonly orderNumber: OrderNumber
  readonly channel: ChannelId
  /** Whose account the channel was then (`channels/account.ts`); absent in journals before it was kept. */
  readonly account?: string
  readonly wallet: Wallet
  /** What was paid with the order. */
  readonly orderAmountFen: Fen
  readonly payStartedWallMs: number
  /** The channel's own number of the payment. Null where no answer ever told it; absent in journals before it was kept. */
  readonly transactionId?: TransactionId | null
  readonly amountFen: Fen
  readonly reason: string
  readonly by: RefundAsker
  readonly policy: RefundPolicy
  /** The shift that was open when the refund was wanted, which may be another one than the order's. */
  readonly shiftId?: ShiftId
  readonly cashier?: StaffNumber
  /** The manager who allowed it, where one had to (I15). */
  readonly proof?: ManagerProof
}

/** What can happen to a refund after its creation. All of it stands in the journal; the refund is the fold of it. */
export type RefundEvent =
  /** The intent to send the first request; journaled together with `created`. */
  | { readonly type: 'refund-requested'; readonly at: Moment }
  | { readonly type: 'refund-answered'; readonly at: Moment; readonly outcome: RefundOutcome }
  | { readonly type: 'query-answered'; readonly at: Moment; readonly outcome: RefundQueryOutcome }
  /** The moment came that the refund asked to be woken at. */
  | { readonly type: 'woken'; readonly at: Moment }
  /** Somebody asks the channel now. */
  | { readonly type: 'query-requested'; readonly at: Moment; readonly by: RefundAsker }
  /** A person has mended what was in the way: the same refund is tried once more. */
  | { readonly type: 'retry-requested'; readonly at: Moment; readonly by: RefundAsker }
  /** The till started again and found the refund open. */
  | { readonly type: 'resumed'; readonly at: Moment }

export type RefundEventType = RefundEvent['type']

export const refundEventTypes = [
  'refund-requested',
  'refund-answered',
  'query-answered',
  'woken',
  'query-requested',
  'retry-requested',
  'resumed',
] as const satisfies readonly RefundEventType[]
