import { expect, type Locator, type Page } from '@playwright/test'
import type { Language } from '../electron/api/contract.ts'
import { fireGun, type Gun } from './gun.ts'
import { headlines, type SceneName } from './words.ts'

/** Slower than any gun and than the capture's limits; a quick person's pace. */
const personGapMs = 95
/** A hand is not quicker from the keys to the gun, or from the gun to a key; the till tells the two apart by it. */
const handMovesMs = 350
/** Longer than any wait of the short policies. */
const endTimeoutMs = 20_000

/** The counter as a cashier meets it: amounts, a gun, keys, and what the screen says. */
export type Counter = ReturnType<typeof counterOf>

/**
 * The counter on a page; `pageNow` because a till that is closed and opened again may have a new page. What is scanned
 * or typed as a code is put in `scanned`.
 */
export function counterOf(pageNow: () => Page, language: () => Language, scanned: Set<string>) {
  const scene = (name: SceneName): Locator => pageNow().locator(`main[data-scene="${name}"]`)

  const handMoves = async (): Promise<void> => {
    const arrivesMs = handMovesMs + (await pageNow().evaluate(() => performance.now()))
    await pageNow().waitForFunction((atMs) => performance.now() >= atMs, arrivesMs)
  }

  const counter = {
    get page(): Page {
      return pageNow()
    },
    get language(): Language {
      return language()
    },
    get headline(): Locator {
      return pageNow().getByTestId('headline')
    },
    get amount(): Locator {
      return pageNow().getByTestId('amount')
    },
    get notice(): Locator {
      return pageNow().locator('.notice')
    },
    get strip(): Locator {
      return pageNow().locator('.strip')
    },
    get primary(): Locator {
      return pageNow().locator('main button[data-filled="true"]')
    },
    /** The button in one of the four places of the bar. */
    slot: (name: 'revoke' | 'aside' | 'second' | 'primary'): Locator => pageNow().locator(`.slot-${name} button`),
    scene,
    /** Waits until the counter shows this picture, with its words. */
    shows: async (name: SceneName): Promise<void> => {
      await expect(pageNow().locator('main.counter')).toHaveAttribute('data-scene', name, { timeout: endTimeoutMs })
      await expect(counter.headline).toHaveText(headlines[language()][name])
    },
    press: (key: string): Promise<void> => pageNow().keyboard.press(key),
    /** Types an amount by the keys of the keyboard. */
    typeAmount: (text: string): Promise<void> => pageNow().keyboard.type(text),
    /** Types an amount and confirms it: the till asks for the code. */
    enterAmount: async (text: string): Promise<void> => {
      await counter.typeAmount(text)
      await counter.shows('amount')
      await counter.press('Enter')
      await counter.shows('scan')
    },
    /** Waits as long as a hand takes from the keys to the gun. */
    handMoves,
    /** A gun reads this, wherever the focus is. */
    scan: async (text: string, gun: Gun = {}): Promise<void> => {
      scanned.add(text)
      await handMoves()
      await fireGun(pageNow(), text, gun)
      await handMoves()
    },
    /** A gun reads a bill's barcode, which is no secret. */
    scanBill: async (text: string): Promise<void> => {
      await handMoves()
      await fireGun(pageNow(), text)
      await handMoves()
    },
    /** Puts a code on the list of those that must leave no trace; for codes that come in other ways. */
    remember: (code: string): void => void scanned.add(code),
    /** A person types this, key by key. */
    typeSlowly: (text: string): Promise<void> => pageNow().keyboard.type(text, { delay: personGapMs }),
    /** A person types a code into its field, by the keyboard alone. */
    typeCode: async (code: string): Promise<void> => {
      scanned.add(code)
      await counter.press('F3')
      await expect(pageNow().getByLabel(/付款码|payment code/i)).toBeFocused()
      await counter.typeSlowly(code)
      await counter.press('Enter')
    },
    /** Leaves an end and begins the next sale. */
    nextCustomer: async (): Promise<void> => {
      const isAttention = await scene('attention').isVisible()
      await counter.press(isAttention ? 'F6' : 'Escape')
      await counter.shows('idle')
    },
    /** Charges an amount with a code that a gun reads. */
    charge: async (amount: string, code: string): Promise<void> => {
      await counter.enterAmount(amount)
      await counter.scan(code)
    },
    orderNumber: async (): Promise<string> =>
      (await pageNow().getByTestId('order-number').first().textContent())?.trim() ?? '',
  }
  return counter
}
