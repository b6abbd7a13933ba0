/** The contract's closed lists (docs/backend-api.yaml); a test compares them with that file. */

export const backendVersion = '1.0'

/** The calls; each is `POST /v1/<call>`. */
export const backendCalls = ['pay', 'query', 'revoke', 'refund', 'refund-query', 'bill'] as const
export type BackendCall = (typeof backendCalls)[number]

/** How far the till's clock may be from the back end's, either way, and for how long nonces are remembered twice. */
export const backendClockWindowMs = 300_000

/** Each `code` of an answer with its HTTP status. */
export const backendCodes = {
  ok: 200,
  'unknown-key': 401,
  'bad-signature': 401,
  'clock-off': 401,
  'nonce-used': 409,
  'unsupported-version': 400,
  'bad-request': 400,
  'not-permitted': 403,
  'no-such-call': 404,
  'order-number-reused': 409,
  'refund-number-reused': 409,
  busy: 429,
  'internal-error': 500,
} as const satisfies Readonly<Record<string, number>>
export type BackendCode = keyof typeof backendCodes
export type BackendErrorCode = Exclude<BackendCode, 'ok'>

/** The only codes of answers without a signature: the back end has no key that both sides hold. */
export const unsignedBackendCodes = ['unknown-key', 'bad-signature'] as const satisfies readonly BackendErrorCode[]

/** `state` of an answer with code `ok`, by call. */
export const backendPayStates = [
  'paid',
  'awaiting-payer',
  'unknown',
  'failed',
  'failed-unless-query-differs',
  'revoke-needed',
] as const
export const backendQueryStates = [
  'paid',
  'awaiting-payer',
  'unpaid',
  'revoke-needed',
  'closed',
  'not-found',
  'unknown',
] as const
export const backendRevokeStates = [
  'accepted',
  'try-again',
  'payer-confirming',
  'not-revocable',
  'person-needed',
] as const
export const backendRefundStates = ['done', 'accepted', 'unknown', 'refused', 'person-needed'] as const
export const backendRefundQueryStates = ['done', 'processing', 'closed', 'abnormal', 'not-found', 'unknown'] as const
export const backendBillStates = ['ready', 'not-ready', 'none'] as const

export type BackendPayState = (typeof backendPayStates)[number]
export type BackendQueryState = (typeof backendQueryStates)[number]
export type BackendRevokeState = (typeof backendRevokeStates)[number]
export type BackendRefundState = (typeof backendRefundStates)[number]
export type BackendRefundQueryState = (typeof backendRefundQueryStates)[number]

/** `reason` of `failed`, `failed-unless-query-differs` and `revoke-needed`. */
export const backendFailureReasons = [
  'balance-low',
  'code-expired',
  'code-invalid',
  'card-refused',
  'payer-limit',
  'payer-account',
  'payer-cancelled',
  'risk-refused',
  'order-number-used',
  'merchant-limit',
  'merchant-account',
  'configuration',
  'wording-refused',
  'payment-failed',
  'closed-by-channel',
] as const

/** `reason` of a refund's `refused`. */
export const backendRefundReasons = [
  'not-enough-left',
  'window-over',
  'payer-account',
  'not-refundable',
  'full-only',
  'order-not-found',
  'configuration',
  'closed-by-channel',
  'refused',
] as const

/** `reason` of a refund's `person-needed`. */
export const backendPersonReasons = ['merchant-balance-low', 'channel-needs-person'] as const

/** `wasPaid` of a closed order, and `effect` of an accepted revoke. */
export const backendWasPaid = ['yes', 'no', 'unstated'] as const
export const backendEffects = ['closed', 'refunded', 'unstated'] as const

/** The member of a closed list that a text names, or undefined. */
export function listedIn<Name extends string>(names: readonly Name[], text: string | undefined): Name | undefined {
  return names.find((name) => name === text)
}
