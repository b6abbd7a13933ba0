import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, hostName, largeScreen, smallScreen, test, usualScreen } from './till.ts'

// Pictures of refunds and of the manager's view: SCANTILL_SCREENSHOTS=1 npm run test:e2e -- pictures

test.skip(process.env['SCANTILL_SCREENSHOTS'] !== '1', 'writes into docs/screenshots, with SCANTILL_SCREENSHOTS=1 only')
test.skip(hostName === 'electron', 'answers in the till’s place, which takes the till in the test’s own process')

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')

for (const language of ['zh-CN', 'en'] as const) {
  test(`refunds and transactions in ${language}`, async ({ open }) => {
    test.setTimeout(180_000)
    const { counter, page, prompter } = await open({ language, size: usualScreen })
    const shoot = async (name: string): Promise<void> => {
      for (const size of [usualScreen, smallScreen, largeScreen]) {
        await page.setViewportSize(size)
        const place = join(folder, `${language}-${size.width}x${size.height}`)
        await mkdir(place, { recursive: true })
        await writeFile(join(place, `${name}.png`), smallerPng(await page.screenshot({ animations: 'disabled' })))
      }
      await page.setViewportSize(usualScreen)
    }
    await counter.charge('128.00', freshCode('wechat', 'balance-low'))
    await counter.shows('failed')
    await counter.nextCustomer()
    await counter.charge('56.80', freshCode('wechat', 'pays-at-once'))
    await counter.shows('paid')
    await counter.nextCustomer()
    await counter.charge('1234.50', freshCode('alipay', 'pays-at-once'))
    await counter.shows('paid')
    await counter.press('F7')
    await expect(page.locator('tbody tr')).toHaveCount(3)
    await counter.press('ArrowDown')
    await counter.press('Enter')
    await expect(page.getByTestId('refund-left')).toBeVisible()
    const form = page.locator('.refund-form')
    await counter.press('F3')
    await form.locator('input[name="amount"]').fill('34.50')
    await form.locator('input[name="reason"]').first().check()
    await shoot('refund-question')
    prompter?.answerInstead('refund.start', { kind: 'manager-needed', need: { because: 'amount', aloneFen: 2_000 } })
    await counter.press('Enter')
    await expect(page.locator('dialog input[type="password"]')).toBeVisible()
    await shoot('refund-manager')
    prompter?.answerInstead('refund.start', null)
    await counter.press('Escape')
    await counter.press('Enter')
    await expect(page.locator('.refunds li')).toHaveAttribute('data-refund', 'done')
    await shoot('refunds')
    await counter.press('Escape')
    await counter.press('ArrowRight')
    await expect(page.locator('.books-list tbody tr')).toHaveCount(4)
    await shoot('transactions')
    await counter.press('F2')
    await expect(page.getByRole('img')).toBeVisible()
    await shoot('totals')
  })
}
