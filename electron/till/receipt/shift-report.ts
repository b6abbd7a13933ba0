import { type Fen, fen } from '../money.ts'
import type { Wallet } from '../payment-code.ts'
import { shanghaiDateTime } from '../time.ts'
import { makeDocument, type ReceiptDocument, type ReceiptLanguage } from './document.ts'
import { moneyText, type PaperParts, paperFields, signedMoneyText } from './paper.ts'
import { receiptLabels, receiptSentences } from './receipt-words.ts'

export type CountedSum = { readonly count: number; readonly amountFen: Fen }

export type ShiftTender = {
  /** What was paid with; by the channel's id where the sums are the channel's. */
  readonly tender: Wallet | 'cash' | { readonly channel: string }
  readonly sales: CountedSum
  readonly refunds: CountedSum
}

/** What a shift came to, as plain data; the report adds up nothing but the tenders. */
export type ShiftTotals = {
  readonly shiftNumber: string
  readonly openedWallMs: number
  readonly openedBy: string | null
  /** Null while the shift runs: the paper is an interim (X) report. */
  readonly closedWallMs: number | null
  readonly closedBy: string | null
  /** 0 is the report itself; a closed shift never changes, so what came later stands on a supplement (I10). */
  readonly supplement: number
  readonly tenders: readonly ShiftTender[]
  /** Null where no cash is taken; the expected sum is null while it must not be seen, before a blind count. */
  readonly cash: {
    readonly floatFen: Fen
    readonly expectedFen: Fen | null
    readonly countedFen: Fen | null
  } | null
  /** Orders of the shift that are not at their end. */
  readonly inFlight: readonly { readonly orderNumber: string; readonly amountFen: Fen }[]
}

const sumOf = (sums: readonly CountedSum[]): CountedSum => ({
  count: sums.reduce((total, { count }) => total + count, 0),
  amountFen: fen(sums.reduce((total, { amountFen }) => total + amountFen, 0)),
})

/** The report of a shift: X while it runs, Z at its end, a supplement for what was settled later. */
export function shiftReport(parts: PaperParts & { readonly totals: ShiftTotals }): ReceiptDocument {
  const { totals, language } = parts
  const words = receiptSentences[language]
  const { cash, closedWallMs, tenders, inFlight } = totals
  const sales = sumOf(tenders.map((tender) => tender.sales))
  const refunds = sumOf(tenders.map((tender) => tender.refunds))
  const difference =
    cash === null || cash.expectedFen === null || cash.countedFen === null ? null : cash.countedFen - cash.expectedFen
  return makeDocument(
    'shift-report',
    language,
    {
      ...paperFields(parts, closedWallMs === null ? words.interimReport : words.closingReport),
      shiftNumber: totals.shiftNumber,
      opened: shanghaiDateTime(totals.openedWallMs),
      openedBy: totals.openedBy,
      closed: closedWallMs === null ? null : shanghaiDateTime(closedWallMs),
      closedBy: totals.closedBy,
      supplement: totals.supplement === 0 ? null : words.supplement(totals.supplement),
      salesTotal: moneyText(sales.amountFen),
      salesCount: words.count(sales.count),
      refundsTotal: signedMoneyText(-refunds.amountFen),
      refundsCount: words.count(refunds.count),
      netTotal: signedMoneyText(sales.amountFen - refunds.amountFen),
      cashFloat: cash === null ? null : moneyText(cash.floatFen),
      cashExpected: cash === null || cash.expectedFen === null ? null : moneyText(cash.expectedFen),
      cashCounted: cash === null || cash.countedFen === null ? null : moneyText(cash.countedFen),
      cashDifference: difference === null ? null : difference === 0 ? words.even : signedMoneyText(difference),
      inFlightCount: inFlight.length === 0 ? null : words.count(inFlight.length),
    },
    {
      tenders: tenders.map((tender) => ({
        name: tenderName(tender.tender, language),
        salesCount: words.count(tender.sales.count),
        sales: moneyText(tender.sales.amountFen),
        refundsCount: words.count(tender.refunds.count),
        refunds: signedMoneyText(-tender.refunds.amountFen),
        net: signedMoneyText(tender.sales.amountFen - tender.refunds.amountFen),
      })),
      inFlight: inFlight.map(({ orderNumber, amountFen }) => ({ orderNumber, amount: moneyText(amountFen) })),
    },
  )
}

function tenderName(tender: ShiftTender['tender'], language: ReceiptLanguage): string {
  if (typeof tender === 'object') return tender.channel
  return tender === 'cash' ? receiptLabels[language].cash : receiptSentences[language].wallets[tender]
}
