import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ChannelId, ShiftId, StaffNumber } from '../ids.ts'
import { fen } from '../money.ts'
import type { Order } from '../order/order.ts'
import { inStatus as orderIn } from '../order/stories.fixture.ts'
import { refundStatuses } from '../refund/refund.ts'
import { inStatus as refundIn } from '../refund/stories.fixture.ts'
import { type EntryKind, orderEntry, refundEntry, sameContribution, shiftOf } from './entry.ts'
import { implicitShiftId } from './shift-id.ts'
import { type Cell, cellOf, type SummedEntry, totalsOf } from './totals.ts'

const kinds: readonly EntryKind[] = ['order', 'refund', 'taken', 'returned', 'paid-in', 'paid-out', 'drawer-opened']

const anEntry: fc.Arbitrary<SummedEntry> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    channel: fc.constantFrom('wechat', 'alipay', 'qra'),
    cashier: fc.option(fc.integer({ min: 1, max: 5 })),
    hour: fc.nat(23),
    amountFen: fc.integer({ min: 1, max: 1_000_000 }),
    isOpen: fc.boolean(),
  })
  .map(({ kind, channel, cashier, hour, amountFen, isOpen }) => {
    const isCash = kind !== 'order' && kind !== 'refund'
    const isDecided = isCash || !isOpen
    const sign = kind === 'taken' || kind === 'paid-in' ? 1 : -1
    return {
      shiftId: 'shift' as ShiftId,
      kind,
      subjectId: 'x',
      tender: isCash ? 'cash' : 'code',
      channel: isCash ? null : (channel as ChannelId),
      wallet: null,
      cashier: cashier as StaffNumber | null,
      hour,
      amountFen: fen(amountFen),
      isOpen: !isDecided,
      soldFen: isDecided && (kind === 'order' || kind === 'taken') ? amountFen : 0,
      returnedFen: isDecided && (kind === 'refund' || kind === 'returned') ? amountFen : 0,
      drawerFen: isCash && kind !== 'drawer-opened' ? sign * amountFen : 0,
    }
  })

const sum = (entries: readonly SummedEntry[], of: (entry: SummedEntry) => number): number =>
  entries.map(of).reduce((left, right) => left + right, 0)

test('totals are the naive sums of the entries, and each side of them sums to the whole', () => {
  fc.assert(
    fc.property(fc.array(anEntry, { maxLength: 60 }), (entries) => {
      const totals = totalsOf(entries.map(cellOf))
      assert.equal(
        totals.soldFen,
        sum(entries, ({ soldFen }) => soldFen),
      )
      assert.equal(
        totals.netFen,
        sum(entries, ({ soldFen, returnedFen }) => soldFen - returnedFen),
      )
      assert.equal(
        totals.drawerFen,
        sum(entries, ({ drawerFen }) => drawerFen),
      )
      const open = entries.filter(({ isOpen, kind }) => isOpen && kind === 'order')
      assert.deepEqual(
        [totals.openOrders, totals.openOrdersFen],
        [open.length, sum(open, ({ amountFen }) => amountFen)],
      )
      for (const side of [totals.byTender, totals.byCashier, totals.byHour]) {
        for (const name of ['sales', 'soldFen', 'returns', 'returnedFen', 'openRefunds', 'openRefundsFen'] as const) {
          assert.equal(
            side.map((sums) => sums[name]).reduce((left, right) => left + right, 0),
            totals[name],
            name,
          )
        }
        assert.equal(new Set(side.map(({ key }) => key)).size, side.length)
      }
      const byCode = totals.byTender.find(({ key }) => key === 'code')
      assert.equal(
        totals.byChannel.reduce((all, { soldFen }) => all + soldFen, 0),
        byCode?.soldFen ?? 0,
      )
    }),
  )
})

test('cells may be summed beforehand, in any grouping and order: the totals are the same', () => {
  const numbers = [
    'sales',
    'soldFen',
    'returns',
    'returnedFen',
    'openOrders',
    'openOrdersFen',
    'openRefunds',
    'openRefundsFen',
    'drawerFen',
  ] as const
  const grouped = (cells: readonly Cell[]): readonly Cell[] => {
    const keyOf = ({ tender, channel, cashier, hour }: Cell) => [tender, channel, cashier, hour].join()
    return Object.values(Object.groupBy(cells, keyOf)).flatMap((group = []) => {
      const sums = numbers.map((name) => [name, group.reduce((all, cell) => all + cell[name], 0)])
      return group[0] ? [{ ...group[0], ...Object.fromEntries(sums) }] : []
    })
  }
  fc.assert(
    fc.property(fc.array(anEntry, { maxLength: 30 }), (entries) => {
      const cells = entries.map(cellOf)
      assert.deepEqual(totalsOf(grouped(cells.toReversed())), totalsOf(cells))
    }),
  )
})

test('an order counts as sold only when it is paid, and is open until it is at its end', () => {
  for (const status of ['created', 'paying', 'awaiting-payer', 'unknown', 'revoking', 'attention'] as const) {
    const { isOpen, soldFen } = orderEntry(orderIn(status), 0)
    assert.deepEqual([isOpen, soldFen], [true, 0], status)
  }
  const paid = orderIn('paid')
  assert.deepEqual([orderEntry(paid, 0).isOpen, orderEntry(paid, 0).soldFen], [false, paid.amountFen])
  for (const status of ['failed', 'revoked'] as const) assert.equal(orderEntry(orderIn(status), 0).soldFen, 0)
})

test('a case that refunds settled was taken and went back, so that its refunds do not count against nothing', () => {
  const revoked = orderIn('revoked')
  const byRefund: Order = { ...revoked, settlement: { kind: 'by-refund', refundNumber: 'R', wallMs: 1 } }
  assert.deepEqual(
    [orderEntry(byRefund, revoked.amountFen).soldFen, orderEntry(byRefund, 0).returnedFen],
    [revoked.amountFen, 0],
  )
  const byHand = { kind: 'by-hand', decision: 'money-returned', reason: 'x', manager: 'Wang', wallMs: 1 } as const
  const partly = orderEntry({ ...revoked, settlement: byHand }, 100)
  assert.equal(partly.soldFen - partly.returnedFen - 100, 0)
  assert.equal(orderEntry({ ...revoked, settlement: byHand }, 0).soldFen, 0)
})

test('a refund counts as returned only when it is done, and belongs to the shift that it names', () => {
  for (const status of refundStatuses) {
    const { isOpen, returnedFen, amountFen } = refundEntry(refundIn[status])
    assert.equal(returnedFen, status === 'done' ? amountFen : 0, status)
    assert.equal(isOpen, status !== 'done' && status !== 'failed', status)
  }
  const { createdWallMs } = refundIn.done
  assert.equal(shiftOf({ createdWallMs }), implicitShiftId(createdWallMs))
  assert.equal(shiftOf({ createdWallMs, shiftId: 'mine' as ShiftId }), 'mine')
  assert.ok(sameContribution(refundEntry(refundIn.requested), refundEntry(refundIn.unknown)))
  assert.ok(!sameContribution(refundEntry(refundIn.requested), refundEntry(refundIn.done)))
})
