import { foldEntries, orderPayload } from '../ledger/fold.ts'
import type { JournalFact } from '../ledger/journal.ts'
import type { Ledger, LedgerResult, NewOrder, NewOrderResult } from '../ledger/ledger.ts'
import type { OrderNumber, PaymentCode } from '../till/ids.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import { isOwed, type Order } from '../till/order/order.ts'
import { createOrder, step } from '../till/order/step.ts'
import { makeOrderNumber } from '../till/order-number.ts'
import { appendFact, type Disk } from './disk.ts'
import { openDiskRefunds } from './disk-refunds.ts'
import type { LedgerHost } from './till-storage.ts'

/** ledger/fingerprints.ts: how long a code counts as scanned before. */
const fingerprintLifeMs = 24 * 3_600_000

const done = <Value>(value: Value): LedgerResult<Value> => ({ ok: true, value })

/**
 * The `Ledger` port over a simulated disk: journal, hashes, payloads, fold and order numbers are the production
 * ledger's; SQLite is in `file-storage.ts` instead. What `openLedger` does at a start is done here too: every open order is
 * folded anew from the journal.
 */
export function openDiskLedger(disk: Disk, host: LedgerHost, ledgerMark: string): Ledger {
  for (const [orderNumber, entries] of disk.entriesOfOrder) {
    const kept = disk.orders.get(orderNumber)
    if (kept && !isOwed(kept)) continue
    const folded = foldEntries(entries)
    if (folded.kind === 'order') disk.orders.set(orderNumber, folded.order)
    else host.onBug(`the journal of ${orderNumber} does not fold: ${folded.detail}`)
  }
  let busyMs = 0

  const commitEntry = (fact: JournalFact, orderNumber: OrderNumber | null): void => {
    const entry = appendFact(disk, fact)
    if (orderNumber !== null) {
      const entries = disk.entriesOfOrder.get(orderNumber)
      if (entries) entries.push(entry)
      else disk.entriesOfOrder.set(orderNumber, [entry])
    }
    host.onCommit(entry)
  }

  /** One commit after the other, as the one worker does them; a killed process never hears of it. */
  const write = <Value>(
    subject: string | null,
    commit: () => Value,
    made: (value: Value) => string | null,
  ): Promise<LedgerResult<Value>> =>
    new Promise((resolve) => {
      const fate = host.fate()
      busyMs += fate.afterMs
      const waitMs = busyMs
      host.after(waitMs, () => {
        busyMs -= fate.afterMs
        if (fate.kind === 'killed-before') return host.kill(null)
        if (fate.kind === 'power-cut' || fate.kind === 'torn-page') return host.kill(fate.kind)
        if (fate.kind === 'refused') return resolve({ ok: false, problem: fate.problem })
        if (subject !== null && disk.contradicted.has(subject)) {
          // The program's idea of the order is behind the disk: the append rejects, and the process goes down with it.
          disk.contradicted.delete(subject)
          return host.kill(null)
        }
        let value: Value
        try {
          value = commit()
        } catch (error) {
          return host.onBug(error instanceof Error ? error.message : String(error))
        }
        if (fate.kind === 'killed-after') return host.kill(null)
        if (fate.kind === 'durable-but-refused') {
          const behind = made(value)
          if (behind !== null) disk.contradicted.add(behind)
          return resolve({ ok: false, problem: fate.problem })
        }
        resolve(done(value))
      })
    })

  const read = async <Value>(value: () => Value): Promise<LedgerResult<Value>> => {
    await Promise.resolve()
    return done(value())
  }

  const holderOf = (code: PaymentCode, wallMs: number): Order | null => {
    const holder = disk.scanned.get(code)
    if (holder === undefined || holder.wallMs <= wallMs - fingerprintLifeMs) return null
    return disk.orders.get(holder.orderNumber) ?? null
  }

  const create = (asked: NewOrder): NewOrderResult => {
    const { paymentCode, saleId, at, amountFen, storeId, tillId, channel, wallet, maskedCode, policy } = asked
    const { wallMs } = at
    const held = holderOf(paymentCode, wallMs)
    if (held) return { kind: 'scanned-before', order: held }
    const sequence = disk.orders.size + 1
    const orderNumber = makeOrderNumber({ storeId, tillId, wallMs, sequence, ledgerMark })
    if (!disk.sales.has(saleId)) {
      disk.sales.add(saleId)
      const payload = JSON.stringify({ amountFen })
      commitEntry({ wallMs, subject: 'sale', subjectId: saleId, type: 'sale-opened', payload }, null)
    }
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
    for (const event of [created, payRequested]) commitEvent(orderNumber, event)
    const { order } = step(createOrder(created), payRequested)
    disk.orders.set(orderNumber, order)
    disk.scanned.set(paymentCode, { orderNumber, wallMs })
    return { kind: 'created', order }
  }

  const commitEvent = (orderNumber: OrderNumber, event: OrderCreated | OrderEvent): void => {
    const { type, at } = event
    const fact = { wallMs: at.wallMs, subject: 'order', subjectId: orderNumber, type, payload: orderPayload(event) }
    commitEntry(fact as JournalFact, orderNumber) // `subject` is the literal above
  }

  const append = (orderNumber: OrderNumber, expectedVersion: number, events: readonly OrderEvent[]): Order => {
    const former = disk.orders.get(orderNumber)
    if (former?.version !== expectedVersion) {
      throw new Error(`append: ${orderNumber} is at version ${former?.version}, not ${expectedVersion}`)
    }
    let order = former
    for (const event of events) {
      commitEvent(orderNumber, event)
      order = step(order, event).order
    }
    disk.orders.set(orderNumber, order)
    return order
  }

  const all = (): readonly Order[] => [...disk.orders.values()]
  return {
    ...openDiskRefunds(disk, (fact) => commitEntry(fact, null), write, read),
    createOrder: (asked) =>
      write(
        null,
        () => create(asked),
        ({ order }) => order.orderNumber,
      ),
    append: (orderNumber, expectedVersion, events) =>
      write(
        orderNumber,
        () => append(orderNumber, expectedVersion, events),
        () => orderNumber,
      ),
    openOrders: () => read(() => all().filter(isOwed)),
    order: (orderNumber) => read(() => disk.orders.get(orderNumber) ?? null),
    ordersOfSale: (saleId) => read(() => all().filter((order) => order.saleId === saleId)),
    scannedBefore: (paymentCode) => read(() => holderOf(paymentCode, host.wallMs())),
    probe: () =>
      write(
        null,
        () => null,
        () => null,
      ),
    close: async () => undefined,
  }
}
