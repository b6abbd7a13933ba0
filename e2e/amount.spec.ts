import { expect, type Till, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// Impossible amounts are refused in words, before a sale exists.

async function refused({ counter, page }: Till, typed: string, words: RegExp): Promise<void> {
  await counter.typeAmount(typed)
  await counter.press('Enter')
  await counter.shows('amount-problem')
  await expect(page.locator('.message')).toHaveText(words)
  await counter.press('Escape')
  await counter.shows('idle')
}

test('nothing, zero and too much are refused in words', async ({ open }) => {
  const [chinese, english] = await Promise.all([open({ language: 'zh-CN' }), open({ language: 'en' })])
  await refused(chinese, '', /还没有输入金额/)
  await refused(chinese, '0', /不能是 0 元/)
  await refused(chinese, '0.00', /不能是 0 元/)
  await refused(chinese, '50000.01', /最多 ¥50,000\.00/)
  await refused(english, '', /No amount/)
  await refused(english, '0', /cannot be ¥0/)
  await refused(english, '9999999', /At most ¥50,000\.00/)
  expectOrdersAtWallets(chinese.dataDirectory, 0)
  expectOrdersAtWallets(english.dataDirectory, 0)
})

test('a third decimal, a second point and a sign never get into the amount', async ({ till }) => {
  const { counter } = till
  await counter.typeAmount('12.345')
  await expect(counter.amount).toHaveText('¥12.34')
  await counter.typeAmount('.')
  await expect(counter.amount).toHaveText('¥12.34')
  await counter.press('Backspace')
  await expect(counter.amount).toHaveText('¥12.3')
  await counter.press('Enter')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥12.30')
  await counter.press('Escape')
  await counter.shows('amount')
  await counter.press('Escape')
  await counter.typeAmount('-5')
  await expect(counter.amount).toHaveText('¥5')
  await counter.press('Delete')
  await counter.shows('idle')
})

test('the keys on the screen do what the keyboard does', async ({ till }) => {
  const { counter, page } = till
  const keypad = page.getByRole('group', { name: '金额键盘' })
  for (const name of ['1', '2', '00', '.', '5']) await keypad.getByRole('button', { name, exact: true }).click()
  await expect(counter.amount).toHaveText('¥1,200.5')
  await keypad.getByRole('button', { name: '退格' }).click()
  await expect(counter.amount).toHaveText('¥1,200.')
  await keypad.getByRole('button', { name: '清空' }).click()
  await counter.shows('idle')
  await keypad.getByRole('button', { name: '8', exact: true }).click()
  // A key that was clicked keeps no focus: Enter confirms the amount and does not press it again.
  await counter.press('Enter')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥8.00')
})
