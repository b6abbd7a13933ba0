import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOrderEntry } from '../../electron/ledger/fold.ts'
import type { JournalEntry, LedgerReader, LedgerResult } from '../../electron/ledger/ledger.ts'
import { openLedgerReader } from '../../electron/ledger/open-ledger.ts'
import { isFinal, type Order } from '../../electron/till/order/order.ts'
import { createOrder, step } from '../../electron/till/order/step.ts'
import { type BookLine, readBooks, readBreaches, readRequests } from '../../electron/training/books-reading.ts'

/** What the judge looks at: a data folder at rest, what tills printed on the way, and the code that was scanned. */
export type Evidence = {
  readonly data: string
  readonly printed: readonly string[]
  readonly code: string
}

/** How the order stands, and everything that ledger, books, screen and files disagree about. */
export type Verdict = {
  /** The order's status, or `no order`. */
  readonly end: string
  /** The types of its journal's events. */
  readonly events: readonly string[]
  readonly disagreements: readonly string[]
}

/** The wallets' books judge the ledger: what each order took and gave back, to the fen (I1–I6, I11, I12). */
export async function judge({ data, printed, code }: Evidence): Promise<Verdict> {
  const books = readBooks(data)
  const opened = await openLedgerReader({ dataDirectory: data })
  const reader = valueIn(opened)
  try {
    const orders = valueIn(await reader.orders({}))
    const disagreements = [
      ...(await brokenIn(reader)),
      ...books
        .filter((book) => !orders.some(({ orderNumber }) => orderNumber === book.orderNumber))
        .map((book) => `the wallet has ${book.orderNumber}, and the ledger does not (I1)`),
      ...(orders.length > 1 ? [`one scan made ${orders.length} orders`] : []),
      ...readBreaches(data).map(({ breach, subject }) => `the till broke the protocol: ${breach} ${subject}`),
      ...codeTraces(data, printed, code),
    ]
    const events: string[] = []
    for (const order of orders) {
      const entries = valueIn(await reader.journalOf(order.orderNumber))
      events.push(...entries.map(({ type }) => type))
      const book = books.find(({ orderNumber }) => orderNumber === order.orderNumber)
      disagreements.push(
        ...moneyIn(order, book),
        ...endsOnce(order, entries, book),
        ...shownOf(order, printed),
        ...paysOf(order, data),
      )
    }
    return { end: orders.map(({ status }) => status).join(' ') || 'no order', events, disagreements }
  } finally {
    await reader.close()
  }
}

function valueIn<Value>(result: LedgerResult<Value>): Value {
  if (!result.ok) throw new Error(`the ledger cannot be read: ${result.problem.kind}`)
  return result.value
}

async function brokenIn(reader: LedgerReader): Promise<readonly string[]> {
  const { broken } = valueIn(await reader.verify())
  return broken.map(({ kind, detail }) => `the ledger is not whole: ${kind}, ${detail}`)
}

/** What the wallet holds must be what the ledger says: all of a paid order, nothing of any other that ended. */
function moneyIn(order: Order, book: BookLine | undefined): readonly string[] {
  const heldFen = book === undefined ? 0 : book.chargedFen - book.refundedFen
  const owedFen = order.status === 'paid' ? order.amountFen : 0
  const amounts =
    book !== undefined && book.amountFen !== order.amountFen ? ['the wallet was asked another amount'] : []
  // A case for a person shows the money that nobody may keep in silence; what is not at its end is judged by `endsOnce`.
  if (!isFinal(order.status) || heldFen === owedFen) return amounts
  return [...amounts, `${order.status}: the ledger says ${owedFen} fen, the wallet holds ${heldFen}`]
}

/**
 * The order's journal comes to an end exactly once, and stays there. Only one thing may be left to a person: an order
 * that WeChat says it never had, which is no proof that it cannot come (wechat.md §4.4).
 */
function endsOnce(order: Order, entries: readonly JournalEntry[], book: BookLine | undefined): readonly string[] {
  let folded: Order | null = null
  let ends = 0
  for (const entry of entries) {
    const reading = readOrderEntry(entry)
    if (!reading.ok) return [`entry ${entry.sequence} cannot be read`]
    const event = reading.value
    const before: Order | null = folded
    folded = event.type === 'created' ? createOrder(event) : before === null ? null : step(before, event).order
    if (folded !== null && isFinal(folded.status) && before !== null && !isFinal(before.status)) ends += 1
  }
  if (folded?.status !== order.status)
    return [`the journal makes it ${folded?.status}, the ledger says ${order.status}`]
  if (order.status === 'attention') {
    const mayBe = ends === 0 && book === undefined && order.wallet === 'wechat'
    return mayBe ? [] : [`a case for a person (${order.attentionReason}) that need not be`]
  }
  return ends === 1 ? [] : [`${order.status}: it came to an end ${ends} times`]
}

/** What a till had told the cashier stays true (I3, I4). */
function shownOf(order: Order, printed: readonly string[]): readonly string[] {
  const shown = new Set(
    printed.flatMap((text) => [...text.matchAll(/"status":"(paid|failed|revoked)"/g)].map(([, status]) => status)),
  )
  return [...shown]
    .filter((status) => status !== order.status)
    .map((status) => `shown as ${status}, is ${order.status}`)
}

/** No order was charged by two requests. */
function paysOf(order: Order, data: string): readonly string[] {
  const pays = readRequests(data).filter(({ kind, orderNumber }) => kind === 'pay' && orderNumber === order.orderNumber)
  return pays.length <= 1 ? [] : [`its pay request arrived ${pays.length} times`]
}

/** I11: the code stands in no file of the data folder, and in nothing that was printed. */
function codeTraces(data: string, printed: readonly string[], code: string): readonly string[] {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const traces = files.filter((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    return bytes.includes(Buffer.from(code, 'utf8')) || bytes.includes(Buffer.from(code, 'utf16le'))
  })
  return [
    ...(files.length === 0 ? ['the data folder holds no file'] : []),
    ...traces.map(({ name }) => `the payment code stands in ${name}`),
    ...(printed.some((text) => text.includes(code)) ? ['the payment code was printed'] : []),
  ]
}
