import type { Ledger, LedgerProblem } from '../ledger/ledger.ts'
import type { ChannelId, OrderNumber, SaleId, StaffNumber } from '../till/ids.ts'
import type { AmountProblem, Fen } from '../till/money.ts'
import type { OrderEvent } from '../till/order/event.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { readScan, type ScanProblem, type Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import { refundedFen } from '../till/refund/left.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { ActOutcome } from './act-outcome.ts'
import { type CaseActs, createCaseActs } from './case-acts.ts'
import type { ExchangeParts } from './exchange.ts'
import { firstReachable } from './first-reachable.ts'
import { type FormerOrder, formerOrder } from './guard.ts'
import { type Keeper, keepOrder } from './keeper.ts'
import type { AwayNow } from './line-watch.ts'
import type { Alarms } from './ports.ts'
import { createRefunds, type RefundParts, type RefundRunner } from './refunds.ts'

export type { ActOutcome } from './act-outcome.ts'

/** Everything that the runner acts through; nothing in it is concrete. */
export type RunnerParts = ExchangeParts & {
  readonly refundPolicyOf: RefundParts['refundPolicyOf']
  readonly cashierNow?: NonNullable<RefundParts['cashierNow']>
  readonly onRefundChange: (refund: Refund) => void
  readonly ledger: Ledger
  readonly alarms: Alarms
  /** The channels of each wallet in their order; a later one is used only where the ones before it are away. */
  readonly routes: Readonly<Partial<Record<Wallet, readonly ChannelId[]>>>
  readonly policyOf: (channel: ChannelId) => ChannelPolicy
  readonly newSaleId: () => SaleId
  /** Whether a channel is away at this very moment; null lets the payment go. Asks the channel only if it was away before. */
  readonly confirmAway: (channel: ChannelId) => Promise<AwayNow | null>
  readonly onChange: (order: Order) => void
  readonly onTrouble: (problem: LedgerProblem | null) => void
}

export type ScanToCharge = {
  readonly scan: string
  readonly amountFen: Fen
  /** The sale that goes on; null opens one. */
  readonly saleId: SaleId | null
  readonly anotherCustomer: boolean
}

/** What became of a scan. Only `started` charges anyone. */
export type ScanOutcome =
  | { readonly kind: 'started'; readonly order: Order }
  | { readonly kind: 'scanned-before'; readonly order: Order }
  | { readonly kind: 'former-order-paid'; readonly order: Order }
  | { readonly kind: 'former-order-open'; readonly order: Order; readonly because: FormerOrder['because'] }
  | { readonly kind: 'not-a-payment-code'; readonly problem: ScanProblem }
  | { readonly kind: 'wallet-not-configured'; readonly wallet: Wallet }
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  /** The channel cannot be reached: no order was made, nothing left, and the code may be used again. */
  | ({ readonly kind: 'channel-away'; readonly wallet: Wallet } & AwayNow)
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
  | { readonly kind: 'stopping' }

export type OrderAct = 'query' | 'revoke' | 'park' | 'unpark'

/** The running till: takes scans, keeps every open order, acts on them, stops cleanly. */
export type Runner = RefundRunner &
  CaseActs & {
    /** Takes up every order and every refund that a former run left open, and asks the channels about them. */
    resume(): Promise<{ readonly resumed: number } | { readonly problem: LedgerProblem }>
    /** Charges the scanned code, unless a former order must be asked first. */
    take(request: ScanToCharge): Promise<ScanOutcome>
    act(orderNumber: OrderNumber, act: OrderAct, by: 'cashier' | 'staff'): Promise<ActOutcome>
    /** The order as it stands once no request of it is in flight; null for an order that is not kept. */
    settled(orderNumber: OrderNumber): Promise<Order | null>
    /** Orders that are not at their end, oldest first. */
    open(): readonly Order[]
    /**
     * A channel can be reached again: asks about every order of it that is not at its end, now and not at its next rung.
     * One after the other, oldest first, so that a long outage does not end in a burst.
     */
    lineIsBack(channel: ChannelId): Promise<void>
    /** Takes no more scans, lets requests in flight be heard and journaled, sets no more alarms. */
    stop(): Promise<void>
  }

/** Makes the runner over its ports; it does nothing until it is told to. */
export function createRunner(parts: RunnerParts): Runner {
  const keepers = new Map<OrderNumber, Keeper>()
  let stopping = false
  let turn: Promise<unknown> = Promise.resolve()
  let trouble: LedgerProblem | null = null
  const waitingForTrouble = new Set<() => void>()

  const onTrouble = (problem: LedgerProblem | null): void => {
    trouble = problem
    parts.onTrouble(problem)
    if (problem !== null) for (const resolve of waitingForTrouble) resolve()
  }

  /** Resolves when the keeper has nothing in flight, or when the ledger cannot write and so nothing will come to an end. */
  const settledOrTroubled = async (keeper: Keeper): Promise<void> => {
    if (trouble !== null) return
    const began = Promise.withResolvers<void>()
    waitingForTrouble.add(began.resolve)
    await Promise.race([keeper.settled(), began.promise])
    waitingForTrouble.delete(began.resolve)
  }

  const orders = (): readonly Order[] => [...keepers.values()].map((keeper) => keeper.current())

  /** A screen that throws is a bug of the screen; the money goes on. */
  const onChange = (order: Order): void => {
    try {
      parts.onChange(order)
    } catch (error) {
      parts.onBug?.(error)
    }
    if (isFinal(order.status) && order.inFlight === 'none') forget()
  }

  /** Keeps final orders only while their sale may still go on: the last hundred, so that a sale's guard knows them. */
  const forget = (): void => {
    const finished = [...keepers].filter(([, keeper]) => {
      const { status, inFlight } = keeper.current()
      return isFinal(status) && inFlight === 'none'
    })
    for (const [orderNumber] of finished.slice(0, Math.max(0, finished.length - 100))) keepers.delete(orderNumber)
  }

  const onRefundChange = (refund: Refund): void => {
    try {
      parts.onRefundChange(refund)
    } catch (error) {
      parts.onBug?.(error)
    }
    if (refund.status === 'done') void settleOrderRefundedInFull(refund.orderNumber)
  }
  const refunds = createRefunds({ ...parts, onTrouble, onRefundChange })

  /**
   * Settles an order that waits for a person although all its money went back by refunds. Called after each refund that
   * is done and for each open order at a start, so that a crash between the two is made good.
   */
  const settleOrderRefundedInFull = async (orderNumber: OrderNumber): Promise<void> => {
    const keeper = await keeperOf(orderNumber)
    if (keeper === null || 'kind' in keeper || stopping) return
    const order = keeper.current()
    if (order.status !== 'attention' || !order.moneyWasTaken) return
    const ofOrder = await parts.ledger.refundsOfOrder(orderNumber)
    if (!ofOrder.ok || refundedFen(ofOrder.value) < order.amountFen) return
    const last = ofOrder.value.findLast(({ status }) => status === 'done')
    if (!last || keeper.current().status !== 'attention') return
    await keeper.feed({ type: 'refunded-in-full', at: parts.clock.now(), refundNumber: last.refundNumber })
  }

  const keep = (order: Order, code: Parameters<typeof keepOrder>[2]): Keeper => {
    const keeper = keepOrder({ ...parts, onChange, onTrouble }, order, code)
    keepers.set(order.orderNumber, keeper)
    return keeper
  }

  /** The keeper of an order, taken from the ledger where it is not kept yet. */
  const keeperOf = async (orderNumber: OrderNumber): Promise<Keeper | LedgerProblem | null> => {
    const kept = keepers.get(orderNumber)
    if (kept) return kept
    const found = await parts.ledger.order(orderNumber)
    if (!found.ok) return found.problem
    if (found.value === null) return null
    const keptMeanwhile = keepers.get(orderNumber)
    if (keptMeanwhile) return keptMeanwhile
    const keeper = keep(found.value, null)
    // An open order from the ledger still counts in a former process's clock until it is resumed.
    // The same holds for a question that a crash cut off, also about an order at its end.
    const { status, inFlight } = found.value
    if (!isFinal(status) || inFlight !== 'none') await keeper.feed({ type: 'resumed', at: parts.clock.now() })
    return keeper
  }

  const resume: Runner['resume'] = async () => {
    const found = await parts.ledger.openOrders()
    if (!found.ok) return { problem: found.problem }
    const missing = found.value.filter((order) => !keepers.has(order.orderNumber))
    for (const order of missing) void keep(order, null).feed({ type: 'resumed', at: parts.clock.now() })
    const problem = await refunds.resume()
    if (problem !== null) return { problem }
    for (const { orderNumber, status } of missing) {
      if (status === 'attention') void settleOrderRefundedInFull(orderNumber)
    }
    return { resumed: missing.length }
  }

  /** One scan at a time: two scans at once must not both find that nothing is open. */
  const take: Runner['take'] = (request) => {
    // Who scanned: somebody else may be at the till by the time that a former order has been asked.
    const cashier = parts.cashierNow?.()
    const taken = turn.then(() => takeInTurn(request, cashier))
    turn = taken.catch(() => undefined)
    return taken
  }

  const takeInTurn = async (request: ScanToCharge, cashier: StaffNumber | undefined): Promise<ScanOutcome> => {
    if (stopping) return { kind: 'stopping' }
    const reading = readScan(request.scan)
    if (reading.kind !== 'payment-code') return { kind: 'not-a-payment-code', problem: reading }
    const configured = (parts.routes[reading.wallet] ?? []).flatMap((id) => parts.channels.find(id) ?? [])
    if (configured.length === 0) return { kind: 'wallet-not-configured', wallet: reading.wallet }
    if (request.amountFen === 0) return { kind: 'amount-refused', problem: 'zero' }
    const usable = configured.filter(({ amountLimitFen }) => request.amountFen <= amountLimitFen)
    if (usable.length === 0) return { kind: 'amount-refused', problem: 'too-large' }

    const known = await ordersToGuard(request.saleId)
    if (!known.ok) return { kind: 'ledger-trouble', problem: known.problem }
    const former = formerOrder({ ...request, wallMs: parts.clock.now().wallMs }, known.value)
    if (former) {
      const same = await parts.ledger.scannedBefore(reading.code)
      if (!same.ok) return { kind: 'ledger-trouble', problem: same.problem }
      if (same.value) return scannedBefore(same.value)
      const asked = await askFormer(former)
      if (asked) return asked
    }

    const routed = await firstReachable(
      usable.map(({ channel }) => channel.id),
      parts.confirmAway,
    )
    if ('away' in routed) {
      // The same code again is the same attempt, which may be open: that order is shown, not a refusal.
      const same = await parts.ledger.scannedBefore(reading.code)
      if (!same.ok) return { kind: 'ledger-trouble', problem: same.problem }
      return same.value ? scannedBefore(same.value) : { kind: 'channel-away', wallet: reading.wallet, ...routed.away }
    }
    const { channel } = routed
    const account = usable.find((each) => each.channel.id === channel)?.account

    parts.onPoint?.('pay.before-intent')
    const created = await parts.ledger.createOrder({
      saleId: request.saleId ?? parts.newSaleId(),
      storeId: parts.merchant.store.id,
      tillId: parts.merchant.till.id,
      channel,
      ...(account === undefined ? {} : { account }),
      wallet: reading.wallet,
      amountFen: request.amountFen,
      maskedCode: reading.masked,
      paymentCode: reading.code,
      policy: parts.policyOf(channel),
      ...(cashier === undefined ? {} : { cashier }),
      // Not sooner: the order's age must not count the time that the former order's question took (I7).
      at: parts.clock.now(),
    })
    if (!created.ok) return { kind: 'ledger-trouble', problem: created.problem }
    if (created.value.kind === 'scanned-before') return scannedBefore(created.value.order)
    parts.onPoint?.('pay.intent-durable')
    const { order } = created.value
    const keeper = keep(order, reading.code)
    onChange(order)
    keeper.begin([{ type: 'send-pay' }])
    return { kind: 'started', order }
  }

  /** The attempt that the code was scanned for, as it stands; one of a former process is taken up first. */
  const scannedBefore = async (order: Order): Promise<ScanOutcome> => {
    const keeper = await keeperOf(order.orderNumber)
    if (keeper !== null && 'kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    return { kind: 'scanned-before', order: keeper?.current() ?? order }
  }

  const ordersToGuard = async (saleId: SaleId | null) => {
    if (saleId === null) return { ok: true, value: orders() } as const
    const ofSale = await parts.ledger.ordersOfSale(saleId)
    if (!ofSale.ok) return ofSale
    const kept = orders()
    const others = ofSale.value.filter((order) => !keepers.has(order.orderNumber))
    return { ok: true, value: [...others, ...kept] } as const
  }

  /** Asks the former order's channel and says what that means for the new code; null lets the new code be charged. */
  const askFormer = async (former: FormerOrder): Promise<ScanOutcome | null> => {
    if (former.order.status === 'paid') return { kind: 'former-order-paid', order: former.order }
    const keeper = await keeperOf(former.order.orderNumber)
    if (keeper === null) return null
    if ('kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    if (keeper.current().inFlight === 'none') {
      void keeper.feed({ type: 'query-requested', at: parts.clock.now(), by: 'cashier' })
    }
    await settledOrTroubled(keeper)
    if (trouble !== null) return { kind: 'ledger-trouble', problem: trouble }
    const order = keeper.current()
    if (order.status === 'paid') return { kind: 'former-order-paid', order }
    return isFinal(order.status) ? null : { kind: 'former-order-open', order, because: former.because }
  }

  /** One return of money at a time: a revoke and a refund at once must not both find that there is no other. */
  let returning: Promise<unknown> = Promise.resolve()
  const inReturningTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = returning.then(work)
    returning = done.catch(() => undefined)
    return done
  }

  const act: Runner['act'] = (orderNumber, wanted, by) =>
    wanted === 'revoke' ? inReturningTurn(() => actNow(orderNumber, wanted, by)) : actNow(orderNumber, wanted, by)

  const refund: RefundRunner['refund'] = (request) =>
    inReturningTurn(async () => {
      if (stopping) return { kind: 'stopping' }
      const keeper = await keeperOf(request.orderNumber)
      if (keeper !== null && 'kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
      // Durable before the refund is: from then on no revoke of the case begins by itself (I8).
      if (keeper?.current().status === 'attention') {
        const { proof } = request
        const signed = proof === undefined ? {} : { proof }
        const begun = keeper.feed({ type: 'refund-begun', at: parts.clock.now(), ...signed })
        await Promise.race([begun, settledOrTroubled(keeper)])
        if (trouble !== null) return { kind: 'ledger-trouble', problem: trouble }
        await begun
      }
      return refunds.refund(request)
    })

  const actNow: Runner['act'] = async (orderNumber, wanted, by) => {
    const keeper = await keeperOf(orderNumber)
    if (keeper === null) return { kind: 'no-such-order' }
    if ('kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    const before = keeper.current()
    if (stopping) return { kind: 'not-now', order: before }
    if (wanted === 'revoke' && isFinal(before.status)) return { kind: 'not-now', order: before }
    if (wanted === 'park' && isFinal(before.status)) return { kind: 'not-now', order: before }
    if (wanted === 'revoke') {
      const ofOrder = await parts.ledger.refundsOfOrder(orderNumber)
      if (!ofOrder.ok) return { kind: 'ledger-trouble', problem: ofOrder.problem }
      // A revoke returns the whole amount: beside a refund it could return more than was paid (I8).
      if (ofOrder.value.some(({ status }) => status !== 'failed')) return { kind: 'not-now', order: before }
    }
    const fed = keeper.feed(eventOf(wanted, by))
    await Promise.race([fed, settledOrTroubled(keeper)])
    if (trouble !== null) return { kind: 'ledger-trouble', problem: trouble }
    await fed
    return { kind: 'done', order: keeper.current() }
  }

  const eventOf = (wanted: OrderAct, by: 'cashier' | 'staff'): OrderEvent => {
    const at = parts.clock.now()
    const cashier = parts.cashierNow?.()
    const who = cashier === undefined ? {} : { cashier }
    if (wanted === 'query') return { type: 'query-requested', at, by, ...who }
    if (wanted === 'revoke') return { type: 'revoke-requested', at, by, ...who }
    return { type: wanted === 'park' ? 'parked' : 'unparked', at }
  }

  const lineIsBack: Runner['lineIsBack'] = async (channel) => {
    const waiting = [...keepers.values()].filter((keeper) => {
      const { channel: itsChannel, status } = keeper.current()
      return itsChannel === channel && !isFinal(status)
    })
    for (const keeper of waiting) {
      const { status, inFlight } = keeper.current()
      if (stopping || trouble !== null) return
      if (isFinal(status) || inFlight !== 'none') continue
      void keeper.feed({ type: 'query-requested', at: parts.clock.now(), by: 'till' })
      await settledOrTroubled(keeper)
    }
  }

  const stop: Runner['stop'] = async () => {
    stopping = true
    await turn
    for (const keeper of keepers.values()) keeper.quiet()
    await Promise.all([...keepers.values()].map((keeper) => keeper.settled()))
    await refunds.stop()
  }

  return {
    refund,
    actOnRefund: refunds.actOnRefund,
    refundSettled: refunds.refundSettled,
    openRefunds: refunds.openRefunds,
    resume,
    take,
    act,
    ...createCaseActs({
      ledger: parts.ledger,
      clock: parts.clock,
      keeperOf,
      settledOrTroubled,
      trouble: () => trouble,
      isStopping: () => stopping,
      inReturningTurn,
    }),
    settled: async (orderNumber) => {
      const keeper = keepers.get(orderNumber)
      await keeper?.settled()
      return keeper?.current() ?? null
    },
    open: () => orders().filter((order) => !isFinal(order.status)),
    lineIsBack,
    stop,
  }
}
