import type { Calls, PrintActResult, PrintRequestResult } from '../api/contract.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { PrintActOutcome, PrintRequestOutcome } from '../runner/print-keeper.ts'
import type { OrderNumber, PrintJobId } from '../till/ids.ts'
import type { PrintAsker, PrintSubject } from '../till/print/job.ts'
import { documentOfOrder, documentOfRefund } from '../till/print/what-to-print.ts'
import type { AssembledTill } from './assemble.ts'
import { printingView, printJobView } from './print-view.ts'
import { systemClock } from './system-time.ts'

type PrintCall = Extract<keyof Calls, `print.${string}`>
type PrintHandlers = {
  readonly [Name in PrintCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type Printing = Pick<AssembledTill, 'printing' | 'reader' | 'settings'>

/** What became of the wish for a receipt. */
export type ReceiptOutcome =
  | PrintRequestOutcome
  | { readonly kind: 'nothing-to-print' | 'no-such-order' | 'no-such-refund' | 'printing-off' }

/** Prints the document that tells how an order, or one of its refunds, stands: the original, or a further copy (补打). */
export async function requestReceipt(
  till: Printing,
  wish: { readonly orderNumber: string; readonly refundNumber: string | null },
  by: PrintAsker,
): Promise<ReceiptOutcome> {
  if (till.settings.printing.mode === 'off') return { kind: 'printing-off' }
  const found = await documentWanted(till, wish)
  return 'outcome' in found ? found.outcome : till.printing.request(found.document, by)
}

type Wanted =
  | { readonly document: PrintSubject }
  | {
      readonly outcome:
        | { readonly kind: 'nothing-to-print' | 'no-such-order' | 'no-such-refund' }
        | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
    }

/** The document that tells how an order, or one of its refunds, stands. */
export async function documentWanted(
  { reader }: Pick<AssembledTill, 'reader'>,
  { orderNumber, refundNumber }: { readonly orderNumber: string; readonly refundNumber: string | null },
): Promise<Wanted> {
  const order = await reader.order(orderNumber as OrderNumber)
  if (!order.ok) return { outcome: { kind: 'ledger-trouble', problem: order.problem } }
  if (order.value === null) return { outcome: { kind: 'no-such-order' } }
  if (refundNumber === null) return wanted(documentOfOrder(order.value))
  const refunds = await reader.refundsOfOrder(orderNumber as OrderNumber)
  if (!refunds.ok) return { outcome: { kind: 'ledger-trouble', problem: refunds.problem } }
  const refund = refunds.value.find((each) => each.refundNumber === refundNumber)
  return refund === undefined ? { outcome: { kind: 'no-such-refund' } } : wanted(documentOfRefund(refund))
}

const wanted = (document: PrintSubject | null): Wanted =>
  document === null ? { outcome: { kind: 'nothing-to-print' } } : { document }

/** The contract's calls about printing, over the queue and the reader. */
export function printCalls(till: Printing): PrintHandlers {
  const { printing, reader, settings } = till
  return {
    'print.state': async () => printingView(till),
    'print.jobs-of-order': async ({ orderNumber }) => {
      const found = await reader.printJobsOfOrder(orderNumber as OrderNumber)
      // An empty list would say that nothing was printed; the door turns this into a refusal.
      if (!found.ok) throw new Error(`the ledger cannot be read: ${found.problem.kind}`)
      return found.value.map(printJobView)
    },
    'print.receipt': async (wish) => requestView(await requestReceipt(till, wish, 'cashier')),
    'print.test-page': async ({ printer }) => {
      if (settings.printing.mode === 'off') return { kind: 'printing-off' }
      // Each test page is a subject of its own: none is a copy of another.
      const subjectId = String(systemClock.now().wallMs)
      const subject = { kind: 'test-page', subjectId, orderNumber: null } as const
      return requestView(await printing.request(subject, 'cashier', printer))
    },
    'print.looked-at': async ({ jobId, didPrint }) =>
      actView(await printing.lookedAt(jobId as PrintJobId, didPrint, 'cashier')),
    'print.cancel': async ({ jobId }) => actView(await printing.cancel(jobId as PrintJobId, 'cashier')),
  }
}

/** What became of a wish for a document, as a screen needs it. */
export function requestView(outcome: ReceiptOutcome): PrintRequestResult {
  switch (outcome.kind) {
    case 'queued':
    case 'under-way':
    case 'unconfirmed':
      return { kind: outcome.kind, job: printJobView(outcome.job) }
    case 'ledger-trouble':
      return { kind: outcome.kind, problem: outcome.problem.kind }
    default:
      return { kind: outcome.kind }
  }
}

function actView(outcome: PrintActOutcome): PrintActResult {
  switch (outcome.kind) {
    case 'done':
    case 'not-now':
      return { kind: outcome.kind, job: printJobView(outcome.job) }
    case 'ledger-trouble':
      return { kind: outcome.kind, problem: outcome.problem.kind }
    case 'no-such-job':
      return outcome
  }
}
