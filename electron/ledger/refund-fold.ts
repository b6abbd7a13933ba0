import type { RefundCreated, RefundEvent } from '../till/refund/event.ts'
import { refundEventTypes } from '../till/refund/event.ts'
import type { Refund } from '../till/refund/refund.ts'
import { createRefund, stepRefund } from '../till/refund/step.ts'
import { isData, type Reading, readData, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'

/** The payload of a refund's event: everything but its type, which has a column of its own. */
export function refundPayload(event: RefundCreated | RefundEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** The entry as an event of its refund. Checks what the fold relies on, not every field of every outcome. */
export function readRefundEntry(entry: JournalEntry): Reading<RefundCreated | RefundEvent> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const data = reading.value
  const { at, outcome, policy } = data
  if (!isData(at) || typeof at.monotonicMs !== 'number' || at.wallMs !== entry.wallMs) {
    return refused('the moment is missing or is not the entry’s')
  }
  if (entry.type === 'created') {
    const texts = [data.refundNumber, data.orderNumber, data.channel, data.wallet, data.reason, data.by]
    if (!texts.every((text) => typeof text === 'string')) return refused('a text of the created refund is missing')
    if (data.refundNumber !== entry.subjectId) return refused('the refund number is not the entry’s')
    const amounts = [data.amountFen, data.orderAmountFen, data.payStartedWallMs]
    if (!amounts.every((amount) => Number.isSafeInteger(amount))) return refused('an amount or a time is missing')
    const hasPolicy = isData(policy) && Array.isArray(policy.refundRetryMs) && Array.isArray(policy.refundAskMs)
    if (!hasPolicy) return refused('the policy is missing')
  } else {
    if (!refundEventTypes.some((type) => type === entry.type)) return refused('no event of a refund has this type')
    const isAnswer = entry.type.endsWith('-answered')
    if (isAnswer && !(isData(outcome) && typeof outcome.kind === 'string' && isData(outcome.evidence))) {
      return refused('the outcome is missing')
    }
  }
  // The hash chain says that this is what `refundPayload` wrote, and the checks above that the fold can take it.
  return { ok: true, value: { ...data, type: entry.type } as unknown as RefundCreated | RefundEvent }
}

/** One refund as its journal entries make it. */
export type RefundFold =
  | { readonly kind: 'refund'; readonly createdSequence: number; readonly refund: Refund }
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly detail: string }

/** Folds all entries of one refund, in the order of the journal. */
export function foldRefundEntries(entries: readonly JournalEntry[]): RefundFold {
  let folded: { createdSequence: number; refund: Refund } | null = null
  for (const entry of entries) {
    const { sequence } = entry
    const unreadable = (detail: string): RefundFold => ({ kind: 'unreadable', sequence, detail })
    const reading = readRefundEntry(entry)
    if (!reading.ok) return unreadable(reading.detail)
    const event = reading.value
    if (event.type === 'created') {
      if (folded) return unreadable('the refund was created before')
      folded = { createdSequence: sequence, refund: createRefund(event) }
      continue
    }
    if (!folded) return unreadable('the refund was not created yet')
    try {
      folded = { createdSequence: folded.createdSequence, refund: stepRefund(folded.refund, event).refund }
    } catch {
      return unreadable('the event does not fit the refund')
    }
  }
  return folded
    ? { kind: 'refund', ...folded }
    : { kind: 'unreadable', sequence: 0, detail: 'the refund has no entries' }
}
