/**
 * The named points of printing at which a test kills the till, beside those of the payment loop. What a printer sees while
 * bytes are on their way (in mid-data, data there and no answer yet) is the printer's to say: there the test kills from
 * outside.
 */
export const printCrashMoments = {
  'job-committing': 'The ledger’s worker has written the event and its job, and their transaction is not committed.',
  'job-committed': 'Event and job are committed, and nobody but the ledger’s worker knows.',
  'before-sending': 'The document was made; the intent to send it was not handed to the ledger.',
  'sending-committing': 'The ledger’s worker has written the intent to send, and its transaction is not committed.',
  'sending-committed': 'The intent to send is committed, and nobody but the ledger’s worker knows.',
  'before-first-byte': 'The runner knows that the intent is on the disk; no byte has left.',
  answered: 'The printer’s answer was heard, and not yet handed to the ledger.',
  'outcome-committing': 'The ledger’s worker has written the outcome, and its transaction is not committed.',
  'outcome-committed': 'The outcome is committed, and nobody but the ledger’s worker knows.',
} as const
export type PrintCrashMoment = keyof typeof printCrashMoments

export type PrintCrashPoint = `print.${PrintCrashMoment}`

/** The closed list, in the order in which a document passes them. */
export const printCrashPoints: readonly { readonly name: PrintCrashPoint; readonly sentence: string }[] =
  // The keys of a literal are the moments and nothing else.
  (Object.keys(printCrashMoments) as PrintCrashMoment[]).map((moment) => ({
    name: `print.${moment}` as const,
    sentence: printCrashMoments[moment],
  }))

/** What a transaction makes durable about a print job. */
export type PrintCommit = 'job' | 'sending' | 'outcome'
