import type { LedgerReader, LedgerResult } from '../../../electron/ledger/ledger.ts'
import { openLedgerReader } from '../../../electron/ledger/open-ledger.ts'
import { isPrintFinal, type PrintJob, printJobId } from '../../../electron/till/print/job.ts'
import { documentOfOrder, documentOfRefund } from '../../../electron/till/print/what-to-print.ts'

/** How the paper and the ledger stand beside each other. */
export type PaperVerdict = {
  readonly orders: number
  readonly jobs: number
  readonly sheets: number
  readonly disagreements: readonly string[]
}

const mostJobs = 100_000

/** The print jobs of a till at rest that are not at their end. */
export function openPrintJobsIn(data: string): Promise<readonly PrintJob[]> {
  return withLedger(data, async (reader) =>
    valueIn(await reader.printJobs(mostJobs)).filter(({ status }) => !isPrintFinal(status)),
  )
}

/**
 * The paper judges (I13): every document that the ledger's orders and refunds call for came out whole exactly once, as an
 * original; nothing else came out; no job is left.
 */
export function judgePaper(data: string, sheets: readonly string[]): Promise<PaperVerdict> {
  return withLedger(data, async (reader) => {
    const orders = valueIn(await reader.orders({}))
    const jobs = valueIn(await reader.printJobs(mostJobs))
    const { broken } = valueIn(await reader.verify())
    const due: string[] = []
    for (const order of orders) {
      const document = documentOfOrder(order)
      if (document !== null) due.push(printJobId(document, 1))
      for (const refund of valueIn(await reader.refundsOfOrder(order.orderNumber))) {
        const receipt = documentOfRefund(refund)
        if (receipt !== null) due.push(printJobId(receipt, 1))
      }
    }
    const counted = Map.groupBy(sheets, (sheet) => sheet)
    const times = (jobId: string): number => counted.get(jobId)?.length ?? 0
    const known = new Set<string>(jobs.map(({ jobId }) => jobId))
    const disagreements = [
      ...broken.map(({ kind, detail }) => `the ledger is not whole: ${kind}, ${detail}`),
      ...due.filter((jobId) => times(jobId) !== 1).map((jobId) => `${jobId} came out ${times(jobId)} times`),
      ...due.filter((jobId) => !known.has(jobId)).map((jobId) => `${jobId} has no job`),
      ...[...counted.keys()].filter((sheet) => !known.has(sheet)).map((sheet) => `no job printed ${sheet}`),
      ...jobs.flatMap(wrongIn(times)),
    ]
    return { orders: orders.length, jobs: jobs.length, sheets: sheets.length, disagreements }
  })
}

const wrongIn =
  (times: (jobId: string) => number) =>
  ({ jobId, copy, status, failure }: PrintJob): readonly string[] => {
    const isWhole = status === 'printed' && times(jobId) === 1
    // A slip about a case that was settled meanwhile would say what is no longer so.
    const isOvertaken = status === 'failed' && failure === 'overtaken' && times(jobId) === 0
    const copies = copy === 1 ? [] : [`${jobId}: nobody asked for a copy`]
    return isWhole || isOvertaken ? copies : [...copies, `${jobId} is ${status}, and came out ${times(jobId)} times`]
  }

async function withLedger<Value>(data: string, read: (reader: LedgerReader) => Promise<Value>): Promise<Value> {
  const reader = valueIn(await openLedgerReader({ dataDirectory: data }))
  try {
    return await read(reader)
  } finally {
    await reader.close()
  }
}

function valueIn<Value>(result: LedgerResult<Value>): Value {
  if (!result.ok) throw new Error(`the ledger cannot be read: ${result.problem.kind}`)
  return result.value
}
