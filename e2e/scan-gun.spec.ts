import {
  openPseudoTerminal,
  type PseudoTerminal,
  withoutPseudoTerminal,
} from '../native/scanner/pseudo-terminal.fixture.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, type TillOptions, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// A serial gun, read by the main side: the code never enters the window, and no field needs the focus.

test.skip(withoutPseudoTerminal !== false, String(withoutPseudoTerminal))

const endLine = '\r'

/** A till with a gun on a serial line, once it says that the gun is connected. */
async function openWithGun(
  open: (options?: TillOptions) => Promise<Till>,
  options: TillOptions = {},
): Promise<{ readonly till: Till; readonly gun: PseudoTerminal; readonly read: (code: string) => Promise<void> }> {
  const gun = await openPseudoTerminal()
  const till = await open({ ...options, configure: async () => ({ scanners: [{ kind: 'serial', path: gun.path }] }) })
  await expect(till.page.locator('.readiness')).toContainText(/扫码枪 已连接|Scanner connected/)
  const read = async (code: string): Promise<void> => {
    till.counter.remember(code)
    // The till takes the same code within 300 ms for one scan, and nobody is as quick with a gun as a script.
    await till.counter.handMoves()
    gun.send(`${code}${endLine}`)
  }
  return { till, gun, read }
}

test('from the amount to paid, by a serial gun', async ({ open }) => {
  const { till, gun, read } = await openWithGun(open)
  const { counter } = till
  await counter.enterAmount('12.34')
  await read(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await expect(counter.amount).toContainText('12.34')
  await gun.unplug()
})

test('a scan without a sale says what to do, and the same code may be scanned again soon', async ({ open }) => {
  const { till, gun, read } = await openWithGun(open)
  const { counter } = till
  const code = freshCode('alipay', 'pays-at-once')
  await read(code)
  await expect(counter.notice).toContainText('先输入金额')
  await counter.enterAmount('5.00')
  await read(code)
  await counter.shows('paid')
  await gun.unplug()
})

test('a bill held out by a customer is answered; a foreign one is said so', async ({ open }) => {
  const { till, gun, read } = await openWithGun(open)
  const { counter, page, dataDirectory } = till
  await counter.enterAmount('8.80')
  await read(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  const orderNumber = await counter.orderNumber()
  await counter.nextCustomer()
  const word = page.getByTestId('rescue-word')
  gun.send(`4200${'0'.repeat(24)}${endLine}`)
  await expect(word).toHaveText('没有这个单号')
  // A payment code at this screen is refused and charges nobody.
  await read(freshCode('wechat', 'pays-at-once'))
  await expect(word).toHaveText(/付款码,没有收款/)
  expectOrdersAtWallets(dataDirectory, 1)
  gun.send(`${orderNumber}${endLine}`)
  await expect(word).toHaveText('已收款')
  await expect(page.locator('main.rescue').getByTestId('order-number')).toHaveText(orderNumber)
  await counter.press('Escape')
  gun.send('1234567')
  await expect(counter.notice).toContainText('结束符')
  await gun.unplug()
})

test('a scan while the list of orders is open comes to the counter; unplugging is said', async ({ open }) => {
  const { till, gun } = await openWithGun(open, { language: 'en' })
  const { counter, page } = till
  await counter.press('F7')
  gun.send(`690123456789${endLine}`)
  await counter.shows('idle')
  await expect(counter.notice).toContainText('Enter the amount first')
  await gun.unplug()
  await expect(page.locator('.readiness')).toContainText('not plugged in', { timeout: 15_000 })
})
