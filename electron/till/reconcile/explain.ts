import type { Expectation } from './book.ts'
import type { DayPlace } from './book-table.ts'
import type { DifferenceCause } from './causes.ts'

/** What a day's bill was seen to have of one order or refund of the ledger. */
export type Seen = {
  /** Of a refund: its line. */
  readonly charge: boolean
  readonly revoke: boolean
}

/** One order or refund as matching found it at the end of a bill. */
export type MatchedEntry = {
  readonly expectation: Expectation
  readonly place: DayPlace
  readonly seen: Seen
  readonly revokeWasSent: boolean
  /** Where it is missing here: what the neighbouring days' bills have of it. */
  readonly elsewhere: 'seen' | 'not-seen' | 'no-bill'
}

/**
 * Why the bill and the ledger differ about one order or refund; null where they agree. Total over every expectation,
 * place and sight, so that no revocation and no refund stays without a word (I9).
 */
export function explainEntry(entry: MatchedEntry): DifferenceCause | null {
  const { expectation, place, seen, revokeWasSent } = entry
  const nothing = !seen.charge && !seen.revoke
  switch (expectation) {
    case 'paid':
      if (seen.revoke) return 'revoked-there-not-here'
      if (seen.charge) return place === 'outside' ? 'other-day-line' : null
      return missing(entry, 'paid-here-missing-there')
    case 'returned-otherwise':
      if (seen.revoke) return 'revoked-there-not-here'
      if (seen.charge) return place === 'outside' ? 'other-day-line' : null
      return missing(entry, 'paid-here-missing-there')
    case 'returned':
      if (nothing) return missing(entry, 'revoked-here-missing-there')
      if (place === 'outside') return 'other-day-line'
      if (seen.charge && seen.revoke) return null
      if (seen.charge) return place === 'inside' ? 'late-success-after-revoke' : 'refund-in-flight'
      return place === 'inside' ? 'paid-here-missing-there' : null
    case 'closed':
      if (nothing) return null
      return seen.revoke ? 'revoke-made-refund' : 'late-success-after-revoke'
    case 'failed':
      if (nothing) return null
      if (seen.revoke) return revokeWasSent ? 'revoke-made-refund' : 'revoked-there-not-here'
      return revokeWasSent ? 'late-success-after-revoke' : 'paid-there-unknown-here'
    case 'open':
      if (nothing) return null
      if (seen.revoke) return revokeWasSent ? 'revoke-made-refund' : 'revoked-there-not-here'
      return 'paid-there-unknown-here'
    case 'refund-done':
      if (seen.charge) return place === 'outside' ? 'other-day-line' : null
      if (place === 'perhaps' && entry.elsewhere === 'no-bill') return 'refund-in-flight'
      return missing(entry, 'refunded-here-missing-there')
    case 'refund-failed':
      return seen.charge ? 'refunded-there-not-here' : null
    case 'refund-open':
      return seen.charge || place !== 'outside' ? 'refund-in-flight' : null
  }
}

/** What the bill does not have: no news outside of the day, perhaps another day's, or truly missing. */
function missing({ place, elsewhere }: MatchedEntry, cause: DifferenceCause): DifferenceCause | null {
  if (place === 'outside') return null
  // By the till's clock it belongs to this day, and by the channel's to a neighbour.
  if (place === 'inside') return elsewhere === 'seen' ? 'other-day-line' : cause
  if (elsewhere === 'seen') return null
  return elsewhere === 'no-bill' ? 'other-day-line' : cause
}

/** What the ledger says that the day's bill should hold for the entry, in fen; money that went back is negative. */
export function expectedFen({ expectation, place, seen }: MatchedEntry, amountFen: number): number {
  const counts = (wasSeen: boolean): boolean => place === 'inside' || (place === 'perhaps' && wasSeen)
  switch (expectation) {
    case 'paid':
    case 'returned-otherwise':
      return counts(seen.charge) ? amountFen : 0
    case 'returned':
      return (counts(seen.charge) ? amountFen : 0) - (counts(seen.revoke) ? amountFen : 0)
    case 'refund-done':
      return counts(seen.charge) ? -amountFen : 0
    case 'closed':
    case 'failed':
    case 'open':
    case 'refund-failed':
    case 'refund-open':
      return 0
  }
}
