import type { ShiftReport } from '../api/shift-views.ts'
import type { ReceiptProfile } from '../receipts/receipt-profiles.ts'
import type { SignedFacts } from '../receipts/signed-text.ts'
import type { Settings } from '../settings/settings.ts'
import { assertNever } from '../till/brand.ts'
import type { StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { caseSlip } from '../till/receipt/case-slip.ts'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import type { PaperParts } from '../till/receipt/paper.ts'
import { refundReceipt } from '../till/receipt/refund-receipt.ts'
import { revocationReceipt } from '../till/receipt/revocation-receipt.ts'
import { saleReceipt } from '../till/receipt/sale-receipt.ts'
import { type ShiftTender, type ShiftTotals, shiftReport } from '../till/receipt/shift-report.ts'
import { testPage } from '../till/receipt/test-page.ts'
import type { Sums } from '../till/shift/totals.ts'
import type { DocumentFacts, StaffNames } from './print-documents.ts'

/** What every paper of this till has in common. */
export type PaperOf = {
  readonly settings: Pick<Settings, 'store' | 'till' | 'mode' | 'language'>
  readonly copy: PaperParts['copy']
  readonly sentAgain: boolean
  readonly printedWallMs: number
  readonly profile: ReceiptProfile
  /** Signs what a sale says, where the shop wants that. */
  readonly sign: ReceiptSigner | null
}

/** A text that proves a paper without a server. */
export type ReceiptSigner = (facts: SignedFacts) => string

/** The document that tells these facts, in the till's language. */
export function receiptOf(facts: DocumentFacts, paperOf: PaperOf): ReceiptDocument {
  const { settings, copy, sentAgain, printedWallMs, profile, sign } = paperOf
  const { store, till, mode, language } = settings
  const paper: PaperParts = { store, till, copy, sentAgain, training: mode === 'training', language, printedWallMs }
  switch (facts.kind) {
    case 'sale': {
      const { order, staffName } = facts
      const { orderNumber, amountFen, statusSinceWallMs } = order
      const signedText = sign?.({ kind: 'sale', orderNumber, amountFen, wallMs: statusSinceWallMs }) ?? null
      return saleReceipt({ ...paper, order, staffName, goods: [], signedText })
    }
    case 'revocation':
      return revocationReceipt({ ...paper, order: facts.order, staffName: facts.staffName })
    case 'case-slip':
      return caseSlip({ ...paper, order: facts.order, facts: facts.facts, staffName: facts.staffName })
    case 'refund': {
      const { order, refund, staffName } = facts
      return refundReceipt({
        ...paper,
        refund: { ...refund, transactionId: refund.transactionId ?? order.transactionId },
        staffName,
        managerName: refund.proof?.name ?? null,
      })
    }
    case 'shift-report':
      return shiftReport({ ...paper, totals: shiftTotals(facts.report, facts.staffNames) })
    case 'test-page':
      return testPage({ ...paper, profile })
    default:
      return assertNever(facts, 'document')
  }
}

/** The sums of a shift as its paper has them: by channel, and the cash beside it. */
function shiftTotals(report: ShiftReport, names: StaffNames): ShiftTotals {
  const { shift, totals, supplements, madeWallMs } = report
  const isClosed = report.kind === 'z'
  const nameOf = (number: number | null | undefined): string | null =>
    number === null || number === undefined ? null : (names.get(number as StaffNumber) ?? null)
  return {
    shiftNumber: report.shiftId,
    openedWallMs: shift?.openedWallMs ?? madeWallMs,
    openedBy: nameOf(shift?.openedBy),
    closedWallMs: isClosed ? madeWallMs : null,
    closedBy: isClosed ? nameOf(shift?.cashier) : null,
    supplement: supplements.length,
    tenders: [
      ...totals.byChannel.map((sums) => tenderOf({ channel: sums.key }, sums)),
      ...totals.byTender.flatMap((sums) => (sums.key === 'cash' ? [tenderOf('cash', sums)] : [])),
    ],
    cash: cashOf(report),
    inFlight: report.open.flatMap(({ kind, subjectId, amountFen }) =>
      kind === 'order' ? [{ orderNumber: subjectId, amountFen }] : [],
    ),
  }
}

function tenderOf(tender: ShiftTender['tender'], sums: Sums): ShiftTender {
  return {
    tender,
    sales: { count: sums.sales, amountFen: fen(sums.soldFen) },
    refunds: { count: sums.returns, amountFen: fen(sums.returnedFen) },
  }
}

/** The drawer, where the shift has one; what should be in it is not told before it was counted. */
function cashOf({ shift, count }: ShiftReport): ShiftTotals['cash'] {
  if (shift === null || shift.floatFen === null) return null
  return {
    floatFen: fen(shift.floatFen),
    expectedFen: count?.expectedFen ?? null,
    countedFen: count === null ? null : fen(count.countedFen),
  }
}
