import type { BillLine } from '../till/reconcile/bill-record.ts'

/** Why a file is no bill of this channel and day; the money of no order is touched by it. */
export type BillProblem =
  | 'empty'
  | 'web-page' // HTML: an error page or a login page that was saved as the bill
  | 'error-answer' // the channel's own refusal instead of the file
  | 'spreadsheet-copy' // opened and saved by a spreadsheet, which bends long numbers and dates
  | 'other-bill' // a fund-flow, summary, personal or one-sided bill that looks alike
  | 'wrong-encoding'
  | 'not-a-bill'
  | 'wrong-day'
  | 'wrong-merchant'

/** Why one line cannot be read. */
export type BadLineProblem =
  | 'too-long'
  | 'columns' // too few, too many, or a torn line
  | 'amount'
  | 'time'
  | 'number' // the order's or the refund's is missing
  | 'kind'
  | 'merchant'

/** A line that is kept aside, by its number in the file. */
export type BadLine = {
  readonly lineNumber: number
  readonly problem: BadLineProblem
  /** Its first bytes as text, shortened. */
  readonly beginning: string
}

/** Sums as a bill's own summary states them, or as its lines make them; null where the summary does not say. */
export type BillTotals = {
  readonly lines: number | null
  readonly charges: number | null
  readonly returns: number | null
  readonly chargedFen: number | null
  /** What went back, as a positive amount. */
  readonly returnedFen: number | null
  readonly feeFen: number | null
}

/** What was found in a file that is a bill of the channel, the merchant and the day. */
export type BillFindings = {
  /** Lines that could be read and were handed on. */
  readonly lines: number
  /** The first thousand of them. */
  readonly badLines: readonly BadLine[]
  readonly badLineCount: number
  /** The file's own summary; null where it should have one and has none. */
  readonly stated: BillTotals | null
  /** What the lines make, by the same definitions. */
  readonly counted: BillTotals
  /** Which of the summary's sums the lines do not make. */
  readonly gaps: readonly (keyof BillTotals)[]
  /** The text was in another encoding than the channel's: somebody saved it anew. */
  readonly wasEncodedAnew: boolean
}

export type BillReading =
  | { readonly ok: true; readonly findings: BillFindings }
  | { readonly ok: false; readonly problem: BillProblem }

/** Reads a bill from its bytes as they come; each line that can be read goes to the taker it was opened with. */
export type BillReader = {
  /** The bytes must not change before the call returns. */
  push(bytes: Uint8Array): void
  /** Call once, after the last bytes. What the lines said is void where the answer is a problem. */
  end(): BillReading
}

/** What the till knows of the bill before it is read. */
export type ExpectedBill = {
  /** `yyyyMMdd`. */
  readonly date: string
  /** The merchant's number at the channel; null where it is not known. */
  readonly merchantId: string | null
  /** The number of the merchant on whose behalf a provider calls. */
  readonly subMerchantId?: string
}

export type TakeLine = (line: BillLine) => void

/** How a channel's bills are read, and by which rules they are matched. */
export type BillFormat = {
  /** What a file of the channel is called when it is kept. */
  readonly extension: 'csv' | 'txt' | 'json'
  readonly openReader: (expected: ExpectedBill, take: TakeLine) => BillReader
  /** The hour of the day before at which the channel's day begins; 0 is midnight. */
  readonly dayBeginsAtHour: number
  /** Whether a line of another calendar day has no place in the file. */
  readonly hasCalendarDay: boolean
  /** Whether a refund under a number that is not the merchant's is what a revoke made. */
  readonly foreignRefundIsRevoke: boolean
}

/** Keeps what is wrong with lines, and no more than a thousand of them. */
export type BadLines = {
  add(lineNumber: number, problem: BadLineProblem, bytes: Uint8Array, start: number, end: number): void
  readonly kept: readonly BadLine[]
  readonly count: number
}

const mostKept = 1_000
const beginningBytes = 120

export function collectBadLines(): BadLines {
  const kept: BadLine[] = []
  let count = 0
  return {
    add(lineNumber, problem, bytes, start, end) {
      count++
      if (kept.length >= mostKept) return
      const text = Buffer.from(bytes.subarray(start, Math.min(end, start + beginningBytes))).toString('latin1')
      kept.push({ lineNumber, problem, beginning: text.replace(/[^\x20-\x7e]/g, '.') })
    },
    get kept() {
      return kept
    },
    get count() {
      return count
    },
  }
}

/** The sums that the summary states otherwise than the lines make. */
export function totalGaps(stated: BillTotals | null, counted: BillTotals): readonly (keyof BillTotals)[] {
  if (stated === null) return []
  const names = ['lines', 'charges', 'returns', 'chargedFen', 'returnedFen', 'feeFen'] as const
  return names.filter((name) => stated[name] !== null && stated[name] !== counted[name])
}
