import { type BillLineKind, emptyBillLine } from '../till/reconcile/bill-record.ts'
import { dayIn, feeByRate, fenIn, isSameBytes, rateIn, timeOfDayIn } from './bill-cells.ts'
import { type ColumnCutter, createColumnCutter } from './bill-columns.ts'
import { type BillCharset, columnName, columnNames, lineText, strangeBeginning } from './bill-header.ts'
import { splitLines } from './bill-lines.ts'
import {
  type BadLineProblem,
  type BillProblem,
  type BillReader,
  type BillTotals,
  collectBadLines,
  type ExpectedBill,
  type TakeLine,
  totalGaps,
} from './bill-reading.ts'

/** What a column is for; each has the names that it had in all generations of the file. */
export type BackquoteColumn =
  | 'time'
  | 'merchant'
  | 'subMerchant'
  | 'place'
  | 'transaction'
  | 'order'
  | 'state'
  | 'orderAmount'
  | 'settledAmount'
  | 'refundNumber'
  | 'refundAmount'
  | 'settledRefund'
  | 'refundState'
  | 'fee'
  | 'rate'
  | 'product'
  | 'attach'

/** How one channel writes a bill whose data cells each begin with a back-tick (wechat.md §7.2, swiftpass.md §8). */
export type BackquoteForm = {
  readonly columns: Readonly<Record<BackquoteColumn, readonly string[]>>
  /** What the state's cell says, and what the line is about then. */
  readonly states: Readonly<Record<string, BillLineKind>>
  /** What a refund's state says where no money reached the customer. */
  readonly failedRefundStates: readonly string[]
  readonly summary: {
    /** How the summary's header line begins. */
    readonly begins: string
    readonly lines: readonly string[]
    readonly charged: readonly string[]
    readonly returned: readonly string[]
    readonly fee: readonly string[]
    /** Whether the stated count is of all lines; where it is of payments on some files, it is not held against them. */
    readonly countsLines: boolean
  }
  /** Names by which other files of the channel are recognised. */
  readonly otherBills: readonly string[]
}

const needed = ['time', 'transaction', 'order', 'state', 'refundNumber', 'refundAmount', 'fee'] as const
const longestLineBytes = 65_536
const backquote = 0x60
const none = new Uint8Array([0x30])

type Places = Readonly<Record<BackquoteColumn, number>>

/** A reader of such a bill; lines that can be read go to `take`. */
export function openBackquoteBill(form: BackquoteForm, expected: ExpectedBill, take: TakeLine): BillReader {
  const line = emptyBillLine()
  const bad = collectBadLines()
  const expectedDay = Number(expected.date)
  const own = encode(expected.subMerchantId ?? expected.merchantId ?? '')
  const ownColumn = expected.subMerchantId === undefined ? 'merchant' : 'subMerchant'
  let problem: BillProblem | null = null
  let charset: BillCharset = 'utf-8'
  let cutter: ColumnCutter | null = null
  let places: Places | null = null
  let freeColumns: readonly number[] = []
  let summaryNames: readonly string[] | null = null
  let stated: BillTotals | null = null
  let lines = 0
  let linesOfDay = 0
  let linesOfMerchant = 0
  const sums = { charges: 0, returns: 0, chargedFen: 0, returnedFen: 0, feeFen: 0 }
  const states: { readonly bytes: Uint8Array; readonly kind: BillLineKind | null }[] = []

  const readHeader = (bytes: Uint8Array, start: number, end: number): void => {
    const text = lineText(bytes, start, end, 'utf-8')
    let names = text === undefined ? [] : columnNames(text)
    const strange = text === undefined ? null : strangeBeginning(text)
    if (strange !== null) {
      problem = strange
      return
    }
    if (text === undefined || !names.includes(firstOf(form, 'order'))) {
      const other = columnNames(lineText(bytes, start, end, 'gb18030') ?? '')
      if (other.includes(firstOf(form, 'order'))) {
        charset = 'gb18030'
        names = other
      }
    }
    const found = placesOf(form, names)
    if (found === null) {
      problem = headerProblem(form, names, text)
      return
    }
    places = found
    cutter = createColumnCutter(',`', names.length)
    freeColumns = [found.product, found.attach].filter((place) => place >= 0)
  }

  const kindOf = (bytes: Uint8Array, start: number, end: number): BillLineKind | null => {
    for (let at = 0; at < states.length; at++) {
      const known = states[at]
      if (known !== undefined && isSameBytes(bytes, start, end, known.bytes)) return known.kind
    }
    const kind = form.states[(lineText(bytes, start, end, charset) ?? '').trim()] ?? null
    if (kind !== null) states.push({ bytes: bytes.slice(start, end), kind })
    return kind
  }

  /** Fills `line` from the cells; what is wrong with them, or null. */
  const fill = (bytes: Uint8Array, { starts, ends }: ColumnCutter, at: Places): BadLineProblem | null => {
    const kind = kindOf(bytes, starts[at.state] as number, ends[at.state] as number)
    if (kind === null) return 'kind'
    const day = dayIn(bytes, starts[at.time] as number, ends[at.time] as number)
    const timeOfDay = timeOfDayIn(bytes, starts[at.time] as number)
    if (Number.isNaN(day) || Number.isNaN(timeOfDay)) return 'time'
    line.orderStart = starts[at.order] as number
    line.orderEnd = ends[at.order] as number
    if (line.orderEnd <= line.orderStart) return 'number'
    const isCharge = kind === 'charge'
    const amountAt = isCharge ? (at.orderAmount >= 0 ? at.orderAmount : at.settledAmount) : at.refundAmount
    const amountFen = fenIn(bytes, starts[amountAt] as number, ends[amountAt] as number)
    const settledAt = isCharge ? at.settledAmount : at.settledRefund
    const settledFen = settledAt < 0 ? amountFen : fenIn(bytes, starts[settledAt] as number, ends[settledAt] as number)
    const feeFen = fenIn(bytes, starts[at.fee] as number, ends[at.fee] as number)
    if (!(amountFen >= 0 && settledFen >= 0) || Number.isNaN(feeFen)) return 'amount'
    line.bytes = bytes
    line.amountFen = amountFen
    line.feeFen = feeFen
    line.day = day
    line.timeOfDay = timeOfDay
    line.transactionStart = starts[at.transaction] as number
    line.transactionEnd = ends[at.transaction] as number
    const rate = at.rate < 0 ? Number.NaN : rateIn(bytes, starts[at.rate] as number, ends[at.rate] as number)
    line.feeByRateFen = isCharge ? feeByRate(settledFen, rate) : -feeByRate(settledFen, rate)
    fillRefund(bytes, starts, ends, at, kind)
    fillPlace(bytes, starts, ends, at)
    return null
  }

  const fillRefund = (
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    at: Places,
    kind: BillLineKind,
  ): void => {
    line.kind = kind
    line.refundStart = 0
    line.refundEnd = 0
    line.hasFailed = false
    if (kind === 'charge') return
    const start = starts[at.refundNumber] as number
    const end = ends[at.refundNumber] as number
    // On a revoke's line makers of samples disagree whether the number is empty, `0` or filled (wechat.md §12).
    if (end > start && !isSameBytes(bytes, start, end, none)) {
      line.refundStart = start
      line.refundEnd = end
    } else {
      line.kind = 'revoke'
    }
    if (at.refundState < 0) return
    const state = lineText(bytes, starts[at.refundState] as number, ends[at.refundState] as number, charset) ?? ''
    line.hasFailed = form.failedRefundStates.includes(state.trim())
  }

  const fillPlace = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array, at: Places): void => {
    line.placeStart = at.place < 0 ? 0 : (starts[at.place] as number)
    line.placeEnd = at.place < 0 ? 0 : (ends[at.place] as number)
    const merchantAt = at[ownColumn]
    line.merchantStart = merchantAt < 0 ? 0 : (starts[merchantAt] as number)
    line.merchantEnd = merchantAt < 0 ? 0 : (ends[merchantAt] as number)
    line.isOwnMerchant =
      own.length === 0 || merchantAt < 0 || isSameBytes(bytes, line.merchantStart, line.merchantEnd, own)
  }

  const count = (): void => {
    lines++
    if (line.day === expectedDay) linesOfDay++
    if (line.isOwnMerchant) linesOfMerchant++
    sums.feeFen += line.feeFen
    if (line.kind === 'charge') {
      sums.charges++
      sums.chargedFen += line.amountFen
    } else {
      sums.returns++
      sums.returnedFen += line.amountFen
    }
  }

  const readData = (bytes: Uint8Array, start: number, end: number, lineNumber: number): void => {
    if (cutter === null || places === null) return
    const wrong = cutter.cut(bytes, start + 1, end) ? fill(bytes, cutter, places) : readFree(bytes, start + 1, end)
    if (wrong !== null) {
      bad.add(lineNumber, wrong, bytes, start, end)
      return
    }
    line.lineNumber = lineNumber
    count()
    take(line)
  }

  /** A line with separators inside its texts: the column is the one with which the rest of the line makes sense. */
  const readFree = (bytes: Uint8Array, start: number, end: number): BadLineProblem | null => {
    if (cutter === null || places === null) return 'columns'
    for (const free of freeColumns) {
      if (cutter.cutAround(bytes, start, end, free) && fill(bytes, cutter, places) === null) return null
    }
    return 'columns'
  }

  const readRest = (bytes: Uint8Array, start: number, end: number, lineNumber: number): void => {
    if (end <= start) return
    const text = lineText(bytes, start, end, charset) ?? ''
    if (columnName(text).startsWith(form.summary.begins)) summaryNames = columnNames(text)
    else if (lines === 0 && bad.count === 0 && /^["\t]?\d{4}[-/]/.test(text)) problem = 'spreadsheet-copy'
    else bad.add(lineNumber, 'columns', bytes, start, end)
  }

  const splitter = splitLines(
    longestLineBytes,
    (bytes, start, end, lineNumber) => {
      if (problem !== null) return
      if (places === null) {
        if (end > start) readHeader(bytes, start, end)
      } else if (bytes[start] !== backquote) readRest(bytes, start, end, lineNumber)
      else if (summaryNames === null) readData(bytes, start, end, lineNumber)
      else stated = readSummary(form, summaryNames, bytes, start, end)
    },
    (bytes, start, end, lineNumber) => {
      if (places === null) problem ??= strangeBeginning(lineText(bytes, start, end, 'utf-8') ?? '') ?? 'not-a-bill'
      else bad.add(lineNumber, 'too-long', bytes, start, end)
    },
  )

  return {
    push: splitter.push,
    end() {
      splitter.end()
      if (problem === null && places === null) problem = 'empty'
      if (problem === null && lines > 0) {
        if (linesOfMerchant === 0) problem = 'wrong-merchant'
        else if (linesOfDay === 0) problem = 'wrong-day'
      }
      if (problem !== null) return { ok: false, problem }
      const counted: BillTotals = { lines, ...sums }
      return {
        ok: true,
        findings: {
          lines,
          badLines: bad.kept,
          badLineCount: bad.count,
          stated,
          counted,
          gaps: totalGaps(stated, counted),
          wasEncodedAnew: charset !== 'utf-8',
        },
      }
    },
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const firstOf = (form: BackquoteForm, column: BackquoteColumn): string => form.columns[column][0] ?? ''

/** Where each column stands; null where one is missing that no bill can be read without. */
function placesOf(form: BackquoteForm, names: readonly string[]): Places | null {
  const find = (column: BackquoteColumn): number => {
    const name = form.columns[column].find((one) => names.includes(one))
    return name === undefined ? -1 : names.indexOf(name)
  }
  // The keys of the record above, and every one of them gets a value.
  const places = Object.fromEntries(
    Object.keys(form.columns).map((column) => [column, find(column as BackquoteColumn)]),
  ) as Places
  const hasAmount = places.orderAmount >= 0 || places.settledAmount >= 0
  return hasAmount && needed.every((column) => places[column] >= 0) ? places : null
}

/** What a header is that lacks columns. */
function headerProblem(form: BackquoteForm, names: readonly string[], text: string | undefined): BillProblem {
  const all = names.join()
  if (text === undefined || text.includes('\uFFFD')) return 'wrong-encoding'
  if (form.otherBills.some((name) => all.includes(name))) return 'other-bill'
  if (names.includes(firstOf(form, 'order')) && names.includes(firstOf(form, 'state'))) return 'other-bill'
  return /[ÃÂ]|[\u0080-\u009f]|锘|浜ゆ槗/.test(text) ? 'wrong-encoding' : 'not-a-bill'
}

function readSummary(
  form: BackquoteForm,
  names: readonly string[],
  bytes: Uint8Array,
  start: number,
  end: number,
): BillTotals {
  const cells = (lineText(bytes, start, end, 'gb18030') ?? '').replace(/^`/, '').split(',`')
  const amountOf = (wanted: readonly string[]): number | null => {
    const place = names.findIndex((name) => wanted.includes(name))
    const cell = encode(cells[place]?.trim() ?? '')
    const value = fenIn(cell, 0, cell.length)
    return place < 0 || Number.isNaN(value) ? null : value
  }
  const hundredLines = form.summary.countsLines ? amountOf(form.summary.lines) : null
  return {
    // `8.0` is how some write a count.
    lines: hundredLines === null ? null : hundredLines / 100,
    charges: null,
    returns: null,
    chargedFen: amountOf(form.summary.charged),
    returnedFen: amountOf(form.summary.returned),
    feeFen: amountOf(form.summary.fee),
  }
}
