import type { Wallet } from '../till/payment-code.ts'
import type { LedgerTrouble, OrderView } from './order-views.ts'

/** What the till answers to “my phone says paid” (我的手机显示已付款); a part of the contract. */

/** Who gave the money back: the till's revoke, its refunds, or somebody outside the till, as the channel now says. */
export type ReturnedBy = 'revoke' | 'refund' | 'outside'

/**
 * The answer about a bill. `heard`: the channel answered just now; where it did not, the answer rests on what it had said
 * before. Paid is said only on a verified answer of the channel (I3).
 */
export type RescueAnswer<Shown = OrderView, Trouble = LedgerTrouble> =
  /** Paid, and the till knew it. `refundedFen` went back since, less than all of it. */
  | { readonly kind: 'paid-here'; readonly order: Shown; readonly refundedFen: number; readonly heard: boolean }
  /** The channel says paid just now; before, the till did not know. */
  | { readonly kind: 'now-paid'; readonly order: Shown }
  | { readonly kind: 'returned'; readonly order: Shown; readonly by: ReturnedBy; readonly heard: boolean }
  | { readonly kind: 'never-charged'; readonly order: Shown; readonly heard: boolean }
  /** A manager decided; the order says what. */
  | { readonly kind: 'settled-by-hand'; readonly order: Shown; readonly heard: boolean }
  /** `asks-on`: the till asks by itself; `person`: it waits at the desk, where the till asks on as well. */
  | {
      readonly kind: 'not-known-yet'
      readonly order: Shown
      readonly money: 'taken' | 'not-known'
      readonly next: 'asks-on' | 'person'
      readonly heard: boolean
    }
  /** Orders of today that fit; an amount or a time proves nothing, so even a single one is for a person to choose. */
  | { readonly kind: 'several'; readonly orders: readonly Shown[]; readonly more: boolean }
  /** An order number of another till or shop. */
  | { readonly kind: 'other-till'; readonly orderNumber: string }
  /** No order has it. `part`: none of today. */
  | { readonly kind: 'unknown-number'; readonly of: 'order-number' | 'transaction-id' | 'part' }
  /** The customer showed the payment code: it was neither looked up nor kept (I11), and nothing was charged. */
  | { readonly kind: 'payment-code'; readonly wallet: Wallet }
  | { readonly kind: 'not-a-bill-number' }
  /** A scan that was held for the window is gone. */
  | { readonly kind: 'scan-gone' }
  | { readonly kind: 'ledger-trouble'; readonly problem: Trouble }
