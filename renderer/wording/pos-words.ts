import type { PosView } from '../../electron/api/contract.ts'

type PosTrouble = Extract<PosView, { readonly kind: 'trouble' }>['because']

/** What the counter says about the shop's own POS. */
export type PosWords = {
  /** The amount is the POS's, under this reference. */
  readonly from: (reference: string) => string
  readonly others: (count: number) => string
  /** Why the interface did not start, and what to do. */
  readonly trouble: Readonly<Record<PosTrouble, string>>
}
