import type { FailureReason, RevokeOutcome, UnknownReason } from '../../till/outcome.ts'
import type { BackendErrorCode } from './codes.ts'

/** What a signed refusal means for a payment. Nothing is final that another copy of the request could have changed. */
export type BackendPayMeaning =
  | { readonly kind: 'failed' | 'failed-unless-query-differs'; readonly reason: FailureReason }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** What a signed refusal means for a revoke. */
export type BackendRevokeMeaning =
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: Extract<RevokeOutcome['kind'], 'person-needed'> }

type Row = {
  readonly pay: BackendPayMeaning
  /** Of query and refund query: a question that failed says nothing about the payment. */
  readonly query: UnknownReason
  readonly revoke: BackendRevokeMeaning
  readonly refund:
    | { readonly kind: 'unknown'; readonly reason: UnknownReason }
    | { readonly kind: 'refused'; readonly reason: 'configuration' }
}

/** The back end did not look at the request, and only the shop's people can mend it. */
const turnedAway: Row = {
  pay: { kind: 'failed', reason: 'configuration' },
  query: 'refused-request',
  revoke: { kind: 'person-needed' },
  refund: { kind: 'refused', reason: 'configuration' },
}

/** Nobody knows, or not now. */
const unsure = (reason: UnknownReason): Row => ({
  pay: { kind: 'unknown', reason },
  query: reason,
  revoke: { kind: 'try-again', reason },
  refund: { kind: 'unknown', reason },
})

/** Every error code of docs/backend-api.yaml ("Codes"), signed; what is listed nowhere is unknown. */
export const backendErrorOutcomes = {
  // Without the signature these are `turned-away` in answer.ts; with it they contradict themselves.
  'unknown-key': unsure('unlisted-code'),
  'bad-signature': unsure('unlisted-code'),
  'clock-off': turnedAway,
  // Another copy of the request came first, and may have been carried out.
  'nonce-used': unsure('refused-request'),
  'unsupported-version': turnedAway,
  'bad-request': turnedAway,
  'not-permitted': turnedAway,
  'no-such-call': turnedAway,
  'order-number-reused': {
    ...unsure('refused-request'),
    pay: { kind: 'failed-unless-query-differs', reason: 'order-number-used' },
  },
  'refund-number-reused': unsure('refused-request'),
  busy: unsure('rate-limited'),
  'internal-error': unsure('system-error'),
} as const satisfies Readonly<Record<BackendErrorCode, Row>>
