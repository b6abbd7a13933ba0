import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import {
  openPseudoTerminal,
  type PseudoTerminal,
  withoutPseudoTerminal,
} from '../native/scanner/pseudo-terminal.fixture.ts'
import { fireGun } from './gun.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// The screen for scan guns: whatever is scanned there is shown and charges nobody; the threshold of typing is kept.

const headline = (page: Page) => page.getByTestId('gun-test')
const shown = (page: Page) => page.getByTestId('gun-shown')
const facts = (page: Page) => page.locator('.gun-facts')
const keyGap = (page: Page) => page.getByTestId('key-gap')

const masked = (code: string): string => `${code.slice(0, 2)}${'*'.repeat(code.length - 6)}${code.slice(-4)}`

/** A person at the keyboard, this long from key to key. */
const typeBy = (till: Till, text: string, delay: number): Promise<void> => till.page.keyboard.type(text, { delay })

test('test scans of a gun that types: shown, masked, and nobody is charged, even while a sale waits', async ({
  till,
}) => {
  const { counter, page, dataDirectory } = till
  await counter.enterAmount('12.00')
  await counter.press('F12')
  await expect(headline(page)).toHaveText('请扫任意一个码')
  const code = freshCode('wechat', 'pays-at-once')
  await counter.scan(code)
  await expect(headline(page)).toHaveText('付款码 · 微信支付')
  await expect(shown(page)).toHaveText(masked(code))
  await expect(facts(page)).toContainText('键盘输入')
  await expect(facts(page)).toContainText('回车键 Enter')
  await expect(facts(page)).toContainText(/18 键,每键 [\d.]+ 毫秒/)
  await counter.scanBill('6901234567892')
  await expect(headline(page)).toHaveText('商品条码')
  await expect(shown(page)).toHaveText('6901234567892')
  await counter.scanBill(`4200${'0'.repeat(24)}`)
  await expect(headline(page)).toHaveText('账单上的单号')
  expectOrdersAtWallets(dataDirectory, 0)

  // The sale stands where it was, and the same code charges there.
  await counter.press('Escape')
  await counter.shows('scan')
  await counter.scan(code)
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥12.00')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('the threshold is moved, tried at once, kept in the configuration, and holds after a restart', async ({
  open,
}) => {
  const till = await open({ language: 'en' })
  const { counter, page, dataDirectory } = till
  const code = freshCode('alipay', 'pays-at-once')
  await counter.press('F12')
  await expect(keyGap(page)).toHaveText('35 ms')
  await counter.scan(code, { keyGapMs: 50 })
  await expect(headline(page)).toHaveText('Payment code · Alipay')

  for (const ms of [30, 25, 20, 15]) {
    await counter.press('ArrowDown')
    await expect(keyGap(page)).toHaveText(`${ms} ms`)
  }
  await expect(page.getByRole('button', { name: 'Lower' })).toBeDisabled()
  await expect(page.locator('.gun-kept')).toContainText('config.json')
  await counter.scan('6901234567892')
  await expect(headline(page)).toHaveText('Goods barcode')
  // As slow as before: now it counts as a person's typing, and the last scan stays.
  await counter.scan(code, { keyGapMs: 50 })
  await expect(page.getByTestId('gun-typed')).toContainText('18 keys at 50')
  await expect(headline(page)).toHaveText('Goods barcode')

  const configuration: unknown = JSON.parse(await readFile(join(dataDirectory, 'config.json'), 'utf8'))
  expect(configuration).toMatchObject({ language: 'en', keyboardGun: { keyGapMs: 15 } })
  await till.reopen()
  await counter.shows('idle')
  await counter.press('F12')
  await expect(keyGap(till.page)).toHaveText('15 ms')
  await counter.press('Escape')
  expectOrdersAtWallets(dataDirectory, 0)
})

test('a configuration with a mistake is left as it is, and the former threshold holds', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const path = join(dataDirectory, 'config.json')
  await counter.press('F12')
  await expect(keyGap(page)).toHaveText('35 毫秒')
  const broken = '{"language": "zh-CN", "tils": 1}'
  await writeFile(path, broken)
  await counter.press('ArrowUp')
  await expect(page.locator('.gun-kept')).toContainText('没有保存')
  await expect(page.locator('.gun-kept')).toContainText('tils')
  await expect(keyGap(page)).toHaveText('35 毫秒')
  expect(await readFile(path, 'utf8')).toBe(broken)
})

test('a person who types fast is no gun', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  await counter.press('F12')
  // Ninety words a minute and more: nobody types digits faster for long.
  // The keys bear their own times, so that a busy machine does not make a slower person of it.
  await fireGun(page, '13579246801357', { keyGapMs: 90 })
  await expect(page.getByTestId('gun-typed')).toContainText('14 键')
  await expect(headline(page)).toHaveText('请扫任意一个码')
  await counter.press('Escape')
  await counter.shows('idle')
  await typeBy(till, '1250', 90)
  await expect(counter.amount).toHaveText('¥1,250')
  await counter.press('Enter')
  await counter.shows('scan')
  expectOrdersAtWallets(dataDirectory, 0)
})

test.describe('a serial gun', () => {
  test.skip(withoutPseudoTerminal !== false, String(withoutPseudoTerminal))

  test('device, symbology, terminator and latency are told; the code never enters the window', async ({ open }) => {
    const gun: PseudoTerminal = await openPseudoTerminal()
    const till = await open({
      language: 'en',
      configure: async () => ({
        scanners: [
          { kind: 'serial', path: gun.path },
          { kind: 'serial', path: '/dev/no-such-gun' },
        ],
      }),
    })
    const { counter, page, dataDirectory } = till
    await counter.press('F12')
    const devices = page.locator('.gun-devices')
    await expect(devices.locator('li', { hasText: gun.path })).toContainText('connected')
    await expect(devices.locator('li', { hasText: '/dev/no-such-gun' })).toContainText('not plugged in', {
      timeout: 15_000,
    })
    const code = freshCode('alipay', 'pays-at-once')
    counter.remember(code)
    gun.send(`]Q1${code}\r\n`)
    await expect(headline(page)).toHaveText('Payment code · Alipay')
    await expect(shown(page)).toHaveText(masked(code))
    await expect(facts(page)).toContainText('QR Code (]Q1)')
    await expect(facts(page)).toContainText('CR')
    await expect(facts(page)).toContainText(/To the till\s*[\d.]+ ms/)
    gun.send('1234567')
    await expect(headline(page)).toHaveText('The gun sends no end of code: set its CR suffix')
    gun.send(`4200${'0'.repeat(24)}\r`)
    await expect(headline(page)).toHaveText('Number of a bill')
    expectOrdersAtWallets(dataDirectory, 0)
    await counter.press('Escape')
    await counter.shows('idle')
    await gun.unplug()
  })
})
