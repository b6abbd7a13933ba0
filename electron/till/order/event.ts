import type { ChannelId, MaskedCode, OrderNumber, SaleId, ShiftId, StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../outcome.ts'
import type { Wallet } from '../payment-code.ts'
import type { ChannelPolicy } from '../policy.ts'
import type { Moment } from '../time.ts'

/** What a manager may decide about a case when no answer of the channel does. */
export type HandDecision =
  /** The money was taken and the goods were handed over: the sale stands. */
  | 'money-kept'
  /** The money went back outside the till: in the merchant's back office, or in cash. */
  | 'money-returned'
  /** The channel never took the money, as the manager saw for sure. */
  | 'not-charged'

export const handDecisions = ['money-kept', 'money-returned', 'not-charged'] as const satisfies readonly HandDecision[]

/**
 * That a manager was there, recorded beside the act (I15): whose PIN was given, and which setting of it. The number is
 * absent where no staff is set up, and in journals from before there was staff.
 */
export type ManagerProof = {
  readonly kind: 'pin'
  readonly name: string
  readonly pinId: string
  readonly staffNumber?: StaffNumber
}

/** What an order begins with; the first event of its journal. */
export type OrderCreated = {
  readonly type: 'created'
  readonly at: Moment
  readonly orderNumber: OrderNumber
  readonly saleId: SaleId
  readonly channel: ChannelId
  /** Whose account the channel was then (`channels/account.ts`); absent in journals before it was kept. */
  readonly account?: string
  readonly wallet: Wallet
  readonly amountFen: Fen
  readonly maskedCode: MaskedCode
  readonly policy: ChannelPolicy
  /** The shift that was open in that moment; absent where none was: then the order belongs to its day (I10). */
  readonly shiftId?: ShiftId
  /** Who took the payment, where somebody was signed in. */
  readonly cashier?: StaffNumber
}

/** Who was signed in at the moment of an act; absent where nobody was. */
type AtTheTill = { readonly cashier?: StaffNumber }

/** What can happen to an order after its creation. All of it stands in the journal; the order is the fold of it. */
export type OrderEvent =
  /** The intent to charge; durable before the request leaves (I1). */
  | { readonly type: 'pay-requested'; readonly at: Moment }
  /** `leftAt` is when the first byte of the request left, where the transport told. */
  | { readonly type: 'pay-answered'; readonly at: Moment; readonly outcome: PayOutcome; readonly leftAt?: Moment }
  /** The moment came that the order asked to be woken at. */
  | { readonly type: 'woken'; readonly at: Moment }
  | { readonly type: 'query-answered'; readonly at: Moment; readonly outcome: QueryOutcome }
  | { readonly type: 'revoke-answered'; readonly at: Moment; readonly outcome: RevokeOutcome }
  /** The cashier or support staff asks the channel now; or the till, because a line is back. */
  | ({ readonly type: 'query-requested'; readonly at: Moment; readonly by: 'cashier' | 'staff' | 'till' } & AtTheTill)
  /** The cashier or support staff wants the order revoked. */
  | ({ readonly type: 'revoke-requested'; readonly at: Moment; readonly by: 'cashier' | 'staff' } & AtTheTill)
  /** The till started again and found the order open. */
  | { readonly type: 'resumed'; readonly at: Moment }
  | { readonly type: 'parked'; readonly at: Moment }
  | { readonly type: 'unparked'; readonly at: Moment }
  /** Somebody took the case on (M15). */
  | { readonly type: 'case-taken'; readonly at: Moment; readonly owner: string }
  /** A manager's signed decision about a case (I15). */
  | {
      readonly type: 'settled-by-hand'
      readonly at: Moment
      readonly decision: HandDecision
      readonly reason: string
      readonly proof: ManagerProof
    }
  /** A refund is about to be made: from here on the till revokes the case by itself no more (I8). A manager's wish bears the proof (I15). */
  | { readonly type: 'refund-begun'; readonly at: Moment; readonly proof?: ManagerProof }
  /** The channel confirmed a refund of the whole amount. */
  | { readonly type: 'refunded-in-full'; readonly at: Moment; readonly refundNumber: string }

export type OrderEventType = OrderEvent['type']

export const orderEventTypes = [
  'pay-requested',
  'pay-answered',
  'woken',
  'query-answered',
  'revoke-answered',
  'query-requested',
  'revoke-requested',
  'resumed',
  'parked',
  'unparked',
  'case-taken',
  'settled-by-hand',
  'refund-begun',
  'refunded-in-full',
] as const satisfies readonly OrderEventType[]
