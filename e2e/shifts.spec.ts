import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openLedgerReader } from '../electron/ledger/open-ledger.ts'
import { readBooks } from '../electron/training/books-reading.ts'
import { fill, toPeople, write } from './crew.ts'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, largeScreen, smallScreen, type Till, test, toldIn, usualScreen } from './till.ts'

// A day in one till, by keys alone: the first manager, a shift with a float, codes and cash, a hand-over, a blind close
// with a difference, and the report; the sums of report, journal and the wallets' books are the same.

const pins = { manager: '730519', cashier: '482915' }
const isForPictures = process.env['SCANTILL_SCREENSHOTS'] === '1'
const pictures = join(import.meta.dirname, '..', 'docs', 'screenshots')

/** What a person must read, written down a second time. */
const read = {
  'zh-CN': {
    locked: '已锁定,请登录',
    wrong: /口令不对,还可以试 4 次/,
    first: '设第一位店长',
    names: ['王芳', '李雷'],
    blind: /现金不在内/,
    second: '对不上,请再点一次。',
    why: '少找了',
    short: '短款',
    allowed: /请店长授权/,
    due: '还差现金',
    paidInCash: '现金收款成功',
    change: '找给顾客 ¥6.70。',
    giveBack: '退现金给顾客',
  },
  en: {
    locked: 'Locked: sign in',
    wrong: /Wrong PIN, 4 tries left/,
    first: 'Make the first manager',
    names: ['Wang Fang', 'Li Lei'],
    blind: /Without the cash/,
    second: 'It does not fit: count once more.',
    why: 'wrong change',
    short: 'too little',
    allowed: /A manager must allow this/,
    due: 'Cash is missing',
    paidInCash: 'Paid in cash',
    change: 'Give ¥6.70 change.',
    giveBack: 'Give the cash back',
  },
} as const

for (const language of toldIn('zh-CN')) {
  test(`a day of shifts in ${language}`, async ({ open }) => {
    test.setTimeout(180_000)
    const till = await open({ language })
    const { counter, page, dataDirectory } = till
    const words = read[language]
    const headline = (text: string | RegExp) => expect(counter.headline).toHaveText(text)
    const dialog = page.getByRole('dialog')
    const look = looker(till, language)

    // The first manager; with staff the till asks who is there.
    await counter.press('F5')
    await expect(dialog).toContainText(words.first)
    await look('first-manager')
    await page.locator('input[name="name"]').focus()
    await fill(page, words.names[0], pins.manager, pins.manager)
    await expect(dialog).toHaveCount(0)
    await expect(page.locator('.who-is-on')).toContainText(words.names[0])

    // A cashier is added in the settings.
    await counter.press('F12')
    await toPeople(till)
    await expect(page.locator('.crew-list li')).toHaveCount(1)
    await counter.press('F2')
    await page.locator('input[name="name"]').focus()
    await write(page, words.names[1])
    await page.locator('input[name="pin"]').focus()
    await fill(page, pins.cashier, pins.cashier, '1', pins.manager)
    await expect(page.locator('.crew-list li')).toHaveCount(2)
    await look('staff')
    await counter.press('Escape')

    // Locked: a wrong PIN is told, a right one signs in; a scan meanwhile charges nobody.
    await counter.press('F5')
    await headline(words.locked)
    await counter.scan(freshCode('wechat', 'pays-at-once'))
    await expect(counter.notice).not.toHaveText('')
    await page.locator('input[name="number"]').focus()
    await fill(page, '2', '111222')
    await expect(page.locator('.sign-in [role="alert"]')).toHaveText(words.wrong)
    await look('locked')
    await write(page, pins.cashier)
    await page.keyboard.press('Enter')
    await counter.shows('idle')
    await expect(page.locator('.who-is-on')).toContainText(words.names[1])

    // A shift with a float.
    await counter.press('F7')
    await expect(page.locator('main.orders')).toBeVisible()
    await toPeople(till)
    await counter.press('F3')
    await page.locator('input[name="float"]').focus()
    await fill(page, '200')
    await expect(page.getByTestId('shift-report')).toContainText(words.blind)
    await counter.press('Escape')
    await counter.shows('idle')

    // Codes: paid, refused, and one that is waited for while the till is locked, whose progress stays in sight.
    await counter.charge('36.80', freshCode('wechat', 'pays-at-once'))
    await counter.shows('paid')
    await counter.nextCustomer()
    await counter.charge('9.90', freshCode('alipay', 'balance-low'))
    await counter.shows('failed')
    await counter.nextCustomer()
    await counter.charge('12.50', freshCode('wechat', 'password-then-pays'))
    await counter.shows('awaiting-payer')
    await counter.press('F5')
    await expect(page.locator('main.locked')).toHaveAttribute('data-scene', 'awaiting-payer')
    await look('locked-while-waiting')
    await expect(page.locator('main.locked')).toHaveAttribute('data-scene', 'paid', { timeout: 15_000 })
    await page.locator('input[name="number"]').focus()
    await fill(page, '2', pins.cashier)
    await expect(page.locator('main.locked')).toHaveCount(0)
    await counter.shows('paid')
    await counter.nextCustomer()

    // Cash for the whole sale, with change.
    await counter.typeAmount('13.30')
    await counter.press('F2')
    await counter.typeAmount('20')
    await look('cash')
    await counter.press('Enter')
    await headline(words.paidInCash)
    await expect(page.locator('.message')).toContainText(words.change)
    await look('cash-paid')
    await counter.press('Enter')
    await counter.shows('idle')

    // Part by code, then the rest in cash: complete only when both are there.
    await counter.typeAmount('58')
    await counter.press('F2')
    await counter.typeAmount('20')
    await counter.press('Enter')
    await counter.shows('scan')
    await counter.scan(freshCode('wechat', 'pays-at-once'))
    await headline(words.due)
    await expect(counter.amount).toHaveText('¥20.00')
    await look('cash-due')
    await counter.press('Enter')
    await counter.press('Enter')
    await headline(words.paidInCash)
    await counter.press('Enter')

    // Cash first, and the code part fails: the cash goes back, and is written down.
    await counter.typeAmount('44')
    await counter.press('F2')
    await counter.typeAmount('30')
    await counter.press('F3')
    await counter.shows('scan')
    await counter.scan(freshCode('alipay', 'balance-low'))
    await expect(page.locator('main.counter')).toHaveAttribute('data-scene', 'cash-owed-back')
    await look('cash-owed-back')
    await counter.press('F4')
    await headline(words.giveBack)
    await counter.press('Enter')
    await counter.shows('idle')

    // Hand-over to the manager, and a close that does not fit: 200 + 13.30 + 20 should be there.
    await counter.press('F7')
    await toPeople(till)
    await counter.press('F3')
    await page.locator('input[name="to"]').focus()
    await fill(page, '1', pins.manager, '')
    await expect(page.locator('.who-is-on')).toContainText(words.names[0])
    await expect(dialog).toHaveCount(0)
    await look('shift')
    await counter.press('F4')
    await page.locator('input[name="counted"]').focus()
    await fill(page, '230')
    await expect(dialog).toContainText(words.second)
    await look('shift-close')
    await page.locator('input[name="counted"]').focus()
    await fill(page, '231.30')
    await page.locator('input[name="reason"]').focus()
    await fill(page, words.why)
    await expect(dialog).toContainText(words.allowed)
    await look('override')
    await page.locator('input[name="manager"]').focus()
    await fill(page, '1', pins.manager)
    await expect(page.getByTestId('drawer-difference')).toHaveText('\u2212¥2.00')
    await expect(page.getByTestId('shift-report')).toContainText(words.short)
    await look('shift-report')

    // 36.80 + 12.50 + 38 by code, 13.30 + 20 and the 30 that went back in cash.
    await expect(page.getByTestId('report-total')).toContainText('¥150.60')
    await expect(page.getByTestId('report-total')).toContainText('\u2212¥30.00')
    await expect(page.getByTestId('report-total')).toContainText('¥120.60')
    const charged = readBooks(dataDirectory).reduce((sum, { chargedFen }) => sum + chargedFen, 0)
    expect(charged).toBe(3_680 + 1_250 + 3_800)
    const reader = await openLedgerReader({ dataDirectory })
    if (!reader.ok) throw new Error('the ledger cannot be read')
    const shifts = await reader.value.shifts({ limit: 5 })
    await reader.value.close()
    const closing = shifts.ok ? shifts.value.items[0]?.closing : null
    expect(closing?.totals.byTender.map(({ key, soldFen }) => [key, soldFen])).toEqual([
      ['cash', 1_330 + 2_000 + 3_000],
      ['code', charged],
    ])
  })
}

/** Takes a picture of the screen as it stands, when pictures are wanted. */
function looker({ page }: Till, language: string) {
  return async (name: string): Promise<void> => {
    if (!isForPictures) return
    for (const size of [usualScreen, smallScreen, largeScreen]) {
      await page.setViewportSize(size)
      const folder = join(pictures, `${language}-${size.width}x${size.height}`)
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, `${name}.png`), smallerPng(await page.screenshot({ animations: 'disabled' })))
    }
    await page.setViewportSize(usualScreen)
  }
}
