import type { Agenda } from './agenda.ts'
import type { Book } from './book.ts'
import type { Faults } from './faults.ts'
import type { Generator } from './generator.ts'

/** How a refund stands at the wallet; money is back in `done` only. */
export type RefundStanding = 'processing' | 'done' | 'closed' | 'abnormal'

/** One refund in a wallet's books. */
export type RefundBook = {
  readonly refundNumber: string
  readonly orderNumber: string
  readonly amountFen: number
  readonly takenInAtMs: number
  standing: RefundStanding
}

export type RefundReply =
  | { readonly kind: 'accepted' | 'repeated'; readonly book: Book; readonly refund: RefundBook }
  /** Success in words, and nothing was done (Alipay: `fund_change` N; alipay.md §3.4). */
  | { readonly kind: 'empty-success'; readonly book: Book }
  | { readonly kind: 'system-error' | 'balance-low' | 'not-enough-left' | 'discordant' | 'not-found' }

export type RefundQueryReply =
  | { readonly kind: 'known'; readonly book: Book; readonly refund: RefundBook }
  | { readonly kind: 'unknown-refund' }

/** The refunds' side of a wallet. */
export type WalletRefunds = {
  readonly refunds: ReadonlyMap<string, RefundBook>
  refund(orderNumber: string, refundNumber: string, amountFen: number): RefundReply
  queryRefund(refundNumber: string): RefundQueryReply
}

/** What of an order's money is back by refunds, or on its way back. */
export function refundedOrPendingFen(refunds: Iterable<RefundBook>, orderNumber: string): number {
  let sum = 0
  for (const refund of refunds) {
    const returns = refund.standing === 'done' || refund.standing === 'processing'
    if (refund.orderNumber === orderNumber && returns) sum += refund.amountFen
  }
  return sum
}

/** Opens the refunds of a wallet over its orders. Alipay does a refund at once, the others take it in and do it later. */
export function createWalletRefunds(
  atOnce: boolean,
  books: ReadonlyMap<string, Book>,
  agenda: Agenda,
  faults: Faults,
  generator: Generator,
): WalletRefunds {
  const refunds = new Map<string, RefundBook>()

  const takeIn = (book: Book, refundNumber: string, amountFen: number): RefundReply => {
    if (atOnce) {
      if (faults.strikes('refund-accepted-then-failed', generator)) return { kind: 'empty-success', book }
      const refund: RefundBook = {
        refundNumber,
        orderNumber: book.orderNumber,
        amountFen,
        takenInAtMs: agenda.nowMs(),
        standing: 'done',
      }
      refunds.set(refundNumber, refund)
      return { kind: 'accepted', book, refund }
    }
    const refund: RefundBook = {
      refundNumber,
      orderNumber: book.orderNumber,
      amountFen,
      takenInAtMs: agenda.nowMs(),
      standing: 'processing',
    }
    refunds.set(refundNumber, refund)
    const fails = faults.strikes('refund-accepted-then-failed', generator)
    agenda.after(Math.round(generator.logUniform(500, 900_000)), () => {
      refund.standing = fails ? generator.pick(['closed', 'abnormal'] as const) : 'done'
    })
    return { kind: 'accepted', book, refund }
  }

  return {
    refunds,
    refund(orderNumber, refundNumber, amountFen) {
      const book = books.get(orderNumber)
      if (book === undefined || book.standing !== 'paid') return { kind: 'not-found' }
      const former = refunds.get(refundNumber)
      if (former) {
        const isSame = former.orderNumber === orderNumber && former.amountFen === amountFen
        return isSame ? { kind: 'repeated', book, refund: former } : { kind: 'discordant' }
      }
      const left = book.chargedFen - refundedOrPendingFen(refunds.values(), orderNumber)
      if (amountFen > left) return { kind: 'not-enough-left' }
      if (faults.strikes('refund-balance-low', generator)) return { kind: 'balance-low' }
      // "Try again", and it was done all the same; or it was not.
      if (faults.strikes('refund-error-but-done', generator)) {
        if (generator.chance(0.7)) takeIn(book, refundNumber, amountFen)
        return { kind: 'system-error' }
      }
      return takeIn(book, refundNumber, amountFen)
    },
    queryRefund(refundNumber) {
      const refund = refunds.get(refundNumber)
      const book = refund && books.get(refund.orderNumber)
      return refund && book ? { kind: 'known', book, refund } : { kind: 'unknown-refund' }
    },
  }
}
