// `npm run bench [-- --write] [--only p1] [--directory DIR]`: every benchmark, its tables on stdout; with --write they
// go between the markers of docs/benchmarks.md too. Nothing here passes or fails by a time.
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { billThroughputTable, longBillTable } from './bills/bill-throughput.ts'
import { type PageSection, withSection } from './figures/benchmark-page.ts'
import { machineSentence } from './figures/machine.ts'
import { firstByteTable, measureFirstByte } from './first-byte/first-byte.ts'
import { ledgerThroughputTable, measureLedgerThroughput } from './ledger/ledger-throughput.ts'
import { measurePollWait, pollWaitTables } from './polling/poll-wait.ts'
import { firstPrintedByteTable } from './receipts/first-printed-byte.ts'
import { receiptSpeedTable } from './receipts/receipt-speed.ts'
import { arrivalTable } from './scanner/arrival.ts'
import { framingSpeedTable } from './scanner/framing-speed.ts'
import { measureShiftTotals, shiftTotalsTable } from './shifts/shift-totals.ts'

const page = new URL('../docs/benchmarks.md', import.meta.url)

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    directory: { type: 'string', default: tmpdir() },
  },
})
const { directory } = values

const benchmarks: Readonly<Record<PageSection, { readonly title: string; readonly run: () => Promise<string> }>> = {
  machine: { title: 'Machine', run: () => machineSentence(directory) },
  p1: {
    title: "P1: from the payer's confirming until the till knows",
    run: async () => pollWaitTables(measurePollWait(20_000)),
  },
  p2: {
    title: 'P2: from the last scanned byte to the first byte of the request',
    run: async () => {
      const run = { directory, samples: 1_000 }
      const tcp = await measureFirstByte({ ...run, connection: 'TCP' })
      return firstByteTable([tcp, await measureFirstByte({ ...run, connection: 'TLS' })])
    },
  },
  scans: {
    title: 'Scans: framing, and from the last byte to the main process',
    run: async () => `${framingSpeedTable(20_000)}\n\n${await arrivalTable(1_000)}`,
  },
  p4: {
    title: 'P4: a bill of 600,000 lines',
    run: () => billThroughputTable(directory, 600_000, 3),
  },
  p4long: {
    title: 'P4: the memory of a bill of 3,000,000 lines',
    run: () => longBillTable(directory, 3_000_000),
  },
  p3: {
    title: 'P3: durable transitions a second',
    run: async () => {
      const run = { directory, rounds: 8, operationsPerRound: 400, concurrentOrders: 16 }
      return ledgerThroughputTable(await measureLedgerThroughput(run))
    },
  },
  p7: {
    title: 'P7: from a sale to its bytes',
    run: async () => receiptSpeedTable(300),
  },
  paper: {
    title: 'From “paid” to the paper',
    run: () => firstPrintedByteTable({ directory, samples: 500 }),
  },
  shifts: {
    title: 'Shifts: totals of a shift of 10,000 orders',
    run: async () => shiftTotalsTable(await measureShiftTotals({ directory, orders: 10_000, samples: 40 })),
  },
}

// Object.keys forgets the names of a closed object.
const sections = (Object.keys(benchmarks) as PageSection[]).filter((name) => values.only?.includes(name) ?? true)
if (sections.length === 0) throw new Error(`--only takes ${Object.keys(benchmarks).join(', ')}`)

for (const section of sections) {
  const { title, run } = benchmarks[section]
  const text = await run()
  console.log(`\n## ${title}\n\n${text}`)
  if (values.write) await writeFile(page, withSection(await readFile(page, 'utf8'), section, text))
}
