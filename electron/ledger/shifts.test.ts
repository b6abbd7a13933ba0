import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SaleId, ShiftId, StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { doneAnswer, newRefund } from './fixtures/test-refunds.ts'
import { act, cashier, close, move, newShift, open, taken } from './fixtures/test-shifts.ts'
import { commitsInLog, openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { openLedger, openLedgerReader } from './open-ledger.ts'
import { rebuildProjections } from './rebuild.ts'

const entriesOf = (writer: TestWriter) =>
  tableRows(writer.db, 'shift_entries').map(({ shift_id, subject_id, is_open, sold_fen, returned_fen }) => ({
    shift: shift_id,
    subject: subject_id,
    open: is_open === 1,
    sold: sold_fen,
    returned: returned_fen,
  }))

test('an order and a refund belong to the shift that is open when they begin, in the same commit, for good (I10)', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const early = writer.create(newOrder())
  assert.equal(early.shiftId, undefined)
  const { shiftId } = open(writer)
  const commits = commitsInLog(writer.db, () => void writer.create(newOrder()))
  assert.equal(commits, 1)
  const mine = writer.append(writer.create(newOrder({ cashier: 9 as StaffNumber })), awaitingAnswer())
  assert.deepEqual([mine.shiftId, mine.cashier], [shiftId, 9])
  const byHolder = writer.create(newOrder())
  assert.equal(byHolder.cashier, cashier, 'nobody is signed in: whoever runs the shift')
  writer.append(early, paidAnswer(early))
  close(writer, shiftId, 20_000)
  const next = open(writer, { cashier: 8 as StaffNumber })
  const refund = writer.ask({ method: 'createRefund', refund: newRefund(early) })
  assert.ok(refund.kind === 'created')
  assert.deepEqual([refund.refund.shiftId, refund.refund.cashier], [next.shiftId, 8])
  const shifts = entriesOf(writer).map(({ shift }) => shift)
  assert.deepEqual(shifts, ['day-20260318', shiftId, shiftId, shiftId, next.shiftId])
  assert.deepEqual(verified(writer.db).broken, [])
})

test('a till has one open shift at a time, and its day is never before the last one’s', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const first = open(writer)
  assert.equal(first.businessDay, '20260318')
  const again = writer.ask({ method: 'openShift', shift: newShift() })
  assert.deepEqual(again, { kind: 'already-open', shift: first })
  assert.deepEqual(writer.ask({ method: 'currentShift' }), first)
  close(writer, first.shiftId, 20_000)
  assert.equal(writer.ask({ method: 'currentShift' }), null)
  const setBack = open(writer, { at: moment(-86_400_000) })
  assert.equal(setBack.businessDay, '20260318', 'the clock was set back over midnight')
  assert.notEqual(setBack.shiftId, first.shiftId)
  close(writer, setBack.shiftId, 20_000)
  assert.equal(open(writer, { at: moment(15 * 3_600_000) }).businessDay, '20260318', 'three at night')
})

test('what is open at the close is named, stays with its shift, and is told by a supplement; the report never changes', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const { shiftId } = open(writer)
  const paid = writer.create(newOrder())
  writer.append(paid, paidAnswer(paid))
  const waiting = writer.append(writer.create(newOrder({ saleId: 'sale-2' as SaleId })), awaitingAnswer())
  const lost = writer.append(writer.create(newOrder({ saleId: 'sale-3' as SaleId })), awaitingAnswer())
  const closed = close(writer, shiftId, 20_000)
  assert.deepEqual(
    closed.closing?.open.map(({ subjectId, status }) => [subjectId, status]),
    [waiting, lost].map(({ orderNumber, status }) => [orderNumber, status]),
  )
  assert.deepEqual([closed.closing?.totals.soldFen, closed.closing?.totals.openOrdersFen], [1_234, 2_468])

  const next = open(writer)
  const at = moment(90_000)
  const outcome = { kind: 'paid', transactionId: 'T', amountFen: fen(1_234), evidence: {} } as const
  const event = { type: 'query-answered', at, outcome } as unknown as Parameters<TestWriter['append']>[1]
  const commits = commitsInLog(
    writer.db,
    () => void writer.append(waiting, { type: 'woken', at: moment(80_000) }, event),
  )
  assert.equal(commits, 1)
  const after = writer.ask({ method: 'actOnShift', shiftId, wanted: { act: { kind: 'begin-close' }, by: null, at } })
  assert.ok(after.kind === 'refused' && after.problem === 'closed')
  assert.deepEqual(after.shift.closing, closed.closing)
  assert.deepEqual(
    after.shift.supplements.map(({ subjectId, status, after: told }) => [subjectId, status, told.soldFen, told.isOpen]),
    [[waiting.orderNumber, 'paid', 1_234, false]],
  )
  assert.deepEqual(writer.ask({ method: 'currentShift' }), next)
  assert.deepEqual(verified(writer.db).broken, [])
})

test('cash is taken once for a sale, given back at most once, and not while the drawer is counted (I8)', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const kind = (result: ReturnType<typeof move>) => (result.kind === 'recorded' ? 'recorded' : result.problem.kind)
  assert.equal(kind(move(writer, taken('s', 500))), 'no-open-shift')
  const { shiftId } = open(writer)
  const first = move(writer, taken('s', 500))
  assert.ok(first.kind === 'recorded')
  assert.deepEqual([first.entry.shiftId, first.entry.cashier], [shiftId, cashier])
  assert.equal(kind(move(writer, taken('s', 500))), 'more-than-left', 'a second press of the key')
  const back = { kind: 'returned', saleId: 's' as SaleId, amountFen: fen(300), reason: 'x' } as const
  assert.deepEqual([move(writer, back), move(writer, back)].map(kind), ['recorded', 'more-than-taken'])
  act(writer, shiftId, { kind: 'begin-close' })
  assert.equal(kind(move(writer, taken('t', 1))), 'being-counted')
  act(writer, shiftId, { kind: 'count', countedFen: fen(20_200) })
  const closed = act(writer, shiftId, { kind: 'close', differenceReason: '', unsignedUpToFen: fen(0) })
  assert.ok(closed.kind === 'done')
  assert.deepEqual(closed.shift.closing?.count, { countedFen: 20_200, expectedFen: 20_200 })
  assert.deepEqual(verified(writer.db).broken, [])
})

test('part cash, part code: an order that may still be paid leaves no cash to take, one that failed does', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  open(writer)
  const saleId = 'split' as SaleId
  const order = writer.create(newOrder({ saleId, amountFen: fen(600) }))
  const refused = move(writer, taken('split', 500, 1_000))
  assert.ok(refused.kind === 'refused')
  assert.deepEqual(refused.problem, { kind: 'more-than-left', leftFen: 400 })
  assert.equal(move(writer, taken('split', 400, 1_000)).kind, 'recorded')
  writer.append(order, failedAnswer())
  assert.equal(move(writer, taken('split', 600, 1_000)).kind, 'recorded')
})

test('what was refunded in the shift counts against what it sold', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const { shiftId } = open(writer)
  const order = writer.create(newOrder())
  writer.append(order, paidAnswer(order))
  const refund = writer.ask({ method: 'createRefund', refund: newRefund(order) })
  assert.ok(refund.kind === 'created')
  const { refundNumber, version } = refund.refund
  writer.ask({ method: 'appendRefund', refundNumber, expectedVersion: version, events: [doneAnswer] })
  const closed = close(writer, shiftId, 20_000)
  assert.deepEqual([closed.closing?.totals.soldFen, closed.closing?.totals.returnedFen], [1_234, 100])
  assert.equal(closed.closing?.totals.netFen, 1_134)
})

test('verify names a report, an entry and a shift that were changed, and a rebuild makes them from the journal', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const { shiftId } = open(writer)
  const order = writer.create(newOrder())
  writer.append(order, paidAnswer(order))
  move(writer, taken('s', 500))
  close(writer, shiftId, 20_500)
  const tables = ['shifts', 'cash', 'shift_entries']
  const whole = tables.map((table) => tableRows(writer.db, table))
  writer.db.exec(`
    UPDATE shift_entries SET sold_fen = 1 WHERE subject_id = '${order.orderNumber}';
    UPDATE shifts SET status = 'open';
    UPDATE cash SET amount_fen = 400;
    INSERT INTO shift_entries SELECT 99, shift_id, kind, 'S9', order_number, wall_ms, tender, channel, wallet, cashier, hour,
      last_digits, amount_fen, status, 0, 0, 0, 0 FROM shift_entries WHERE subject_id = '${order.orderNumber}'`)
  assert.deepEqual(
    verified(writer.db).broken.map((breach) => [breach.kind === 'projection' && breach.subjectId, breach.detail]),
    [
      [shiftId, 'the row differs from the journal in status'],
      [whole[1]?.[0]?.cash_number, 'the row differs from the journal in amountFen'],
      [order.orderNumber, 'the entry of its shift differs from the journal in soldFen'],
      ['S9', 'the entry of a shift belongs to nothing'],
      [shiftId, 'report and supplements do not come to the entries in soldFen'],
    ],
  )
  const { dropped, unreadable } = rebuildProjections(writer.db)
  assert.deepEqual([dropped, unreadable], [[], []])
  assert.deepEqual(
    tables.map((table) => tableRows(writer.db, table)),
    whole,
  )
  assert.deepEqual(verified(writer.db).broken, [])
})

test('over the workers: lists go back page by page without a gap, and an implicit shift has sums too', async (context) => {
  const dataDirectory = dataFolder(context)
  const opened = await openLedger({ dataDirectory, reservedBytes: 0, wallClock: () => moment().wallMs })
  assert.ok(opened.ok)
  const ledger = opened.value
  await ledger.createOrder(newOrder())
  const shift = await ledger.openShift(newShift())
  assert.ok(shift.ok && shift.value.kind === 'opened')
  const { shiftId } = shift.value.shift
  const made = await Promise.all(Array.from({ length: 7 }, () => ledger.createOrder(newOrder())))
  const numbers = made.map((result) => (result.ok ? result.value.order.orderNumber : assert.fail()))
  const reader = await openLedgerReader({ dataDirectory })
  assert.ok(reader.ok)
  const listed: string[] = []
  let before: number | null = null
  let pages = 0
  do {
    const page = await reader.value.shiftOrders(shiftId, { limit: 3, before })
    assert.ok(page.ok)
    listed.push(...page.value.items.map(({ orderNumber }) => orderNumber))
    before = page.value.before
    pages += 1
  } while (before !== null)
  const filtered = await reader.value.orders({ shiftId })
  const sums = await reader.value.shiftSums('day-20260318' as ShiftId)
  const shifts = await reader.value.shifts({ limit: 10 })
  await reader.value.close()
  await ledger.close()
  assert.deepEqual(listed, numbers.toReversed())
  assert.equal(pages, 3)
  assert.ok(filtered.ok && sums.ok && shifts.ok)
  assert.deepEqual(
    filtered.value.map(({ orderNumber }) => orderNumber),
    listed,
  )
  assert.equal(sums.value.totals.openOrders, 1)
  assert.deepEqual(
    shifts.value.items.map((each) => each.shiftId),
    [shiftId],
  )
})

test('a folder without a ledger has no shifts, no staff and empty sums', async (context) => {
  const reader = await openLedgerReader({ dataDirectory: dataFolder(context) })
  assert.ok(reader.ok)
  const [shifts, sums, staff] = await Promise.all([
    reader.value.shifts({ limit: 1 }),
    reader.value.shiftSums('day-20260318' as ShiftId),
    reader.value.staff(),
  ])
  await reader.value.close()
  assert.ok(shifts.ok && sums.ok && staff.ok)
  assert.deepEqual([shifts.value.items, sums.value.totals.soldFen, staff.value], [[], 0, []])
})
