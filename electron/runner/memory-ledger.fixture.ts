import type { Ledger, LedgerProblem, LedgerResult, NewOrder } from '../ledger/ledger.ts'
import { beginRefund } from '../ledger/refund-ledger.ts'
import type { OrderNumber, RefundNumber } from '../till/ids.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import { isOwed, type Order } from '../till/order/order.ts'
import { createOrder, foldOrder, step } from '../till/order/step.ts'
import { makeOrderNumber } from '../till/order-number.ts'
import type { RefundCreated, RefundEvent } from '../till/refund/event.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { foldRefund } from '../till/refund/step.ts'

/** A ledger in memory that outlives the tills of a test, writes down when it committed what, and fails when told to. */
export type MemoryLedger = {
  /** The ledger as one process sees it; after `kill` nothing that the process does arrives here any more. */
  open(): { readonly ledger: Ledger; readonly kill: () => void }
  /** From now on writes are refused with this problem; null: they work again. */
  fail(problem: LedgerProblem | null): void
  /** From now on writes wait before they are committed; the answer lets them go. */
  hold(): () => void
  /** The order as its journal makes it. */
  order(orderNumber: OrderNumber): Order
  orders(): readonly Order[]
  refunds(): readonly Refund[]
  journal(orderNumber: OrderNumber): readonly (OrderCreated | OrderEvent)[]
}

type Kept = { readonly created: OrderCreated; readonly events: OrderEvent[] }

/** Makes an empty ledger; `onCommit` hears each event in the moment in which it is durable. */
export function memoryLedger(
  onCommit: (orderNumber: OrderNumber, event: OrderCreated | OrderEvent) => void,
  onRefundCommit: (refundNumber: RefundNumber, event: RefundCreated | RefundEvent) => void = () => undefined,
): MemoryLedger {
  const kept = new Map<OrderNumber, Kept>()
  // A test's ledger may know the codes: nothing of it is ever written.
  const codes = new Map<string, OrderNumber>()
  const keptRefunds = new Map<RefundNumber, { readonly created: RefundCreated; readonly events: RefundEvent[] }>()
  let problem: LedgerProblem | null = null
  let held: Promise<void> | null = null

  const foldKept = ({ created, events }: Kept): Order => foldOrder(created, events)
  const orderOf = (orderNumber: OrderNumber): Order => {
    const found = kept.get(orderNumber)
    if (!found) throw new Error(`the ledger holds no ${orderNumber}`)
    return foldKept(found)
  }
  const all = (): readonly Order[] => [...kept.values()].map(foldKept)
  const refundOf = (refundNumber: RefundNumber): Refund | null => {
    const found = keptRefunds.get(refundNumber)
    return found ? foldRefund(found.created, found.events) : null
  }
  const allRefunds = (): readonly Refund[] =>
    [...keptRefunds.values()].map(({ created, events }) => foldRefund(created, events))
  const done = <Value>(value: Value): LedgerResult<Value> => ({ ok: true, value })

  const create = (asked: NewOrder) => {
    const holder = codes.get(asked.paymentCode)
    if (holder) return { kind: 'scanned-before', order: orderOf(holder) } as const
    const { storeId, tillId, at, saleId, channel, wallet, amountFen, maskedCode, policy } = asked
    const sequence = kept.size + 1
    const orderNumber = makeOrderNumber({ storeId, tillId, wallMs: at.wallMs, sequence, ledgerMark: 'TEST' })
    const created: OrderCreated = {
      type: 'created',
      at,
      orderNumber,
      saleId,
      channel,
      ...(asked.account === undefined ? {} : { account: asked.account }),
      wallet,
      amountFen,
      maskedCode,
      policy,
    }
    const payRequested: OrderEvent = { type: 'pay-requested', at }
    codes.set(asked.paymentCode, orderNumber)
    kept.set(orderNumber, { created, events: [payRequested] })
    onCommit(orderNumber, created)
    onCommit(orderNumber, payRequested)
    return { kind: 'created', order: step(createOrder(created), payRequested).order } as const
  }

  const open: MemoryLedger['open'] = () => {
    let isKilled = false
    const never = new Promise<never>(() => undefined)
    /** A commit takes a moment, waits while commits are held, and never happens in a process that is dead. */
    const write = async <Value>(commit: () => Value): Promise<LedgerResult<Value>> => {
      await Promise.resolve()
      while (held !== null) await held
      if (isKilled) return never
      return problem ? { ok: false, problem } : done(commit())
    }
    const read = async <Value>(value: () => Value): Promise<LedgerResult<Value>> => {
      await Promise.resolve()
      return isKilled ? never : done(value())
    }
    const ledger: Ledger = {
      createOrder: (asked) => write(() => create(asked)),
      append: (orderNumber, expectedVersion, events) =>
        write(() => {
          const before = orderOf(orderNumber)
          if (before.version !== expectedVersion) {
            throw new Error(`${orderNumber} is at version ${before.version}, not ${expectedVersion}`)
          }
          for (const event of events) {
            kept.get(orderNumber)?.events.push(event)
            onCommit(orderNumber, event)
          }
          return orderOf(orderNumber)
        }),
      openOrders: () => read(() => all().filter(isOwed)),
      order: (orderNumber) => read(() => (kept.has(orderNumber) ? orderOf(orderNumber) : null)),
      ordersOfSale: (saleId) => read(() => all().filter((order) => order.saleId === saleId)),
      scannedBefore: (paymentCode) =>
        read(() => {
          const holder = codes.get(paymentCode)
          return holder ? orderOf(holder) : null
        }),
      probe: () => write(() => null),
      createRefund: (asked) =>
        write(() => {
          const order = kept.has(asked.orderNumber) ? orderOf(asked.orderNumber) : null
          const ofOrder = allRefunds().filter(({ orderNumber }) => orderNumber === asked.orderNumber)
          const beginning = beginRefund(order, ofOrder, asked)
          if (beginning.kind !== 'begun') return beginning
          const { refund, events } = beginning
          const [created, requested] = events
          keptRefunds.set(refund.refundNumber, { created, events: [requested] })
          for (const event of events) onRefundCommit(refund.refundNumber, event)
          return { kind: 'created', refund } as const
        }),
      appendRefund: (refundNumber, expectedVersion, events) =>
        write(() => {
          const before = refundOf(refundNumber)
          if (before?.version !== expectedVersion)
            throw new Error(`${refundNumber} is not at version ${expectedVersion}`)
          for (const event of events) {
            keptRefunds.get(refundNumber)?.events.push(event)
            onRefundCommit(refundNumber, event)
          }
          return refundOf(refundNumber) ?? before
        }),
      openRefunds: () => read(() => allRefunds().filter(({ status }) => !isRefundFinal(status))),
      refund: (refundNumber) => read(() => refundOf(refundNumber)),
      refundsOfOrder: (orderNumber) => read(() => allRefunds().filter((each) => each.orderNumber === orderNumber)),
      close: async () => undefined,
    }
    return {
      ledger,
      kill: () => {
        isKilled = true
      },
    }
  }

  return {
    open,
    fail: (next) => {
      problem = next
    },
    hold: () => {
      let release = (): void => undefined
      held = new Promise((resolve) => {
        release = resolve
      })
      return () => {
        held = null
        release()
      }
    },
    order: orderOf,
    orders: all,
    refunds: allRefunds,
    journal: (orderNumber) => {
      const { created, events } = kept.get(orderNumber) ?? { created: null, events: [] }
      return created ? [created, ...events] : []
    },
  }
}
