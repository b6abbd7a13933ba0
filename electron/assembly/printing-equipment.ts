import { openPrinter } from '../../native/printer/printer.ts'
import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'
import { type ReceiptProfile, receiptProfile, receiptProfiles } from '../receipts/receipt-profiles.ts'
import { openReceiptRenderer } from '../receipts/receipt-renderer.ts'
import type { Settings } from '../settings/settings.ts'
import { caseSlip } from '../till/receipt/case-slip.ts'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import type { PaperParts } from '../till/receipt/paper.ts'
import { refundReceipt } from '../till/receipt/refund-receipt.ts'
import { revocationReceipt } from '../till/receipt/revocation-receipt.ts'
import { saleReceipt } from '../till/receipt/sale-receipt.ts'
import { testPage } from '../till/receipt/test-page.ts'
import type { DocumentFacts } from './print-documents.ts'
import { noPrinters, type PrintingEquipment } from './printing.ts'

/** The printers of the configuration, with the shop's templates and logo from its data folder. Nothing is connected yet. */
export async function openPrintingEquipment(settings: Settings, dataDirectory: string): Promise<PrintingEquipment> {
  const { printers, store, till, mode, language } = settings
  if (printers.length === 0) return noPrinters
  const renderer = await openReceiptRenderer(dataDirectory)
  const profiles = new Map(printers.map((printer) => [printer.name, drawingProfile(printer)]))
  return {
    printers: printers.map(({ name, address, transport, fallback, silenceMeansPrinted }) => ({
      name,
      device: openPrinter(address, transport, { clock: systemKeeperTime }),
      fallback,
      silenceIsEnough: silenceMeansPrinted,
    })),
    render: async ({ facts, copy, printedWallMs, printer }) => {
      const profile = profiles.get(printer) ?? receiptProfiles['generic-80']
      const training = mode === 'training'
      const document = documentOf(facts, { store, till, copy, training, language, printedWallMs }, profile)
      return document && renderer.bytes(document, profile)
    },
  }
}

/** The drawing profile that the configuration names, or the generic one of its paper and encoding where these differ. */
export function drawingProfile({
  profile,
  paperMm,
  encoding,
}: Pick<PrinterSettings, 'profile' | 'paperMm' | 'encoding'>): ReceiptProfile {
  const known = receiptProfile(profile) ?? receiptProfiles[`generic-${paperMm ?? 80}`]
  const paper = paperMm ?? known.paper
  const drawn = encoding ?? known.encoding
  if (known.paper === paper && known.encoding === drawn) return known
  return drawn === 'gbk' ? receiptProfiles[`generic-${paper}-gbk`] : receiptProfiles[`generic-${paper}`]
}

function documentOf(facts: DocumentFacts, paper: PaperParts, profile: ReceiptProfile): ReceiptDocument | null {
  switch (facts.kind) {
    case 'sale':
      return saleReceipt({ ...paper, order: facts.order, staffName: null, goods: [], signedText: null })
    case 'revocation':
      // Until a query has said what became of the money there is nothing to tell (I4).
      if (facts.order.revokeEffect === null) return null
      return revocationReceipt({ ...paper, order: facts.order, staffName: null })
    case 'case-slip':
      return caseSlip({ ...paper, order: facts.order, facts: facts.facts, staffName: null })
    case 'refund':
      return refundReceipt({ ...paper, refund: facts.refund, staffName: null, managerName: null })
    case 'test-page':
      return testPage({ ...paper, profile })
    case 'shift-report':
      return null
  }
}
