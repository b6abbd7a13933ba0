// `npm run make-ledger -- --orders 1000000 --data DIR`: a whole ledger of so many orders, for trying history at scale
// (docs/benchmarks.md, P6). Ctrl-C stops it with a whole ledger of what was made so far.
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeLedger } from '../bench/history/made-ledger.ts'
import { ledgerFileName } from '../electron/ledger/ledger-file.ts'

const { values } = parseArgs({ options: { orders: { type: 'string' }, data: { type: 'string' } } })
const orders = Number(values.orders)
if (!Number.isSafeInteger(orders) || orders < 1 || values.data === undefined) {
  console.error('Usage: npm run make-ledger -- --orders 1000000 --data DIR')
  process.exit(2)
}
const dataDirectory = resolve(values.data)
let isWanted = true
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (isWanted = false))

const startedMs = performance.now()
let toldMs = startedMs
try {
  const made = await makeLedger({
    dataDirectory,
    orders,
    ordersADay: 10_000,
    onProgress(count) {
      const nowMs = performance.now()
      if (nowMs - toldMs > 2_000) {
        toldMs = nowMs
        const perSecond = (count / (nowMs - startedMs)) * 1_000
        const left = Math.ceil((orders - count) / perSecond)
        console.error(`${count} of ${orders} orders, ${Math.round(perSecond)} a second, ${left} s to go`)
      }
      return isWanted
    },
    onIndex: (name) => console.error(`making ${name}`),
  })
  const seconds = Math.round((performance.now() - startedMs) / 1_000)
  const { size } = statSync(join(dataDirectory, ledgerFileName))
  console.log(`${made.orders} orders in ${seconds} s, ${size} bytes, ${Math.round(size / made.orders)} an order`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
