/** Why the ledger and a channel's bill differ in one thing; exactly one for each difference (I9). */
export type DifferenceCause =
  | 'paid-there-unknown-here' // the till could not tell, or held it failed: the customer paid
  | 'late-success-after-revoke' // the till revoked it, and the money was taken all the same and not returned
  | 'paid-here-missing-there'
  | 'charged-twice' // two payments under one order number
  | 'amount-differs'
  | 'revoked-there-not-here' // here it stands as paid or failed; there the money went back by a revoke
  | 'revoke-made-refund' // the till's revoke closed it as far as the till knew; there it had been paid and was returned
  | 'revoked-here-missing-there' // the till holds the money for returned; there it was never taken
  | 'refund-in-flight' // begun near midnight or not at its end yet
  | 'refunded-here-missing-there'
  | 'refunded-there-not-here' // a refund that the till did not make, or holds for failed
  | 'other-day-line'
  | 'another-till'
  | 'another-merchant'
  | 'unknown-order'
  | 'duplicated-line'
  | 'fee-differs'
  | 'bill-incomplete' // lines that cannot be read, or sums that the lines do not make

/** What a person can do about a difference, by one key. */
export type DifferenceAct =
  | 'settle-case' // asks the channel, and a verified answer settles the case
  | 'query-again'
  | 'refund'
  | 'mark-seen' // with a reason
  | 'hand-to-desk'
  | 'load-other-day' // the bill of the neighbouring day
  | 'load-again' // the same day's bill once more
  | 'import-till' // another till's journal

type CauseFacts = {
  /** The first is the one to offer. */
  readonly acts: readonly [DifferenceAct, ...DifferenceAct[]]
  /** Whether a customer's or the merchant's money may be in the wrong place. */
  readonly isAlarm: boolean
}

/** What each cause means for the person who looks at it. */
export const differenceCauses = {
  'paid-there-unknown-here': { acts: ['settle-case', 'query-again', 'refund', 'hand-to-desk'], isAlarm: true },
  'late-success-after-revoke': { acts: ['query-again', 'refund', 'hand-to-desk'], isAlarm: true },
  'paid-here-missing-there': { acts: ['query-again', 'hand-to-desk', 'mark-seen'], isAlarm: true },
  'charged-twice': { acts: ['hand-to-desk', 'mark-seen'], isAlarm: true },
  'amount-differs': { acts: ['query-again', 'hand-to-desk', 'mark-seen'], isAlarm: true },
  'revoked-there-not-here': { acts: ['query-again', 'hand-to-desk', 'mark-seen'], isAlarm: true },
  'revoke-made-refund': { acts: ['mark-seen'], isAlarm: false },
  'revoked-here-missing-there': { acts: ['query-again', 'mark-seen'], isAlarm: false },
  'refund-in-flight': { acts: ['query-again', 'load-other-day', 'mark-seen'], isAlarm: false },
  'refunded-here-missing-there': { acts: ['query-again', 'load-other-day', 'hand-to-desk'], isAlarm: true },
  'refunded-there-not-here': { acts: ['query-again', 'mark-seen', 'hand-to-desk'], isAlarm: true },
  'other-day-line': { acts: ['load-other-day', 'mark-seen'], isAlarm: false },
  'another-till': { acts: ['import-till', 'mark-seen'], isAlarm: false },
  'another-merchant': { acts: ['mark-seen', 'hand-to-desk'], isAlarm: false },
  'unknown-order': { acts: ['hand-to-desk', 'mark-seen'], isAlarm: true },
  'duplicated-line': { acts: ['load-again', 'mark-seen'], isAlarm: false },
  'fee-differs': { acts: ['mark-seen', 'hand-to-desk'], isAlarm: false },
  'bill-incomplete': { acts: ['load-again', 'hand-to-desk'], isAlarm: true },
} as const satisfies Readonly<Record<DifferenceCause, CauseFacts>>
