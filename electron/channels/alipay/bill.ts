import { emptyBillLine } from '../../till/reconcile/bill-record.ts'
import { dayIn, fenIn, isSameBytes, timeOfDayIn } from '../bill-cells.ts'
import { type ColumnCutter, createColumnCutter } from '../bill-columns.ts'
import { type BillCharset, columnNames, lineText, strangeBeginning } from '../bill-header.ts'
import { splitLines } from '../bill-lines.ts'
import {
  type BadLineProblem,
  type BillFormat,
  type BillProblem,
  type BillReader,
  type BillTotals,
  collectBadLines,
  type ExpectedBill,
  type TakeLine,
  totalGaps,
} from '../bill-reading.ts'

/** The columns that are read, by name without unit (alipay.md §6). */
const names = {
  transaction: '支付宝交易号',
  order: '商户订单号',
  kind: '业务类型',
  product: '商品名称',
  time: '完成时间',
  store: '门店编号',
  terminal: '终端号',
  amount: '订单金额',
  received: '商家实收',
  batch: '退款批次号/请求号',
  fee: '服务费',
  remark: '备注',
} as const
type Column = keyof typeof names
type Places = Readonly<Record<Column, number>>

const optionalColumns: readonly string[] = [names.store, names.terminal, names.remark]
const longestLineBytes = 65_536
const hash = 0x23
/** GB18030 and UTF-8 of 交易 and 退款. */
const kinds = [
  { bytes: new Uint8Array([0xbd, 0xbb, 0xd2, 0xd7]), isCharge: true },
  { bytes: new Uint8Array([0xcd, 0xcb, 0xbf, 0xee]), isCharge: false },
  { bytes: new Uint8Array([0xe4, 0xba, 0xa4, 0xe6, 0x98, 0x93]), isCharge: true },
  { bytes: new Uint8Array([0xe9, 0x80, 0x80, 0xe6, 0xac, 0xbe]), isCharge: false },
] as const

/** Alipay's 业务明细 of one day, kind `trade` (alipay.md §6, §11). */
export const alipayBillFormat: BillFormat = {
  extension: 'csv',
  openReader: openAlipayBill,
  dayBeginsAtHour: 0,
  hasCalendarDay: true,
  foreignRefundIsRevoke: true,
}

function openAlipayBill(expected: ExpectedBill, take: TakeLine): BillReader {
  const line = emptyBillLine()
  const bad = collectBadLines()
  const expectedDay = Number(expected.date)
  let problem: BillProblem | null = null
  let charset: BillCharset = 'gb18030'
  let cutter: ColumnCutter | null = null
  let places: Places | null = null
  let hasEnded = false
  let isFirst = true
  let lines = 0
  let linesOfDay = 0
  let trades: { readonly count: number; readonly fen: number } | null = null
  let refunds: { readonly count: number; readonly fen: number } | null = null
  const sums = { charges: 0, returns: 0, chargedFen: 0, returnedFen: 0 }

  /** Lines that begin with `#`: what the file is, and its totals. */
  const readComment = (text: string): void => {
    if (isFirst) problem ??= titleProblem(text)
    const account = /账号[：:]\[(\d+)\]/.exec(text)?.[1]
    if (account !== undefined && expected.merchantId !== null && !account.startsWith(expected.merchantId)) {
      problem ??= 'wrong-merchant'
    }
    const from = /起始日期[：:]\[(\d{4})年(\d{2})月(\d{2})日/.exec(text)
    if (from !== null && `${from[1]}${from[2]}${from[3]}` !== expected.date) problem ??= 'wrong-day'
    if (text.includes('列表结束')) hasEnded = true
    trades = totalIn(text, /^#交易合计[：:](\d+)笔，商家实收共(-?[\d.]+)元/) ?? trades
    refunds = totalIn(text, /^#退款合计[：:](\d+)笔，商家实收退款共(-?[\d.]+)元/) ?? refunds
  }

  const readText = (bytes: Uint8Array, start: number, end: number): void => {
    const text = lineText(bytes, start, end, charset)
    const asUtf8 = isFirst ? lineText(bytes, start, end, 'utf-8') : undefined
    if (asUtf8 !== undefined) problem ??= strangeBeginning(asUtf8)
    if (asUtf8 !== undefined && asUtf8.length < end - start) {
      // The channel writes GBK only; whoever saved the file anew as UTF-8 may have kept or lost its characters.
      if (asUtf8.includes('\uFFFD')) problem ??= 'wrong-encoding'
      charset = 'utf-8'
    }
    const words = (charset === 'utf-8' ? lineText(bytes, start, end, 'utf-8') : text) ?? ''
    if (words.replace(/^\uFEFF/, '').startsWith('#')) readComment(words.replace(/^\uFEFF/, ''))
    else readHeader(words)
    isFirst = false
  }

  const readHeader = (text: string): void => {
    const found = columnNames(text)
    const place = (column: Column): number => found.indexOf(names[column])
    // The keys of the table above, and every one of them gets a value.
    const all = Object.fromEntries(Object.keys(names).map((column) => [column, place(column as Column)])) as Places
    const lacks = (Object.keys(names) as Column[]).some(
      (column) => all[column] < 0 && !optionalColumns.includes(names[column]),
    )
    if (lacks) {
      problem ??= isFirst ? (titleProblem(text) ?? 'not-a-bill') : 'other-bill'
      return
    }
    places = all
    cutter = createColumnCutter(',', found.length)
  }

  const fill = (bytes: Uint8Array, { starts, ends }: ColumnCutter, at: Places): BadLineProblem | null => {
    const startOf = (column: Column): number =>
      skipBlanks(bytes, starts[at[column]] as number, ends[at[column]] as number)
    const endOf = (column: Column): number =>
      dropBlanks(bytes, starts[at[column]] as number, ends[at[column]] as number)
    const kindStart = startOf('kind')
    const kindEnd = endOf('kind')
    const kind = kinds.find((one) => isSameBytes(bytes, kindStart, kindEnd, one.bytes))
    if (kind === undefined) return 'kind'
    const day = dayIn(bytes, startOf('time'), endOf('time'))
    const timeOfDay = timeOfDayIn(bytes, startOf('time'))
    if (Number.isNaN(day) || Number.isNaN(timeOfDay)) return 'time'
    const amountFen = fenIn(bytes, startOf('amount'), endOf('amount'))
    const receivedFen = fenIn(bytes, startOf('received'), endOf('received'))
    const feeFen = fenIn(bytes, startOf('fee'), endOf('fee'))
    const hasRightSign = kind.isCharge ? amountFen >= 0 : amountFen <= 0
    if (!hasRightSign || Number.isNaN(receivedFen) || Number.isNaN(feeFen)) return 'amount'
    line.orderStart = startOf('order')
    line.orderEnd = endOf('order')
    line.transactionStart = startOf('transaction')
    line.transactionEnd = endOf('transaction')
    if (line.orderEnd <= line.orderStart) return 'number'
    line.bytes = bytes
    line.amountFen = Math.abs(amountFen)
    // Negative is what was charged (§6, column 23).
    line.feeFen = 0 - feeFen
    line.day = day
    line.timeOfDay = timeOfDay
    line.placeStart = at.terminal < 0 ? 0 : startOf('terminal')
    line.placeEnd = at.terminal < 0 ? 0 : endOf('terminal')
    line.refundStart = startOf('batch')
    line.refundEnd = endOf('batch')
    if (kind.isCharge) line.kind = 'charge'
    else {
      // A revoke gives no number of its own: the batch is Alipay's trade number, our order's, or empty (§6).
      const isOwn =
        line.refundEnd > line.refundStart &&
        !isSameRange(bytes, line.refundStart, line.refundEnd, line.transactionStart, line.transactionEnd) &&
        !isSameRange(bytes, line.refundStart, line.refundEnd, line.orderStart, line.orderEnd)
      line.kind = isOwn ? 'refund' : 'revoke'
    }
    if (line.kind !== 'refund') line.refundEnd = line.refundStart
    lines++
    if (day === expectedDay) linesOfDay++
    if (kind.isCharge) {
      sums.charges++
      sums.chargedFen += receivedFen
    } else {
      sums.returns++
      sums.returnedFen -= receivedFen
    }
    return null
  }

  const readData = (bytes: Uint8Array, start: number, end: number, lineNumber: number): void => {
    if (cutter === null || places === null) return
    let wrong: BadLineProblem | null = 'columns'
    if (cutter.cut(bytes, start, end)) wrong = fill(bytes, cutter, places)
    else {
      for (const free of [places.product, places.remark]) {
        if (wrong === null || free < 0 || !cutter.cutAround(bytes, start, end, free)) continue
        if (fill(bytes, cutter, places) === null) wrong = null
      }
    }
    if (wrong !== null) {
      bad.add(lineNumber, wrong, bytes, start, end)
      return
    }
    line.lineNumber = lineNumber
    take(line)
  }

  const splitter = splitLines(
    longestLineBytes,
    (bytes, start, end, lineNumber) => {
      if (problem !== null || end <= start) return
      if (places === null || bytes[start] === hash) readText(bytes, start, end)
      else if (hasEnded) bad.add(lineNumber, 'columns', bytes, start, end)
      else readData(bytes, start, end, lineNumber)
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
      if (problem === null && places === null) problem = isFirst ? 'empty' : 'not-a-bill'
      if (problem === null && lines > 0 && linesOfDay === 0) problem = 'wrong-day'
      if (problem !== null) return { ok: false, problem }
      const counted: BillTotals = { lines: null, feeFen: null, ...sums }
      const stated: BillTotals | null =
        hasEnded && trades !== null && refunds !== null
          ? {
              lines: null,
              charges: trades.count,
              returns: refunds.count,
              chargedFen: trades.fen,
              returnedFen: 0 - refunds.fen,
              feeFen: null,
            }
          : null
      return {
        ok: true,
        findings: {
          lines,
          badLines: bad.kept,
          badLineCount: bad.count,
          stated,
          counted,
          gaps: totalGaps(stated, counted),
          wasEncodedAnew: charset !== 'gb18030',
        },
      }
    },
  }
}

/** What the first line says that the file is, where that is not the bill. */
function titleProblem(text: string): BillProblem | null {
  if (text.includes('业务明细查询')) return null
  if (/业务汇总|账务|资金|支付宝（?中国）?网络/.test(text)) return 'other-bill'
  if (text.includes('\uFFFD') || /锟|涓氬姟|֧/.test(text)) return 'wrong-encoding'
  return text.startsWith('#') ? 'other-bill' : 'not-a-bill'
}

function totalIn(text: string, pattern: RegExp): { readonly count: number; readonly fen: number } | null {
  const found = pattern.exec(text.trim())
  if (found === null) return null
  const cell = Buffer.from(found[2] ?? '')
  return { count: Number(found[1]), fen: fenIn(cell, 0, cell.length) }
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isBlank(bytes[at])) at++
  return at
}

/** Never before the first byte that is no blank, so that an all-blank cell is an empty one at its end. */
function dropBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(bytes[at - 1])) at--
  return at === start ? end : at
}

function isSameRange(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false
  for (let at = 0; at < end - start; at++) if (bytes[start + at] !== bytes[otherStart + at]) return false
  return true
}
