import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../electron/api/contract.ts'
import { type CuttableLines, startCuttableLines } from './cut-line.ts'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import {
  test as base,
  expect,
  largeScreen,
  type ScreenSize,
  smallScreen,
  type Till,
  type TillOptions,
  toldIn,
} from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// The network or one wallet's line is gone: said before the next scan, with what still works; no scan is charged then;
// what is owed is done by itself when the line is back.

type OpenCut = (options?: TillOptions) => Promise<{ readonly till: Till; readonly lines: CuttableLines }>

const test = base.extend<{ readonly started: CuttableLines[]; readonly openCut: OpenCut }>({
  // Before `open`, so that the wallets outlive the till that asks them.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
  started: async ({}, use) => {
    const started: CuttableLines[] = []
    await use(started)
    for (const lines of started) await lines.close()
  },
  openCut: async ({ started, open }, use) => {
    await use(async (options = {}) => {
      const before = started.length
      const till = await open({
        ...options,
        configure: async (dataDirectory) => {
          const lines = await startCuttableLines(dataDirectory)
          started.push(lines)
          return lines.configuration
        },
      })
      const lines = started[before]
      if (!lines) throw new Error('the lines were not started')
      return { till, lines }
    })
  },
})

/** Cuts lines while the till is closed and opens it: the first look finds them gone. */
async function openedWithout(lines: CuttableLines, till: Till, ...wallets: readonly ('wechat' | 'alipay')[]) {
  await lines.cut(...wallets)
  await till.reopen()
  await till.counter.shows('idle')
  await expect(till.page.locator('.line-banner')).toBeVisible()
}

const words = {
  'zh-CN': {
    network: /网络断开.*不能收款/,
    wechat: /微信支付连不上/,
    other: /支付宝可以用/,
    cash: /收现金/,
    owes: /有 1 笔订单待恢复后自动核实/,
    back: /网络已恢复/,
    unused: /付款码没有用掉/,
  },
  en: {
    network: /No network: no payments/,
    wechat: /WeChat Pay cannot be reached/,
    other: /Alipay can be used/,
    cash: /[Tt]ake cash/,
    owes: /1 order will be checked/,
    back: /network is back/,
    unused: /code was not used/,
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, RegExp>>>>

const screenshots = join(import.meta.dirname, '..', 'docs', 'screenshots')

/** Puts pictures of both sizes into docs/screenshots, when asked for as in screenshots.spec.ts. */
async function picture({ page, language }: Till, name: string): Promise<void> {
  const usual = page.viewportSize()
  if (process.env['SCANTILL_SCREENSHOTS'] !== '1' || usual === null) return
  for (const size of [smallScreen, largeScreen]) {
    await page.setViewportSize(size)
    const folder = join(screenshots, `${language}-${size.width}x${size.height}`)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${name}.png`), smallerPng(await page.screenshot({ animations: 'disabled' })))
  }
  await page.setViewportSize(usual)
}

/** Each language has one of the two screens. */
const sizeOf: Readonly<Record<Language, ScreenSize>> = { 'zh-CN': smallScreen, en: largeScreen }

for (const language of toldIn('zh-CN')) {
  test(`every line is cut: said before the scan, the scan is refused, and the same code pays later (${language})`, async ({
    openCut,
  }) => {
    const { till, lines } = await openCut({ language, size: sizeOf[language] })
    const { counter, page, dataDirectory } = till
    const said = words[language]
    const banner = page.locator('.line-banner')
    await openedWithout(lines, till, 'wechat', 'alipay')
    await expect(banner).toContainText(said.network)
    await expect(banner).toContainText(said.cash)
    await expect(page.locator('.readiness [data-mark="bad"]')).toHaveCount(3)
    await picture(till, 'offline')
    await counter.enterAmount('36.80')
    await expect(banner).toContainText(said.network)
    await picture(till, 'offline-scan')
    const code = freshCode('wechat', 'pays-at-once')
    await counter.scan(code)
    await counter.shows('refused')
    await expect(page.locator('.message')).toContainText(said.wechat)
    await expect(page.locator('.message')).toContainText(said.unused)
    await picture(till, 'offline-refused')
    expectOrdersAtWallets(dataDirectory, 0)

    await lines.mend('wechat', 'alipay')
    await expect(page.locator('.readiness [data-mark="bad"]')).toHaveCount(0, { timeout: 20_000 })
    await expect(counter.notice).toContainText(said.back)
    await counter.press('Enter')
    await counter.shows('scan')
    await expect(banner).toHaveCount(0)
    await counter.scan(code)
    await counter.shows('paid')
    expectOrdersAtWallets(dataDirectory, 1)
  })
}

for (const language of toldIn('en')) {
  test(`one line is cut: the other wallet goes on (${language})`, async ({ openCut }) => {
    const { till, lines } = await openCut({ language, size: sizeOf[language] })
    const { counter, page, dataDirectory } = till
    const said = words[language]
    await openedWithout(lines, till, 'wechat')
    await expect(page.locator('.line-banner')).toContainText(said.wechat)
    await expect(page.locator('.line-banner')).toContainText(said.other)
    await picture(till, 'wallet-away')
    await counter.charge('12.00', freshCode('wechat', 'pays-at-once'))
    await counter.shows('refused')
    await expect(page.locator('.message')).toContainText(said.other)
    await counter.press('Enter')
    await counter.shows('scan')
    await counter.scan(freshCode('alipay', 'pays-at-once'))
    await counter.shows('paid')
    expectOrdersAtWallets(dataDirectory, 1)
  })
}

for (const language of toldIn('zh-CN')) {
  test(`what is owed when a line breaks is counted, and done at once when it is back (${language})`, async ({
    openCut,
  }) => {
    // No rung of its own comes within the story: only the line's return can end the order.
    const policy = { firstQueryMs: 40_000, pollMs: 40_000, windowMs: 50_000 }
    const { till, lines } = await openCut({ language, policy })
    const { counter, page } = till
    await counter.charge('66.00', freshCode('wechat', 'answer-lost-but-paid'))
    await counter.shows('unknown')
    await lines.cut('wechat')
    await counter.press('F2')
    await expect(page.locator('.readiness [data-mark="bad"]')).toHaveCount(1)
    await counter.press('F6')
    await counter.shows('idle')
    await expect(page.locator('.line-banner')).toContainText(words[language].owes)
    await picture(till, 'offline-owed')
    await lines.mend('wechat')
    await expect(counter.strip.locator('[data-status="paid"]')).toHaveCount(1, { timeout: 20_000 })
    await expect(page.locator('.line-banner')).toHaveCount(0)
  })
}
