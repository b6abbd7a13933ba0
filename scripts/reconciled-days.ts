// `npm run reconciled-days -- [--days 30] [--seed 41] [--customers 60]`: a simulated store with all faults, its bills written
// from the wallets' own books in each channel's exact format, every day reconciled to the fen, and each difference held
// against what the wallet knows. Ends 1 where one is explained by something that did not happen.
import { parseArgs } from 'node:util'
import { billWriterOf } from '../electron/simulation/bill-writers.ts'
import { type ReconciledDay, reconcileStore } from '../electron/simulation/reconciled-days.ts'
import { simulate, usualOptions } from '../electron/simulation/store-day.ts'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '41' },
    customers: { type: 'string', default: '60' },
  },
})

const days: ReconciledDay[] = []
const { breaches, orders } = await simulate({
  ...usualOptions,
  realLedger: 'none',
  seed: Number(values.seed),
  days: Number(values.days),
  customersPerDay: Number(values.customers),
  atRest: (store) => days.push(...reconcileStore(store, billWriterOf)),
})

const causes = new Map<string, number>()
for (const { result } of days) {
  for (const { cause } of result.differences) causes.set(cause, (causes.get(cause) ?? 0) + 1)
}
const matched = days.reduce((sum, { result }) => sum + result.matched, 0)
const wrong = days.flatMap(({ tillId, channel, date, contradictions }) =>
  contradictions.map((sentence) => `till ${tillId}, ${channel}, ${date}: ${sentence}`),
)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
say(`${orders} orders, ${days.length} days of tills and channels, ${matched} matched to the fen`)
for (const [cause, count] of [...causes].sort(([, left], [, right]) => right - left)) say(`${count} ${cause}`)
for (const sentence of wrong) say(sentence)
for (const { rule, sentence } of breaches) say(`${rule}: ${sentence}`)
say(wrong.length === 0 && breaches.length === 0 ? 'each difference is what its fault made' : 'NOT EXPLAINED')
process.exitCode = wrong.length === 0 && breaches.length === 0 ? 0 : 1
