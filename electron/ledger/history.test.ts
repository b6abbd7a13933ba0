import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { ChannelId, SaleId, StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, moment, newOrder, noonWallMs, paidAnswer } from './fixtures/test-orders.ts'
import { doneAnswer, newRefund } from './fixtures/test-refunds.ts'
import { openTestWriter, type TestWriter } from './fixtures/test-writer.ts'
import type { HistoryEntry, HistoryPlace, HistoryQuery } from './history-ledger.ts'
import { readHistoryPage, readHistorySums } from './history-reader.ts'

const everything: HistoryQuery = { orders: 'all', refunds: true, cash: true }
const hourMs = 3_600_000

/** Orders of every kind: three paid, one of them partly refunded, one failed, two in doubt; an hour apart. */
function someDay(context: TestContext) {
  const writer = openTestWriter(context, dataFolder(context))
  const places = [0, 1, 2, 3, 4, 5]
  const orders = places.map((place) =>
    writer.create(
      newOrder({
        saleId: `sale-${place}` as SaleId,
        channel: (place % 2 === 0 ? 'wechat' : 'alipay') as ChannelId,
        wallet: place % 2 === 0 ? 'wechat' : 'alipay',
        amountFen: fen(1_000 + place),
        ...(place < 3 ? { cashier: 7 as StaffNumber } : {}),
        at: moment(place * hourMs),
      }),
    ),
  )
  const paid = orders.slice(0, 3).map((order) => writer.append(order, paidAnswer(order)))
  const [, , , fourth, fifth] = orders
  assert.ok(paid[0] && fourth && fifth)
  writer.append(fourth, failedAnswer(3 * hourMs + 1))
  writer.append(fifth, awaitingAnswer(4 * hourMs + 1))
  const refund = refundOf(writer, paid[0])
  return { writer, orders, paid, refund }
}

function refundOf(writer: TestWriter, order: Order) {
  const created = writer.ask({ method: 'createRefund', refund: newRefund(order, { at: moment(6 * hourMs) }) })
  assert.ok(created.kind === 'created')
  const { refundNumber, version } = created.refund
  return writer.ask({ method: 'appendRefund', refundNumber, expectedVersion: version, events: [doneAnswer] })
}

const list = (
  { db }: TestWriter,
  query: HistoryQuery,
  { limit = 100, doubtfulFirst = false, after = null as HistoryPlace | null } = {},
) => readHistoryPage(db, { query, after, limit, doubtfulFirst })

const placesOf = (orders: readonly Order[], entries: readonly HistoryEntry[]) =>
  entries.map(({ subjectId }) => orders.findIndex(({ orderNumber }) => orderNumber === subjectId))

test('each condition leaves its own, newest first', (context) => {
  const { writer, orders, paid, refund } = someDay(context)
  const refunded = -1
  const cases: readonly (readonly [Partial<HistoryQuery>, readonly number[]])[] = [
    [{}, [refunded, 5, 4, 3, 2, 1, 0]],
    [{ refunds: false }, [5, 4, 3, 2, 1, 0]],
    [{ orders: 'none' }, [refunded]],
    [{ orders: 'revoked' }, [refunded]],
    [{ fromWallMs: noonWallMs + hourMs, toWallMs: noonWallMs + 3 * hourMs }, [2, 1]],
    [{ minutes: { first: 13 * 60, last: 14 * 60 } }, [2, 1]],
    [{ minutes: { first: 18 * 60, last: 12 * 60 } }, [refunded, 0]],
    [{ channel: 'alipay' as ChannelId }, [5, 3, 1]],
    [{ wallet: 'wechat', refunds: false }, [4, 2, 0]],
    [{ cashier: 7 as StaffNumber }, [2, 1, 0]],
    [{ cashier: null }, [refunded, 5, 4, 3]],
    [{ states: ['failed', 'awaiting-payer'] }, [4, 3]],
    [{ leastFen: 1_002, mostFen: 1_003 }, [3, 2]],
    [{ mostFen: 1_000 }, [refunded, 0]],
    [{ tender: 'cash' }, []],
    [{ lastDigits: orders[3]?.maskedCode.slice(-4) ?? '' }, [3]],
    [{ number: { text: orders[4]?.orderNumber ?? '', where: 'beginning' } }, [4]],
    [{ number: { text: orders[4]?.orderNumber.slice(-6) ?? '', where: 'anywhere' } }, [4]],
    [{ number: { text: paid[1]?.transactionId ?? '', where: 'beginning' } }, [1]],
    [{ number: { text: refund.refundNumber, where: 'beginning' } }, [refunded]],
    [{ number: { text: paid[0]?.orderNumber ?? '', where: 'beginning' } }, [refunded, 0]],
    [{ number: { text: '%', where: 'anywhere' } }, []],
    [{ channel: 'wechat' as ChannelId, cashier: 7 as StaffNumber, states: ['paid'], fromWallMs: noonWallMs + 1 }, [2]],
  ]
  for (const [change, expected] of cases) {
    const { entries, last } = list(writer, { ...everything, ...change })
    assert.deepEqual(placesOf(orders, entries), expected, JSON.stringify(change))
    assert.equal(last, null)
  }
})

test('an entry tells what tables show of it', (context) => {
  const { writer, orders, paid, refund } = someDay(context)
  const [first] = list(writer, { ...everything, orders: 'none' }).entries
  const [order] = paid
  assert.ok(first && order)
  const { sequence: _, ...told } = first
  assert.deepEqual(told, {
    kind: 'refund',
    subjectId: refund.refundNumber,
    orderNumber: order.orderNumber,
    wallMs: noonWallMs + 6 * hourMs,
    shiftId: 'day-20260318',
    cashier: null,
    tender: 'code',
    channel: 'wechat',
    wallet: 'wechat',
    amountFen: 100,
    status: 'done',
    revokeEffect: null,
    transactionId: order.transactionId,
    lastDigits: order.maskedCode.slice(-4),
    isOpen: false,
    soldFen: 0,
    returnedFen: 100,
    drawerFen: 0,
  })
  const doubtful = list(writer, everything).entries.filter(({ isOpen }) => isOpen)
  assert.deepEqual(placesOf(orders, doubtful), [5, 4])
})

test('however it is cut into pages, with the doubtful first or not, the list is the same', (context) => {
  const { writer } = someDay(context)
  const wish = fc.record({ limit: fc.integer({ min: 1, max: 9 }), doubtfulFirst: fc.boolean() })
  fc.assert(
    fc.property(wish, ({ limit, doubtfulFirst }) => {
      const whole = list(writer, everything, { doubtfulFirst }).entries
      const found: HistoryEntry[] = []
      let after: HistoryPlace | null = null
      do {
        const page = list(writer, everything, { limit, doubtfulFirst, after })
        assert.ok(page.entries.length <= limit)
        found.push(...page.entries)
        after = page.last
      } while (after !== null)
      assert.deepEqual(found, whole)
      if (!doubtfulFirst) return
      assert.deepEqual(
        whole.map(({ isOpen }) => isOpen),
        [true, true, false, false, false, false, false],
      )
    }),
  )
})

test('the sums are those of the entries that a query leaves', (context) => {
  const { writer } = someDay(context)
  const sumsOf = (query: Partial<HistoryQuery>) => {
    const cells = readHistorySums(writer.db, { ...everything, ...query })
    const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((total, cell) => total + of(cell), 0)
    return [
      sum(({ sales }) => sales),
      sum(({ soldFen }) => soldFen),
      sum(({ returns }) => returns),
      sum(({ returnedFen }) => returnedFen),
      sum(({ openOrders }) => openOrders),
      sum(({ openOrdersFen }) => openOrdersFen),
    ]
  }
  assert.deepEqual(sumsOf({}), [3, 3_003, 1, 100, 2, 2_009])
  assert.deepEqual(sumsOf({ channel: 'alipay' as ChannelId }), [1, 1_001, 0, 0, 1, 1_005])
  assert.deepEqual(sumsOf({ cashier: null }), [0, 0, 1, 100, 2, 2_009])
  assert.deepEqual(
    sumsOf({ fromWallMs: noonWallMs + hourMs, toWallMs: noonWallMs + 2 * hourMs }),
    [1, 1_001, 0, 0, 0, 0],
  )
  const hours = readHistorySums(writer.db, everything).map(({ hourWallMs }) => (hourWallMs - noonWallMs) / hourMs)
  assert.deepEqual(hours.toSorted(), [0, 1, 2, 3, 4, 5, 6])
})
