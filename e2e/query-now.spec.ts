import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'
import { requestsAbout, walletSays } from './wallet-books.ts'

// "The customer says it is paid": the cashier asks, and need not wait for the till's own turn.

test('ask now: once while the customer confirms, once after', async ({ open }) => {
  // The till's own queries come far too late for this story.
  const { counter, page, dataDirectory } = await open({
    policy: { firstQueryMs: 50_000, pollMs: 50_000, windowMs: 60_000 },
  })
  await counter.charge('66.60', freshCode('alipay', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  const orderNumber = await counter.orderNumber()
  await counter.press('F2')
  await expect(page.locator('.work-line')).toContainText('已查询 1 次')
  await counter.shows('awaiting-payer')

  await walletSays(dataDirectory, orderNumber, 'paid')
  await counter.shows('awaiting-payer')
  await counter.primary.click()
  await counter.shows('paid')
  const kinds = requestsAbout(dataDirectory, orderNumber).map(({ kind }) => kind)
  expect(kinds).toEqual(['pay', 'query', 'query'])
})
