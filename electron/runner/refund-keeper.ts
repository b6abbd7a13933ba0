import type { LedgerProblem, RefundLedger } from '../ledger/ledger.ts'
import { assertNever } from '../till/brand.ts'
import type { RefundEvent } from '../till/refund/event.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { type RefundEffect, stepRefund } from '../till/refund/step.ts'
import type { ExchangeParts } from './exchange.ts'
import { rewriteAfterMs } from './keeper.ts'
import type { Alarms } from './ports.ts'
import { exchangeRefund, exchangeRefundQuery } from './refund-exchange.ts'

export type RefundKeeperParts = ExchangeParts & {
  readonly ledger: Pick<RefundLedger, 'appendRefund'>
  readonly alarms: Alarms
  /** Told after each commit, never before; does not throw. */
  readonly onRefundChange: (refund: Refund) => void
  readonly onTrouble: (problem: LedgerProblem | null) => void
}

/** Keeps one refund by the rules of an order's `Keeper`: stepped, committed, shown, and only then performed (I1). */
export type RefundKeeper = {
  readonly current: () => Refund
  /** Feeds an event; resolves when it is durable and its effects were begun, or when the keeper was stopped. */
  feed(event: RefundEvent): Promise<void>
  /** Begins the effects of events that are already durable. */
  begin(effects: readonly RefundEffect[]): void
  /** Resolves when no request is in flight and no event waits. */
  settled(): Promise<void>
  /** Takes the alarm back; requests in flight may still be heard. */
  quiet(): void
}

/** Makes the keeper of a refund that is in the ledger. */
export function keepRefund(parts: RefundKeeperParts, refund: Refund): RefundKeeper {
  let current = refund
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

  const feed = (event: RefundEvent): Promise<void> => {
    tail = tail.then(() => take(event))
    work(tail)
    return tail
  }

  const take = async (event: RefundEvent): Promise<void> => {
    const { effects, refund: after } = stepRefund(current, event)
    if (!(await commit(event))) return
    current = after
    parts.onRefundChange(current)
    begin(effects)
  }

  const commit = async (event: RefundEvent): Promise<boolean> => {
    for (;;) {
      const written = await parts.ledger.appendRefund(current.refundNumber, current.version, [event])
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

  const begin = (effects: readonly RefundEffect[]): void => {
    if (quieted) return
    if (isRefundFinal(current.status) || current.inFlight !== 'none') setAlarm(null)
    for (const effect of effects) perform(effect)
  }

  const perform = (effect: RefundEffect): void => {
    switch (effect.type) {
      case 'send-refund':
        hear(exchangeRefund(parts, current))
        break
      case 'send-query':
        hear(exchangeRefundQuery(parts, current))
        break
      case 'wake-at':
        setAlarm(effect.monotonicMs)
        break
      default:
        assertNever(effect, 'refund effect')
    }
  }

  const hear = (answer: Promise<RefundEvent>): void => work(answer.then(feed))

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
