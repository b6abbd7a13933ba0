import { setImmediate as nextTurn } from 'node:timers/promises'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { assertNever } from '../till/brand.ts'
import type { LedgerResult } from './ledger.ts'
import type { CallOutcome, ReaderCall, ReaderWorkerData, WorkerReply, WorkerRequest } from './protocol.ts'
import { messageOf } from './protocol.ts'
import { openReader, type Reader } from './reader.ts'

const outcomeOf = (result: LedgerResult<unknown>): CallOutcome =>
  result.ok ? { kind: 'done', value: result.value } : { kind: 'problem', problem: result.problem }

/** Answers calls one by one; a verification gives way to them after each of its steps. */
function serve(port: MessagePort, reader: Reader): void {
  let isClosed = false

  const verify = async (id: number): Promise<LedgerResult<unknown>> => {
    const steps = reader.verification()
    while (true) {
      const step = steps.next()
      if (step.done) return step.value
      port.postMessage({ type: 'progress', id, ...step.value } satisfies WorkerReply)
      await nextTurn()
      if (isClosed) {
        // Ends the generator, and with it the connection that it has open.
        steps.return({ ok: false, problem: { kind: 'closed' } })
        return { ok: false, problem: { kind: 'closed' } }
      }
    }
  }

  const perform = (id: number, call: ReaderCall): LedgerResult<unknown> | Promise<LedgerResult<unknown>> => {
    switch (call.method) {
      case 'orders':
        return reader.orders(call.filter)
      case 'historyPage':
        return reader.historyPage(call.wish)
      case 'historySums':
        return reader.historySums(call.query)
      case 'order':
        return reader.order(call.orderNumber)
      case 'journalOf':
        return reader.journalOf(call.orderNumber)
      case 'unreadable':
        return reader.unreadable()
      case 'refundJournalOf':
        return reader.refundJournalOf(call.orderNumber)
      case 'refundsOfOrder':
        return reader.refundsOfOrder(call.orderNumber)
      case 'refundsBetween':
        return reader.refundsBetween(call.fromWallMs, call.toWallMs)
      case 'printJobs':
        return reader.printJobs(call.limit)
      case 'printJobsOfOrder':
        return reader.printJobsOfOrder(call.orderNumber)
      case 'printJournalOf':
        return reader.printJournalOf(call.orderNumber)
      case 'chainOf':
        return reader.chainOf(call.orderNumber)
      case 'linksAt':
        return reader.linksAt(call.sequences)
      case 'shifts':
      case 'shift':
      case 'shiftSums':
      case 'shiftOrders':
      case 'shiftCash':
      case 'cashOfSale':
      case 'staff':
      case 'overrides':
        return reader.ofShifts(call)
      case 'verify':
        return verify(id)
      default:
        return assertNever(call, 'ledger reader call')
    }
  }

  const answer = async (id: number, call: ReaderCall): Promise<void> => {
    let outcome: CallOutcome
    try {
      outcome = outcomeOf(await perform(id, call))
    } catch (error) {
      outcome = { kind: 'bug', message: messageOf(error) }
    }
    port.postMessage({ type: 'answers', answers: [{ id, outcome }] } satisfies WorkerReply)
  }

  port.on('message', (request: WorkerRequest<ReaderCall>) => {
    if (request.type === 'call') {
      void answer(request.id, request.call)
      return
    }
    isClosed = true
    reader.close()
    port.close()
  })
}

if (!parentPort) throw new Error('the ledger reader runs in a worker only')
const port = parentPort
// Started by `openLedgerReader` and by nothing else.
const { dataDirectory } = workerData as ReaderWorkerData
const opened = openReader(dataDirectory)
port.postMessage({
  type: 'opened',
  result: opened.ok ? { ok: true, value: null } : opened,
} satisfies WorkerReply)
if (opened.ok) serve(port, opened.value)
