import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber, PrintJobId } from '../till/ids.ts'
import type { PrintJob, PrintSubject } from '../till/print/job.ts'
import { LedgerDamage } from './damage.ts'

/** A row of `print_jobs`: what lists look for in columns of their own, and the whole job as JSON. */
export type PrintRow = {
  readonly sequence: number
  readonly jobId: string
  readonly kind: string
  readonly subjectId: string
  readonly copy: number
  readonly orderNumber: string | null
  readonly status: string
  readonly version: number
  readonly state: string
}

export const printColumns =
  'sequence, job_id AS jobId, kind, subject_id AS subjectId, copy, order_number AS orderNumber, status, version, state'

/** The condition of jobs that are not at their end; worded as the partial index has it. */
export const isOpenPrintCondition = "status NOT IN ('printed', 'failed')"

/** The row of a print job whose first journal entry is `sequence`. */
export function printRow(sequence: number, job: PrintJob): PrintRow {
  const { jobId, kind, subjectId, copy, orderNumber, status, version } = job
  return { sequence, jobId, kind, subjectId, copy, orderNumber, status, version, state: JSON.stringify(job) }
}

/** The print job in a row's `state`. */
export function readPrintState(state: unknown): PrintJob {
  try {
    // Written by `printRow` and by nothing else; `verify` compares it with the journal.
    return JSON.parse(String(state)) as PrintJob
  } catch {
    const detail = 'the state of a print job cannot be read'
    throw new LedgerDamage({ kind: 'projection-differs', subjectId: '', detail })
  }
}

/** Reads and writes the projection of print jobs; the caller owns the transaction. */
export type PrintProjection = {
  job(jobId: PrintJobId): PrintJob | null
  hasJob(jobId: PrintJobId): boolean
  /** Oldest first. */
  openJobs(): readonly PrintJob[]
  /** Every copy of one document, the original first. */
  copiesOf(subject: Pick<PrintSubject, 'kind' | 'subjectId'>): readonly PrintJob[]
  /** Oldest first. */
  jobsOfOrder(orderNumber: OrderNumber): readonly PrintJob[]
  insertJob(sequence: number, job: PrintJob): void
  updateJob(job: PrintJob): void
}

/** The print jobs of an open ledger, with their statements prepared once. */
export function preparePrintJobs(db: DatabaseSync): PrintProjection {
  const selectState = db.prepare('SELECT state FROM print_jobs WHERE job_id = ?')
  const selectThere = db.prepare('SELECT 1 FROM print_jobs WHERE job_id = ?')
  const selectOpen = db.prepare(`SELECT state FROM print_jobs WHERE ${isOpenPrintCondition} ORDER BY sequence`)
  const selectCopies = db.prepare('SELECT state FROM print_jobs WHERE kind = ? AND subject_id = ? ORDER BY copy')
  const selectOfOrder = db.prepare('SELECT state FROM print_jobs WHERE order_number = ? ORDER BY sequence')
  const insert = db.prepare(
    'INSERT INTO print_jobs (sequence, job_id, kind, subject_id, copy, order_number, status, version, state)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE print_jobs SET status = ?, version = ?, state = ? WHERE job_id = ?')
  return {
    job(jobId) {
      const row = selectState.get(jobId)
      return row === undefined ? null : readPrintState(row.state)
    },
    hasJob: (jobId) => selectThere.get(jobId) !== undefined,
    openJobs: () => selectOpen.all().map(({ state }) => readPrintState(state)),
    copiesOf: ({ kind, subjectId }) => selectCopies.all(kind, subjectId).map(({ state }) => readPrintState(state)),
    jobsOfOrder: (orderNumber) => selectOfOrder.all(orderNumber).map(({ state }) => readPrintState(state)),
    insertJob(sequence, job) {
      const { jobId, kind, subjectId, copy, orderNumber, status, version, state } = printRow(sequence, job)
      insert.run(sequence, jobId, kind, subjectId, copy, orderNumber, status, version, state)
    },
    updateJob(job) {
      update.run(job.status, job.version, JSON.stringify(job), job.jobId)
    },
  }
}
