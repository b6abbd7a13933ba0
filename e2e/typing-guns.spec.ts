import type { Page } from '@playwright/test'
import { readBooks } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, test } from './till.ts'

// Guns that type, 18 digits at 5 and at 30 ms a key: focus in the amount, in a table's filter, nowhere, and with an
// input method's composition open. One till for all, as at a counter.

const searchField = (page: Page) => page.getByRole('searchbox')

/** Where the focus is when the gun fires, while the counter waits for a code. */
const places: readonly { readonly name: string; readonly focus: (till: Till) => Promise<void> }[] = [
  {
    name: 'nowhere',
    focus: async ({ page }) =>
      page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }),
  },
  {
    name: 'the amount',
    focus: async ({ page }) =>
      page.getByTestId('amount').evaluate((element) => {
        element.setAttribute('tabindex', '-1')
        if (element instanceof HTMLElement) element.focus()
      }),
  },
  {
    name: 'the filter',
    focus: async ({ page, counter }) => {
      await counter.press('F7')
      await expect(searchField(page)).toBeFocused()
    },
  },
  {
    name: 'the filter, with a composition open',
    focus: async ({ page, counter }) => {
      await counter.press('F7')
      await expect(searchField(page)).toBeFocused()
      const session = await page.context().newCDPSession(page)
      await session.send('Input.imeSetComposition', { text: 'shou', selectionStart: 4, selectionEnd: 4 })
      await expect(searchField(page)).toHaveValue('shou')
    },
  },
]

test('wherever the focus is, at 5 and at 30 ms a key, the scan charges once and leaves nothing behind', async ({
  till,
}) => {
  test.setTimeout(120_000)
  const { counter, page, dataDirectory } = till
  let sales = 0
  for (const { name, focus } of places) {
    for (const keyGapMs of [5, 30]) {
      await test.step(`${name}, ${keyGapMs} ms`, async () => {
        await counter.enterAmount(`${20 + sales}.00`)
        await focus(till)
        const inputMethod = name.includes('composition') ? 'chinese' : 'none'
        await counter.scan(freshCode('wechat', 'pays-at-once'), { keyGapMs, inputMethod })
        await counter.shows('paid')
        await expect(counter.amount).toHaveText(`¥${20 + sales}.00`)
        sales += 1
        expect(readBooks(dataDirectory)).toHaveLength(sales)
        await counter.press('F7')
        await expect(searchField(page)).toHaveValue('')
        await counter.press('Escape')
        await counter.shows('paid')
        await counter.nextCustomer()
      })
    }
  }
  // While an amount is typed, its digits stay and the gun's do not come to them.
  for (const keyGapMs of [5, 30]) {
    await counter.typeAmount('25')
    await counter.scan(freshCode('wechat', 'pays-at-once'), { keyGapMs })
    await expect(counter.amount).toHaveText('¥25')
    await counter.press('Escape')
    await counter.shows('idle')
  }
  expect(readBooks(dataDirectory)).toHaveLength(sales)
})

test('a person who types fast into the filter or the amount is no gun', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const fastMs = 85
  await counter.press('F7')
  await expect(searchField(page)).toBeFocused()
  await page.keyboard.type('281234567890123456', { delay: fastMs })
  await page.keyboard.press('Enter')
  await expect(searchField(page)).toHaveValue('281234567890123456')
  await counter.press('Escape')
  await counter.shows('idle')
  await page.keyboard.type('12345.67', { delay: fastMs })
  await expect(counter.amount).toHaveText('¥12,345.67')
  expect(readBooks(dataDirectory)).toHaveLength(0)
})
