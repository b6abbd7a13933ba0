/** Types of journal lines (design §3); the contract carries them as text. */
export const journalTypes = [
  'created',
  'pay-requested',
  'pay-answered',
  'woken',
  'query-answered',
  'revoke-answered',
  'query-requested',
  'revoke-requested',
  'resumed',
  'parked',
  'unparked',
  'case-taken',
  'settled-by-hand',
  'refund-begun',
  'refunded-in-full',
] as const

export type JournalType = (typeof journalTypes)[number]

/** What an answer of a channel came to, over pay, query and revoke; in the journal's payload. */
export const outcomeKinds = [
  'paid',
  'awaiting-payer',
  'unknown',
  'failed',
  'failed-unless-query-differs',
  'revoke-needed',
  'unpaid',
  'closed',
  'not-found',
  'accepted',
  'try-again',
  'payer-confirming',
  'not-revocable',
  'person-needed',
] as const

export type OutcomeKind = (typeof outcomeKinds)[number]

/** Stories of the practice codes (design §8); the contract carries them as text. */
export const practiceStories = [
  'pays-at-once',
  'password-then-pays',
  'password-never',
  'balance-low',
  'code-expired',
  'system-error-then-paid',
  'answer-lost-but-paid',
  'pays-just-before-revoke',
  'revoke-needs-tries',
  'revoke-refused-while-confirming',
  'revoke-never-works',
] as const

export type PracticeStory = (typeof practiceStories)[number]

const memberOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): text is Name =>
    names.some((name) => name === text)

export const isJournalType = memberOf(journalTypes)
export const isOutcomeKind = memberOf(outcomeKinds)
export const isPracticeStory = memberOf(practiceStories)
