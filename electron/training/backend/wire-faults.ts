import {
  atTheDoor,
  doubted,
  ended,
  type FlatSaying,
  ofOrder,
  ofRefund,
  type Saying,
  taken,
  takenIn,
  there,
} from '../wire-fault.ts'

/** What a back end's wire says besides the plain answer; its code decides on status and signature. */
export type BackendWireFault = Saying<FlatSaying>

const refusal = (code: string): FlatSaying => ({ instead: true, set: { code } })
const state = (name: string, more: Readonly<Record<string, string>> = {}): FlatSaying => ({
  set: { state: name, ...more },
})

/** A back end's doubtful and strange answers (docs/backend-api.yaml, "Codes" and the states of each call). */
export const backendWireFaults: readonly BackendWireFault[] = [
  // Another copy of the request came first, and was carried out.
  ofOrder('pay', 'pay nonce-used, and handled', 'Codes', taken, refusal('nonce-used'), { weight: 2 }),
  ofOrder('pay', 'pay unknown', 'pay', taken, state('unknown')),
  ofOrder('pay', 'pay awaiting-payer of a payment', 'pay', ['paid'], state('awaiting-payer')),
  ofOrder(
    'pay',
    'pay failed-unless-query-differs',
    'pay',
    taken,
    state('failed-unless-query-differs', { reason: 'payment-failed' }),
    doubted,
  ),
  ofOrder(
    'pay',
    'pay revoke-needed of a payment',
    'pay',
    ['paid'],
    state('revoke-needed', { reason: 'payment-failed' }),
  ),
  ofOrder('pay', 'pay order-number-reused of its own number', 'Codes', taken, refusal('order-number-reused'), doubted),
  ofOrder('pay', 'pay internal-error, and handled', 'Codes', taken, refusal('internal-error')),
  ofOrder('pay', 'pay with a state that nobody listed', 'pay', taken, state('deducting')),
  ofOrder('pay', 'pay without an amount', 'pay', taken, { without: ['amountFen'] }),
  ofOrder('pay', 'pay without a number of the payment', 'pay', ['paid'], { without: ['transactionId'] }),
  ofOrder('pay', 'pay clock-off at the door', 'Codes', ['none'], refusal('clock-off'), atTheDoor),
  ofOrder('pay', 'pay nonce-used at the door', 'Codes', ['none'], refusal('nonce-used'), atTheDoor),
  ofOrder('pay', 'pay busy at the door', 'Codes', ['none'], refusal('busy'), atTheDoor),
  ofOrder('pay', 'pay bad-signature at the door', 'Codes', ['none'], refusal('bad-signature'), atTheDoor),

  ofOrder(
    'query',
    'query not-found right after the payment',
    'query',
    taken,
    { instead: true, set: { state: 'not-found' } },
    { untilAgeMs: 8_000, weight: 5 },
  ),
  ofOrder('query', 'query unknown', 'query', there, state('unknown')),
  ofOrder('query', 'query awaiting-payer of a payment', 'query', ['paid'], state('awaiting-payer'), { weight: 2 }),
  ofOrder('query', 'query unpaid of a payment', 'query', ['paid'], state('unpaid'), { weight: 2 }),
  ofOrder(
    'query',
    'query revoke-needed of a payment',
    'query',
    ['paid'],
    state('revoke-needed', { reason: 'payment-failed' }),
    { weight: 2 },
  ),
  ofOrder(
    'query',
    'query paid of what was revoked',
    'query',
    ['refunded'],
    state('paid', { transactionId: 'T20261123000000000001' }),
    { weight: 2 },
  ),
  ofOrder('query', 'query closed, unstated', 'query', ended, state('closed', { wasPaid: 'unstated' }), { weight: 2 }),
  ofOrder('query', 'query with a state that nobody listed', 'query', taken, state('deducting')),
  ofOrder('query', 'query without an amount', 'query', there, { without: ['amountFen'] }),
  ofOrder('query', 'query internal-error', 'Codes', there, refusal('internal-error')),
  ofOrder('query', 'query nonce-used at the door', 'Codes', there, refusal('nonce-used'), atTheDoor),
  ofOrder('query', 'query clock-off at the door', 'Codes', there, refusal('clock-off'), atTheDoor),
  ofOrder('query', 'query bad-signature at the door', 'Codes', there, refusal('bad-signature'), atTheDoor),
  ofOrder('query', 'query busy at the door', 'Codes', there, refusal('busy'), atTheDoor),

  ofOrder('revoke', 'revoke nonce-used, and done', 'Codes', ended, refusal('nonce-used')),
  ofOrder('revoke', 'revoke try-again, and done', 'revoke', ended, state('try-again')),
  ofOrder('revoke', 'revoke accepted, effect unstated', 'revoke', ended, state('accepted', { effect: 'unstated' })),
  ofOrder('revoke', 'revoke accepted without an effect', 'revoke', ended, { without: ['effect'] }),
  ofOrder('revoke', 'revoke internal-error, and done', 'Codes', ended, refusal('internal-error')),
  ofOrder('revoke', 'revoke with a state that nobody listed, and done', 'revoke', ended, state('reversing')),
  ofOrder('revoke', 'revoke payer-confirming at the door', 'revoke', taken, state('payer-confirming'), atTheDoor),
  ofOrder('revoke', 'revoke not-revocable', 'revoke', taken, state('not-revocable'), atTheDoor),
  ofOrder('revoke', 'revoke person-needed', 'revoke', taken, state('person-needed'), atTheDoor),
  ofOrder('revoke', 'revoke busy at the door', 'Codes', taken, refusal('busy'), atTheDoor),

  ofRefund('refund', 'refund nonce-used, and taken in', 'Codes', takenIn, refusal('nonce-used')),
  ofRefund('refund', 'refund unknown, and taken in', 'refund', takenIn, state('unknown')),
  ofRefund(
    'refund',
    'refund refund-number-reused of its own number',
    'Codes',
    takenIn,
    refusal('refund-number-reused'),
  ),
  ofRefund('refund', 'refund internal-error, and taken in', 'Codes', takenIn, refusal('internal-error')),
  ofRefund('refund', 'refund without an amount', 'refund', takenIn, { without: ['amountFen'] }),
  ofRefund('refund', 'refund busy at the door', 'Codes', ['none'], refusal('busy'), atTheDoor),

  ofRefund(
    'refund-query',
    'refund query processing of one that is done',
    'refund-query',
    ['done'],
    state('processing'),
  ),
  ofRefund('refund-query', 'refund query unknown', 'refund-query', takenIn, state('unknown')),
  ofRefund('refund-query', 'refund query with a state that nobody listed', 'refund-query', takenIn, state('returning')),
  ofRefund('refund-query', 'refund query without an amount', 'refund-query', takenIn, { without: ['amountFen'] }),
  ofRefund('refund-query', 'refund query nonce-used at the door', 'Codes', takenIn, refusal('nonce-used'), atTheDoor),
]
