import { freshCode } from './practice.ts'
import { expect, hostName, test } from './till.ts'
import { expectOrdersAtWallets, requestsAbout } from './wallet-books.ts'
import { scenesShown } from './watch.ts'

// What the till waits for outlives the window, and outlives the till.

test('the window is loaded anew in the middle of a wait and finds it again', async ({ open }) => {
  // Long enough for the slowest machine to load the window; the cancel ends it.
  const { counter, page, dataDirectory } = await open({ policy: { windowMs: 60_000, revokeMinAgeMs: 0 } })
  await counter.charge('51.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  const orderNumber = await counter.orderNumber()
  await page.reload()
  await counter.shows('awaiting-payer')
  expect(await counter.orderNumber()).toBe(orderNumber)
  await expect(counter.amount).toHaveText('¥51.00')
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toBeVisible()
  await counter.press('F4')
  await counter.shows('revoked-closed')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('the till is closed and opened: parked and doubtful orders are there again, and end right', async ({ open }) => {
  const { counter, page, reopen, dataDirectory } = await open({
    policy: { windowMs: 1_500, revokeMinAgeMs: 500, revokeRetryMs: [200, 200] },
    alipayPolicy: { windowMs: 9_000 },
  })
  await counter.charge('52.00', freshCode('alipay', 'password-never'))
  await counter.shows('awaiting-payer')
  const parked = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')
  await counter.charge('53.00', freshCode('wechat', 'revoke-never-works'))
  await counter.shows('attention')
  await counter.press('F6')
  await counter.shows('idle')
  await expect(counter.strip).toContainText('挂单 1')
  await expect(counter.strip).toContainText('存疑 1')

  await reopen()
  await counter.shows('idle')
  const chips = counter.strip.getByRole('listitem')
  await expect(chips).toHaveCount(2)
  await expect(counter.strip).toContainText('挂单 1')
  await expect(counter.strip).toContainText('存疑 1')
  await expect(chips.filter({ hasText: '¥53.00' })).toContainText('待人工处理')
  await expect(chips.filter({ hasText: '¥52.00' })).toContainText('未扣款', { timeout: 15_000 })
  expect(requestsAbout(dataDirectory, parked).filter(({ kind }) => kind === 'pay')).toHaveLength(1)

  await chips.filter({ hasText: '¥53.00' }).getByRole('button').first().click()
  await counter.shows('attention')
  await expect(page.locator('.message')).toContainText('对顾客说')
})

test('the till is closed while a customer confirms: after the start the wait stands at the counter', async ({
  open,
}) => {
  // Long enough for the slowest machine to close and open the till; the cancel ends it.
  const { counter, reopen, page } = await open({ policy: { windowMs: 60_000, revokeMinAgeMs: 0 } })
  await counter.charge('54.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  const orderNumber = await counter.orderNumber()
  await reopen()
  await expect(page.getByTestId('order-number')).toHaveText(orderNumber)
  await counter.shows('awaiting-payer')
  await expect(counter.amount).toHaveText('¥54.00')
  expect(await scenesShown(page)).not.toContain('failed')
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toBeVisible()
  await counter.press('F4')
  await counter.shows('revoked-closed')
})

test('a second window on the same till says so, and takes over when the first is gone', async ({ open }) => {
  test.skip(hostName === 'electron', 'Electron opens one window by itself')
  const { counter, page } = await open({ language: 'en' })
  const second = await page.context().newPage()
  const address = page.url()
  await second.goto(address)
  await expect(second.getByTestId('headline')).toHaveText(/Open elsewhere/)
  await counter.charge('55.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await page.goto('about:blank')
  await expect(second.getByTestId('headline')).toHaveText(/Enter the amount/)
  await second.close()
  await page.goto(address)
  await counter.shows('idle')
})
