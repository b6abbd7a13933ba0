import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { IcbcRefundState, IcbcReturnCode } from './codes.ts'

const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const

export type IcbcRefundMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }

/** A refund with a `return_code` other than 0 (icbc.md §5 F2): asked about; only if absent, the same number goes again. */
export const icbcRefundOutcomes = {
  '5940021': refused('order-not-found'),
  '5940022': refused('order-not-found'),
  '93008595': refused('not-enough-left'),
  '5920006': refused('not-enough-left'),
  '400026': unknown('refused-request'),
  '-1': unknown('system-error'),
  '4000xx': unknown('refused-request'),
  '5000xx': unknown('system-error'),
} as const satisfies Readonly<Record<IcbcReturnCode, IcbcRefundMeaning>>

export type IcbcRefundQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** A refund query with a `return_code` other than 0; its failure is never the refund's. */
export const icbcRefundQueryOutcomes = {
  '5940021': { kind: 'not-found' },
  '5940022': { kind: 'not-found' },
  '93008595': unknown('system-error'),
  '5920006': unknown('system-error'),
  '400026': unknown('refused-request'),
  '-1': unknown('system-error'),
  '4000xx': unknown('refused-request'),
  '5000xx': unknown('refused-request'),
} as const satisfies Readonly<Record<IcbcReturnCode, IcbcRefundQueryMeaning>>

/** `reject_status` of an entry (§5 F1, F3, F4): 可疑 means that the bank itself does not know yet. */
export const icbcRefundStateOutcomes = {
  '0': unknown('system-error'),
  '1': { kind: 'done' },
  '2': { kind: 'closed' },
} as const satisfies Readonly<
  Record<
    IcbcRefundState,
    { readonly kind: 'done' | 'closed' } | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  >
>
