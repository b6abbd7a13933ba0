import { type Fen, fen } from '../money.ts'

/** Why cash cannot be taken so; nothing was taken. */
export type TenderProblem = 'zero' | 'given-too-little' | 'given-too-much'

/** Cash as it changes hands: what is to be paid, what was given, what goes back. */
export type Tender = { readonly amountFen: Fen; readonly givenFen: Fen; readonly changeFen: Fen }

export type TenderReading =
  | { readonly ok: true; readonly tender: Tender }
  | { readonly ok: false; readonly problem: TenderProblem }

/** More change than this is a slip of the finger (100 typed as 100000), not a banknote. */
const mostChangeFen = 100_000

/** The change for an amount that is paid in cash. */
export function tender(amountFen: Fen, givenFen: Fen): TenderReading {
  if (amountFen === 0) return { ok: false, problem: 'zero' }
  if (givenFen < amountFen) return { ok: false, problem: 'given-too-little' }
  const changeFen = fen(givenFen - amountFen)
  if (changeFen > mostChangeFen) return { ok: false, problem: 'given-too-much' }
  return { ok: true, tender: { amountFen, givenFen, changeFen } }
}

/** What has been, or may still be, paid towards one sale. */
export type TowardsSale = {
  /** Cash taken less cash given back. */
  readonly cashFen: number
  /** Orders of the sale that are paid or may still be: an order in doubt counts, else the customer could pay twice. */
  readonly codeFen: number
}

/** What is left to collect of a sale that is paid part in cash and part by code (组合支付). */
export function leftToCollectFen(saleAmountFen: Fen, { cashFen, codeFen }: TowardsSale): Fen {
  return fen(Math.max(0, saleAmountFen - cashFen - codeFen))
}

/**
 * The two parts of a sale that is paid partly in cash; null where the cash part is nothing, all or more. The code's part
 * is collected first: it is the one that may not come about, and cash in the hand can be counted again.
 */
export function splitSale(saleAmountFen: Fen, cashFen: Fen): { readonly codeFen: Fen; readonly cashFen: Fen } | null {
  if (cashFen === 0 || cashFen >= saleAmountFen) return null
  return { codeFen: fen(saleAmountFen - cashFen), cashFen }
}
