import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { openLedgerReader } from '../electron/ledger/open-ledger.ts'
import { readBooks, readBreaches } from '../electron/training/books-reading.ts'
import type { Watch } from './watch.ts'

/** Whether a text is a payment code, of which no trace may remain (I11). */
const isPaymentCode = (text: string): boolean => /^\d{16,24}$/.test(text)

/** Everything that a page holds and that could outlive a look at it. */
async function tracesInPage(page: Page): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value)
    const names = (await indexedDB.databases()).map(({ name }) => name)
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      document.title,
      location.href,
      history.state,
      names,
    ])
  })
  return inPage
}

/** Checks a page before it is closed: nothing went wrong in it, and no payment code is left in it. */
export async function auditPage(page: Page, watch: Watch, scanned: ReadonlySet<string>): Promise<void> {
  expect(watch.problems, 'broken policies and errors of the page').toEqual([])
  const outside = watch.addresses.filter((address) => !/^(http:\/\/127\.0\.0\.1:|data:|scantill:|about:)/.test(address))
  expect(outside, 'requests to elsewhere').toEqual([])
  const traces = [await tracesInPage(page), ...watch.consoleTexts, ...watch.addresses]
  const codes = [...scanned].filter(isPaymentCode)
  const found = codes.filter((code) => traces.some((trace) => trace.includes(code)))
  expect(found.length, 'payment codes in the page, its storage, its addresses or its console').toBe(0)
}

/** Where the books are that judge a till, and how the numbers of its orders begin where others stand there too. */
export type Judge = { readonly books: string; readonly orderNumbersBegin: string }

/** Checks a data folder whose till is closed: no code, an unbroken chain, and the wallet's books agree to the fen. */
export async function auditDataFolder(
  dataDirectory: string,
  scanned: ReadonlySet<string>,
  { books, orderNumbersBegin }: Judge = { books: dataDirectory, orderNumbersBegin: '' },
): Promise<void> {
  await expectNoCode(dataDirectory, [...scanned].filter(isPaymentCode))
  const opened = await openLedgerReader({ dataDirectory })
  if (!opened.ok) throw new Error(`the ledger cannot be read: ${opened.problem.kind}`)
  const reader = opened.value
  try {
    const verification = await reader.verify()
    if (!verification.ok) throw new Error(`the ledger cannot be verified: ${verification.problem.kind}`)
    expect(verification.value.broken, 'breaches that verify finds').toEqual([])
    const orders = await reader.orders({})
    if (!orders.ok) throw new Error(`the orders cannot be read: ${orders.problem.kind}`)
    const judging = readBooks(books).filter(({ orderNumber }) => orderNumber.startsWith(orderNumbersBegin))
    const refunds = await reader.refundsBetween(0, Number.MAX_SAFE_INTEGER)
    if (!refunds.ok) throw new Error(`the refunds cannot be read: ${refunds.problem.kind}`)
    expectSameMoney(orders.value, refunds.value, judging)
  } finally {
    await reader.close()
  }
  expect(readBreaches(books), 'breaches of the wallets’ protocols').toEqual([])
}

async function expectNoCode(folder: string, codes: readonly string[]): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  expect(files.length, 'files below the data folder').toBeGreaterThan(1)
  for (const file of files) {
    const bytes = await readFile(file)
    const found = codes.filter((code) => bytes.includes(code) || bytes.includes(Buffer.from(code, 'utf16le')))
    expect(found.length, `payment codes in ${file}`).toBe(0)
  }
}

type LedgerOrder = {
  readonly orderNumber: string
  readonly status: string
  readonly revokeEffect: string | null
  readonly amountFen: number
}

type LedgerRefund = { readonly orderNumber: string; readonly status: string; readonly amountFen: number }

/** What an order must have cost the customer; null while nobody can know. */
function owedFen(
  order: LedgerOrder,
  refunds: readonly LedgerRefund[],
): { readonly charged: number | null; readonly net: number } | null {
  switch (order.status) {
    case 'paid': {
      if (refunds.some(({ status }) => status !== 'done' && status !== 'failed')) return null
      const done = refunds.filter(({ status }) => status === 'done')
      const givenBackFen = done.reduce((sum, { amountFen }) => sum + amountFen, 0)
      return { charged: order.amountFen, net: order.amountFen - givenBackFen }
    }
    case 'failed':
      return { charged: 0, net: 0 }
    case 'revoked':
      return { charged: order.revokeEffect === 'refunded' ? order.amountFen : 0, net: 0 }
    default:
      return null
  }
}

function expectSameMoney(
  orders: readonly LedgerOrder[],
  refunds: readonly LedgerRefund[],
  books: ReturnType<typeof readBooks>,
): void {
  const bookOf = new Map(books.map((book) => [book.orderNumber, book]))
  const known = new Set(orders.map(({ orderNumber }) => orderNumber))
  const unheardOf = books.filter(({ orderNumber }) => !known.has(orderNumber))
  expect(unheardOf, 'orders that the wallet knows and the till does not (I1)').toEqual([])
  for (const order of orders) {
    const ofOrder = refunds.filter(({ orderNumber }) => orderNumber === order.orderNumber)
    const owed = owedFen(order, ofOrder)
    if (owed === null) continue
    const book = bookOf.get(order.orderNumber)
    const charged = book?.chargedFen ?? 0
    const net = charged - (book?.refundedFen ?? 0)
    expect({ order: order.orderNumber, charged, net }, `${order.status} in the ledger`).toEqual({
      order: order.orderNumber,
      ...owed,
    })
  }
}
