import { practiceWallets, storiesOf } from '../electron/training/practice-code.ts'
import { expect, test } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'
import { walletNames } from './words.ts'

// The practice page: a newcomer takes a payment without a phone and without a gun.

test('every story of both wallets has its card, its two pictures and its words', async ({ till }) => {
  const { counter, page } = till
  await counter.press('F8')
  for (const wallet of practiceWallets) {
    await page.getByRole('tab', { name: walletNames['zh-CN'][wallet] }).click()
    const cards = page.locator(`.card[data-wallet="${wallet}"]`)
    await expect(cards).toHaveCount(storiesOf(wallet).length)
    for (const story of storiesOf(wallet)) {
      const card = page.locator(`.card[data-wallet="${wallet}"][data-story="${story}"]`)
      await expect(card.getByRole('heading')).not.toHaveText('')
      const widths = card
        .locator('img')
        .evaluateAll((images) =>
          images.map((image) => (image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0)),
        )
      for (const width of await widths) expect(width, `pictures of ${wallet} ${story}`).toBeGreaterThan(0)
    }
  }
  await expect(page.getByRole('button', { name: '先在收款台输入金额' }).first()).toBeDisabled()
  await counter.press('F8')
  await counter.shows('idle')
})

test('from the counter to a practice code and back, by mouse alone', async ({ open }) => {
  const { counter, page, dataDirectory } = await open({ language: 'en' })
  await page.getByRole('group', { name: 'Amount keys' }).getByRole('button', { name: '9', exact: true }).click()
  await counter.primary.click()
  await counter.shows('scan')
  await counter.slot('aside').click()
  await expect(page.locator('main.practice')).toContainText('¥9.00')
  await page.getByRole('tab', { name: 'Alipay' }).click()
  const card = page.locator('.card[data-wallet="alipay"][data-story="password-then-pays"]')
  await card.getByRole('button', { name: 'Scan this code' }).click()
  await counter.shows('awaiting-payer')
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('it is training, and every screen says so', async ({ till }) => {
  const { counter, page } = till
  for (const key of ['F7', 'F8', 'F8']) {
    await expect(page.getByText('训练模式')).toBeVisible()
    await counter.press(key)
  }
  await expect(page.getByText('训练模式')).toBeVisible()
})
