import type { WriterDatabase } from '../ledger/database.ts'
import type { JournalEntry, Ledger, LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { DataFolderLock } from '../ledger/lock.ts'
import type { CallOutcome, LedgerAnswers, LedgerCall } from '../ledger/protocol.ts'
import type { LedgerWriter } from '../ledger/writer.ts'
import type { Order } from '../till/order/order.ts'
import type { Disk } from './disk.ts'
import type { CommitFate, LedgerHost } from './till-storage.ts'

/** As the ledger's worker: the most calls of one commit, and when the log is moved into the file. */
const callsPerCommit = 256
const idleMs = 500
const callsPerCheckpoint = 100
/** As `openLedger`. */
const forgettingMs = 3_600_000

/** The ledger as one process has it open. */
export type OpenFile = {
  readonly lock: DataFolderLock
  readonly database: WriterDatabase
  readonly writer: LedgerWriter
}

/** Where the power can go, as the ledger's process sees it. */
export type PowerLine = {
  /** Does a write whose sync never comes; what is left of it is what the next process finds. */
  cut(write: () => void, how: 'power-cut' | 'torn-page'): void
  /** Reads what was committed since the last time into the mirror. */
  catchUp(): readonly JournalEntry[]
  readonly disk: Disk
  readonly contradicted: Set<string>
}

type Waiting = { readonly call: LedgerCall; readonly settle: (outcome: CallOutcome) => void }

/**
 * The `Ledger` port over the production writer and a real file. What its worker does stands here in the world's time:
 * calls that wait are done in one commit, and answered after it; the log is moved when nothing comes for a while.
 */
export function openFileLedger({ writer, database }: OpenFile, host: LedgerHost, power: PowerLine): Ledger {
  const { disk, contradicted } = power
  let waiting: Waiting[] = []
  let isBusy = false
  let callsSinceCheckpoint = 0
  let commits = 0

  const begin = (): void => {
    if (isBusy || waiting.length === 0) return
    isBusy = true
    const fate = host.fate()
    host.after(fate.afterMs, () => {
      const batch = waiting.slice(0, callsPerCommit)
      waiting = waiting.slice(callsPerCommit)
      isBusy = false
      commit(batch, fate)
      if (host.isAlive()) begin()
    })
  }

  const commit = (batch: readonly Waiting[], fate: CommitFate): void => {
    const calls = batch.map(({ call }) => call)
    if (fate.kind === 'killed-before') {
      host.kill(null)
      return
    }
    if (fate.kind === 'power-cut' || fate.kind === 'torn-page') {
      power.cut(() => void writer.perform(calls), fate.kind)
      host.kill(fate.kind)
      return
    }
    const outcomes = fate.kind === 'refused' ? refused(calls, fate.problem) : writer.perform(calls)
    for (const entry of power.catchUp()) host.onCommit(entry)
    for (const outcome of outcomes) note(outcome)
    if (fate.kind === 'killed-after') host.kill(null)
    for (const [place, outcome] of outcomes.entries()) {
      const asked = batch[place]
      if (asked) answer(asked, outcome, fate)
    }
    restLater(calls.length)
  }

  const answer = ({ call, settle }: Waiting, outcome: CallOutcome, fate: CommitFate): void => {
    if (!host.isAlive()) return
    if (outcome.kind === 'bug') {
      // The program's idea of the order is behind the disk: the append rejects, and the process goes down with it.
      const subject =
        call.method === 'append' ? call.orderNumber : call.method === 'appendRefund' ? call.refundNumber : null
      if (subject !== null && contradicted.delete(subject)) host.kill(null)
      else host.onBug(outcome.message)
    } else if (fate.kind === 'durable-but-refused' && outcome.kind === 'done') {
      const made = orderIn(outcome.value)
      if (made) contradicted.add(made.orderNumber)
      if (call.method === 'appendRefund') contradicted.add(call.refundNumber)
      settle({ kind: 'problem', problem: fate.problem })
    } else settle(outcome)
  }

  /** A disk that is full or read-only says so through SQLite; one that is broken cannot be had, and only says so. */
  const refused = (calls: readonly LedgerCall[], problem: LedgerProblem): readonly CallOutcome[] => {
    const pragmas = refusingPragma(problem, database)
    if (pragmas === null) return calls.map(() => ({ kind: 'problem', problem }))
    const [break_, mend] = pragmas
    database.db.exec(`PRAGMA ${break_}`)
    try {
      return writer.perform(calls)
    } finally {
      database.db.exec(`PRAGMA ${mend}`)
    }
  }

  const note = (outcome: CallOutcome): void => {
    const order = outcome.kind === 'done' ? orderIn(outcome.value) : null
    if (order) disk.orders.set(order.orderNumber, order)
  }

  const restLater = (calls: number): void => {
    callsSinceCheckpoint += calls
    commits += 1
    const commitsThen = commits
    host.after(idleMs, () => {
      if (commits !== commitsThen || isBusy) return
      if (!writer.mustTruncate() && callsSinceCheckpoint < callsPerCheckpoint) return
      callsSinceCheckpoint = 0
      const how = writer.mustTruncate() ? 'truncate' : 'passive'
      const fate = host.fate()
      if (fate.kind !== 'power-cut' && fate.kind !== 'torn-page') return writer.checkpoint(how)
      power.cut(() => writer.checkpoint(how), fate.kind)
      host.kill(fate.kind)
    })
  }

  const ask = <Method extends LedgerCall['method']>(
    call: LedgerCall & { readonly method: Method },
    isWrite: boolean,
  ): Promise<LedgerResult<LedgerAnswers[Method]>> =>
    new Promise((resolve) => {
      const settle = (outcome: CallOutcome): void => {
        if (outcome.kind === 'problem') resolve({ ok: false, problem: outcome.problem })
        // The writer answers each method with its own type.
        if (outcome.kind === 'done') resolve({ ok: true, value: outcome.value as LedgerAnswers[Method] })
      }
      if (!host.isAlive()) return
      if (isWrite) {
        waiting.push({ call, settle })
        begin()
        return
      }
      const [outcome] = writer.perform([call])
      if (outcome) settle(outcome)
    })

  const forget = (): void => {
    void ask({ method: 'forgetOldFingerprints', wallMs: host.wallMs() }, true)
    host.after(forgettingMs, forget)
  }
  host.after(forgettingMs, forget)

  return {
    createOrder: (order) => ask({ method: 'createOrder', order }, true),
    append: (orderNumber, expectedVersion, events) =>
      ask({ method: 'append', orderNumber, expectedVersion, events }, true),
    openOrders: () => ask({ method: 'openOrders' }, false),
    order: (orderNumber) => ask({ method: 'order', orderNumber }, false),
    ordersOfSale: (saleId) => ask({ method: 'ordersOfSale', saleId }, false),
    scannedBefore: (paymentCode) => ask({ method: 'scannedBefore', paymentCode, wallMs: host.wallMs() }, false),
    probe: () => ask({ method: 'probe' }, true),
    createRefund: (refund) => ask({ method: 'createRefund', refund }, true),
    appendRefund: (refundNumber, expectedVersion, events) =>
      ask({ method: 'appendRefund', refundNumber, expectedVersion, events }, true),
    openRefunds: () => ask({ method: 'openRefunds' }, false),
    refund: (refundNumber) => ask({ method: 'refund', refundNumber }, false),
    refundsOfOrder: (orderNumber) => ask({ method: 'refundsOfOrder', orderNumber }, false),
    close: async () => undefined,
  }
}

/** The order that an answer of the writer holds, if it holds one. */
function orderIn(value: unknown): Order | null {
  // A refund has an order's number as well, and is none.
  if (typeof value !== 'object' || value === null || 'refundNumber' in value) return null
  if ('orderNumber' in value) return value as Order
  return 'order' in value && 'kind' in value ? (value.order as Order) : null
}

/** How SQLite itself is made to refuse; null for what only a broken disk does. */
function refusingPragma(problem: LedgerProblem, { db }: WriterDatabase): readonly [string, string] | null {
  if (problem.kind === 'read-only') return ['query_only = ON', 'query_only = OFF']
  if (problem.kind !== 'disk-full') return null
  const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count)
  return [`max_page_count = ${pages}`, 'max_page_count = 4294967294']
}
