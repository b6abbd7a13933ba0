import type { LedgerTrouble, ScanProblem, Wallet } from '../till/types.ts'
import type { CashProblemName } from '../wording/cash-words.ts'

/** A short message that goes by itself; it never carries what was scanned. */
export type NoticeBody =
  | { readonly kind: 'scan-unused' }
  | { readonly kind: 'scan-needs-amount' }
  | { readonly kind: 'scan-needs-confirmed-amount' }
  | { readonly kind: 'code-problem'; readonly problem: ScanProblem }
  | { readonly kind: 'wallet-not-configured'; readonly wallet: Wallet }
  | { readonly kind: 'not-now' }
  | { readonly kind: 'act-lost' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'copied' }
  /** What a gun sent was no whole code. */
  | { readonly kind: 'scan-unreadable' }
  /** The gun's own setting lacks what ends a code. */
  | { readonly kind: 'scan-without-end' }
  | { readonly kind: 'scan-gone' }
  /** The POS has taken the sale back, or it was tried already: nothing was charged. */
  | { readonly kind: 'collection-over' }
  /** The POS has cancelled what was at the counter. */
  | { readonly kind: 'pos-withdrawn' }
  /** The till asks who is there: nothing was charged. */
  | { readonly kind: 'scan-while-locked' }
  | { readonly kind: 'cash-problem'; readonly problem: CashProblemName | 'amount' | 'manager' | 'lost' }
  /** At the opening: yesterday’s bills and ledger do not agree. */
  | { readonly kind: 'yesterday-differs'; readonly channels: readonly string[]; readonly date: string }
  /** Every channel can be reached again. */
  | { readonly kind: 'lines-back' }

export type Notice = NoticeBody & { readonly id: number }
