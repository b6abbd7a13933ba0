import type { Ledger, LedgerProblem, RefundLedger } from '../ledger/ledger.ts'
import type { ChannelId, OrderNumber, RefundNumber, StaffNumber } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { RefundAsker, RefundEvent } from '../till/refund/event.ts'
import type { RefundProblem } from '../till/refund/left.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import { keepableReason } from '../till/refund/reason.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { channelOf } from './exchange.ts'
import { keepRefund, type RefundKeeper, type RefundKeeperParts } from './refund-keeper.ts'

export type RefundRequest = {
  readonly orderNumber: OrderNumber
  readonly amountFen: Fen
  readonly reason: string
  readonly by: RefundAsker
  /** A manager's, where one wants the refund of a case or had to allow it (I15). */
  readonly proof?: ManagerProof
}

/** What became of a wish for a refund. Only `started` moves money. */
export type RefundStart =
  | { readonly kind: 'started'; readonly refund: Refund }
  /** A refund of this very amount is not at its end yet: no second one was begun. */
  | { readonly kind: 'under-way'; readonly refund: Refund }
  /** The order, the amount or the date does not allow it; nothing left the machine. */
  | { readonly kind: 'refused'; readonly problem: RefundProblem; readonly leftFen: Fen }
  | { readonly kind: 'reason-missing' }
  | { readonly kind: 'no-such-order' }
  /** The order's channel is not in the configuration any more, or has another account. */
  | { readonly kind: 'channel-not-configured' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
  | { readonly kind: 'stopping' }

export type RefundAct = 'query' | 'retry'

export type RefundActOutcome =
  | { readonly kind: 'done'; readonly refund: Refund }
  | { readonly kind: 'no-such-refund' }
  | { readonly kind: 'not-now'; readonly refund: Refund }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

/** The runner's refunds. */
export type RefundRunner = {
  /** Journals the intent and sends the refund; follows it until it ends. */
  refund(request: RefundRequest): Promise<RefundStart>
  /** Asks about a refund, or tries the same refund once more (from `attention`). */
  actOnRefund(refundNumber: RefundNumber, act: RefundAct, by: RefundAsker): Promise<RefundActOutcome>
  /** The refund as it stands once no request of it is in flight; null for one that is not kept. */
  refundSettled(refundNumber: RefundNumber): Promise<Refund | null>
  /** Refunds that are not at their end, oldest first. */
  openRefunds(): readonly Refund[]
}

export type RefundParts = Omit<RefundKeeperParts, 'ledger'> & {
  readonly ledger: Pick<Ledger, keyof RefundLedger | 'order'>
  /** Undefined for a channel that is not configured. */
  readonly refundPolicyOf: (channel: ChannelId) => RefundPolicy | undefined
  /** Who is signed in at this moment; left out, or undefined, where nobody is. */
  readonly cashierNow?: () => StaffNumber | undefined
}

/** The refunds' side of the runner, with its start and its stop. */
export type Refunds = RefundRunner & {
  /** Takes up every refund that a former run left open. */
  resume(): Promise<LedgerProblem | null>
  stop(): Promise<void>
}

/** Makes the refunds' side of the runner; it does nothing until it is told to. */
export function createRefunds(parts: RefundParts): Refunds {
  const keepers = new Map<RefundNumber, RefundKeeper>()
  let stopping = false

  const onRefundChange = (refund: Refund): void => {
    parts.onRefundChange(refund)
    if (isRefundFinal(refund.status) && refund.inFlight === 'none') forget()
  }

  /** Keeps the last hundred that have ended, so that who followed one can still ask for it. */
  const forget = (): void => {
    const ended = [...keepers].filter(([, keeper]) => {
      const { status, inFlight } = keeper.current()
      return isRefundFinal(status) && inFlight === 'none'
    })
    for (const [refundNumber] of ended.slice(0, Math.max(0, ended.length - 100))) keepers.delete(refundNumber)
  }

  const keep = (refund: Refund): RefundKeeper => {
    const keeper = keepRefund({ ...parts, onRefundChange }, refund)
    keepers.set(refund.refundNumber, keeper)
    return keeper
  }

  const keeperOf = async (refundNumber: RefundNumber): Promise<RefundKeeper | LedgerProblem | null> => {
    const kept = keepers.get(refundNumber)
    if (kept) return kept
    const found = await parts.ledger.refund(refundNumber)
    if (!found.ok) return found.problem
    if (found.value === null) return null
    const keptMeanwhile = keepers.get(refundNumber)
    if (keptMeanwhile) return keptMeanwhile
    const keeper = keep(found.value)
    const { status, inFlight } = found.value
    if (!isRefundFinal(status) || inFlight !== 'none') await keeper.feed({ type: 'resumed', at: parts.clock.now() })
    return keeper
  }

  const refund: RefundRunner['refund'] = async ({ orderNumber, amountFen, reason, by, proof }) => {
    if (stopping) return { kind: 'stopping' }
    const keepable = keepableReason(reason)
    if (keepable === '') return { kind: 'reason-missing' }
    const order = await parts.ledger.order(orderNumber)
    if (!order.ok) return { kind: 'ledger-trouble', problem: order.problem }
    if (order.value === null) return { kind: 'no-such-order' }
    const { channel } = order.value
    const policy = parts.refundPolicyOf(channel)
    if (policy === undefined || !channelOf(parts.channels, order.value)) return { kind: 'channel-not-configured' }
    const at = parts.clock.now()
    const cashier = parts.cashierNow?.()
    const created = await parts.ledger.createRefund({
      orderNumber,
      amountFen,
      reason: keepable,
      by,
      policy,
      ...(cashier === undefined ? {} : { cashier }),
      ...(proof === undefined ? {} : { proof }),
      at,
    })
    if (!created.ok) return { kind: 'ledger-trouble', problem: created.problem }
    // A commit may have been told as failed and stand all the same: then nobody keeps that refund yet.
    if (created.value.kind === 'under-way') {
      const kept = await keeperOf(created.value.refund.refundNumber)
      if (kept !== null && 'kind' in kept) return { kind: 'ledger-trouble', problem: kept }
      return { kind: 'under-way', refund: kept?.current() ?? created.value.refund }
    }
    if (created.value.kind !== 'created') return created.value
    const keeper = keep(created.value.refund)
    onRefundChange(created.value.refund)
    keeper.begin([{ type: 'send-refund' }])
    return { kind: 'started', refund: created.value.refund }
  }

  const actOnRefund: RefundRunner['actOnRefund'] = async (refundNumber, act, by) => {
    const keeper = await keeperOf(refundNumber)
    if (keeper === null) return { kind: 'no-such-refund' }
    if ('kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    const before = keeper.current()
    if (stopping || (act === 'retry' && isRefundFinal(before.status))) return { kind: 'not-now', refund: before }
    const at = parts.clock.now()
    const event: RefundEvent =
      act === 'query' ? { type: 'query-requested', at, by } : { type: 'retry-requested', at, by }
    await keeper.feed(event)
    return { kind: 'done', refund: keeper.current() }
  }

  return {
    refund,
    actOnRefund,
    refundSettled: async (refundNumber) => {
      const keeper = keepers.get(refundNumber)
      await keeper?.settled()
      return keeper?.current() ?? null
    },
    openRefunds: () =>
      [...keepers.values()].map((keeper) => keeper.current()).filter(({ status }) => !isRefundFinal(status)),
    resume: async () => {
      const found = await parts.ledger.openRefunds()
      if (!found.ok) return found.problem
      const missing = found.value.filter(({ refundNumber }) => !keepers.has(refundNumber))
      for (const each of missing) void keep(each).feed({ type: 'resumed', at: parts.clock.now() })
      return null
    },
    stop: async () => {
      stopping = true
      for (const keeper of keepers.values()) keeper.quiet()
      await Promise.all([...keepers.values()].map((keeper) => keeper.settled()))
    },
  }
}
