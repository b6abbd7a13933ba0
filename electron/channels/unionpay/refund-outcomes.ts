import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { UnionpayCode } from './codes.ts'

/**
 * What every documented code means for a refund or an undo, as data (unionpay.md §5, §6 F1–F3). §6 names 00, 03 to 05,
 * 33, 35 and 36; the other rows follow the groups of §5 on the side of asking.
 */

export type UnionpayRefundMeaning =
  /** Taken in; a query by the refund's own number decides (F1). */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }
  | { readonly kind: 'person-needed'; readonly reason: 'merchant-balance-low' | 'channel-needs-person' }

/** What `origRespCode` says about a refund. */
export type UnionpayRefundStateMeaning =
  | { readonly kind: 'done' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const person = { kind: 'person-needed', reason: 'channel-needs-person' } as const

/** 退货 and 消费撤销: the answer to the request. */
export const unionpayRefundOutcomes = {
  '00': { kind: 'accepted' },
  '01': refused('refused'),
  '02': unknown('system-error'),
  '03': unknown('system-error'),
  '04': unknown('system-error'),
  '05': unknown('system-error'),
  '06': unknown('unlisted-code'),
  '07': unknown('unlisted-code'),
  '08': unknown('unlisted-code'),
  '09': unknown('unlisted-code'),
  '10': refused('configuration'),
  '11': refused('configuration'),
  // A try under this number got through before: the query tells what became of it.
  '12': unknown('system-error'),
  '13': refused('configuration'),
  '14': refused('configuration'),
  '30': refused('refused'),
  '31': refused('configuration'),
  '32': refused('configuration'),
  '33': refused('not-enough-left'),
  '34': refused('order-not-found'),
  '35': refused('not-refundable'),
  '36': refused('not-enough-left'),
  '37': unknown('rate-limited'),
  '38': person,
  '39': refused('window-over'),
  '40': refused('refused'),
  '41': unknown('unlisted-code'),
  '42': unknown('unlisted-code'),
  '45': refused('not-enough-left'),
  '60': refused('payer-account'),
  '61': refused('payer-account'),
  '62': refused('payer-account'),
  '63': refused('payer-account'),
  // Nobody but the merchant pays in a refund.
  '64': { kind: 'person-needed', reason: 'merchant-balance-low' },
  '65': refused('payer-account'),
  '66': refused('payer-account'),
  '67': refused('payer-account'),
  '68': refused('payer-account'),
  '69': unknown('unlisted-code'),
  '70': unknown('unlisted-code'),
  '71': refused('payer-account'),
  '72': refused('payer-account'),
  '73': refused('payer-account'),
  '74': unknown('unlisted-code'),
  '75': unknown('unlisted-code'),
  '76': refused('payer-account'),
  '77': refused('payer-account'),
  '78': refused('payer-account'),
  '79': refused('payer-account'),
  '80': refused('payer-account'),
  '98': unknown('unlisted-code'),
  '99': unknown('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayRefundMeaning>>

const closed = { kind: 'closed' } as const
const processing = { kind: 'processing' } as const

/** 交易状态查询: `origRespCode` of a refund or an undo; what failed gave no money back. */
export const unionpayRefundStates = {
  '00': { kind: 'done' },
  '01': closed,
  '02': closed,
  '03': processing,
  '04': processing,
  '05': processing,
  '06': unknown('unlisted-code'),
  '07': unknown('unlisted-code'),
  '08': unknown('unlisted-code'),
  '09': unknown('unlisted-code'),
  '10': closed,
  '11': unknown('unlisted-code'),
  '12': unknown('system-error'),
  '13': closed,
  '14': unknown('unlisted-code'),
  '30': closed,
  '31': closed,
  '32': closed,
  '33': closed,
  '34': closed,
  '35': closed,
  '36': closed,
  '37': unknown('unlisted-code'),
  '38': closed,
  '39': closed,
  '40': closed,
  '41': unknown('unlisted-code'),
  '42': unknown('unlisted-code'),
  '45': unknown('unlisted-code'),
  '60': closed,
  '61': closed,
  '62': closed,
  '63': closed,
  '64': closed,
  '65': closed,
  '66': closed,
  '67': closed,
  '68': closed,
  '69': closed,
  '70': unknown('unlisted-code'),
  '71': closed,
  '72': closed,
  '73': closed,
  '74': unknown('unlisted-code'),
  '75': unknown('unlisted-code'),
  '76': closed,
  '77': closed,
  '78': closed,
  '79': closed,
  '80': closed,
  '98': unknown('unlisted-code'),
  '99': unknown('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayRefundStateMeaning>>
