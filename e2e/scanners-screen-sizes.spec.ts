import { fireGun } from './gun.ts'
import { measure } from './measure.ts'
import { freshCode } from './practice.ts'
import { expect, largeScreen, smallScreen, test } from './till.ts'

// The screen for scan guns with everything on it, in both languages on the smallest and the largest screen, by one till.

/** The least height of digits and the least contrast, as for every picture. */
const digitPxMin = 14.5
const contrastMin = 4.5
const targetPxMin = 44

test('legible, whole and with a key on each act, in both languages on both screens', async ({ open }) => {
  const till = await open({
    size: smallScreen,
    configure: async () => ({ scanners: [{ kind: 'serial', path: '/dev/no-such-gun' }] }),
  })
  const { counter, page } = till
  const head = { 'zh-CN': '扫码枪', en: 'Scan guns' } as const
  const kept = { 'zh-CN': '重启后仍有效', en: 'also after a restart' } as const
  for (const language of ['zh-CN', 'en'] as const) {
    if (language === 'en') await counter.press('F9')
    till.speaks(language)
    await counter.press('F12')
    for (const size of [smallScreen, largeScreen]) {
      const where = `${language} at ${size.width}×${size.height}`
      await page.setViewportSize(size)
      await expect(counter.headline).toHaveText(head[language])
      await counter.scan(freshCode('alipay', 'pays-at-once'))
      await expect(page.getByTestId('gun-shown')).toBeVisible()
      await fireGun(page, '1234567', { keyGapMs: 95 })
      await expect(page.getByTestId('gun-typed')).toBeVisible()
      await counter.press('ArrowUp')
      await expect(page.locator('.gun-kept')).toContainText(kept[language])
      const { texts, targets, filledButtons, cutOff } = await measure(page)
      const faint = texts.filter(({ digitPx, contrast }) => digitPx < digitPxMin || contrast < contrastMin)
      expect.soft(faint, where).toEqual([])
      expect.soft(cutOff, where).toEqual([])
      expect.soft(filledButtons, where).toHaveLength(1)
      const small = targets.filter(({ width, height }) => width < targetPxMin || height < targetPxMin)
      expect.soft(small, where).toEqual([])
      const wide = await page
        .locator('main.scanners, main.scanners section')
        .evaluateAll((parts) =>
          parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className),
        )
      expect.soft(wide, `wider than its box: ${where}`).toEqual([])
      const keyless = await page
        .locator('main.scanners button')
        .evaluateAll((buttons) => buttons.filter((button) => button.querySelector('kbd') === null).length)
      expect.soft(keyless, `buttons without a key: ${where}`).toBe(0)
    }
    await counter.press('Escape')
  }
})
