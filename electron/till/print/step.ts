import { createPrintJob, type PrintStep } from './change.ts'
import type { PrintEvent, PrintEventType, PrintJobCreated } from './event.ts'
import type { PrintJob } from './job.ts'
import { type PrintRule, printTable } from './table.ts'

export { createPrintJob, type PrintEffect, type PrintStep } from './change.ts'

/**
 * What a print job becomes by an event, and what must now be done (I13). Pure and total: every state takes every event,
 * and the effects may be performed only after the event is durable. Throws only if a rule breaks its own table: a bug.
 */
export function stepPrint(job: PrintJob, event: PrintEvent): PrintStep {
  // Each row maps an event's type to a rule for that very type; TypeScript cannot follow the pairing through the lookup.
  const rule = printTable[job.status][event.type] as PrintRule<PrintEventType>
  const result = rule.apply(job, event)
  if (!rule.to.includes(result.job.status)) {
    throw new Error(`${job.status} + ${event.type} led to ${result.job.status}, which the table does not allow`)
  }
  return { job: { ...result.job, version: job.version + 1 }, effects: result.effects }
}

/** The job that a journal makes: its creation, then every event in turn. */
export function foldPrintJob(created: PrintJobCreated, events: readonly PrintEvent[]): PrintJob {
  return events.reduce((job, event) => stepPrint(job, event).job, createPrintJob(created))
}
