// A till that prints on a paper machine, started by the kills of printing (kills/printing) and by nothing else:
//   node scripts/kill-printing-till.ts DATA PORT < {"code":…,"refundFen":…,"onPaper":[…]}
// It takes up what a former till left, answers what is in doubt by looking at the paper, takes a payment, and ends when
// nothing more can be printed. SCANTILL_CRASH_AT says where it dies.
import { text } from 'node:stream/consumers'
import { assembleTill } from '../electron/assembly/assemble.ts'
import type { DocumentFacts } from '../electron/assembly/print-documents.ts'
import { crashVariable, readCrashAt } from '../electron/crash-points/crash-switch.ts'
import { fen } from '../electron/till/money.ts'
import { socketPrinter } from './kills/printing/socket-printer.ts'

type Task = { readonly code: string | null; readonly refundFen: number | null; readonly onPaper: readonly string[] }

const [dataDirectory = '', port = ''] = process.argv.slice(2)
// Written by the lab and by nothing else.
const task = JSON.parse(await text(process.stdin)) as Task

function subjectOf(facts: DocumentFacts): string {
  if ('refund' in facts) return facts.refund.refundNumber
  return 'order' in facts ? facts.order.orderNumber : facts.kind
}

const checks = new Set<() => void>()
const checkAll = (): void => {
  for (const check of checks) check()
}
const until = (condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (condition()) resolve()
    }
    checks.add(check)
    check()
  })

const assembly = await assembleTill(
  {
    dataDirectory,
    configFile: null,
    environment: {},
    equip: () => ({
      printers: [{ name: 'paper', device: socketPrinter(Number(port)), fallback: null, silenceIsEnough: false }],
      render: async ({ facts, copy }) =>
        new TextEncoder().encode(`${facts.kind}.${subjectOf(facts)}.${copy}\n${'a line of the receipt\n'.repeat(60)}`),
    }),
  },
  { onChange: checkAll, onRefundChange: checkAll, onReadiness: () => undefined },
  readCrashAt(process.env[crashVariable] ?? ''),
)
if (!assembly.ok) throw new Error(`the till did not open: ${assembly.problem.kind}`)
const { runner, printing, close } = assembly.till

await runner.resume()
await printing.resume()
for (const { jobId, status } of printing.open()) {
  if (status === 'unconfirmed') await printing.lookedAt(jobId, task.onPaper.includes(jobId), 'cashier')
}
const isAtRest = () => runner.open().every(({ status, inFlight }) => status === 'attention' && inFlight === 'none')
await until(isAtRest)
if (task.code !== null) {
  const taken = await runner.take({ scan: task.code, amountFen: fen(1_234), saleId: null, anotherCustomer: true })
  if (taken.kind !== 'started') throw new Error(`nothing was charged: ${taken.kind}`)
  await until(isAtRest)
  const { orderNumber } = taken.order
  if (task.refundFen !== null) {
    await runner.refund({ orderNumber, amountFen: fen(task.refundFen), reason: 'returned', by: 'cashier' })
  }
}
// On a busy machine the short policy's tries may be used up: then a person must look, and nothing more comes by itself.
await until(() => runner.openRefunds().every(({ status, inFlight }) => status === 'attention' && inFlight === 'none'))
await printing.settled()
await close()
