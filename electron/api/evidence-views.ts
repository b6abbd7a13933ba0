import type { Closure, Verdict } from '../till/evidence/closure.ts'
import type { LedgerTrouble } from './order-views.ts'

/** What the screens see of an order's proof of closure; a part of the contract. */

/** Whether an order can still charge anyone, why not, and the journal's entries that this rests on. */
export type ClosureView = Closure

export type VerdictView = Verdict

/** Where an order's proof of closure was written, for a person (HTML) and for the verifier (JSON). */
export type EvidenceResult =
  | {
      readonly kind: 'done'
      /** As of the export. */
      readonly closure: ClosureView
      readonly htmlPath: string
      readonly jsonPath: string
      /** Where the ledger's chain ended at the export; whoever keeps this hash elsewhere can show later what stood then. */
      readonly headSequence: number
      readonly headHash: string
    }
  | { readonly kind: 'no-such-order' }
  /** An entry of the order is kept and cannot be understood: nothing can be said of the order. */
  | { readonly kind: 'unreadable'; readonly sequence: number }
  | { readonly kind: 'disk-error'; readonly path: string }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
