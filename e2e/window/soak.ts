// `npm run soak -- --orders 2000`: so many sales by keys, one after the other, in the browser host's window, and what the
// host's process and the page hold meanwhile (docs/benchmarks.md). Ctrl-C ends it with the figures so far.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { markdownTable } from '../../bench/figures/markdown-table.ts'
import { ascending, quantile } from '../../bench/figures/quantiles.ts'
import { findTestBrowser } from '../../electron/hosts/browser/installed-browser.mjs'
import { makePracticeCode, practiceSerialDigits } from '../../electron/training/practice-code.ts'
import { startHostChild } from './host-child.ts'

const { values } = parseArgs({ options: { orders: { type: 'string', default: '2000' } } })
const orders = Number(values.orders)
if (!Number.isSafeInteger(orders) || orders < 20) throw new Error('--orders: a number from 20 on')
let isWanted = true
process.once('SIGINT', () => (isWanted = false))

/** How often the figures are taken. */
const blocks = 10
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

/** Longer than between two keys of any gun, shorter than a person. */
const gunGapMs = 120

/** One sale as the cashier makes it: amount, Enter, the gun, and Enter for the next customer. */
async function sell(page: Page, serial: number): Promise<void> {
  const wallet = serial % 2 === 0 ? 'wechat' : 'alipay'
  const code = makePracticeCode(wallet, 'pays-at-once', String(serial).padStart(practiceSerialDigits, '0'))
  await page.keyboard.type('1.23')
  await page.keyboard.press('Enter')
  await page.locator('main[data-scene="scan"]').waitFor()
  // The gun's keys reach the page at once; by Playwright's own typing each would wait for an answer.
  await page.evaluate((text) => {
    for (const key of [...text, 'Enter']) {
      const target = document.activeElement ?? document.body
      const code = key === 'Enter' ? 'Enter' : `Digit${key}`
      target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))
      target.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true, cancelable: true }))
    }
  }, code)
  await page.locator('main[data-scene="paid"]').waitFor()
  // A key that follows the gun's last one as fast as a gun types is taken for the gun's.
  await page.waitForTimeout(gunGapMs)
  await page.keyboard.press('Enter')
  await page.locator('main[data-scene="idle"]').waitFor()
}

async function pageFigures(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { heapBytes: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

const folder = mkdtempSync(join(tmpdir(), 'scantill-soak-'))
const host = await startHostChild('till', folder)
const found = findTestBrowser()
const browser = await chromium.launch({
  ...(found.kind === 'found' ? { executablePath: found.path } : {}),
  chromiumSandbox: process.getuid?.() !== 0,
})
const rows: (readonly string[])[] = []
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(host.address)
  await page.locator('main[data-scene="idle"]').waitFor()
  const perBlock = Math.ceil(orders / blocks)
  let sold = 0
  while (sold < orders && isWanted) {
    const times: number[] = []
    for (const end = Math.min(orders, sold + perBlock); sold < end && isWanted; ) {
      const startedMs = performance.now()
      sold += 1
      await sell(page, sold)
      times.push(performance.now() - startedMs)
    }
    const [held, shown] = [await host.held(), await pageFigures(session)]
    const sorted = ascending(times)
    const row = [
      String(sold),
      quantile(sorted, 0.5).toFixed(0),
      quantile(sorted, 0.99).toFixed(0),
      mebibytes(held.heapBytes),
      mebibytes(held.residentBytes),
      String(held.openFiles),
      mebibytes(shown.heapBytes),
      String(shown.nodes),
      String(shown.listeners),
    ]
    rows.push(row)
    console.error(row.join('  '))
  }
} finally {
  await browser.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
}
const head = ['orders', 'sale p50 ms', 'p99 ms', 'host heap MiB', 'host resident MiB', 'files', 'page heap MiB']
console.log(markdownTable([...head, 'DOM nodes', 'listeners'], rows))
