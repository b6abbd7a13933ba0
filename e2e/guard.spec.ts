import { readBooks } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'
import { expectOrdersAtWallets, walletSays } from './wallet-books.ts'

// The same customer must never be charged twice; another customer with the same amount must be.

const rarely = { firstQueryMs: 50_000, pollMs: 50_000, windowMs: 60_000 }

test('the same amount while one is open: the till asks first, and another customer is served', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  await counter.charge('15.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  const first = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')

  await counter.charge('15.00', freshCode('alipay', 'pays-at-once'))
  await counter.shows('former-open')
  await expect(page.locator('.message')).toContainText('同样金额')
  await expect(page.getByTestId('order-number')).toHaveText(first)
  expectOrdersAtWallets(dataDirectory, 1)

  await counter.press('F3')
  await counter.shows('scan')
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await expect(page.getByTestId('order-number')).not.toHaveText(first)
  expectOrdersAtWallets(dataDirectory, 2)
})

test('the same amount, the same customer: asking finds the first one paid, and the second code is not charged', async ({
  open,
}) => {
  const { counter, page, dataDirectory } = await open({ language: 'en', policy: rarely })
  await counter.charge('16.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  const first = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')
  await counter.charge('16.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('former-open')
  await walletSays(dataDirectory, first, 'paid')
  await counter.press('F2')
  await counter.shows('former-paid')
  await expect(page.getByTestId('order-number')).toHaveText(first)
  expectOrdersAtWallets(dataDirectory, 1)
  await counter.press('Enter')
  await counter.shows('idle')
})

test('a former order that paid after all is found by the scan itself', async ({ open }) => {
  const { counter, page, dataDirectory } = await open({ policy: rarely })
  await counter.charge('17.00', freshCode('alipay', 'answer-lost-but-paid'))
  await counter.shows('unknown')
  const first = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')
  await counter.charge('17.00', freshCode('alipay', 'pays-at-once'))
  await counter.shows('former-paid')
  await expect(page.getByTestId('order-number')).toHaveText(first)
  await expect(counter.amount).toHaveText('¥17.00')
  expect(readBooks(dataDirectory).map(({ chargedFen }) => Number(chargedFen))).toEqual([17_00])
})

test('the same code twice is the same payment', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const code = freshCode('wechat', 'pays-at-once')
  await counter.charge('18.00', code)
  await counter.shows('paid')
  const first = await counter.orderNumber()
  await counter.nextCustomer()
  await counter.charge('21.00', code)
  await expect(counter.amount).toHaveText('¥18.00')
  await expect(page.getByTestId('order-number')).toHaveText(first)
  await expect(page.locator('.message')).toContainText('刚才扫过')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('a failed payment and a new code of the same customer: one sale, charged once', async ({ till }) => {
  const { counter, dataDirectory } = till
  await counter.charge('19.00', freshCode('wechat', 'balance-low'))
  await counter.shows('failed')
  await counter.press('Enter')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥19.00')
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  const charged = readBooks(dataDirectory).map(({ chargedFen }) => Number(chargedFen))
  expect(charged).toEqual([0, 19_00])
})
