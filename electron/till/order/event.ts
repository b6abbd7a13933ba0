import type { ChannelId, MaskedCode, OrderNumber, SaleId } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../outcome.ts'
import type { Wallet } from '../payment-code.ts'
import type { ChannelPolicy } from '../policy.ts'
import type { Moment } from '../time.ts'

/** What an order begins with; the first event of its journal. */
export type OrderCreated = {
  readonly type: 'created'
  readonly at: Moment
  readonly orderNumber: OrderNumber
  readonly saleId: SaleId
  readonly channel: ChannelId
  readonly wallet: Wallet
  readonly amountFen: Fen
  readonly maskedCode: MaskedCode
  readonly policy: ChannelPolicy
}

/** What can happen to an order after its creation. All of it stands in the journal; the order is the fold of it. */
export type OrderEvent =
  /** The intent to charge; durable before the request leaves (I1). */
  | { readonly type: 'pay-requested'; readonly at: Moment }
  | { readonly type: 'pay-answered'; readonly at: Moment; readonly outcome: PayOutcome }
  /** The moment came that the order asked to be woken at. */
  | { readonly type: 'woken'; readonly at: Moment }
  | { readonly type: 'query-answered'; readonly at: Moment; readonly outcome: QueryOutcome }
  | { readonly type: 'revoke-answered'; readonly at: Moment; readonly outcome: RevokeOutcome }
  /** The cashier or support staff asks the channel now. */
  | { readonly type: 'query-requested'; readonly at: Moment; readonly by: 'cashier' | 'staff' }
  /** The cashier or support staff wants the order revoked. */
  | { readonly type: 'revoke-requested'; readonly at: Moment; readonly by: 'cashier' | 'staff' }
  /** The till started again and found the order open. */
  | { readonly type: 'resumed'; readonly at: Moment }
  | { readonly type: 'parked'; readonly at: Moment }
  | { readonly type: 'unparked'; readonly at: Moment }

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
] as const satisfies readonly OrderEventType[]
