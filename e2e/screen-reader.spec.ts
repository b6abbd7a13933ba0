import type { Page } from '@playwright/test'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'

// A whole payment for somebody who hears the page: each state is said once, the result at once, and every control has a name.

/** Begins to note what the live regions say, as a reader hears it: each new text of a region, with its role. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const said = new Map<Element, string>()
    const look = (): void => {
      for (const region of document.querySelectorAll('[role=status], [role=alert], output')) {
        const text = (region.textContent ?? '').trim()
        if (said.get(region) === text) continue
        said.set(region, text)
        if (text !== '') heard.push(`${region.getAttribute('role') ?? 'status'}: ${text}`)
      }
    }
    look()
    heard.length = 0
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { readonly heard: readonly string[] }).heard)
}

test('a payment is heard from the amount to the result, and nothing is said twice', async ({ till }) => {
  const { counter, page } = till
  const heard = await listen(page)
  await counter.typeAmount('74.50')
  await counter.press('Enter')
  await counter.shows('scan')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('请扫描顾客的付款码')
  await counter.typeCode(freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  for (const button of await page.getByRole('button').all()) await expect(button).toHaveAccessibleName(/\S/)
  await counter.shows('paid')
  const lines = await heard()
  const saying = (word: string): readonly string[] => lines.filter((line) => line.includes(word))
  const waiting = saying('等待顾客输入密码')
  expect(waiting, 'the countdown beside it does not say it again').toHaveLength(1)
  expect(waiting[0]).toMatch(/^status: .*微信.*¥74\.50/s)
  const paid = lines.filter((line) => line.startsWith('alert: '))
  expect(paid, 'the result is said at once, and once').toHaveLength(1)
  expect(paid[0]).toMatch(/收款成功.*微信.*¥74\.50/s)
  expect(saying('请扫描顾客的付款码')).toHaveLength(1)
  // The focus did not move: the next key is the next customer's.
  await counter.press('Enter')
  await counter.shows('idle')
})
