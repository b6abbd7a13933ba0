import type { Moment } from '../time.ts'
import { rest, type Step, wakeAt } from './change.ts'
import type { AttentionReason, Order } from './order.ts'
import { caseWaitMs } from './timing.ts'

/** A person must look (M15); the till goes on asking by itself, so that a late answer settles the case. */
export function becomeCase(order: Order, attentionReason: AttentionReason, at: Moment): Step {
  const opened: Order = { ...order, backgroundAsks: 0, backgroundRevokes: 0 }
  return waitAsCase(rest(opened, 'attention', at, { attentionReason }).order, at)
}

/** `attention`: nothing is under way; the next question in the background is set. */
export function waitAsCase(order: Order, at: Moment): Step {
  return wakeAt(order, at.monotonicMs + caseWaitMs(order, at))
}
