import type { PrinterView, PrintJobView } from '../../electron/api/contract.ts'
import { orderTail } from '../till/order-tail.ts'
import type { Catalogue } from '../wording/catalogue.ts'

export type Mark = 'good' | 'bad' | 'open'
export const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', open: '–' }

type Condition = PrinterView['condition']

export function conditionMark(condition: Condition): Mark {
  switch (condition?.kind) {
    case 'ready':
      return condition.paperLow ? 'open' : 'good'
    case 'paper-out':
    case 'cover-open':
    case 'error':
    case 'offline':
      return 'bad'
    default:
      return 'open'
  }
}

/** How a printer is, in a word or two. */
export function conditionText({ printing }: Catalogue, condition: Condition): string {
  if (condition === null) return printing.notAsked
  return condition.kind === 'ready' && condition.paperLow
    ? printing.paperLow.state
    : printing.conditions[condition.kind].state
}

/** What to do about it; empty where nothing is to be done. */
export function conditionNext({ printing }: Catalogue, condition: Condition): string {
  if (condition === null) return ''
  if (condition.kind === 'ready' && condition.paperLow) return printing.paperLow.next
  const cause = condition.cause === null ? undefined : printing.causes[condition.cause]
  return cause ?? printing.conditions[condition.kind].next
}

/** What a job prints, of which order, and which copy. */
export function jobText({ printing }: Catalogue, { kind, subjectId, orderNumber, copy }: PrintJobView): string {
  const which = orderNumber !== null ? ` …${orderTail(orderNumber)}` : kind === 'shift-report' ? ` ${subjectId}` : ''
  return `${printing.kinds[kind]}${which}${copy > 1 ? ` ${printing.copy(copy)}` : ''}`
}

/** How a job stands, in words. */
export function jobStateText({ printing }: Catalogue, job: PrintJobView): string {
  const { status, failure, proof, condition } = job
  if (status === 'failed' && failure !== null) return printing.failures[failure]
  if (status === 'printed' && proof !== null) return printing.proofs[proof]
  if (status === 'queued' && condition !== null)
    return `${printing.statuses.queued} · ${printing.conditions[condition].state}`
  return printing.statuses[status]
}
