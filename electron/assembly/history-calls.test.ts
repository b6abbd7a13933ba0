import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryFilter } from '../api/contract.ts'
import { parseRequest } from '../api/schema.ts'
import type { HistoryCell, HistoryEntry, HistoryQuery, HistoryWish } from '../ledger/history-ledger.ts'
import type { OrderNumber, ShiftId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { openShift } from '../till/shift/step.ts'
import { historyCalls } from './history-calls.ts'
import { everyEntry } from './history-filter.fixture.ts'

const revoked: HistoryEntry = {
  sequence: 9,
  kind: 'order',
  subjectId: 'S0010120260318K7QX000042',
  orderNumber: 'S0010120260318K7QX000042' as OrderNumber,
  wallMs: Date.UTC(2026, 2, 17, 18, 30),
  shiftId: 'day-20260318' as ShiftId,
  cashier: null,
  tender: 'code',
  channel: null,
  wallet: 'wechat',
  amountFen: 500,
  status: 'revoked',
  revokeEffect: 'closed',
  transactionId: null,
  lastDigits: '1234',
  isOpen: false,
  soldFen: 0,
  returnedFen: 0,
  drawerFen: 0,
}

const cell: HistoryCell = {
  hourWallMs: Date.UTC(2026, 2, 17, 18),
  tender: 'code',
  channel: null,
  wallet: 'wechat',
  cashier: null,
  sales: 1,
  soldFen: 700,
  returns: 1,
  returnedFen: 100,
  revokes: 0,
  revokedFen: 0,
  openOrders: 0,
  openOrdersFen: 0,
  openRefunds: 0,
  openRefundsFen: 0,
}

const openCashShift = openShift({
  type: 'opened',
  at: { wallMs: 0, monotonicMs: 0 },
  shiftId: '01-20260318-K7QX-1' as ShiftId,
  businessDay: '20260318' as never,
  cutOverHour: 4,
  cashier: null,
  floatFen: fen(20_000),
})

/** The calls over a ledger that answers one entry and one cell, and what it was asked. */
function calls(shift: typeof openCashShift | null = null) {
  const asked: HistoryQuery[] = []
  const wishes: HistoryWish[] = []
  const { sequence, isOpen, wallMs } = revoked
  const handlers = historyCalls({
    settings: { shifts: { cutOverHour: 4 } },
    ledger: { currentShift: async () => ({ ok: true, value: shift }) },
    reader: {
      historyPage: async (wish) => {
        asked.push(wish.query)
        wishes.push(wish)
        return { ok: true, value: { entries: [revoked], last: { sequence, isOpen, wallMs } } }
      },
      historySums: async (query) => {
        asked.push(query)
        return { ok: true, value: [cell, { ...cell, hourWallMs: cell.hourWallMs + 2 * 3_600_000 }] }
      },
    },
  })
  const page = (change: Partial<HistoryFilter>, before: string | null = null) =>
    handlers['history.page']({ filter: { ...everyEntry, ...change }, before, limit: 50, doubtfulFirst: true })
  return { ...handlers, page, asked, wishes }
}

test('business days begin at the cut-over hour, and a number is looked for in any part where they are few', async () => {
  const { page, asked } = calls()
  await page({ firstDay: '20260318', lastDay: '20260318', number: '42', firstMinute: 600 })
  assert.deepEqual(asked, [
    {
      orders: 'all',
      refunds: true,
      cash: true,
      fromWallMs: Date.UTC(2026, 2, 17, 20),
      toWallMs: Date.UTC(2026, 2, 18, 20),
      minutes: { first: 600, last: 1_439 },
      number: { text: '42', where: 'anywhere' },
    },
  ])
  await page({ firstDay: '20260101', number: '42', cashier: 0, leastAmount: '¥1,200.5', mostAmount: ' ' })
  const { fromWallMs: _, ...query } = asked[1] ?? {}
  assert.deepEqual(query, {
    orders: 'all',
    refunds: true,
    cash: true,
    cashier: null,
    leastFen: 120_050,
    number: { text: '42', where: 'beginning' },
  })
})

test('an amount that is none is refused by its field, and nothing is looked up', async () => {
  const { page, asked } = calls()
  assert.deepEqual(await page({ mostAmount: '1.234' }), {
    kind: 'refused',
    field: 'mostAmount',
    problem: 'too-many-decimals',
  })
  assert.deepEqual(asked, [])
})

test('a revoked order is its own row, its revocation’s, or both, as is asked', async () => {
  const { page, asked } = calls()
  const kindsOf = async (kinds: HistoryFilter['kinds']) => {
    const reply = await page({ kinds })
    return reply.kind === 'page' ? reply.rows.map(({ kind }) => kind) : reply.kind
  }
  assert.deepEqual(await kindsOf(null), ['order'])
  assert.deepEqual(await kindsOf(['revocation']), ['revocation'])
  assert.equal(asked.at(-1)?.orders, 'revoked')
  assert.deepEqual(await kindsOf(['order', 'revocation']), ['order', 'revocation'])
})

test('a page leads to the next one through the door', async () => {
  const { page, wishes } = calls()
  const first = await page({})
  assert.ok(first.kind === 'page')
  const request = { filter: everyEntry, before: first.next, limit: 50, doubtfulFirst: true }
  assert.deepEqual(parseRequest('history.page', request), { ok: true, request })
  await page({}, first.next)
  const { isOpen, wallMs, sequence } = revoked
  assert.deepEqual(wishes[1]?.after, { isOpen, wallMs, sequence })
})

test('before the drawer of the open shift is counted neither rows nor sums hold its cash', async () => {
  const { page, asked, ...handlers } = calls(openCashShift)
  const reply = await page({})
  assert.ok(reply.kind === 'page')
  assert.equal(reply.cashHiddenOfShift, openCashShift.shiftId)
  await handlers['history.totals']({ filter: everyEntry })
  assert.deepEqual(
    asked.map(({ withoutCashOf }) => withoutCashOf),
    [openCashShift.shiftId, openCashShift.shiftId],
  )
})

test('totals stand whole and by each side; an hour before the cut-over belongs to the day before', async () => {
  const reply = await calls()['history.totals']({ filter: everyEntry })
  assert.ok(reply.kind === 'totals')
  assert.deepEqual([reply.whole.sales, reply.whole.soldFen, reply.whole.netFen], [2, 1_400, 1_200])
  const keys = (groups: readonly { readonly key: unknown; readonly sales: number }[]) =>
    groups.map(({ key, sales }) => [key, sales])
  assert.deepEqual(keys(reply.byDay), [
    ['20260317', 1],
    ['20260318', 1],
  ])
  assert.deepEqual(keys(reply.byHour), [
    [2, 1],
    [4, 1],
  ])
  assert.deepEqual(keys(reply.byCashier), [[null, 2]])
  assert.deepEqual(keys(reply.byWallet), [['wechat', 2]])
  assert.deepEqual([reply.byChannel, keys(reply.byTender)], [[], [['code', 2]]])
})
