import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { alipayBillFormat } from '../channels/alipay/bill.ts'
import type { BillFormat } from '../channels/bill-reading.ts'
import { wechatBillFormat } from '../channels/wechat-bill.ts'
import { fen } from '../till/money.ts'
import type { Expectation } from '../till/reconcile/book.ts'
import { createBookTable, type DayPlace } from '../till/reconcile/book-table.ts'
import { createBillMatch } from '../till/reconcile/match.ts'
import { isWholeBill } from './run.ts'

type Entry = readonly [
  expectation: Expectation,
  number: string,
  amountFen: number,
  place?: DayPlace,
  orderNumber?: string,
]

/** Matches a sample with the ledger that the reference's words about it describe. */
function reconcileSample(name: string, format: BillFormat, date: string, entries: readonly Entry[]) {
  const table = createBookTable()
  for (const [expectation, number, amountFen, place = 'inside', orderNumber = number] of entries) {
    const times = { fromWallMs: 0, toWallMs: 0 }
    const revokeWasSent = expectation === 'returned'
    table.add({ expectation, number, orderNumber, amountFen: fen(amountFen), ...times, revokeWasSent }, place)
  }
  const match = createBillMatch(table, {
    day: Number(date),
    own: { storeId: 'S001', tillId: '01' },
    elsewhere: () => 'no-bill',
    foreignRefundIsRevoke: format.foreignRefundIsRevoke,
  })
  const reader = format.openReader({ date, merchantId: null }, match.take)
  reader.push(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
  const reading = reader.end()
  assert.ok(reading.ok)
  return match.finish((duplicates) => isWholeBill(reading.findings, duplicates))
}

// wechat.md §7.4: five payments, one of 0.01; one revoked after payment (58.60); one partial refund of the same day (120.00 of
// 350.00); one refund of an earlier day (9.90, still processing).
const wechatBooks: readonly Entry[] = [
  ['paid', 'T20260301093015000123', 1_288],
  ['paid', 'T20260301100538000131', 35_000],
  ['returned', 'T20260301111203000142', 5_860],
  ['paid', 'T20260301134726000155', 10_000],
  ['paid', 'T20260301235950000199', 1],
  ['refund-done', 'R20260301152010000001', 12_000, 'inside', 'T20260301100538000131'],
  ['refund-done', 'R20260301160244000002', 990, 'inside', 'T20260227181500000987'],
]

test('the WeChat sample reconciles as the reference says: net 521.49 − 188.50', () => {
  const result = reconcileSample('wechat-bill-all.csv', wechatBillFormat, '20260301', wechatBooks)
  assert.deepEqual(result.differences, [])
  assert.deepEqual([result.matched, result.billNetFen, result.bookNetFen], [7, 33_299, 33_299])
})

test('the WeChat sample against a till that did not hear of the revoke, and lost a refund', () => {
  const books = wechatBooks.filter(([, number]) => number !== 'R20260301160244000002')
  const withPaid = books.map((entry): Entry => (entry[0] === 'returned' ? ['paid', entry[1], entry[2]] : entry))
  const { differences } = reconcileSample('wechat-bill-all.csv', wechatBillFormat, '20260301', withPaid)
  assert.deepEqual(
    differences.map(({ cause, differenceFen }) => [cause, differenceFen]),
    [
      ['unknown-order', -990],
      ['revoked-there-not-here', -5_860],
    ],
  )
})

// alipay.md §6: 5 trades, 3 refunds: one made by a cancel (9.90, batch = trade number), a partial refund (28.00 of 128.00), a
// refund of the day before's order (15.00); a merchant coupon (66.60 → 63.60) and Alipay's own discount (20.00 stays 20.00).
test('the Alipay sample reconciles as the reference says: order amounts 260.30 − 52.90', () => {
  const result = reconcileSample('alipay-bill-detail.csv', alipayBillFormat, '20260318', [
    ['paid', 'POS01_20260318_000101', 3_580],
    ['paid', 'POS01_20260318_000102', 12_800],
    ['returned', 'POS02_20260318_000103', 990],
    ['paid', 'POS03_20260318_000201', 6_660],
    ['paid', 'POS03_20260318_000202', 2_000],
    ['refund-done', 'RF_POS01_20260318_0001', 2_800, 'inside', 'POS01_20260318_000102'],
    ['refund-done', 'RF_POS03_20260318_0002', 1_500, 'inside', 'POS03_20260317_000188'],
  ])
  assert.deepEqual(result.differences, [])
  assert.deepEqual([result.matched, result.billNetFen, result.bookNetFen], [7, 20_740, 20_740])
})
