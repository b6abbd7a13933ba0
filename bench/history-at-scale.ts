// `node bench/history-at-scale.ts --data DIR [--data DIR]`: P6 on ledgers that `npm run make-ledger` made: first pages of
// the history against hand-written statements on the same file, and the report of the fullest shift (docs/benchmarks.md).
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import type { HistoryQuery } from '../electron/ledger/history-ledger.ts'
import { readHistoryPage } from '../electron/ledger/history-reader.ts'
import { ledgerFileName } from '../electron/ledger/ledger-file.ts'
import { openForReading } from '../electron/ledger/open-for-reading.ts'
import { readShiftSums } from '../electron/ledger/shift-reader.ts'
import type { ChannelId, ShiftId, StaffNumber } from '../electron/till/ids.ts'
import { markdownTable } from './figures/markdown-table.ts'
import { ascending, quantile } from './figures/quantiles.ts'

const pageSize = 50
const samples = 5_000
/** On a shared machine the highest ones are the waiting for a processor: read all three. */
const shares = [0.5, 0.9, 0.99] as const

const everything: HistoryQuery = { orders: 'all', refunds: true, cash: true }

/** What is asked, and the condition that somebody would write by hand for it. */
const questions: readonly (readonly [string, HistoryQuery, string])[] = [
  ['newest', everything, 'TRUE'],
  ['one channel', { ...everything, channel: 'alipay' as ChannelId }, "channel = 'alipay'"],
  ['one cashier', { ...everything, cashier: 3 as StaffNumber }, 'cashier = 3'],
  ['failed', { ...everything, states: ['failed'] }, "status = 'failed' AND status NOT IN ('paid', 'done', 'recorded')"],
  ['one amount', { ...everything, leastFen: 150, mostFen: 150 }, 'amount_fen = 150'],
  ['last digits', { ...everything, lastDigits: '1234' }, "last_digits = '1234'"],
  ['refunds', { ...everything, orders: 'none', cash: false }, "kind = 'refund' AND kind <> 'order'"],
]

function timed(times: number[], work: () => unknown): void {
  const startedMs = performance.now()
  work()
  times.push(performance.now() - startedMs)
}

function pages(db: DatabaseSync): string {
  const rows = questions.map(([name, query, condition]) => {
    const byHand = db.prepare(
      'SELECT sequence, kind, subject_id, order_number, wall_ms, shift_id, cashier, tender, channel, wallet, amount_fen,' +
        ' status, last_digits, is_open, sold_fen, returned_fen, drawer_fen,' +
        ' (SELECT transaction_id FROM orders o WHERE o.order_number = e.order_number),' +
        // The page tells it too: without it, less would be read by hand.
        " CASE WHEN kind = 'order' AND status = 'revoked' THEN (SELECT json_extract(state, '$.revokeEffect')" +
        ' FROM orders o WHERE o.order_number = e.order_number) END' +
        ` FROM shift_entries e WHERE ${condition} ORDER BY wall_ms DESC, sequence DESC LIMIT ${pageSize + 1}`,
    )
    const ours: number[] = []
    const tuned: number[] = []
    const wish = { query, after: null, limit: pageSize, doubtfulFirst: false }
    for (let sample = 0; sample < samples; sample += 1) {
      const pair = [() => timed(ours, () => readHistoryPage(db, wish)), () => timed(tuned, () => byHand.all())]
      // In turn, so that neither always finds the other's pages and rubbish.
      for (const read of sample % 2 === 0 ? pair : pair.toReversed()) read()
    }
    const both = [ascending(ours), ascending(tuned)] as const
    const [own, hand] = both.map((times) => shares.map((share) => quantile(times, share))) as [number[], number[]]
    const ratios = own.map((ms, index) => ms / (hand[index] ?? Number.NaN))
    return [name, ...[...own, ...hand, ...ratios].map((figure) => figure.toFixed(2))]
  })
  const columns = ['', 'by hand ', 'ratio '].flatMap((kind) => shares.map((share) => `${kind}p${share * 100}`))
  return markdownTable(['first page of 50, ms', ...columns], rows)
}

function fullestShift(db: DatabaseSync): string {
  const row = db
    .prepare(
      'SELECT shift_id AS id, count(*) AS entries FROM shift_entries GROUP BY shift_id ORDER BY entries DESC LIMIT 1',
    )
    .get()
  const times: number[] = []
  for (let sample = 0; sample < 60; sample += 1) timed(times, () => readShiftSums(db, String(row?.id) as ShiftId))
  const sorted = ascending(times)
  const [middle, high] = [quantile(sorted, 0.5), quantile(sorted, 0.99)].map((ms) => ms.toFixed(1))
  return `Report of a shift of ${row?.entries} entries: p50 ${middle} ms, p99 ${high} ms.`
}

const { values } = parseArgs({ options: { data: { type: 'string', multiple: true, default: [] } } })
if (values.data.length === 0) {
  console.error('Usage: node bench/history-at-scale.ts --data DIR [--data DIR]')
  process.exit(2)
}
for (const folder of values.data) {
  const db = openForReading(join(folder, ledgerFileName), false)
  const orders = db.prepare('SELECT order_count AS orders FROM ledger_state').get()?.orders
  const load = loadavg()[0]?.toFixed(1)
  console.log(`\n${orders} orders, load average ${load}\n\n${pages(db)}\n\n${fullestShift(db)}`)
  db.close()
}
