import type { LedgerProblem } from '../ledger/ledger.ts'
import type { Order } from '../till/order/order.ts'

/** What became of an act on an order. */
export type ActOutcome =
  | { readonly kind: 'done'; readonly order: Order }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'not-now'; readonly order: Order }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
