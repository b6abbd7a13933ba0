import type { EvidenceResult, VerdictView } from '../../electron/api/contract.ts'

/** What a verdict looks like: green means money that the shop has; what failed is closed too, and not green. */
export type VerdictTone = 'paid' | 'returned' | 'closed' | 'by-hand' | 'open'

/** The verdicts that close an order by an answer; a manager's decision and an open order have sentences of their own. */
export type ClosedVerdict = Exclude<VerdictView['kind'], 'open' | 'settled-by-hand'>

/** The sentences of the proof that an order can no longer charge anyone, or that it still may. */
export type EvidenceWords = {
  readonly title: string
  /** One word beside the sentence, for each of its colours. */
  readonly marks: Readonly<Record<VerdictTone, string>>
  readonly closed: Readonly<Record<ClosedVerdict, string>>
  readonly byHand: (manager: string, decision: string) => string
  readonly open: { readonly mayCharge: string; readonly taken: string; readonly contradiction: string }
  /** Where an entry cannot be understood, so that there is no verdict. */
  readonly noVerdict: string
  readonly looksUntil: (time: string) => string
  readonly write: string
  readonly writing: string
  readonly page: string
  readonly file: string
  readonly chain: (sequence: number) => string
  readonly keep: string
  readonly failures: Readonly<
    Record<Exclude<EvidenceResult['kind'], 'done' | 'disk-error' | 'ledger-trouble'> | 'lost', string>
  >
  readonly diskError: (path: string) => string
}
