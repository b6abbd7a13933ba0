import type { Page } from '@playwright/test'
import { expect, type Till } from './till.ts'

// What people do at a till with staff, by keys alone.

/** Writes into the field that has the focus as an input method does; digits so quick would pass for a gun's. */
export const write = (page: Page, text: string): Promise<void> => page.keyboard.insertText(text)

/** Fills a form from the field that has the focus on, by Tab, and sends it. */
export async function fill(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const [place, text] of texts.entries()) {
    if (place > 0) await page.keyboard.press('Tab')
    await write(page, text)
  }
  await page.keyboard.press('Enter')
}

/** Goes into a form's field, as Tab would in the end, and fills it and those behind it. */
export async function fillFrom(page: Page, name: string, ...texts: readonly string[]): Promise<void> {
  await page.locator(`input[name="${name}"]`).focus()
  await fill(page, ...texts)
}

/** Goes from the first section of an area (F7, F12) to the one about people: shifts, or staff. */
export async function toPeople({ counter, page }: Till): Promise<void> {
  for (const _section of [1, 2, 3]) {
    if (!(await page.locator('main.crew').isVisible())) await counter.press('ArrowRight')
  }
  await expect(page.locator('main.crew')).toBeVisible()
}

/** The first manager; from then on the till asks who is there. */
export async function makeFirstManager({ counter, page }: Till, name: string, pin: string): Promise<void> {
  await counter.press('F5')
  await fillFrom(page, 'name', name, pin, pin)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('.who-is-on')).toContainText(name)
}

export type NewCashier = { readonly name: string; readonly pin: string; readonly managerPin: string }

/** Adds a cashier in the settings; the first manager (number 1) is signed in. */
export async function addCashier(till: Till, { name, pin, managerPin }: NewCashier): Promise<void> {
  const { counter, page } = till
  await counter.press('F12')
  await toPeople(till)
  const people = page.locator('.crew-list li')
  const before = await people.count()
  await counter.press('F2')
  await page.locator('input[name="name"]').focus()
  await write(page, name)
  await fillFrom(page, 'pin', pin, pin, '1', managerPin)
  await expect(people).toHaveCount(before + 1)
  await toCounter(till)
}

/** Back to the counter, once a dialog that closes has let go of the keys. */
export async function toCounter({ counter, page }: Till): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await counter.press('Escape')
  await counter.shows('idle')
}

/** Signs in at a till that is locked, or locks it first. */
export async function signIn({ counter, page }: Till, number: string, pin: string): Promise<void> {
  if (!(await page.locator('main.locked').isVisible())) await counter.press('F5')
  await fillFrom(page, 'number', number, pin)
  await expect(page.locator('main.locked')).toHaveCount(0)
}
