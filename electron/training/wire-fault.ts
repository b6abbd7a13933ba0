import type { RequestKind } from './books.ts'

/**
 * The doubtful and strange answers that a channel's own wire has, as data: one table in each server's folder. The training
 * mode tells none of them; the simulation draws them by weight (`electron/simulation/wire-faults.ts`). Whatever is said,
 * the wallet's books stay as they are.
 */

/** How an order stands at the wallet, whatever the wire says of it. */
export const orderTruths = ['none', 'open', 'paid', 'closed', 'refunded'] as const
export type OrderTruth = (typeof orderTruths)[number]

/** How a refund stands at the wallet; `ended` gave no money back. */
export const refundTruths = ['none', 'processing', 'done', 'ended'] as const
export type RefundTruth = (typeof refundTruths)[number]

type OfOrder = {
  readonly call: Extract<RequestKind, 'pay' | 'query' | 'revoke'>
  readonly truths: readonly OrderTruth[]
}
type OfRefund = {
  readonly call: Extract<RequestKind, 'refund' | 'refund-query'>
  readonly truths: readonly RefundTruth[]
}

/** One answer that a wire can give besides the plain one. */
export type WireFault = (OfOrder | OfRefund) & {
  /** Its name in the table that the simulation prints; no other fault of the server has it. */
  readonly name: string
  /** The page and its section that know of it. */
  readonly source: string
  /** How often it is said beside the other faults of the same call, by the same side. */
  readonly weight: number
  /** The wallet, once it has done what was asked; or the door before it, and the wallet never hears of the request. */
  readonly saidBy: 'wallet' | 'door'
  /** Set where the till goes by one query after this failure: the order then shows in queries at once (the references' ◇). */
  readonly isDoubtedFailure?: true
  /** It says that there is no such order, which no wire says of an older one (some answers are only too early). */
  readonly untilAgeMs?: number
  /** The fault that every later query of the order tells, because the channel has written the wrong word down. */
  readonly lastsAs?: string
}

/** A fault with what is said, in the terms of its server. */
export type Saying<Says> = WireFault & { readonly says: Says }

/** What a row may have besides. */
export type WireFaultMore = Partial<
  Pick<WireFault, 'weight' | 'saidBy' | 'untilAgeMs' | 'isDoubtedFailure' | 'lastsAs'>
>

/** A row about an order: said by the wallet's side, with the weight 1, unless told otherwise. */
export const ofOrder = <Says>(
  call: OfOrder['call'],
  name: string,
  source: string,
  truths: readonly OrderTruth[],
  says: Says,
  more: WireFaultMore = {},
): Saying<Says> => ({ call, name, source, truths, says, weight: 1, saidBy: 'wallet', ...more })

/** A row about a refund, like `ofOrder`. */
export const ofRefund = <Says>(
  call: OfRefund['call'],
  name: string,
  source: string,
  truths: readonly RefundTruth[],
  says: Says,
  more: WireFaultMore = {},
): Saying<Says> => ({ call, name, source, truths, says, weight: 1, saidBy: 'wallet', ...more })

/** The order is there and can charge or has charged; it has ended; it is there at all. */
export const taken = ['open', 'paid'] as const
export const ended = ['closed', 'refunded'] as const
export const there = [...taken, ...ended] as const
/** The refund was taken in, and is not known to have failed. */
export const takenIn = ['processing', 'done'] as const

/** The door says it, and the wallet never hears of the request. */
export const atTheDoor = { saidBy: 'door' } as const
/** It is behind the till's one query: see `WireFault.isDoubtedFailure`. */
export const doubted = { isDoubtedFailure: true } as const

/** Chooses what a server says in place of the plain answer to the request that it handles; mostly nothing. */
export type ChooseWireFault = <Fault extends WireFault>(
  table: readonly Fault[],
  saidBy: WireFault['saidBy'],
) => Fault | undefined

/** How the fields of a flat answer become others. */
export type FlatSaying<Value = string> = {
  /** Nothing of the plain answer is left. */
  readonly instead?: true
  readonly set?: Readonly<Record<string, Value>>
  readonly without?: readonly string[]
}

/** A flat answer as a saying makes it; there is no plain one where the door speaks. */
export function flatlySaid<Value, Plain>(
  { instead, set, without = [] }: FlatSaying<Value>,
  plain: Readonly<Record<string, Plain>> = {},
): Readonly<Record<string, Value | Plain>> {
  const kept = instead ? [] : Object.entries(plain).filter(([name]) => !without.includes(name))
  return { ...Object.fromEntries(kept), ...set }
}

/** Handles a request and answers plainly, unless a fault of the server's table is to be said before it or after it. */
export function saidOtherwise<Result, Fault extends WireFault>(
  table: readonly Fault[],
  choose: ChooseWireFault | undefined,
  handle: () => Result,
  say: (fault: Fault, plain: Result | undefined) => Result,
): Result {
  if (choose === undefined) return handle()
  const atTheDoor = choose(table, 'door')
  if (atTheDoor !== undefined) return say(atTheDoor, undefined)
  const plain = handle()
  const behindIt = choose(table, 'wallet')
  return behindIt === undefined ? plain : say(behindIt, plain)
}
