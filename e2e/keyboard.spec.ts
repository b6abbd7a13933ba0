import type { Page } from '@playwright/test'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'

// Everything can be reached and done without a mouse, and one always sees where the focus is.

type Focused = { readonly name: string; readonly outlinePx: number }

/** Presses Tab all the way around the page and tells where the focus went. */
async function tabRound(page: Page): Promise<readonly Focused[]> {
  const round: Focused[] = []
  let beginnings = 0
  // Past the last element the focus leaves the page for one press, and begins anew.
  for (let presses = 0; presses < 120 && beginnings < 2; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const name = (element.getAttribute('aria-label') ?? element.textContent ?? element.id).trim()
      return { name, outlinePx: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth) }
    })
    if (focused === null) beginnings += 1
    else round.push(focused)
  }
  return round
}

/** The contrast of two colours as `rgb(…)` (WCAG 2.2, relative luminance). */
function contrastOf(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((text) => {
      const share = Number(text) / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** The names of everything that can be pressed or written into. */
const reachable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button:enabled, input:enabled, select:enabled, summary')]
      .filter((element) => element.checkVisibility())
      .map((element) => (element.getAttribute('aria-label') ?? element.textContent ?? element.id).trim()),
  )

async function expectTabReachesAll(page: Page, where: string): Promise<void> {
  const round = await tabRound(page)
  const names = round.map(({ name }) => name)
  expect([...new Set(names)].sort(), `reached with Tab: ${where}`).toEqual([...new Set(await reachable(page))].sort())
  expect(
    round.filter(({ outlinePx }) => outlinePx < 2),
    `focus that cannot be seen: ${where}`,
  ).toEqual([])
}

test('Tab reaches everything, and the focus is seen', async ({ till }) => {
  const { counter, page } = till
  await expectTabReachesAll(page, 'idle')
  await counter.charge('70.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  await expectTabReachesAll(page, 'waiting')
  await counter.press('F7')
  await expect(page.locator('tbody tr')).toHaveCount(1)
  await expectTabReachesAll(page, 'orders')
})

test('the focus is seen on the green of a paid order as well', async ({ till }) => {
  const { counter, page } = till
  await counter.charge('70.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await counter.primary.focus()
  const [ring, behind] = await counter.primary.evaluate((button) => {
    const inks = [getComputedStyle(button).outlineColor]
    for (let element: Element | null = button.parentElement; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor
      if (colour !== 'rgba(0, 0, 0, 0)') inks.push(colour)
    }
    return inks
  })
  expect(contrastOf(ring ?? '', behind ?? ''), `${ring} on ${behind}`).toBeGreaterThanOrEqual(3)
  await expect(page.locator('main')).toHaveAttribute('data-scene', 'paid')
})

test('a working day by keys alone', async ({ till }) => {
  const { counter, page } = till
  await counter.enterAmount('71.00')
  await counter.typeCode(freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  await counter.press('F6')
  await counter.shows('idle')
  await counter.enterAmount('72.00')
  await counter.typeCode(freshCode('alipay', 'code-expired'))
  await counter.shows('failed')
  await counter.press('Enter')
  await counter.shows('scan')
  await counter.typeCode(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await counter.press('Enter')
  await counter.shows('idle')
  await expect(counter.strip.getByRole('listitem')).toContainText('已收款', { timeout: 15_000 })
  await counter.press('F6')
  await counter.press('Enter')
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥71.00')
  await counter.press('Enter')
  await counter.press('F10')
  await expect(page.getByRole('button', { name: '已静音' })).toBeVisible()
  await counter.press('F7')
  await expect(page.locator('tbody tr')).toHaveCount(3)
  await counter.press('F7')
  await counter.shows('idle')
})

test('an Enter that was meant for the question does not wipe the answer away', async ({ till }) => {
  const { counter } = till
  await counter.charge('73.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  await counter.press('Enter')
  await counter.shows('awaiting-payer')
  await counter.shows('paid')
  await counter.typeAmount('7')
  await counter.shows('paid')
})
