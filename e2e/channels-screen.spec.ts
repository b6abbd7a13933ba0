import { measure } from './measure.ts'
import { expect, hostName, largeScreen, smallScreen, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// The settings' section for channels: what each can do, its figures, and a test call that charges nobody. By the keyboard
// alone, in both languages, on the smallest and the largest screen.

/** The least height of digits and the least contrast, as for every picture. */
const digitPxMin = 14.5
const contrastMin = 4.5
const targetPxMin = 44

const words = {
  'zh-CN': {
    head: '渠道',
    reachable: '连得上',
    revoke: /撤销,下单满 2 秒后,7 天内,以再查一次为准/,
    works: /能用:地址、密钥和时钟都对/,
    refused: /现在不能用:.*密钥/,
    step: '对照商户平台',
  },
  en: {
    head: 'Channels',
    reachable: 'reachable',
    revoke: /revoke, from 2 s after the order, for 7 days, proved by asking again/,
    works: /Works: address, keys and clock are right/,
    refused: /Cannot be used now: it refuses this shop’s keys/,
    step: 'against the merchant platform',
  },
} as const

test('channels are shown with what they can do and their figures, and a test call charges nobody', async ({ open }) => {
  const till = await open({ size: smallScreen })
  const { counter, page, dataDirectory } = till
  const row = (id: string) => page.locator(`.channel-list li[data-channel="${id}"]`)
  const result = page.getByTestId('channel-test')
  for (const language of ['zh-CN', 'en'] as const) {
    const { head, reachable, revoke, works } = words[language]
    if (language === 'en') await counter.press('F9')
    till.speaks(language)
    await counter.press('F12')
    await counter.press('ArrowRight')
    await expect(counter.headline).toHaveText(head)
    await expect(row('wechat')).toContainText(reachable)
    await expect(row('alipay')).toContainText(reachable)
    await expect(row('wechat').getByRole('button')).toHaveAttribute('aria-current', 'true')
    await expect(page.locator('.channel-can')).toContainText(revoke)
    const window = page.locator('tr[data-setting="windowMs"]')
    await expect(window).toHaveAttribute('data-changed', 'true')
    await expect(window.locator('td')).toHaveText(['6000', '45000'])

    await counter.press('ArrowDown')
    await expect(row('alipay').getByRole('button')).toHaveAttribute('aria-current', 'true')
    await expect(result).not.toContainText(works)
    await counter.press('F5')
    await expect(result).toHaveText(works)
    await counter.press('ArrowUp')
    await expect(result, 'each channel has its own').not.toContainText(works)

    for (const size of [smallScreen, largeScreen]) {
      const where = `${language} at ${size.width}×${size.height}`
      await page.setViewportSize(size)
      await counter.press('F5')
      await expect(result).toHaveText(works)
      const { texts, targets, filledButtons, cutOff } = await measure(page)
      const faint = texts.filter(({ digitPx, contrast }) => digitPx < digitPxMin || contrast < contrastMin)
      expect.soft(faint, where).toEqual([])
      expect.soft(cutOff, where).toEqual([])
      expect.soft(filledButtons, where).toHaveLength(1)
      const small = targets.filter(({ width, height }) => width < targetPxMin || height < targetPxMin)
      expect.soft(small, where).toEqual([])
      const tooBig = await page
        .locator('main.channels, main.channels section, main.channels .channel-list')
        .evaluateAll((parts) =>
          parts
            .filter((part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight)
            .map((part) => part.className),
        )
      expect.soft(tooBig, `larger than its box: ${where}`).toEqual([])
      const keyless = await page
        .locator('main.channels button:not(.channel-list button)')
        .evaluateAll((buttons) => buttons.filter((button) => button.querySelector('kbd') === null).length)
      expect.soft(keyless, `buttons without a key: ${where}`).toBe(0)
    }
    await page.setViewportSize(smallScreen)
    await counter.press('ArrowLeft')
    await expect(counter.headline).not.toHaveText(head)
    await counter.press('ArrowRight')
    await expect(counter.headline).toHaveText(head)
    await counter.press('F12')
    await counter.shows('idle')
  }
  expectOrdersAtWallets(dataDirectory, 0)
})

test('a test call that fails says why, what to do, and the code for support', async ({ till }) => {
  test.skip(hostName === 'electron', 'answers in the till’s place, which takes the till in the test’s own process')
  const { counter, page, prompter } = till
  const { refused, step } = words['zh-CN']
  prompter?.answerInstead('channels.test', { kind: 'failed', reason: 'keys-refused', said: 'SIGN_ERROR' })
  await counter.press('F12')
  await counter.press('ArrowRight')
  await expect(page.locator('.channel-list li')).toHaveCount(2)
  await counter.press('F5')
  const result = page.getByTestId('channel-test')
  await expect(result).toHaveText(refused)
  await expect(result).toContainText(step)
  await expect(result).toContainText('SIGN_ERROR')
  await expect(page.getByRole('status').filter({ hasText: 'SIGN_ERROR' })).toBeVisible()
})
