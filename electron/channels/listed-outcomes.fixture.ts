import assert from 'node:assert/strict'
import type {
  FailureReason,
  PayOutcome,
  QueryOutcome,
  RevokeEffect,
  RevokeOutcome,
  UnknownReason,
} from '../till/outcome.ts'

/** For tests only: what a decoded answer may be. */

type Listed<Name extends string> = Readonly<Record<Name, true>>
const unknownReasons: Listed<UnknownReason> = {
  'not-reachable': true,
  'no-answer': true,
  'http-status': true,
  'unreadable-answer': true,
  'unverifiable-answer': true,
  'mismatched-answer': true,
  'system-error': true,
  'order-not-found': true,
  'rate-limited': true,
  'refused-request': true,
  'unlisted-code': true,
  'ends-unproven': true,
  restarted: true,
}
/** What a channel may say; the other reasons are the till's own. */
const failureReasons: Listed<Exclude<FailureReason, 'never-arrived' | 'never-sent' | 'settled-by-hand'>> = {
  'balance-low': true,
  'code-expired': true,
  'code-invalid': true,
  'card-refused': true,
  'payer-limit': true,
  'payer-account': true,
  'payer-cancelled': true,
  'risk-refused': true,
  'order-number-used': true,
  'merchant-limit': true,
  'merchant-account': true,
  configuration: true,
  'wording-refused': true,
  'payment-failed': true,
  'closed-by-channel': true,
}
const effects: Listed<RevokeEffect | 'unstated'> = { closed: true, refunded: true, unstated: true }
const kinds: {
  readonly pay: Listed<PayOutcome['kind']>
  readonly query: Listed<QueryOutcome['kind']>
  readonly revoke: Listed<RevokeOutcome['kind']>
} = {
  pay: {
    paid: true,
    'awaiting-payer': true,
    unknown: true,
    failed: true,
    'failed-unless-query-differs': true,
    'revoke-needed': true,
  },
  query: {
    paid: true,
    'awaiting-payer': true,
    unpaid: true,
    'revoke-needed': true,
    closed: true,
    'not-found': true,
    unknown: true,
  },
  revoke: { accepted: true, 'try-again': true, 'payer-confirming': true, 'not-revocable': true, 'person-needed': true },
}

export type FuzzedCall = keyof typeof kinds
export const fuzzedCalls: readonly FuzzedCall[] = ['pay', 'query', 'revoke']

/** Fails unless the outcome is a member of the call's closed union, down to its reason and its evidence. */
export function assertListed(call: FuzzedCall, outcome: PayOutcome | QueryOutcome | RevokeOutcome): void {
  const { kind, evidence } = outcome
  assert.ok(kind in kinds[call], `${call}: ${kind}`)
  if ('reason' in outcome) {
    const isUnknown = kind === 'unknown' || kind === 'try-again'
    assert.ok(outcome.reason in (isUnknown ? unknownReasons : failureReasons), `${call}: ${kind}, ${outcome.reason}`)
  }
  if ('effect' in outcome) assert.ok(outcome.effect in effects)
  if ('wasPaid' in outcome) assert.ok(['yes', 'no', 'unstated'].includes(outcome.wasPaid))
  for (const text of Object.values(evidence)) assert.ok(String(text).length <= 128)
  assert.doesNotMatch(JSON.stringify(evidence), /\d{12}/)
}

/**
 * Outcomes that only an answer which the channel signed may have: each of them ends an order, or says how it stands.
 * The others (`unknown`, `failed…`, `try-again`, `person-needed`) never take a paid order for an unpaid one, or are what
 * an unsigned refusal at the channel's door may be.
 */
export const verifiedKinds: readonly string[] = [
  'paid',
  'awaiting-payer',
  'unpaid',
  'revoke-needed',
  'closed',
  'not-found',
  'accepted',
  'payer-confirming',
  'not-revocable',
]
