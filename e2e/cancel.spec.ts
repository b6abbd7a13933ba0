import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'
import { requestsAbout } from './wallet-books.ts'
import { scenesShown } from './watch.ts'

// The cashier gives up a payment: not before the channel's minimum age, after one question, after one last query.

const revokeMinAgeMs = 2_000

test('cancel by keys: the button counts down, asks once, asks the wallet a last time, and revokes', async ({
  till,
}) => {
  const { counter, page, dataDirectory } = till
  await counter.charge('35.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  const orderNumber = await counter.orderNumber()

  const revoke = counter.slot('revoke')
  await expect(revoke).toBeDisabled()
  await expect(revoke).toHaveText(/\d+ 秒后可撤销/)
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await expect(revoke).toBeEnabled()
  await expect(revoke).toHaveText(/退回/)
  await counter.press('F4')
  const question = page.getByRole('dialog')
  await expect(question).toContainText('¥35.00')
  await expect(question.getByRole('button', { name: /不撤销/ })).toBeFocused()
  await expect(counter.primary).toHaveCount(1)
  await counter.press('Escape')
  await expect(question).toHaveCount(0)
  await counter.shows('awaiting-payer')

  await counter.press('F4')
  await expect(question).toBeVisible()
  await counter.press('F4')
  await counter.shows('revoked-closed')
  await expect(page.locator('.message')).toContainText('收银员要求撤销')

  const requests = requestsAbout(dataDirectory, orderNumber)
  const firstRevoke = requests.findIndex(({ kind }) => kind === 'revoke')
  expect(requests[firstRevoke - 1]?.kind, 'the request right before the revoke').toBe('query')
  expect(requests[firstRevoke + 1]?.kind, 'the request that confirms it').toBe('query')
  const ageMs = (requests[firstRevoke]?.atMs ?? 0) - (requests[0]?.atMs ?? 0)
  expect(ageMs, 'age of the order at its revoke (I7)').toBeGreaterThanOrEqual(revokeMinAgeMs - 50)
})

test('cancel by mouse, of a payment that has no answer', async ({ open }) => {
  const till = await open({ language: 'en', alipayPolicy: { revokeMinAgeMs: 0, firstQueryMs: 5_000, pollMs: 5_000 } })
  const { counter, page } = till
  await counter.charge('35.00', freshCode('alipay', 'answer-lost-but-paid'))
  await counter.shows('unknown')
  await counter.slot('revoke').click()
  await page.getByRole('button', { name: 'Revoke this payment' }).click()
  // The last query says that the customer has paid: the cashier wanted it given up, so the money goes back.
  await counter.shows('revoked-refunded')
  expect(await scenesShown(page)).not.toContain('paid')
})

test('once the button may be pressed it stays so, whatever is asked meanwhile', async ({ till }) => {
  const { counter, page } = till
  await counter.charge('35.00', freshCode('wechat', 'password-never'))
  await counter.shows('awaiting-payer')
  await expect(counter.slot('revoke')).toBeEnabled()
  await expect(counter.slot('revoke')).toHaveText(/退回/)
  // Every change of the page until the wait is over; a person who reaches for the button sees each of them.
  const contradictions = page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const seen: string[] = []
        const look = (): void => {
          if (document.querySelector('main[data-scene="awaiting-payer"]') === null) {
            watcher.disconnect()
            resolve(seen)
            return
          }
          const button = document.querySelector('.slot-revoke button')
          if (button?.matches(':disabled')) seen.push('disabled')
          if (button?.textContent?.includes('秒后')) seen.push(button.textContent)
        }
        const watcher = new MutationObserver(look)
        watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
      }),
  )
  await counter.shows('revoked-closed')
  expect(await contradictions, 'times that the button was taken away or said that it was').toEqual([])
})

test('the customer pays while the till asks whether to cancel: the question is over, the payment is paid', async ({
  open,
}) => {
  const { counter, page } = await open({ policy: { revokeMinAgeMs: 200 } })
  await counter.charge('35.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  await expect(counter.slot('revoke')).toBeEnabled()
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toBeVisible()
  await counter.shows('paid')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await counter.press('F4')
  await counter.shows('paid')
  expect(await scenesShown(page)).not.toContain('revoking')
})
