import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SaleId, ShiftId, StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import type { Refund } from '../till/refund/refund.ts'
import { implicitShiftId } from '../till/shift/shift-id.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { doneAnswer, newRefund, refusedAnswers } from './fixtures/test-refunds.ts'
import { act, move, newShift, taken } from './fixtures/test-shifts.ts'
import { openTestWriter, type TestWriter } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'

/** One thing that happens at the counter; the number chooses what it happens to. */
type Turn = { readonly kind: (typeof kinds)[number]; readonly which: number }

const kinds = [
  'sale',
  'paid',
  'failed',
  'refund',
  'refund-done',
  'refund-refused',
  'cash',
  'cash-back',
  'hand-over',
  'open',
  'close',
  'crash',
] as const

/** The naive books: what each shift must come to, kept by hand beside the ledger. */
type Naive = { sold: number; returned: number; drawer: number }

test('any interleaving of sales, refunds, cash, hand-overs, closes and crashes keeps I8 and I10, and totals are naive sums', (context) => {
  const turn = fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(7) })
  fc.assert(
    fc.property(fc.array(turn, { minLength: 10, maxLength: 45 }), (turns) => {
      play(context, turns)
    }),
    { numRuns: 8 },
  )
})

function play(context: Parameters<typeof dataFolder>[0], turns: readonly Turn[]): void {
  const openWriter = (folder: string): TestWriter => {
    const opened = openTestWriter(context, folder)
    // What is asked here is what is written, not that it is on disk: fsync would make the test slow.
    opened.db.exec('PRAGMA synchronous = OFF')
    return opened
  }
  let folder = dataFolder(context)
  let writer = openWriter(folder)
  const orders: Order[] = []
  const refunds: Refund[] = []
  const naive = new Map<ShiftId, Naive>()
  const reports = new Map<ShiftId, string>()
  const implicit = implicitShiftId(moment().wallMs)
  const booksOf = (shiftId: ShiftId): Naive => {
    const books = naive.get(shiftId) ?? { sold: 0, returned: 0, drawer: 0 }
    naive.set(shiftId, books)
    return books
  }
  let cashSales = 0

  for (const { kind, which } of turns) {
    const shift = writer.ask({ method: 'currentShift' })
    const here = shift?.shiftId ?? implicit
    const undecided = orders.filter(({ status }) => status === 'paying')
    const order = undecided[which % Math.max(1, undecided.length)]
    const paid = orders.filter(({ status }) => status === 'paid')
    const sold = paid[which % Math.max(1, paid.length)]
    const open = refunds.filter(({ status }) => status === 'requested')
    const refund = open[which % Math.max(1, open.length)]
    const replace = <Item extends Order | Refund>(list: Item[], former: Item, next: Item): void => {
      list[list.indexOf(former)] = next
    }
    switch (kind) {
      case 'sale': {
        const saleId = `sale-${orders.length}` as SaleId
        const made = writer.create(newOrder({ saleId, amountFen: fen(100 + which) }))
        assert.equal(made.shiftId ?? implicit, here)
        orders.push(made)
        break
      }
      case 'paid':
      case 'failed': {
        if (!order) break
        const after = writer.append(order, kind === 'paid' ? paidAnswer(order) : failedAnswer())
        replace(orders, order, after)
        if (after.status === 'paid') booksOf(order.shiftId ?? implicit).sold += order.amountFen
        break
      }
      case 'refund': {
        if (!sold) break
        const asked = newRefund(sold, { amountFen: fen(1 + which * 30) })
        const result = writer.ask({ method: 'createRefund', refund: asked })
        if (result.kind === 'created') refunds.push(result.refund)
        break
      }
      case 'refund-done':
      case 'refund-refused': {
        if (!refund) break
        const { refundNumber, version: expectedVersion } = refund
        const events = kind === 'refund-done' ? [doneAnswer] : refusedAnswers
        const after = writer.ask({ method: 'appendRefund', refundNumber, expectedVersion, events })
        replace(refunds, refund, after)
        if (after.status === 'done') booksOf(refund.shiftId ?? implicit).returned += refund.amountFen
        break
      }
      case 'cash': {
        cashSales += 1
        const recorded = move(writer, taken(`cash-${cashSales}`, 50 + which))
        assert.equal(recorded.kind === 'recorded', shift !== null)
        if (shift === null) break
        booksOf(here).sold += 50 + which
        booksOf(here).drawer += 50 + which
        break
      }
      case 'cash-back': {
        const saleId = `cash-${1 + (which % Math.max(1, cashSales))}` as SaleId
        const back = move(writer, { kind: 'returned', saleId, amountFen: fen(20), reason: 'x' })
        if (back.kind !== 'recorded') break
        booksOf(here).returned += 20
        booksOf(here).drawer -= 20
        break
      }
      case 'hand-over': {
        const to = (which + 1) as StaffNumber
        if (shift) assert.equal(act(writer, shift.shiftId, { kind: 'hand-over', to, countedFen: null }).kind, 'done')
        break
      }
      case 'open':
        assert.equal(writer.ask({ method: 'openShift', shift: newShift() }).kind === 'opened', shift === null)
        break
      case 'close': {
        if (!shift) break
        act(writer, here, { kind: 'begin-close' })
        const countedFen = fen(20_000 + booksOf(here).drawer)
        act(writer, here, { kind: 'count', countedFen })
        const closed = act(writer, here, { kind: 'close', differenceReason: '', unsignedUpToFen: fen(0) })
        assert.ok(closed.kind === 'done', 'the naive drawer is what is expected')
        assert.equal(closed.shift.closing?.totals.soldFen, booksOf(here).sold)
        reports.set(here, JSON.stringify(closed.shift.closing))
        break
      }
      case 'crash': {
        // As a kill leaves them: the files as they are while the till has them open.
        const found = dataFolder(context)
        cpSync(folder, found, { recursive: true })
        writer.db.close()
        folder = found
        writer = openWriter(folder)
        break
      }
    }
  }

  const { broken } = verified(writer.db)
  assert.deepEqual(broken, [], 'among others: report and supplements come to the entries')
  const rows = writer.db
    .prepare(
      'SELECT shift_id AS id, sum(sold_fen) AS sold, sum(returned_fen) AS returned, sum(drawer_fen) AS drawer' +
        ' FROM shift_entries GROUP BY shift_id',
    )
    .all()
  for (const row of rows) {
    const { sold, returned, drawer } = booksOf(String(row.id) as ShiftId)
    assert.deepEqual([row.sold, row.returned, row.drawer], [sold, returned, drawer])
  }
  const entered = Number(writer.db.prepare('SELECT count(*) AS entries FROM shift_entries').get()?.entries)
  const cashRows = Number(writer.db.prepare('SELECT count(*) AS entries FROM cash').get()?.entries)
  assert.equal(entered, orders.length + refunds.length + cashRows, 'each in exactly one shift (I10)')
  for (const [shiftId, report] of reports) {
    const again = act(writer, shiftId, { kind: 'abandon-close' })
    assert.ok(again.kind === 'refused')
    assert.equal(JSON.stringify(again.shift.closing), report, 'a closed shift never changes (I10)')
  }
  for (const { orderNumber, amountFen } of orders) {
    const ofOrder = writer.ask({ method: 'refundsOfOrder', orderNumber })
    const spent = ofOrder.reduce((sum, each) => (each.status === 'failed' ? sum : sum + each.amountFen), 0)
    assert.ok(spent <= amountFen, 'never more back than was paid (I8)')
  }
  writer.db.close()
}
