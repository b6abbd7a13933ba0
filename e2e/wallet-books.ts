import { expect } from '@playwright/test'
import { alipayTradeNumber } from '../electron/training/alipay-answer.ts'
import { type BookLine, readBooks, readRequests } from '../electron/training/books-reading.ts'

/** The requests about one order that the wallet's side saw, in order of arrival. */
export const requestsAbout = (dataDirectory: string, orderNumber: string) =>
  readRequests(dataDirectory).filter((request) => request.orderNumber === orderNumber)

/** Waits until the wallet's side has this order in this state; what the till knows of it is another matter. */
export async function walletSays(dataDirectory: string, orderNumber: string, state: BookLine['state']): Promise<void> {
  const stateNow = () => readBooks(dataDirectory).find((book) => book.orderNumber === orderNumber)?.state
  await expect.poll(stateNow, { message: `the wallet’s own state of ${orderNumber}`, timeout: 15_000 }).toBe(state)
}

/** Asserts how many orders ever reached the wallets. */
export const expectOrdersAtWallets = (dataDirectory: string, count: number): void =>
  expect(readBooks(dataDirectory), 'orders that reached a wallet').toHaveLength(count)

/** What Alipay's bill shows of an order of today, whether or not the till has heard of it. */
export function alipayBillOf(dataDirectory: string, orderNumber: string): string {
  const place = readBooks(dataDirectory).findIndex((book) => book.orderNumber === orderNumber)
  return alipayTradeNumber({ openedAtMs: Date.now(), sequence: place + 1 })
}
