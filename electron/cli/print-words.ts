import type { ReceiptOutcome } from '../assembly/print-calls.ts'
import type { PrintJob } from '../till/print/job.ts'

type Untold = 'queued' | 'under-way' | 'ledger-trouble'

/** Why nothing was printed now, in words for support staff. The money is never touched by printing. */
export function printRequestWords(kind: Exclude<ReceiptOutcome['kind'], Untold>, orderNumber: string): string {
  switch (kind) {
    case 'unconfirmed':
      return `${orderNumber}: its last copy may have printed. Look at the paper and say so at the till's screen; nothing more was printed.`
    case 'nothing-to-print':
      return `${orderNumber} has not come to anything that a receipt could tell. Nothing was printed.`
    case 'no-such-order':
      return `There is no order ${orderNumber} in this data folder. Nothing was printed.`
    case 'no-such-refund':
      return `${orderNumber} has no refund of this number; see: till show --order ${orderNumber}. Nothing was printed.`
    case 'too-many-copies':
      return `${orderNumber} has been printed as often as it may. Nothing was printed.`
    case 'no-printer':
      return 'No printer is configured (printers). Nothing was printed.'
    case 'printing-off':
      return 'This till prints nothing, by its settings (printing: "off"). Nothing was printed.'
    case 'stopping':
      return 'The till is stopping: nothing was printed.'
  }
}

/** What became of a job, in words for support staff. */
export function printStateWords({ status, copy, condition, failure, lastSend }: PrintJob): string {
  const what = copy === 1 ? 'the original' : `copy ${copy}`
  const printer = lastSend === null ? '' : ` by ${lastSend.printer}`
  switch (status) {
    case 'queued':
      return `${what} waits for its printer${condition === null ? '' : ` (${condition})`}; the till prints it by itself`
    case 'sending':
      return `${what} is on its way${printer}`
    case 'unconfirmed':
      return `${what} may have been printed${printer}: look at the paper; it is not sent again by itself`
    case 'printed':
      return `${what} was printed${printer}`
    case 'failed':
      return `${what} was not printed (${failure ?? 'no reason'})`
  }
}
