import type { Ledger, LedgerProblem } from '../ledger/ledger.ts'
import { assertNever } from '../till/brand.ts'
import type { PaymentCode } from '../till/ids.ts'
import type { OrderEffect } from '../till/order/effect.ts'
import type { OrderEvent } from '../till/order/event.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { step } from '../till/order/step.ts'
import { type ExchangeParts, exchangePay, exchangeQuery, exchangeRevoke } from './exchange.ts'
import type { Alarms } from './ports.ts'

/** How long to wait before an event that could not be written is written again. */
export const rewriteAfterMs = 1_000

export type KeeperParts = ExchangeParts & {
  readonly ledger: Ledger
  readonly alarms: Alarms
  /** Told after each commit, never before; does not throw. */
  readonly onChange: (order: Order) => void
  /** Told when the ledger could not write, and with null when it could again. */
  readonly onTrouble: (problem: LedgerProblem | null) => void
}

/**
 * Keeps one order: feeds it events one after the other, each durable before its effects are performed (I1).
 *
 * Rules:
 * 1. An event is stepped, then committed, then shown, then its effects are performed; never in another order.
 * 2. An event that cannot be written is kept and written again; until then nothing of it is shown or done.
 * 3. Once quieted, events are still written, and their effects are left to the next start, which resumes the order.
 * 4. A payment code is held for one pay request and dropped before its answer is journaled.
 */
export type Keeper = {
  readonly current: () => Order
  /** Feeds an event; resolves when it is durable and its effects were begun, or when the keeper was stopped. */
  feed(event: OrderEvent): Promise<void>
  /** Begins the effects of events that are already durable. */
  begin(effects: readonly OrderEffect[]): void
  /** Resolves when no request is in flight and no event waits. */
  settled(): Promise<void>
  /** Takes the alarm back; requests in flight may still be heard. */
  quiet(): void
}

/** Makes the keeper of an order; `paymentCode` is there only for an order that was created just now. */
export function keepOrder(parts: KeeperParts, order: Order, paymentCode: PaymentCode | null): Keeper {
  let current = order
  let code = paymentCode
  let tail: Promise<void> = Promise.resolve()
  let cancelAlarm: (() => void) | null = null
  let quieted = false
  let working = 0
  let idle: (() => void)[] = []

  const work = (task: Promise<unknown>): void => {
    working += 1
    void task.finally(() => {
      working -= 1
      if (working > 0) return
      const waiting = idle
      idle = []
      for (const resolve of waiting) resolve()
    })
  }

  const feed = (event: OrderEvent): Promise<void> => {
    tail = tail.then(() => take(event))
    work(tail)
    return tail
  }

  const take = async (event: OrderEvent): Promise<void> => {
    const { effects, order: after } = step(current, event)
    if (!(await commit(event))) return
    current = after
    parts.onChange(current)
    begin(effects)
  }

  const commit = async (event: OrderEvent): Promise<boolean> => {
    for (;;) {
      const written = await parts.ledger.append(current.orderNumber, current.version, [event])
      if (written.ok) {
        parts.onTrouble(null)
        return true
      }
      parts.onTrouble(written.problem)
      if (written.problem.kind === 'closed' || quieted) return false
      await new Promise<void>((resolve) => {
        parts.alarms.set(parts.clock.now().monotonicMs + rewriteAfterMs, resolve)
      })
    }
  }

  const begin = (effects: readonly OrderEffect[]): void => {
    if (quieted) return
    if (isFinal(current.status) || current.inFlight !== 'none') setAlarm(null)
    for (const effect of effects) perform(effect)
  }

  const perform = (effect: OrderEffect): void => {
    switch (effect.type) {
      case 'send-pay':
        hear(pay())
        break
      case 'send-query':
        hear(exchangeQuery(parts, current))
        break
      case 'send-revoke':
        hear(exchangeRevoke(parts, current))
        break
      case 'wake-at':
        setAlarm(effect.monotonicMs)
        break
      default:
        assertNever(effect, 'order effect')
    }
  }

  const pay = async (): Promise<OrderEvent> => {
    const held = code
    code = null
    if (held === null) {
      const evidence = { message: 'the payment code is gone; only the channel knows' }
      return {
        type: 'pay-answered',
        at: parts.clock.now(),
        outcome: { kind: 'unknown', reason: 'restarted', evidence },
      }
    }
    return exchangePay(parts, current, held)
  }

  const hear = (answer: Promise<OrderEvent>): void => work(answer.then(feed))

  const setAlarm = (monotonicMs: number | null): void => {
    cancelAlarm?.()
    cancelAlarm = null
    if (monotonicMs === null || quieted) return
    cancelAlarm = parts.alarms.set(monotonicMs, () => {
      cancelAlarm = null
      void feed({ type: 'woken', at: parts.clock.now() })
    })
  }

  return {
    current: () => current,
    feed,
    begin,
    settled: () => (working === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    quiet: () => {
      quieted = true
      setAlarm(null)
    },
  }
}
