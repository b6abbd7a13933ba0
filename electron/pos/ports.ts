import type { Ledger, LedgerProblem, LedgerReader } from '../ledger/ledger.ts'
import type { Runner, ScanOutcome, ScanToCharge } from '../runner/runner.ts'
import type { Fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { Moment } from '../till/time.ts'

/** What the interface needs of the till. It charges, revokes and refunds by the till's own calls and by nothing else. */
export type PosTill = {
  readonly ledger: Pick<Ledger, 'ordersOfSale' | 'refundsOfOrder'>
  readonly reader: Pick<LedgerReader, 'journalOf'>
  readonly runner: Pick<Runner, 'take' | 'act' | 'refund' | 'open'>
  readonly amountLimitFen: Fen
  readonly isTraining: boolean
  /** Whether the till has staff and nobody is signed in. */
  readonly isLocked: () => boolean
  /** Undefined where the order's channel is not configured any more. */
  readonly refundPolicyOf: (order: Order) => RefundPolicy | undefined
  /** Whether so much more of an order may be refunded without a manager. */
  readonly permitRefund: (refunds: readonly Refund[], amountFen: Fen) => Promise<RefundPermit>
  readonly now: () => Moment
}

export type RefundPermit =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'manager-needed' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

/** What became of a scan for a collection; as of any scan, or the collection takes no code any more. */
export type CollectionScanOutcome = ScanOutcome | { readonly kind: 'collection-over' }

/** A scan at the counter. */
export type CounterScan = ScanToCharge
