import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { startFakePrinter } from '../native/printer/fake-printer.fixture.ts'
import { measure } from './measure.ts'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, largeScreen, smallScreen, type Till, test, toldIn, usualScreen } from './till.ts'

// Paper that ends in mid-receipt, and everything else that a cashier and a manager do about printing: one till, one fake
// printer at a port of this machine, by keys. With SCANTILL_SCREENSHOTS=1 it takes the pictures of these screens too.

const digitPxMin = 14.5
const contrastMin = 4.5

const words = {
  'zh-CN': {
    ready: /打印机/,
    question: /小票 …\w+,打出来了吗/,
    inDoubt: /缺纸 · 1 张待确认/,
    paperOut: /打印机缺纸/,
    marked: /补打 前一张没打全/,
    reprint: /补打第 2 份/,
    printed: /已打印/,
    saved: /电子小票已保存:(.+\.png)$/,
    head: '打印',
    testPage: /测试页/,
    cancelled: /好了/,
    problem: /第 1 行:这里没有“nonsense”/,
    refused: /没有保存,见上面的行号/,
    kept: /已保存,下一张就用新样式/,
    builtIn: /已恢复自带的样式/,
    reduced: /已缩小到纸宽/,
  },
  en: {
    ready: /Printer/,
    question: /Receipt …\w+: is it on paper/,
    inDoubt: /paper out · 1 to check/,
    paperOut: /Printer: paper out/,
    marked: /REPRINT, former not whole/,
    reprint: /reprint 2/,
    printed: /printed/,
    saved: /Saved: (.+\.png)$/,
    head: 'Printing',
    testPage: /Test page/,
    cancelled: /Done/,
    problem: /Line 1: there is no “nonsense”/,
    refused: /Not saved; see the line above/,
    kept: /Saved; the next paper looks like this/,
    builtIn: /The built-in template is in use again/,
    reduced: /made smaller to fit the paper/,
  },
} as const

/** A white picture of 40 megapixels in a few kilobytes. */
function hugePng(): Buffer {
  const [width, height] = [8_000, 5_000]
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc((width / 8 + 1) * height, 0xff)
  for (let row = 0; row < height; row += 1) rows[row * (width / 8 + 1)] = 0
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts])
}

/** Notes the pitch of every note that the page plays from now on. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const played: number[] = []
    Object.assign(window, { played })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...moment) {
      played.push(this.frequency.value)
      return start.apply(this, moment)
    }
  })
const heard = (page: Page): Promise<readonly number[]> =>
  // As `listen` left it.
  page.evaluate(() => (window as unknown as { readonly played: readonly number[] }).played)

const isPhotographed = process.env['SCANTILL_SCREENSHOTS'] === '1'

/** Takes the picture of a state, where pictures are asked for, and always looks whether it can be read. */
async function visit({ page, language }: Till, name: string): Promise<void> {
  for (const size of [smallScreen, usualScreen, largeScreen]) {
    await page.setViewportSize(size)
    const { texts, cutOff } = await measure(page)
    const where = `${name}, ${language} at ${size.width}×${size.height}`
    const faint = texts.filter(({ digitPx, contrast }) => digitPx < digitPxMin || contrast < contrastMin)
    expect.soft(faint, where).toEqual([])
    expect.soft(cutOff, where).toEqual([])
    if (!isPhotographed) continue
    const folder = join(import.meta.dirname, '..', 'docs', 'screenshots', `${language}-${size.width}x${size.height}`)
    const path = join(folder, `${name}.png`)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, smallerPng(await page.screenshot({ animations: 'disabled' })))
  }
  await page.setViewportSize(usualScreen)
}

/** Ctrl+P asks for the system's print dialog, and what that prints is one sheet of the paper's own size, and nothing else. */
async function onItsSheet(page: Page): Promise<void> {
  const asked = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.print = resolve
      }),
  )
  await page.keyboard.press('Control+p')
  await asked
  const { naturalWidth, naturalHeight } = await page
    .locator('.paper-sheet img')
    .evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => ({ naturalWidth, naturalHeight }))
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...sides]) => sides.map(Number))
  expect(boxes).toHaveLength(1)
  const millimetres = (points: number | undefined): number => Math.round(((points ?? 0) / 72) * 25.4)
  expect(boxes[0]?.map(millimetres)).toEqual([Math.ceil(naturalWidth / 8), Math.ceil(naturalHeight / 8)])
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('#till')).toBeHidden()
  await expect(page.locator('.paper-sheet img')).toBeVisible()
  await page.emulateMedia({ media: null })
}

for (const language of toldIn('zh-CN')) {
  test(`paper that ends in mid-receipt, reprints, test page, templates, in ${language}`, async ({ open }) => {
    test.setTimeout(300_000)
    const said = words[language]
    const printer = await startFakePrinter()
    const printers = [{ kind: 'tcp', address: `127.0.0.1:${printer.port}`, profile: 'generic-80', name: 'counter' }]
    try {
      const till = await open({ language, configure: async () => ({ printers }) })
      const { counter, page } = till
      const chip = page.locator('.print-chip')
      const inReadiness = page.locator('.readiness li', { hasText: said.ready }).first()
      await expect(inReadiness).toHaveAttribute('data-mark', 'good')

      await listen(page)
      printer.change({ paperBytesLeft: 150 })
      await counter.charge('36.80', freshCode('wechat', 'pays-at-once'))
      await counter.shows('paid')
      await expect(chip).toContainText(said.question, { timeout: 60_000 })
      await expect(inReadiness).toContainText(said.inDoubt)
      await visit(till, 'print-question')
      const cue = (await heard(page)).filter((hz) => hz === 698)
      expect(cue.length, 'the printer’s tone, once').toBe(2)
      await counter.nextCustomer()
      await expect(chip, 'the next customer is served meanwhile').toContainText(said.question)
      printer.change({ paperOut: false })
      await counter.press('PageDown')
      await expect.poll(() => printer.text()).toMatch(said.marked)
      await expect(chip).toHaveCount(0)

      await counter.press('F7')
      await expect(page.locator('main.orders tbody tr')).toHaveCount(1)
      await counter.press('ArrowDown')
      await counter.press('Enter')
      const papers = page.getByTestId('order-prints').locator('li')
      await expect(papers).toHaveCount(1)
      await expect(papers.first()).toContainText(said.printed)
      await expect(page.locator('dialog.detail .receipt-picture')).toBeVisible()
      await counter.press('F4')
      await expect(papers).toHaveCount(2)
      await expect(papers.nth(1)).toContainText(said.reprint)
      await expect(papers.nth(1)).toContainText(said.printed)
      await page.locator('.order-prints-acts button').nth(1).press('Enter')
      const saved = page.locator('.order-prints-said')
      await expect(saved).toHaveText(said.saved)
      const [, path = ''] = said.saved.exec((await saved.textContent()) ?? '') ?? []
      expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG')
      await visit(till, 'order-prints')
      await onItsSheet(page)
      await counter.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)

      await counter.press('F12')
      await counter.press('ArrowRight')
      await counter.press('ArrowRight')
      await expect(counter.headline).toHaveText(said.head)
      const rows = page.locator('.print-rows li')
      await expect(rows).toHaveCount(1)
      await counter.press('F5')
      await expect.poll(() => printer.text()).toMatch(/测试页|TEST PAGE/i)
      await expect(rows).toHaveCount(1)
      await visit(till, 'printing')
      printer.change({ paperOut: true })
      await counter.press('F5')
      await expect(rows).toHaveCount(2)
      await expect(chip).toContainText(said.paperOut)
      await counter.press('ArrowDown')
      await expect(rows.nth(1).getByRole('button')).toHaveAttribute('aria-current', 'true')
      await visit(till, 'printing-paper-out')
      await counter.press('Delete')
      await expect(rows).toHaveCount(1)
      await expect(page.locator('.printing-said')).toHaveText(said.cancelled)
      printer.change({ paperOut: false })

      await counter.press('F2')
      const editor = page.locator('dialog.design')
      const template = editor.locator('textarea')
      await expect(template).not.toHaveValue('')
      const builtIn = await template.inputValue()
      await expect(editor.locator('.receipt-picture')).toBeVisible()
      await template.fill(`{{nonsense}}\n${builtIn}`)
      await expect(editor.locator('.design-problems')).toContainText(said.problem)
      await counter.press('F2')
      await expect(editor.locator('.design-said')).toContainText(said.refused)
      await visit(till, 'print-design')
      await template.fill(`Scantill\n${builtIn}`)
      await expect(editor.locator('.design-problems li')).toHaveCount(0)
      await counter.press('F2')
      await expect(editor.locator('.design-said')).toContainText(said.kept)
      await counter.press('F3')
      await expect(template).toHaveValue(builtIn)
      await expect(editor.locator('.design-said')).toContainText(said.builtIn)
      await editor
        .locator('input[type="file"]')
        .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: hugePng() })
      await expect(editor.locator('.design-said')).toContainText(said.reduced, { timeout: 60_000 })
      await counter.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await counter.press('Escape')
      await counter.shows('idle')
    } finally {
      await printer.close()
    }
  })
}
