import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { PrintEvent } from '../till/print/event.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import { restoreLedger } from './backup/restore.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { backupOf } from './fixtures/spoilt-ledger.ts'
import { failedAnswer, moment, newOrder, noonWallMs, paidAnswer } from './fixtures/test-orders.ts'
import { doneAnswer, newRefund } from './fixtures/test-refunds.ts'
import { commitsInLog, openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { openLedger, openLedgerReader } from './open-ledger.ts'
import type { NewPrintJobResult } from './print-ledger.ts'
import { randomSource } from './random.ts'
import { rebuildProjections } from './rebuild.ts'

const automatic: PrintingRules = { mode: 'automatic', revocations: true }

const openPrinting = (context: TestContext, folder = dataFolder(context), printing = automatic) =>
  openTestWriter(context, folder, { printing })

const jobIds = (writer: TestWriter) => tableRows(writer.db, 'print_jobs').map(({ job_id }) => job_id)

const paidOrder = (writer: TestWriter): Order => {
  const order = writer.create(newOrder())
  return writer.append(order, paidAnswer(order))
}

const ask = (writer: TestWriter, orderNumber: OrderNumber, afterMs = 9_000): NewPrintJobResult =>
  writer.ask({
    method: 'createPrintJob',
    job: { kind: 'sale', subjectId: orderNumber, orderNumber, by: 'cashier', wantedPrinter: null, at: moment(afterMs) },
  })

const append = (writer: TestWriter, { jobId, version }: PrintJob, ...events: readonly PrintEvent[]): PrintJob =>
  writer.ask({ method: 'appendPrint', jobId, expectedVersion: version, events })

const onlyJob = (writer: TestWriter): PrintJob => writer.ask({ method: 'openPrintJobs' })[0] ?? assert.fail('no job')

const sending: PrintEvent = {
  type: 'sending',
  at: moment(3_000),
  printer: 'counter',
  bytesHash: 'ab'.repeat(32),
  byteCount: 900,
}
const printed: PrintEvent = { type: 'printed', at: moment(4_000), proof: 'status-after-data' }
const unconfirmed: PrintEvent = { type: 'unconfirmed', at: moment(4_000), bytesSent: 9, condition: 'offline' }

test('a receipt’s job is journaled behind the event that it tells of, in the same commit', (context) => {
  const writer = openPrinting(context)
  const order = writer.create(newOrder())
  assert.equal(
    commitsInLog(writer.db, () => void writer.append(order, paidAnswer(order))),
    1,
  )
  const last = tableRows(writer.db, 'journal').slice(-2)
  assert.deepEqual(
    last.map(({ subject, type }) => `${subject} ${type}`),
    ['order pay-answered', 'print created'],
  )
  const job = onlyJob(writer)
  assert.deepEqual([job.jobId, job.status, job.copy, job.askedBy], [`sale.${order.orderNumber}.1`, 'queued', 1, null])
  assert.deepEqual(verified(writer.db).broken, [])
})

test('an append that is undone leaves no job', (context) => {
  const writer = openPrinting(context)
  const order = writer.create(newOrder())
  writer.db.exec("CREATE TEMP TRIGGER refuse BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'refused'); END")
  assert.throws(() => writer.append(order, paidAnswer(order)), /refused/)
  assert.deepEqual(jobIds(writer), [])
  writer.db.exec('DROP TRIGGER refuse')
  writer.append(order, paidAnswer(order))
  assert.deepEqual(jobIds(writer), [`sale.${order.orderNumber}.1`])
})

test('an end that is opened again and reached again makes no second original', (context) => {
  const writer = openPrinting(context)
  const order = writer.append(writer.create(newOrder()), failedAnswer())
  const paidLate = (afterMs: number): readonly OrderEvent[] => [
    { type: 'query-requested', at: moment(afterMs), by: 'staff' },
    {
      type: 'query-answered',
      at: moment(afterMs + 1),
      outcome: {
        kind: 'paid',
        transactionId: '4200000001' as NonNullable<Order['transactionId']>,
        amountFen: order.amountFen,
        evidence: {},
      },
    },
  ]
  const proof = { kind: 'pin', name: 'Wang', pinId: 'pin-1' } as const
  const settled: OrderEvent = {
    type: 'settled-by-hand',
    at: moment(30_000),
    decision: 'money-returned',
    reason: 'seen',
    proof,
  }
  const inDoubt = writer.append(order, ...paidLate(10_000))
  assert.equal(inDoubt.status, 'attention')
  const revoked = writer.append(inDoubt, settled)
  assert.equal(revoked.status, 'revoked')
  const { orderNumber } = order
  assert.deepEqual(jobIds(writer), [`case-slip.${orderNumber}.1`, `revocation.${orderNumber}.1`])
  // A settlement is no news any more; without it the same "paid" would open the case a second time.
  writer.db.exec(`UPDATE orders SET state = json_set(state, '$.settlement', json('null'))`)
  const again = writer.append(revoked, ...paidLate(40_000))
  assert.equal(again.status, 'attention')
  writer.append(again, { ...settled, at: moment(60_000) })
  assert.deepEqual(jobIds(writer), [`case-slip.${orderNumber}.1`, `revocation.${orderNumber}.1`])
})

test('a refund’s receipt is made when its money went back', (context) => {
  const writer = openPrinting(context)
  const order = paidOrder(writer)
  const created = writer.ask({ method: 'createRefund', refund: newRefund(order) })
  assert.ok(created.kind === 'created')
  const { refundNumber, version: expectedVersion } = created.refund
  assert.equal(jobIds(writer).length, 1)
  writer.ask({ method: 'appendRefund', refundNumber, expectedVersion, events: [doneAnswer] })
  assert.deepEqual(jobIds(writer), [`sale.${order.orderNumber}.1`, `refund.${refundNumber}.1`])
  assert.equal(writer.ask({ method: 'printJobsOfOrder', orderNumber: order.orderNumber }).length, 2)
})

test('a till that prints nothing by itself makes no job, and makes one when asked', (context) => {
  for (const mode of ['on-demand', 'off'] as const) {
    const writer = openPrinting(context, dataFolder(context), { mode, revocations: true })
    const { orderNumber } = paidOrder(writer)
    assert.deepEqual(jobIds(writer), [])
    const asked = ask(writer, orderNumber)
    assert.ok(asked.kind === 'created')
    assert.deepEqual([asked.job.copy, asked.job.askedBy], [1, 'cashier'])
  }
})

test('copies: under way while one is in line, asked about while one is in doubt, then numbered', (context) => {
  const writer = openPrinting(context)
  const { orderNumber } = paidOrder(writer)
  assert.deepEqual(ask(writer, orderNumber), { kind: 'under-way', job: onlyJob(writer) })
  const doubted = append(writer, onlyJob(writer), sending, unconfirmed)
  assert.deepEqual(ask(writer, orderNumber), { kind: 'unconfirmed', job: doubted })
  append(writer, doubted, { type: 'looked-at', at: moment(5_000), didPrint: true, by: 'cashier' })
  const copy = ask(writer, orderNumber)
  assert.ok(copy.kind === 'created')
  assert.deepEqual([copy.job.jobId, copy.job.copy], [`sale.${orderNumber}.2`, 2])
  append(writer, copy.job, { type: 'cancelled', at: moment(6_000), by: 'cashier' })
  const again = ask(writer, orderNumber)
  assert.ok(again.kind === 'created')
  assert.deepEqual([again.job.copy, again.job.status], [2, 'queued'])
  assert.deepEqual(verified(writer.db).broken, [])
})

test('a version that is not the ledger’s is a bug and changes nothing', (context) => {
  const writer = openPrinting(context)
  paidOrder(writer)
  const job = onlyJob(writer)
  assert.throws(() => append(writer, { ...job, version: 7 }, sending), /version/)
  assert.deepEqual(onlyJob(writer), job)
})

test('verify names print jobs that are missing, changed or extra, and a rebuild makes them from the journal', (context) => {
  const writer = openPrinting(context)
  const { orderNumber } = paidOrder(writer)
  append(writer, onlyJob(writer), sending, printed)
  ask(writer, orderNumber)
  const whole = tableRows(writer.db, 'print_jobs')
  assert.deepEqual(verified(writer.db).broken, [])
  writer.db.exec(
    "UPDATE print_jobs SET copy = 9, status = 'failed' WHERE sequence = (SELECT min(sequence) FROM print_jobs)",
  )
  writer.db.exec('DELETE FROM print_jobs WHERE sequence = (SELECT max(sequence) FROM print_jobs)')
  writer.db.exec("INSERT INTO print_jobs VALUES (9999, 'EXTRA', 'sale', 'X', 1, NULL, 'printed', 1, '{}')")
  assert.deepEqual(
    verified(writer.db).broken.map(({ detail }) => detail),
    [
      'the row differs from the journal in copy, status',
      'the print job has no row',
      'the row has no entry in the journal',
    ],
  )
  const rebuilt = rebuildProjections(writer.db)
  assert.deepEqual([rebuilt.printJobs, rebuilt.unreadable, rebuilt.dropped], [2, [], ['EXTRA']])
  assert.deepEqual(tableRows(writer.db, 'print_jobs'), whole)
  assert.deepEqual(verified(writer.db).broken, [])
})

test('an entry that cannot be read is named, and its job keeps the row that it has', (context) => {
  const spoilt: readonly (readonly [type: string, payload: string, detail: RegExp])[] = [
    ['created', '{', /no JSON/],
    ['created', '{"at":{"monotonicMs":1,"wallMs":1}}', /moment/],
    ['sending', `{"at":${JSON.stringify(moment(3_000))},"printer":1,"bytesHash":"x"}`, /printer/],
  ]
  for (const [type, payload, detail] of spoilt) {
    const writer = openPrinting(context)
    paidOrder(writer)
    append(writer, onlyJob(writer), sending)
    const before = tableRows(writer.db, 'print_jobs')
    writer.db.exec('DROP TRIGGER journal_is_never_updated')
    writer.db.prepare("UPDATE journal SET payload = ? WHERE subject = 'print' AND type = ?").run(payload, type)
    assert.match(JSON.stringify(verified(writer.db).broken), detail)
    assert.deepEqual(
      rebuildProjections(writer.db).unreadable,
      before.map(({ job_id }) => job_id),
    )
    assert.deepEqual(tableRows(writer.db, 'print_jobs'), before)
  }
})

test('what a restored backup has in line is in doubt, for it may have been printed since', (context) => {
  const folder = dataFolder(context)
  const writer = openPrinting(context, folder)
  paidOrder(writer)
  const backup = backupOf(folder, noonWallMs + 10_000)
  append(writer, onlyJob(writer), sending, printed)
  writer.close()
  rmSync(join(folder, 'ledger.sqlite'))
  const options = { dataDirectory: folder, backup, random: randomSource(null), wallMs: noonWallMs + 60_000 }
  assert.equal(restoreLedger(options).kind, 'restored')
  const after = openPrinting(context, folder)
  assert.deepEqual(verified(after.db).broken, [])
  assert.deepEqual([onlyJob(after).status, onlyJob(after).mayHavePrinted], ['unconfirmed', true])
})

test('over the workers: the rules travel, and the reader lists jobs and their entries', async (context) => {
  const dataDirectory = dataFolder(context)
  const opened = await openLedger({
    dataDirectory,
    reservedBytes: 0,
    wallClock: () => moment().wallMs,
    printing: automatic,
  })
  assert.ok(opened.ok)
  const ledger = opened.value
  const made = await ledger.createOrder(newOrder({ amountFen: fen(500) }))
  assert.ok(made.ok)
  const { order } = made.value
  await ledger.append(order.orderNumber, order.version, [paidAnswer(order)])
  const open = await ledger.openPrintJobs()
  assert.ok(open.ok)
  const job = open.value[0] ?? assert.fail('no job')
  const appended = await ledger.appendPrint(job.jobId, job.version, [sending])
  assert.ok(appended.ok)
  assert.deepEqual(await ledger.printJob(job.jobId), appended)
  const reader = await openLedgerReader({ dataDirectory })
  assert.ok(reader.ok)
  const [newest, ofOrder, journal] = await Promise.all([
    reader.value.printJobs(10),
    reader.value.printJobsOfOrder(order.orderNumber),
    reader.value.printJournalOf(order.orderNumber),
  ])
  await reader.value.close()
  await ledger.close()
  assert.ok(newest.ok && ofOrder.ok && journal.ok)
  assert.deepEqual([newest.value, ofOrder.value], [[appended.value], [appended.value]])
  assert.deepEqual(
    journal.value.map(({ type }) => type),
    ['created', 'sending'],
  )
})
