import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'

// The orders of today: a list, a filter, and each order's whole journal; by keys alone.

test('list, filter and detail with the whole journal', async ({ open }) => {
  const { counter, page } = await open({ language: 'en' })
  const wechatCode = freshCode('wechat', 'system-error-then-paid')
  await counter.charge('1234.50', wechatCode)
  await counter.shows('paid')
  const first = await counter.orderNumber()
  await counter.nextCustomer()
  await counter.charge('20.00', freshCode('alipay', 'balance-low'))
  await counter.shows('failed')
  await counter.nextCustomer()
  await counter.charge('30.00', freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')

  await counter.press('F7')
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(0)).toContainText('¥30.00')
  await expect(rows.nth(1)).toContainText('Not paid')
  await expect(rows.nth(2)).toContainText('¥1,234.50')
  await expect(page.locator('.orders-head')).toContainText('3 orders')
  await expect(page.locator('.orders-head')).toContainText('¥1,264.50')

  const search = page.getByRole('searchbox')
  const finds = async (text: string, amounts: readonly string[]): Promise<void> => {
    await search.fill(text)
    await expect(rows).toHaveCount(amounts.length)
    for (const [index, amount] of amounts.entries()) await expect(rows.nth(index)).toContainText(amount)
  }
  await finds('1234.50', ['¥1,234.50'])
  await finds('¥1,234.50', ['¥1,234.50'])
  await finds(first.slice(-10), ['¥1,234.50'])
  await finds('no such order', [])
  await expect(page.locator('.orders-list')).toContainText('No such order')
  await finds('', ['¥30.00', '¥20.00', '¥1,234.50'])
  await page.getByLabel('Status').selectOption('paid')
  await expect(rows).toHaveCount(2)
  await page.getByLabel('Status').selectOption('')
  await expect(rows).toHaveCount(3)

  // By keys: down to the oldest, Enter, read, Esc, Esc.
  await search.focus()
  for (const _row of [1, 2, 3]) await counter.press('ArrowDown')
  await counter.press('Enter')
  const detail = page.getByRole('dialog')
  await expect(detail).toContainText(first)
  await expect(detail).toContainText('Paid')
  await expect(detail).toContainText(`${wechatCode.slice(0, 2)}************${wechatCode.slice(-4)}`)
  const journal = detail.locator('.journal li')
  await expect(journal.first()).toContainText('Order made')
  await expect(journal.nth(1)).toContainText('Charge sent')
  await expect(journal.nth(2)).toContainText(/Answer to the charge.*not known/s)
  await expect(journal.last()).toContainText(/Answer to a query.*paid/s)
  await counter.press('Escape')
  await expect(detail).toHaveCount(0)
  await counter.press('Escape')
  await counter.shows('paid')
})

test('what the search field promises: the last digits of the code', async ({ till }) => {
  const { counter, page } = till
  const code = freshCode('wechat', 'pays-at-once')
  await counter.charge('61.00', code)
  await counter.shows('paid')
  await counter.nextCustomer()
  await counter.charge('62.00', freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await counter.press('F7')
  const search = page.getByRole('searchbox')
  const promise = (await search.getAttribute('placeholder')) ?? ''
  test.skip(!promise.includes('付款码'), 'the field does not promise it')
  await search.fill(code.slice(-4))
  await expect(page.locator('tbody tr')).toHaveCount(1)
  await expect(page.locator('tbody tr')).toContainText('¥61.00')
})

test('an open order goes from its detail to the counter', async ({ till }) => {
  const { counter, page } = till
  await counter.charge('63.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  await counter.press('F6')
  await counter.shows('idle')
  await counter.press('F7')
  await expect(page.locator('tbody tr')).toHaveCount(1)
  await counter.press('ArrowDown')
  await counter.press('Enter')
  const detail = page.getByRole('dialog')
  await expect(detail.locator('.journal li').first()).toBeVisible()
  await counter.press('F2')
  await expect(detail.locator('.journal')).toContainText('要求立即查询')
  await counter.press('F6')
  await counter.shows('awaiting-payer')
  await expect(counter.amount).toHaveText('¥63.00')
  await counter.shows('revoked-closed')
})
