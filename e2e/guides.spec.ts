import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../electron/api/contract.ts'
import { trainingKeyFiles } from '../electron/training/authority.ts'
import { startFakePrinter } from '../native/printer/fake-printer.fixture.ts'
import { addCashier, fill, makeFirstManager, signIn, toCounter, toPeople } from './crew.ts'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, hostName, smallScreen, type Till, test } from './till.ts'
import { walkOptions } from './walk.ts'

// The pictures of docs/guides: one day of one shop, by keys alone, a manager and a cashier, a printer whose paper ends.
// Only when asked for: SCANTILL_SCREENSHOTS=1 npm run test:e2e -- guides

test.skip(process.env['SCANTILL_SCREENSHOTS'] !== '1', 'writes into docs/screenshots, with SCANTILL_SCREENSHOTS=1 only')
test.skip(hostName === 'electron', 'holds the till’s answers back, which takes the till in the test’s own process')

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots', 'guides')
const pins = { manager: '730519', cashier: '482915' }
const names = {
  'zh-CN': { store: '湖边店', manager: '王芳', cashier: '李雷', reconciliation: '对账' },
  en: { store: 'Lakeside', manager: 'Wang Fang', cashier: 'Li Lei', reconciliation: 'Reconciliation' },
} as const satisfies Readonly<Record<Language, unknown>>

/** Takes a picture of the screen as it stands; `still` holds the till's answers back meanwhile. */
function photographer({ page, language, prompter }: Till) {
  const look = async (name: string): Promise<void> => {
    const picture = await page.screenshot({ animations: 'disabled' })
    await writeFile(join(folder, `${language}-${name}.png`), smallerPng(picture))
  }
  const still = async (name: string): Promise<void> => {
    const release = prompter?.hold()
    await look(name)
    release?.()
  }
  return { look, still }
}

/** Every end that a payment can have, and what a cashier reads meanwhile. */
async function payments(till: Till): Promise<void> {
  const { counter, page } = till
  const { look, still } = photographer(till)
  await counter.enterAmount('36.80')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await look('paid')
  await counter.nextCustomer()

  await counter.charge('1280.00', freshCode('wechat', 'balance-low'))
  await counter.shows('failed')
  await look('not-paid')
  await counter.nextCustomer()

  await counter.charge('66.00', freshCode('alipay', 'answer-lost-but-paid'))
  await counter.shows('unknown')
  await still('unknown')
  await counter.press('F2')
  await counter.shows('paid')
  await counter.nextCustomer()

  await counter.charge('45.00', freshCode('wechat', 'password-never'))
  await counter.shows('revoked-closed')
  await look('revoked')
  await counter.nextCustomer()

  await counter.charge('520.00', freshCode('wechat', 'revoke-never-works'))
  await counter.shows('attention')
  await look('needs-a-person')
  await counter.nextCustomer()

  await counter.charge('88.00', freshCode('alipay', 'password-never'))
  await counter.shows('awaiting-payer')
  await expect(page.locator('.work-line')).toContainText(/(查询|Asked) 2 ?[次×]/, { timeout: 15_000 })
  await still('waiting')
  await counter.press('F6')
  await counter.shows('idle')
  await look('parked')
}

/** A printer that is there until the story is over, and the configuration that names it. */
async function withPrinter(language: Language) {
  const printer = await startFakePrinter()
  const configuration = {
    store: { id: 'S001', name: names[language].store },
    printers: [{ kind: 'tcp', address: `127.0.0.1:${printer.port}`, profile: 'generic-80', name: 'counter' }],
  }
  return { printer, configuration }
}

for (const language of ['zh-CN', 'en'] as const) {
  test(`a shop’s day in ${language}`, async ({ open }) => {
    test.setTimeout(240_000)
    await mkdir(folder, { recursive: true })
    const { printer, configuration } = await withPrinter(language)
    const called = names[language]
    try {
      const till = await open({
        ...walkOptions,
        language,
        size: smallScreen,
        configure: async () => configuration,
      })
      const { counter, page } = till
      const { look } = photographer(till)
      const dialog = page.getByRole('dialog')

      await makeFirstManager(till, called.manager, pins.manager)
      await addCashier(till, { name: called.cashier, pin: pins.cashier, managerPin: pins.manager })
      await signIn(till, '2', pins.cashier)
      await counter.press('F7')
      await toPeople(till)
      await counter.press('F3')
      await page.locator('input[name="float"]').focus()
      await fill(page, '200')
      await toCounter(till)

      await payments(till)

      await counter.press('F11')
      await counter.typeSlowly('36.80')
      await counter.press('Enter')
      await expect(page.locator('.rescue-choice')).toHaveCount(1)
      await counter.press('Enter')
      await expect(page.locator('.rescue-answer')).toHaveAttribute('data-tone', 'paid')
      await look('phone-says-paid')
      await counter.press('Escape')

      printer.change({ paperBytesLeft: 150 })
      await counter.charge('12.50', freshCode('alipay', 'pays-at-once'))
      await counter.shows('paid')
      await counter.nextCustomer()
      await expect(page.locator('.print-chip')).toContainText(/打出来了吗|on paper/, { timeout: 60_000 })
      await look('print-question')
      printer.change({ paperOut: false })
      await counter.press('PageDown')
      await expect(page.locator('.print-chip')).toHaveCount(0)

      await counter.press('F7')
      await expect(page.locator('main.orders tbody tr')).toHaveCount(7)
      await counter.press('ArrowDown')
      await counter.press('Enter')
      await expect(page.getByTestId('refund-left')).toBeVisible()
      await counter.press('F3')
      await page.locator('.refund-form input[name="reason"]').first().check()
      await look('refund')
      await counter.press('Escape')
      await counter.press('Escape')
      await toCounter(till)

      await signIn(till, '1', pins.manager)
      await counter.press('F7')
      await counter.press('ArrowRight')
      await expect(page.locator('.books-list tbody tr').first()).toBeVisible()
      await look('transactions')
      await page.getByRole('navigation').getByRole('button', { name: called.reconciliation }).press('Enter')
      await expect(page.locator('.reconcile-grid tbody button').first()).toBeFocused()
      await counter.press('F2')
      await expect(page.locator('.reconcile-grid')).toContainText(/需处理|look/)
      await counter.press('Enter')
      await expect(page.locator('.case-list .case-row').first()).toBeVisible()
      await look('reconciliation')
      await counter.press('Escape')
      await counter.press('F1')
      await expect(page.locator('main.desk .journal li').first()).toBeVisible()
      await counter.press('F6')
      await expect(page.locator('dialog input[data-pin]').first()).toBeVisible()
      await look('settle')
      await counter.press('Escape')
      await toCounter(till)

      await counter.press('F7')
      await toPeople(till)
      await counter.press('F4')
      await page.locator('input[name="counted"]').focus()
      await look('count')
      await counter.press('Escape')
      await expect(dialog).toHaveCount(0)
    } finally {
      await printer.close()
    }
  })

  test(`installing in ${language}`, async ({ open }) => {
    test.setTimeout(120_000)
    await mkdir(folder, { recursive: true })
    const { printer, configuration } = await withPrinter(language)
    try {
      const till = await open({ language, size: smallScreen, configure: async () => configuration })
      const { counter, page } = till
      const { look } = photographer(till)
      await makeFirstManager(till, names[language].manager, pins.manager)
      await counter.press('F12')
      await expect(page.locator('.gun-devices')).not.toContainText(/正在查找|Looking/)
      await counter.scan(freshCode('wechat', 'pays-at-once'))
      await expect(page.getByTestId('gun-shown')).toBeVisible()
      await look('scan-guns')
      await counter.press('ArrowRight')
      await expect(page.locator('.channel-list li')).toHaveCount(2)
      await counter.press('F5')
      await expect(page.getByTestId('channel-test')).toContainText(/能用|Works/)
      await look('channels')
      await counter.press('ArrowRight')
      await expect(page.locator('.receipt-picture')).toBeVisible()
      await counter.press('F5')
      await expect.poll(() => printer.text()).toMatch(/测试页|TEST PAGE/i)
      await look('printing')
      await counter.press('ArrowRight')
      await expect(page.locator('.crew-list li')).toHaveCount(1)
      await look('staff')
      await counter.press('ArrowRight')
      await expect(page.locator('.setup')).toBeVisible()
      await look('set-up')
      await counter.press('F4')
      const dialog = page.getByRole('dialog')
      await dialog.locator('select').first().selectOption('alipay')
      const files = trainingKeyFiles(till.dataDirectory)
      await dialog.locator('input[type=file]').setInputFiles([files.alipayAppPrivateKey, files.alipayPlatformPublicKey])
      await expect(dialog).toContainText(/用作：支付宝公钥|goes to: Alipay/)
      await look('channel')
      await counter.press('Escape')
    } finally {
      await printer.close()
    }
  })
}
