import { type OnCrashPoint, reportCommit, type SteppedEvent } from '../crash-points/crash-points.ts'
import type { PrintCommit } from '../crash-points/print-points.ts'
import { assertNever } from '../till/brand.ts'
import type { PaymentCode } from '../till/ids.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import { createOrder, step } from '../till/order/step.ts'
import { makeOrderNumber } from '../till/order-number.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import { closeWriterDatabase, type WriterDatabase } from './database.ts'
import { prepareFingerprints, type RandomBytes } from './fingerprints.ts'
import { orderPayload } from './fold.ts'
import { prepareJournal } from './journal.ts'
import type { NewOrder, NewOrderResult } from './ledger.ts'
import { preparePrintJobs } from './print-projection.ts'
import { preparePrintWriter } from './print-writer.ts'
import { problemOf } from './problem.ts'
import { prepareProjections } from './projections.ts'
import { type CallOutcome, isWrite, type LedgerAnswers, type LedgerCall, messageOf } from './protocol.ts'
import { prepareRefunds } from './refund-projection.ts'
import { prepareRefundWriter } from './refund-writer.ts'
import { prepareBelonging } from './shift-belonging.ts'
import { prepareShiftEntries } from './shift-entries.ts'
import { prepareShifts } from './shift-projection.ts'
import { prepareShiftWriter } from './shift-writer.ts'
import { prepareStaff } from './staff-projection.ts'
import { rollBack } from './transaction.ts'

/** How much a probing write takes: more pages than an order with a long journal of its own needs at once. */
const probeBytes = 64 * 1024

/** Does what the ledger is asked, over an open database; used by one worker, or by a test, at a time. */
export type LedgerWriter = {
  /**
   * Does all calls in one transaction with one fsync, and answers them in their order after the commit. A call that is
   * a bug is undone alone. When the disk fails in the midst of several, each is tried again by itself, so that each
   * answer is true for its own call; when the commit fails, nothing was done and every write says so.
   */
  perform(calls: readonly LedgerCall[]): readonly CallOutcome[]
  /**
   * Moves the write-ahead log into the file, for idle moments; `truncate` also leaves no byte of it, so that nothing
   * that was deleted lives on in it. A failure here loses nothing and shows up at the next write.
   */
  checkpoint(how: 'passive' | 'truncate'): void
  /** Whether a key of fingerprints was deleted since the last truncating checkpoint. */
  mustTruncate(): boolean
  close(): void
}

export type WriterOptions = {
  /** What is printed by itself; nothing where it is left out. */
  readonly printing?: PrintingRules
  /** Hears of commits, in tests. */
  readonly onPoint?: OnCrashPoint | undefined
}

const printsNothing: PrintingRules = { mode: 'off', revocations: false }

/** A writer over an open ledger. `random` makes the keys of fingerprints. */
export function makeWriter(database: WriterDatabase, random: RandomBytes, options: WriterOptions = {}): LedgerWriter {
  const { onPoint, printing = printsNothing } = options
  const { db, path, ledgerMark } = database
  const journal = prepareJournal(db, database.head)
  const projections = prepareProjections(db)
  const refunds = prepareRefunds(db)
  const shifts = prepareShifts(db)
  const entries = prepareShiftEntries(db)
  const { refundsOfOrder } = refunds
  const belonging = prepareBelonging({ journal, shifts, entries, orderOf: projections.order, refundsOfOrder })
  const { ordersOfSale } = projections
  const performShiftCall = prepareShiftWriter({
    journal,
    shifts,
    entries,
    staff: prepareStaff(db),
    ledgerMark,
    ordersOfSale,
  })
  const prints = preparePrintJobs(db)
  /** What the running transaction makes durable of print jobs; kept only for a listener. */
  let printCommits: PrintCommit[] = []
  const printWriter = preparePrintWriter(journal, prints, printing, (what) => {
    if (onPoint !== undefined) printCommits.push(what)
  })
  const refundWriter = prepareRefundWriter(journal, refunds, projections.order, belonging, printWriter.refundStepped)
  const fingerprints = prepareFingerprints(db, random)
  const savepoint = db.prepare('SAVEPOINT call')
  const release = db.prepare('RELEASE call')
  const returnTo = db.prepare('ROLLBACK TO call')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const writeState = db.prepare('UPDATE ledger_state SET head_sequence = ?, head_hash = ?, order_count = ?')
  const fillProbe = db.prepare('INSERT INTO probe (filler) VALUES (zeroblob(?))')
  const emptyProbe = db.prepare('DELETE FROM probe')
  let orderCount = Number(db.prepare('SELECT order_count AS orders FROM ledger_state').get()?.orders)
  let hasForgotten = false
  /** What the running transaction makes durable; kept only for a listener. */
  let stepped: SteppedEvent[] = []

  const stepOn = (order: Order, event: OrderEvent): Order => {
    const { order: after, effects } = step(order, event)
    if (onPoint !== undefined) stepped.push({ event, effects })
    return after
  }

  const scannedBefore = (paymentCode: PaymentCode, wallMs: number): Order | null => {
    const holder = fingerprints.holderOf(paymentCode, wallMs)
    return holder === null ? null : projections.order(holder)
  }

  const create = (asked: NewOrder): NewOrderResult => {
    const { paymentCode, saleId, at, amountFen, storeId, tillId, channel, wallet, maskedCode, policy } = asked
    hasForgotten = fingerprints.forgetOld(at.wallMs) || hasForgotten
    const held = scannedBefore(paymentCode, at.wallMs)
    if (held) return { kind: 'scanned-before', order: held }
    orderCount += 1
    const orderNumber = makeOrderNumber({ storeId, tillId, wallMs: at.wallMs, sequence: orderCount, ledgerMark })
    const { wallMs } = at
    const isNewSale = !projections.hasSale(saleId)
    if (isNewSale) {
      const payload = JSON.stringify({ amountFen })
      journal.append({ wallMs, subject: 'sale', subjectId: saleId, type: 'sale-opened', payload })
      projections.insertSale({ saleId, amountFen, openedWallMs: wallMs, status: 'open' })
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
      ...belonging.now(asked.cashier),
    }
    const payRequested = { type: 'pay-requested', at } as const
    const subject = 'order'
    const sequence = journal.append({
      wallMs,
      subject,
      subjectId: orderNumber,
      type: created.type,
      payload: orderPayload(created),
    })
    journal.append({
      wallMs,
      subject,
      subjectId: orderNumber,
      type: payRequested.type,
      payload: orderPayload(payRequested),
    })
    const order = stepOn(createOrder(created), payRequested)
    projections.insertOrder(sequence, order)
    belonging.enterOrder(sequence, order)
    // A sale whose orders had ended unpaid is open again with its new order.
    if (!isNewSale) projections.refreshSale(saleId)
    fingerprints.remember(paymentCode, orderNumber, wallMs)
    return { kind: 'created', order }
  }

  const append = ({ orderNumber, expectedVersion, events }: Extract<LedgerCall, { method: 'append' }>) => {
    const former = projections.order(orderNumber)
    if (!former) throw new Error(`append: there is no order ${orderNumber}`)
    if (former.version !== expectedVersion) {
      throw new Error(`append: ${orderNumber} is at version ${former.version}, not ${expectedVersion}`)
    }
    let order = former
    for (const event of events) {
      const { type, at } = event
      journal.append({
        wallMs: at.wallMs,
        subject: 'order',
        subjectId: orderNumber,
        type,
        payload: orderPayload(event),
      })
      const before = order
      order = stepOn(before, event)
      printWriter.orderStepped(before, order, at)
    }
    const last = events.at(-1)
    if (last !== undefined) {
      projections.updateOrder(order)
      belonging.noteOrder(order, last.at)
    }
    if (order.status !== former.status) projections.refreshSale(order.saleId)
    return order
  }

  const probe = (): null => {
    fillProbe.run(probeBytes)
    emptyProbe.run()
    return null
  }

  const perform = (call: LedgerCall): LedgerAnswers[LedgerCall['method']] => {
    switch (call.method) {
      case 'createOrder':
        return create(call.order)
      case 'append':
        return append(call)
      case 'openOrders':
        return projections.openOrders()
      case 'order':
        return projections.order(call.orderNumber)
      case 'ordersOfSale':
        return projections.ordersOfSale(call.saleId)
      case 'scannedBefore':
        return scannedBefore(call.paymentCode, call.wallMs)
      case 'forgetOldFingerprints':
        hasForgotten = fingerprints.forgetOld(call.wallMs) || hasForgotten
        return null
      case 'probe':
        return probe()
      case 'createRefund':
        return refundWriter.create(call.refund)
      case 'appendRefund':
        return refundWriter.append(call)
      case 'openRefunds':
        return refunds.openRefunds()
      case 'refund':
        return refunds.refund(call.refundNumber)
      case 'refundsOfOrder':
        return refunds.refundsOfOrder(call.orderNumber)
      case 'openShift':
      case 'actOnShift':
      case 'currentShift':
      case 'recordCash':
      case 'addPerson':
      case 'changePerson':
      case 'staff':
        return performShiftCall(call)
      case 'createPrintJob':
        return printWriter.create(call.job)
      case 'appendPrint':
        return printWriter.append(call)
      case 'openPrintJobs':
        return prints.openJobs()
      case 'printJob':
        return prints.job(call.jobId)
      case 'printJobsOfOrder':
        return prints.jobsOfOrder(call.orderNumber)
      default:
        return assertNever(call, 'ledger call')
    }
  }

  /** What is kept in memory of what stands in the file, to go back to when the file does. */
  const remembered = () => ({ head: journal.head(), orderCount, hasForgotten })
  const recall = (before: ReturnType<typeof remembered>): void => {
    journal.returnTo(before.head)
    fingerprints.reload()
    orderCount = before.orderCount
    hasForgotten = before.hasForgotten
  }

  /** One call in a savepoint of its own; a bug is undone alone, a problem of the disk is thrown on. */
  const performInSavepoint = (call: LedgerCall): CallOutcome => {
    const before = remembered()
    savepoint.run()
    try {
      const value = perform(call)
      release.run()
      return { kind: 'done', value }
    } catch (error) {
      recall(before)
      if (problemOf(error, path)) throw error
      returnTo.run()
      release.run()
      return { kind: 'bug', message: messageOf(error) }
    }
  }

  const performTogether = (calls: readonly LedgerCall[]): readonly CallOutcome[] => {
    const before = remembered()
    let isCommitting = false
    stepped = []
    printCommits = []
    try {
      begin.run()
      const outcomes = calls.map(performInSavepoint)
      const head = journal.head()
      if (head !== before.head) writeState.run(head.sequence, head.hash, orderCount)
      isCommitting = true
      for (const each of stepped) reportCommit(onPoint, each, 'committing')
      for (const what of printCommits) onPoint?.(`print.${what}-committing`)
      commit.run()
      for (const each of stepped) reportCommit(onPoint, each, 'committed')
      for (const what of printCommits) onPoint?.(`print.${what}-committed`)
      return outcomes
    } catch (error) {
      const problem = problemOf(error, path)
      rollBack(db)
      recall(before)
      if (!problem) throw error
      const isOver = isCommitting || calls.length === 1
      return calls.flatMap((call) => {
        if (!isWrite(call)) return [performRead(call)]
        return isOver ? [{ kind: 'problem', problem }] : performTogether([call])
      })
    }
  }

  const performRead = (call: LedgerCall): CallOutcome => {
    try {
      return { kind: 'done', value: perform(call) }
    } catch (error) {
      const problem = problemOf(error, path)
      return problem ? { kind: 'problem', problem } : { kind: 'bug', message: messageOf(error) }
    }
  }

  return {
    perform: (calls) => (calls.some(isWrite) ? performTogether(calls) : calls.map(performRead)),
    checkpoint(how) {
      try {
        db.exec(`PRAGMA wal_checkpoint(${how})`)
        if (how === 'truncate') hasForgotten = false
      } catch (error) {
        if (!problemOf(error, path)) throw error
      }
    },
    mustTruncate: () => hasForgotten,
    close: () => closeWriterDatabase(db, path),
  }
}
