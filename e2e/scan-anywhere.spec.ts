import type { Page } from '@playwright/test'
import { readBooks } from '../electron/training/books-reading.ts'
import { fireGun } from './gun.ts'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// A scan is taken wherever the focus is, whatever the keyboard does, and never becomes something else.

const searchField = (page: Page) => page.getByRole('searchbox')

test('the focus in the orders’ filter, on a button, nowhere, on the practice page: the scan charges', async ({
  till,
}) => {
  const { counter, page, dataDirectory } = till
  await counter.enterAmount('11.00')
  await counter.press('F7')
  await expect(searchField(page)).toBeFocused()
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await counter.press('F7')
  await expect(searchField(page)).toHaveValue('')
  await counter.press('Escape')
  await counter.nextCustomer()

  // The focus on a button, nowhere, and on the practice page.
  await counter.enterAmount('11.00')
  const back = counter.slot('second')
  await back.focus()
  await expect(back).toBeFocused()
  // The scan's Enter presses nothing.
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await expect(page.locator('.amount')).toHaveText('¥11.00')
  expectOrdersAtWallets(dataDirectory, 2)
  await counter.nextCustomer()
  await counter.enterAmount('12.00')
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 3)
  await counter.nextCustomer()
  await counter.enterAmount('13.00')
  await counter.press('F8')
  await expect(page.locator('main.practice')).toBeVisible()
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 4)
})

test('a scan while an amount is typed takes its digits back and charges nobody', async ({ till }) => {
  const { counter, dataDirectory } = till
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await expect(counter.notice).toContainText('先输入金额')
  await counter.shows('idle')
  await counter.typeAmount('25')
  await counter.shows('amount')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await expect(counter.notice).toContainText('金额还没有确认')
  await counter.shows('amount')
  await expect(counter.amount).toHaveText('¥25')
  expectOrdersAtWallets(dataDirectory, 0)
  await counter.press('Enter')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥25.00')
})

test('a scan during a payment is neither an amount nor a second order', async ({ till }) => {
  const { counter, dataDirectory } = till
  await counter.charge('13.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await expect(counter.notice).toContainText('本次扫码未使用')
  await expect(counter.amount).toHaveText('¥13.00')
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥13.00')
  // The end stays: an impatient second pass of the gun does not begin a new sale.
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await expect(counter.notice).toContainText('先输入金额')
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥13.00')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('two codes right behind each other are one order, and a slow gun’s scan is whole', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  await counter.enterAmount('14.00')
  const codes = [freshCode('wechat', 'pays-at-once'), freshCode('wechat', 'pays-at-once')]
  codes.forEach(counter.remember)
  for (const code of codes) await fireGun(page, code)
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 1)
  await counter.nextCustomer()

  // A slow gun, a key every 50 ms: the scan is whole.
  for (const [index, wallet] of (['wechat', 'alipay'] as const).entries()) {
    await counter.enterAmount('29.00')
    await counter.scan(freshCode(wallet, 'pays-at-once'), { keyGapMs: 50 })
    await counter.shows('paid')
    expectOrdersAtWallets(dataDirectory, index + 2)
    await counter.nextCustomer()
  }
})

// A single gap of 80 ms still comes from a gun (hardware.md §3.3); what is longer may refuse the scan, never shorten it.
const stumbles = [
  { afterKeys: 1, forMs: 60 },
  { afterKeys: 2, forMs: 80 },
  { afterKeys: 9, forMs: 80 },
  { afterKeys: 1, forMs: 160 },
] as const

for (const stumble of stumbles) {
  const { afterKeys, forMs } = stumble
  test(`a gun that stumbles for ${forMs} ms behind key ${afterKeys}: never a part of a code`, async ({ till }) => {
    const { counter, page, dataDirectory } = till
    await counter.enterAmount('28.00')
    await counter.scan(freshCode('wechat', 'pays-at-once'), { stumble })
    const outcome = page.locator('main[data-scene="paid"], main[data-scene="failed"], .notice p').first()
    await expect(outcome).toBeVisible()
    const taken = readBooks(dataDirectory).map(({ wallet, state }) => `${wallet} ${state}`)
    expect(['', 'wechat paid'], 'what the scan became at the wallets').toContain(taken.join())
  })
}

test('a Chinese input method that takes each key, and then Caps Lock', async ({ till }) => {
  const { counter, dataDirectory } = till
  await counter.enterAmount('22.00')
  await counter.scan(freshCode('wechat', 'pays-at-once'), { inputMethod: 'chinese' })
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 1)
  await counter.nextCustomer()
  await counter.press('CapsLock')
  await counter.enterAmount('26.00')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 2)
})

test('a Chinese composition is open in the filter, and its digits are full-width', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const session = await page.context().newCDPSession(page)
  await counter.enterAmount('23.00')
  await counter.press('F7')
  await expect(searchField(page)).toBeFocused()
  await session.send('Input.imeSetComposition', { text: 'shou', selectionStart: 4, selectionEnd: 4 })
  await expect(searchField(page)).toHaveValue('shou')
  await counter.scan(freshCode('alipay', 'pays-at-once'), { inputMethod: 'chinese' })
  await counter.shows('paid')
  await counter.nextCustomer()

  // The method swallows every key and commits what it made of them.
  await counter.enterAmount('24.00')
  await counter.press('F7')
  const code = freshCode('wechat', 'pays-at-once')
  counter.remember(code)
  const fullWidth = [...code].map((each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).join('')
  await session.send('Input.imeSetComposition', { text: fullWidth, selectionStart: 18, selectionEnd: 18 })
  await session.send('Input.insertText', { text: fullWidth })
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥24.00')
  expectOrdersAtWallets(dataDirectory, 2)
})

test('a person who types digits is no gun', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const code = freshCode('wechat', 'pays-at-once')
  counter.remember(code)
  await counter.typeSlowly(code)
  await expect(counter.amount).toHaveText(/^¥1,3\d\d,\d{3}$/)
  await counter.press('Enter')
  await counter.shows('amount-problem')
  await counter.press('Escape')
  await counter.enterAmount('27.00')
  // While the till waits for a code, typed digits go where codes are typed.
  await counter.typeSlowly(code)
  await counter.shows('scan')
  await expect(page.getByLabel(/付款码/)).toHaveValue(code)
  expectOrdersAtWallets(dataDirectory, 0)
  await counter.press('Escape')
  await counter.press('Escape')
  await counter.shows('amount')
})
