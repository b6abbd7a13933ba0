/**
 * The codes and states that Jeepay documents, spelt as they stand in the answer (jeepay.md §2, §3). What they mean stands
 * in `outcomes.ts` and `refund-outcomes.ts`.
 */

/** `code` other than 0: no data and no signature (§2). 5000–5004 belong to the management calls. */
export const jeepayErrorCodes = ['9999', '10', '11', '12', '5000', '5001', '5002', '5003', '5004'] as const
export type JeepayErrorCode = (typeof jeepayErrorCodes)[number]

/** `orderState` of a pay answer and `state` of a query (§3): created, paying, paid, failed, revoked, refunded, closed. */
export const jeepayOrderStates = ['0', '1', '2', '3', '4', '5', '6'] as const
export type JeepayOrderState = (typeof jeepayOrderStates)[number]

/** `state` of a refund (§3): created, running, done, failed, task closed. */
export const jeepayRefundStates = ['0', '1', '2', '3', '4'] as const
export type JeepayRefundState = (typeof jeepayRefundStates)[number]

/** Finds the documented code that a received one is, or `undefined` when it is in no list. */
export function jeepayCodeIn<Code extends string>(codes: readonly Code[], received: string): Code | undefined {
  return codes.find((code) => code === received)
}
