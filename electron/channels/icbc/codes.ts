/**
 * The codes and states of ICBC's QR calls that are known at all, spelt as seen (icbc.md §3, §6). What they mean stands in
 * `outcomes.ts` and `refund-outcomes.ts`.
 */

/** `return_code` other than `0` (§6); `-1` is what the bank's SDK says when it could parse nothing. */
export const icbcReturnCodes = ['5940021', '5940022', '93008595', '5920006', '400026', '-1'] as const
/** Families of gateway codes, of six digits (§6, unconfirmed). The exact codes above go first. */
export const icbcReturnFamilies = ['4000xx', '5000xx'] as const
export type IcbcReturnCode = (typeof icbcReturnCodes)[number] | (typeof icbcReturnFamilies)[number]

/** `pay_status` of a pay answer (§3). */
export const icbcPayStates = ['-1', '0', '1', '2'] as const
export type IcbcPayState = (typeof icbcPayStates)[number]

/** `pay_status` of a query V5 (§3). */
export const icbcQueryStates = ['0', '1', '2', '3', '4', '5', '6', '7'] as const
export type IcbcQueryState = (typeof icbcQueryStates)[number]

/** `reject_status` of an entry of a refund query (§3). */
export const icbcRefundStates = ['0', '1', '2'] as const
export type IcbcRefundState = (typeof icbcRefundStates)[number]

/** Finds the known code that a received one is, exactly as spelt, or `undefined`. */
export function icbcCodeIn<Code extends string>(codes: readonly Code[], received: string): Code | undefined {
  return codes.find((code) => code === received)
}

/** The row that a `return_code` belongs to: its own, else its family's, or `undefined`. */
export function icbcReturnCodeOf(received: string): IcbcReturnCode | undefined {
  const family = /^([45]000)\d\d$/.exec(received)?.[1]
  return icbcCodeIn(icbcReturnCodes, received) ?? icbcReturnFamilies.find((each) => each === `${family}xx`)
}
