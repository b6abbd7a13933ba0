import { readBooks } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'

// A customer who takes long must not hold up the next one, and must not be forgotten.

test('park, serve the next customer, and hear of the parked one by itself', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  await counter.charge('88.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  const parked = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')
  await expect(counter.strip).toContainText('挂单 1')
  const chip = counter.strip.getByRole('listitem')
  await expect(chip).toContainText('¥88.00')
  await expect(chip).toContainText('等待顾客')

  await counter.charge('7.50', freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥7.50')

  // Nobody touches anything: the end of the parked order announces itself and takes nothing from the counter.
  await expect(chip).toContainText('已收款', { timeout: 15_000 })
  await expect(counter.strip.getByRole('status')).toHaveText(/有结果了/)
  await expect(counter.strip).toHaveAttribute('data-news', 'true')
  await expect(counter.amount).toHaveText('¥7.50')
  await counter.shows('paid')

  await counter.nextCustomer()
  await counter.press('F6')
  await expect(chip.getByRole('button').first()).toBeFocused()
  await counter.press('Enter')
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥88.00')
  await expect(page.getByTestId('order-number')).toHaveText(parked)
  await counter.nextCustomer()
  await expect(chip).toHaveCount(0)
  expect(readBooks(dataDirectory).map(({ chargedFen }) => Number(chargedFen))).toEqual([88_00, 7_50])
})

test('two parked at once end each in its own way, and one click says that it was seen', async ({ open }) => {
  const { counter } = await open({ language: 'en', policy: { windowMs: 3_000, revokeMinAgeMs: 500 } })
  await counter.charge('10.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  await counter.press('F6')
  await counter.shows('idle')
  await counter.charge('20.00', freshCode('alipay', 'pays-just-before-revoke'))
  await counter.shows('awaiting-payer')
  await counter.slot('aside').click()
  await counter.shows('idle')

  const closed = counter.strip.getByRole('listitem').filter({ hasText: '¥10.00' })
  const refunded = counter.strip.getByRole('listitem').filter({ hasText: '¥20.00' })
  await expect(closed).toContainText('not charged', { timeout: 15_000 })
  await expect(refunded).toContainText('money returned', { timeout: 15_000 })
  await closed.getByRole('button', { name: 'Seen' }).click()
  await expect(closed).toHaveCount(0)
  await expect(refunded).toHaveCount(1)
  await counter.shows('idle')
})

test('a parked order that is brought back changes places with the one that waits', async ({ till }) => {
  const { counter } = till
  await counter.charge('31.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  await counter.press('F6')
  await counter.shows('idle')
  await counter.charge('32.00', freshCode('alipay', 'password-never'))
  await counter.shows('awaiting-payer')
  await counter.strip.getByRole('button', { name: /取回/ }).click()
  await expect(counter.amount).toHaveText('¥31.00')
  await expect(counter.strip.getByRole('listitem')).toContainText('¥32.00')
  await counter.shows('revoked-closed')
  await expect(counter.strip.getByRole('listitem')).toContainText('未扣款', { timeout: 15_000 })
})
