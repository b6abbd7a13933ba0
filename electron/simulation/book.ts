import type { ShownCode } from './customers.ts'

/** How an order stands at the wallet; `confirming` and `unpaid` can still charge. */
export type Standing = 'confirming' | 'unpaid' | 'payment-failed' | 'paid' | 'closed' | 'refunded'

/** One order in a wallet's books. */
export type Book = {
  readonly orderNumber: string
  readonly amountFen: number
  readonly code: ShownCode
  readonly sequence: number
  readonly openedAtMs: number
  /** Before this moment queries and revokes do not find the order. */
  visibleFromMs: number
  /** Its pay request was answered with a failure that the references mark ◇. */
  isDoubtful: boolean
  standing: Standing
  chargedFen: number
  refundedFen: number
  paidAtMs: number | null
  history: { readonly fromMs: number; readonly standing: Standing }[]
  revokes: number
  dialogNeverEnds: boolean
  paysWhen: 'just-before-revoke' | 'during-revoke' | null
  refusalsLeft: number
  emptyAcceptsLeft: number
  againsLeft: number
}

/** The money that the merchant has of an order; refunds for returned goods are apart (`wallet-refunds.ts`). */
export function netFen(book: Book | undefined): number {
  return book === undefined ? 0 : book.chargedFen - book.refundedFen
}

/** Whether an order can still take money from its payer, or has done so. */
export function canCharge(book: Book | undefined): boolean {
  return book !== undefined && (book.standing === 'confirming' || book.standing === 'unpaid' || netFen(book) > 0)
}
