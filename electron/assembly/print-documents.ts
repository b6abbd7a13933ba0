import type { ShiftReport } from '../api/shift-views.ts'
import type { LedgerReader, LedgerResult } from '../ledger/ledger.ts'
import type { Clock } from '../runner/ports.ts'
import type { DocumentMaker, DocumentMaking } from '../runner/print-ports.ts'
import { readReport } from '../shifts/shift-desk.ts'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber, RefundNumber, ShiftId, StaffNumber } from '../till/ids.ts'
import type { CaseFacts } from '../till/order/case.ts'
import type { Order } from '../till/order/order.ts'
import type { PrintSubject } from '../till/print/job.ts'
import { documentOfOrder, documentOfRefund } from '../till/print/what-to-print.ts'
import type { Refund } from '../till/refund/refund.ts'
import { factsOf } from './case-facts.ts'

/** What a document tells, as the ledger has it at the moment of printing. */
export type DocumentFacts =
  | { readonly kind: 'sale' | 'revocation'; readonly order: Order; readonly staffName: string | null }
  | { readonly kind: 'case-slip'; readonly order: Order; readonly facts: CaseFacts; readonly staffName: string | null }
  | { readonly kind: 'refund'; readonly order: Order; readonly refund: Refund; readonly staffName: string | null }
  | { readonly kind: 'shift-report'; readonly report: ShiftReport; readonly staffNames: StaffNames }
  | { readonly kind: 'test-page' }

/** Who is who by their numbers; one that is not there has no name on paper. */
export type StaffNames = ReadonlyMap<StaffNumber, string>

/** Turns a document into the bytes of one printer. Null where the till has no document of this kind. */
export type DocumentRenderer = (document: {
  readonly facts: DocumentFacts
  /** 1 is the original; a further copy (补打) says so, with this number and the time of printing. */
  readonly copy: number
  /** A person said that this very copy did not print. */
  readonly sentAgain: boolean
  readonly printedWallMs: number
  readonly printer: string
}) => Promise<Uint8Array | null>

type Facts = DocumentFacts | Exclude<DocumentMaking['kind'], 'made'>

/** Makes documents from the ledger when they are sent, so that none says what is no longer so. */
export function documentMaker(reader: LedgerReader, render: DocumentRenderer, clock: Clock): DocumentMaker {
  return async (job, printer) => {
    const facts = await factsFor(reader, job, clock)
    if (typeof facts === 'string') return { kind: facts }
    const { copy, sentAgain = false } = job
    const bytes = await render({ facts, copy, sentAgain, printedWallMs: clock.now().wallMs, printer })
    return bytes === null ? { kind: 'no-document' } : { kind: 'made', bytes }
  }
}

/** What the ledger has for a document now, or why there is none. */
export async function factsFor(reader: LedgerReader, subject: PrintSubject, clock: Clock): Promise<Facts> {
  const { kind, subjectId, orderNumber } = subject
  const people = await reader.staff()
  if (!people.ok) return 'not-now'
  const staffNames: StaffNames = new Map(people.value.map(({ number, name }) => [number, name]))
  const nameOf = (cashier: StaffNumber | undefined): string | null =>
    cashier === undefined ? null : (staffNames.get(cashier) ?? null)
  switch (kind) {
    case 'sale':
    case 'revocation':
    case 'case-slip': {
      const found = await reader.order(subjectId as OrderNumber)
      const order = present(found)
      if (typeof order === 'string') return order
      if (documentOfOrder(order)?.kind !== kind) return 'overtaken'
      const staffName = nameOf(order.cashier)
      if (kind !== 'case-slip') return { kind, order, staffName }
      const journal = await reader.journalOf(order.orderNumber)
      return journal.ok ? { kind, order, facts: await factsOf(reader, order, clock.now()), staffName } : 'not-now'
    }
    case 'refund': {
      if (orderNumber === null) return 'no-document'
      const order = present(await reader.order(orderNumber))
      if (typeof order === 'string') return order
      const refunds = await reader.refundsOfOrder(orderNumber)
      if (!refunds.ok) return 'not-now'
      const refund = refunds.value.find(({ refundNumber }) => refundNumber === (subjectId as RefundNumber))
      if (refund === undefined) return 'no-document'
      if (documentOfRefund(refund) === null) return 'overtaken'
      return { kind, order, refund, staffName: nameOf(refund.cashier) }
    }
    case 'shift-report': {
      const shiftId = subjectId as ShiftId
      const report = present(await readReport({ reader, now: () => clock.now() }, shiftId))
      if (typeof report === 'string') return report
      if (report.supplements.length === 0) return { kind, report, staffNames }
      // What was decided after the close is in the entries: a paper that calls itself a supplement has their sums.
      const sums = await reader.shiftSums(shiftId)
      if (!sums.ok) return 'not-now'
      const { totals, open } = sums.value
      return { kind, report: { ...report, totals, open }, staffNames }
    }
    case 'test-page':
      return { kind }
    default:
      return assertNever(kind, 'print kind')
  }
}

function present<Value>(found: LedgerResult<Value | null>): Value | 'not-now' | 'no-document' {
  if (!found.ok) return 'not-now'
  return found.value ?? 'no-document'
}
