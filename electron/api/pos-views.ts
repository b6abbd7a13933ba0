/** What the counter sees of the shop's own POS (docs/pos-api.md); a part of the contract. */

/** A collection of the POS that waits for a scan at the counter. */
export type PosCollectionView = {
  /** The POS's own name of it. */
  readonly reference: string
  readonly saleId: string
  readonly amountFen: number
  /** What is sold, and who stands at the POS, as the POS says. */
  readonly subject: string | null
  readonly cashier: string | null
}

export type PosTrouble = 'port-in-use' | 'disk' | 'network'

/** The interface as it stands. */
export type PosView =
  | { readonly kind: 'off' }
  /** `waiting`: oldest first. */
  | { readonly kind: 'on'; readonly waiting: readonly PosCollectionView[] }
  /** It is wanted and could not start: the POS gets no answer. */
  | { readonly kind: 'trouble'; readonly because: PosTrouble }

export type PosCalls = {
  /** The cashier will not collect it; `isRefused` is false where it waits no more, and then nothing was changed. */
  'pos.refuse': { readonly request: { readonly reference: string }; readonly reply: { readonly isRefused: boolean } }
}
