import type { EvidenceWords } from '../evidence-words.ts'

/** Words of the proof of closure: only a verified answer says that an order can no longer charge anyone. */
export const evidence = {
  title: 'Can it still charge?',
  marks: {
    paid: 'Paid, closed',
    returned: 'Money returned, closed',
    closed: 'Not charged, closed',
    'by-hand': 'Settled by hand',
    open: 'Not closed',
  },
  closed: {
    'paid-and-verified':
      'This order can no longer charge anyone, because a verified answer says: paid once, and its payment code is used up.',
    'revoked-closed-confirmed':
      'This order can no longer charge anyone, because a verified answer says: it is closed, and no money was taken.',
    'revoked-refunded-confirmed':
      'This order can no longer charge anyone, because a verified answer says: it is closed, and the money went back.',
    'refunded-in-full':
      'This order can no longer charge anyone, because the wallet confirms that it was refunded in full.',
    'refused-by-channel':
      'This order can no longer charge anyone, because a verified answer says: refused for good, and no money was taken.',
    'refused-and-not-found':
      'This order can no longer charge anyone, because the wallet refused it, and did not know it when asked again.',
    'closed-unpaid':
      'This order can no longer charge anyone, because a verified answer says: it is closed, and was not paid.',
    'never-existed-there':
      'This order can no longer charge anyone, because it was revoked to be safe and the wallet never knew it.',
    'never-left': 'This order can no longer charge anyone, because it never left this machine.',
  },
  byHand: (manager, decision) =>
    `Settled by hand, ${manager}: ${decision}. This rests on that person’s word, not on the wallet’s answer.`,
  open: {
    mayCharge: 'This order may still charge: the wallet has given no last answer. Do not count it as not charged.',
    taken: 'This order is not closed: the wallet says that it charged; it is neither a sale nor returned yet.',
    contradiction: 'Nothing can be said of this order: its record does not lead to its state. Call support.',
  },
  noVerdict: 'Nothing can be said of this order: a record of it cannot be understood. Call support.',
  looksUntil: (time) => `To be sure, the till asks again by itself until ${time}.`,
  write: 'Write the proof',
  writing: 'Writing…',
  page: 'To read',
  file: 'To verify',
  chain: (sequence) => `The ledger then ended at entry ${sequence}, hash`,
  keep: 'Keep this hash elsewhere: it shows later that the ledger was not rewritten.',
  failures: {
    'no-such-order': 'The ledger has no such order; nothing was written.',
    unreadable: 'A record cannot be understood, so nothing can be said and nothing was written. Call support.',
    lost: 'The till did not answer; it is not known whether the proof was written. Press the key again.',
  },
  diskError: (path) => `The proof cannot be written to ${path}; the order is as it was. Look at the disk.`,
} as const satisfies EvidenceWords
