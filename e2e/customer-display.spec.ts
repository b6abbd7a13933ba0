import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, hostName, largeScreen, smallScreen, test } from './till.ts'
import { watchPage } from './watch.ts'

// The customer's display: what stands on it through a day's payments, and nothing of the counter.

test.skip(hostName === 'electron', 'in Electron the main side opens the window; its stand-in tells that')

const takesPictures = process.env['SCANTILL_SCREENSHOTS'] === '1'
const pictures = join(import.meta.dirname, '..', 'docs', 'screenshots', 'customer-display')

async function keepPicture(display: Page, language: string, name: string): Promise<void> {
  if (!takesPictures) return
  for (const size of [smallScreen, largeScreen]) {
    await display.setViewportSize(size)
    const path = join(pictures, `${language}-${size.width}x${size.height}`, `${name}.png`)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, smallerPng(await display.screenshot({ animations: 'disabled' })))
  }
  await display.setViewportSize(smallScreen)
}

const languages = takesPictures ? (['both', 'zh-CN', 'en'] as const) : (['both'] as const)

for (const language of languages) {
  test(`a customer sees the amount, the wait and the end, and nothing without the counter (${language})`, async ({
    open,
  }) => {
    const scanned = new Set<string>()
    const till = await open({
      configure: async () => ({ signedReceipts: true, customerDisplay: { open: 'at-start', language } }),
      policy: { windowMs: 4_000, revokeMinAgeMs: 500 },
    })
    const { counter, page } = till
    // It opened by itself; one that was closed is opened by hand.
    await expect.poll(() => page.context().pages().length).toBe(2)
    await page.context().pages()[1]?.close()
    await counter.press('F12')
    for (const _ of ['channels', 'printing', 'staff', 'setup', 'display']) await counter.press('ArrowRight')
    await expect(page.getByRole('status').filter({ hasText: '顾客屏没有打开' })).toBeVisible()
    const opening = page.context().waitForEvent('page')
    await counter.press('F2')
    const display = await opening
    const watch = await watchPage(display, scanned)
    await display.setViewportSize(smallScreen)
    await expect(page.getByRole('status').filter({ hasText: '顾客屏已打开' })).toBeVisible()
    const customer = display.locator('main.customer')
    const amount = display.getByTestId('customer-amount')
    const shows = (kind: string) => expect(customer).toHaveAttribute('data-view', kind, { timeout: 15_000 })
    const speaks = async (zh: string, en: string): Promise<void> => {
      if (language !== 'en') await expect(customer).toContainText(zh)
      if (language !== 'zh-CN') await expect(customer).toContainText(en)
    }
    if (takesPictures) {
      await page.setViewportSize(smallScreen)
      await mkdir(pictures, { recursive: true })
      await writeFile(join(pictures, 'section.png'), smallerPng(await page.screenshot({ animations: 'disabled' })))
    }
    await counter.press('Escape')
    await shows('resting')
    await expect(customer).toHaveAttribute('data-alone', 'false')
    await speaks('欢迎光临', 'Welcome')
    await keepPicture(display, language, 'resting')

    await counter.enterAmount('1234.50')
    await shows('due')
    await expect(amount).toHaveText('¥1,234.50')
    await speaks('请出示付款码', 'Please show your payment code')
    expect(await amount.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThan(
      96,
    )
    await keepPicture(display, language, 'due')

    await counter.scan(freshCode('wechat', 'password-then-pays'))
    await shows('awaiting-payer')
    await speaks('请在手机上确认付款', 'Please confirm on your phone')
    await keepPicture(display, language, 'waiting')
    await shows('paid')
    await speaks('微信支付已付', 'Paid with WeChat Pay')
    await expect(display.locator('.customer-receipt img')).toBeVisible()
    await keepPicture(display, language, 'paid')
    const orderNumber = await counter.orderNumber()
    expect(await display.content()).not.toContain(orderNumber)

    // The result stays for its customer while the counter goes on, until the next amount.
    await counter.nextCustomer()
    await shows('paid')
    await counter.enterAmount('8.00')
    await shows('due')
    await expect(amount).toHaveText('¥8.00')
    await counter.scan(freshCode('alipay', 'password-never'))
    await shows('awaiting-payer')
    await shows('revoked-closed')
    await speaks('已取消,没有扣款', 'Cancelled, no money was taken')
    await keepPicture(display, language, 'revoked')

    // What the view makes of the other states is told by its own tests; their pictures are taken here.
    if (takesPictures) {
      await counter.nextCustomer()
      await counter.charge('6.00', freshCode('wechat', 'balance-low'))
      await shows('not-paid')
      await speaks('本次没有扣款', 'No money was taken')
      await keepPicture(display, language, 'not-paid')
      await counter.nextCustomer()
      await counter.charge('7.00', freshCode('wechat', 'system-error-then-paid'))
      await shows('ask-staff')
      await keepPicture(display, language, 'ask-staff')
      await shows('paid')
    }

    await page.goto('about:blank')
    await expect(customer).toHaveAttribute('data-alone', 'true')
    await shows('resting')
    await expect(amount).toHaveCount(0)
    await speaks('请向店员咨询', 'Please ask our staff')
    await keepPicture(display, language, 'alone')
    // The look-over at the end is of the counter's page.
    await page.goBack()
    await counter.shows('idle')
    expect(watch.problems).toEqual([])
  })
}
