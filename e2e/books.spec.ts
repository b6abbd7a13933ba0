import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBooks } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, hostName, test } from './till.ts'

// Refunds from an order's detail, and the manager's view of all transactions, by the keyboard alone, in one till.

test('sales, refunds in parts, the search, the filters, and totals equal to the wallets’ books', async ({ open }) => {
  test.setTimeout(240_000)
  const till = await open({ language: 'en' })
  const { counter, page, dataDirectory, prompter } = till
  await counter.charge('1234.50', freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  const first = await counter.orderNumber()
  await counter.nextCustomer()
  await counter.charge('20.00', freshCode('wechat', 'balance-low'))
  await counter.shows('failed')
  await counter.nextCustomer()
  await counter.charge('30.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')

  // The receipt's barcode, scanned at the books, opens its order.
  await counter.press('F7')
  await counter.scanBill(first)
  const detail = page.getByRole('dialog', { name: 'Order' })
  await expect(detail).toContainText(first)
  await expect(page.getByTestId('refund-left')).toHaveText('¥1,234.50')

  const form = page.locator('.refund-form')
  const ask = async (amount: string, reasonKeys: readonly string[]): Promise<void> => {
    await counter.press('F3')
    await expect(form).toBeVisible()
    await expect(form.getByLabel('Amount in yuan')).toBeFocused()
    await counter.typeSlowly(amount)
    await counter.press('Tab')
    for (const key of reasonKeys) await counter.press(key)
    await counter.press('Enter')
  }
  // No reason, no refund; more than what is left, no refund.
  await ask('234.50', [])
  await expect(form.getByRole('alert')).toContainText('Choose a reason')
  await counter.press('Escape')
  await expect(detail).toBeVisible()
  await ask('2000', ['Space'])
  await expect(form.getByRole('alert')).toContainText('More than the ¥1,234.50 that are left')
  await counter.press('Escape')
  // A part, pressed twice: one refund.
  await ask('234.50', ['Space'])
  await counter.press('Enter')
  await expect(form).toHaveCount(0)
  const refunds = page.locator('.refunds li')
  await expect(refunds).toHaveCount(1)
  await expect(refunds).toHaveAttribute('data-refund', 'done')
  await expect(refunds).toContainText('Goods returned')
  await expect(page.getByTestId('refund-left')).toHaveText('¥1,000.00')
  if (hostName !== 'electron') {
    // Where the till asks for a manager, the question comes on this screen, and the refund goes on with the answer.
    prompter?.answerInstead('refund.start', { kind: 'manager-needed', need: { because: 'amount', aloneFen: 500 } })
    await ask('100', ['Space', 'ArrowDown'])
    const override = page.getByRole('dialog', { name: 'A manager must allow this' })
    await expect(override).toContainText('Refund ¥100 to the customer')
    await expect(override).toContainText('¥5.00 more alone')
    prompter?.answerInstead('refund.start', {
      kind: 'manager-refused',
      refusal: { kind: 'pin-wrong', triesLeft: 4 },
    })
    const give = async (): Promise<void> => {
      await override.getByLabel('Manager’s number or name').fill('1')
      await override.getByLabel('PIN').fill('730519')
      await counter.press('Enter')
    }
    await give()
    await expect(override.getByRole('alert')).toContainText('Wrong PIN, 4 tries left')
    prompter?.answerInstead('refund.start', null)
    await give()
    await expect(override).toHaveCount(0)
    await expect(refunds).toHaveCount(2)
    await expect(refunds.last()).toHaveAttribute('data-refund', 'done')
  }
  await counter.press('Escape')
  await expect(detail).toHaveCount(0)

  await counter.press('ArrowDown')
  await counter.press('ArrowRight')
  await expect(counter.headline).toHaveText('Transactions')
  const rows = page.locator('.books-list tbody tr:not(.spacer)')
  const refunded = hostName === 'electron' ? 1 : 2
  const all = 3 + refunded
  await expect(rows).toHaveCount(all)
  const search = page.getByRole('searchbox')
  const finds = async (text: string, amounts: readonly string[]): Promise<void> => {
    await search.fill(text)
    await expect(rows).toHaveCount(amounts.length)
    for (const [index, amount] of amounts.entries()) await expect(rows.nth(index)).toContainText(amount)
  }
  await finds('1234.50', ['¥1,234.50'])
  await search.fill(first)
  await expect(rows.last()).toContainText(first.slice(-6))
  await search.fill('=HYPERLINK')
  await expect(page.locator('#books-meant')).toContainText('not clear')
  await search.fill('')
  await expect(rows).toHaveCount(all)
  await page.getByLabel('Kind').selectOption('refund')
  await expect(rows).toHaveCount(refunded)
  await expect(rows.first()).toContainText('−¥')
  await page.getByLabel('Kind').selectOption('')

  // Totals: to the fen what the wallets' own books say.
  await counter.press('F2')
  const books = readBooks(dataDirectory)
  const charged = books.reduce((sum, { chargedFen }) => sum + chargedFen, 0)
  const returned = books.reduce((sum, { refundedFen }) => sum + refundedFen, 0)
  const yuan = (fen: number): string =>
    `¥${(fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  const whole = page.locator('.sums').first().locator('tbody tr')
  await expect(whole.locator('td')).toHaveText([
    '2',
    yuan(charged),
    String(refunded),
    `−${yuan(returned)}`,
    yuan(charged - returned),
  ])
  await expect(page.getByTestId('net')).toContainText(yuan(charged - returned))
  await expect(page.getByRole('img', { name: /Chart of the net sum/ })).toBeVisible()
  await counter.press('F2')
  // The file, opened again: BOM, a line for each row, the whole number of the order.
  await counter.press('F4')
  await expect(page.locator('.books-foot')).toContainText('Written')
  const written = readdirSync(join(dataDirectory, 'exports')).filter((name) => name.endsWith('.csv'))
  const text = readFileSync(join(dataDirectory, 'exports', written[0] ?? ''), 'utf8')
  expect(text.codePointAt(0)).toBe(0xfe_ff)
  expect(text.trimEnd().split(/\r?\n/)).toHaveLength(1 + all)
  expect(text).toContain(first)
  expect(text).toContain('1234.5')
  await search.focus()
  await counter.press('ArrowDown')
  await counter.press('Enter')
  await expect(detail).toBeVisible()
  await counter.press('Escape')
  await counter.press('Escape')
  await counter.shows('paid')
})
