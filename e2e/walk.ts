import { freshCode } from './practice.ts'
import { expect, type Till, type TillOptions } from './till.ts'

/** The pictures that a walk through the till stops at. */
export type Stop =
  | 'idle'
  | 'amount-entered'
  | 'amount-problem'
  | 'scan-awaited'
  | 'not-a-payment-code'
  | 'sending'
  | 'waiting-for-password'
  | 'cancel-question'
  | 'revoked-closed'
  | 'paid'
  | 'failed'
  | 'unknown'
  | 'revoked-refunded'
  | 'revoking'
  | 'attention'
  | 'parked'
  | 'guard'
  | 'refused'
  | 'desk'
  | 'desk-settle'
  | 'orders'
  | 'order-detail'
  | 'evidence'
  | 'practice-codes'
  | 'rescue'
  | 'rescue-choose'
  | 'rescue-paid'
  | 'rescue-unknown'
  | 'rescue-payment-code'
  | 'scan-guns'
  | 'channels'

/** A walk needs a wallet with a long wait, to be looked at, and one with a short wait, to see its end. */
export const walkOptions: TillOptions = {
  policy: { windowMs: 2_000, revokeMinAgeMs: 500, revokeRetryMs: [700, 700] },
  alipayPolicy: { firstQueryMs: 3_000, pollMs: 3_000, windowMs: 45_000, revokeMinAgeMs: 0 },
}

/** Looks at a stop; the till stands still meanwhile. */
export type Visit = (stop: Stop) => Promise<void>

export type WalkOptions = {
  /** Waits at the password until the till has asked twice, as a person would find it. */
  readonly patient?: boolean
}

/** Takes a till through every picture that it has. */
export async function walk(till: Till, visit: Visit, { patient = false }: WalkOptions = {}): Promise<void> {
  const { counter, page, prompter } = till
  if (prompter === null) throw new Error('a walk holds the till’s answers back, which takes the browser host')

  /** Holds the till's answers back while a passing picture is looked at. */
  const still = async (stop: Stop): Promise<void> => {
    const release = prompter.hold()
    await visit(stop)
    release()
  }

  await counter.shows('idle')
  await visit('idle')
  await counter.typeAmount('0')
  await counter.press('Enter')
  await counter.shows('amount-problem')
  await visit('amount-problem')
  await counter.press('Escape')
  await counter.typeAmount('128.50')
  await counter.shows('amount')
  await visit('amount-entered')
  await counter.press('Enter')
  await counter.shows('scan')
  await visit('scan-awaited')
  await counter.scan('6901234567892')
  await expect(counter.notice).not.toHaveText('')
  await visit('not-a-payment-code')

  const release = prompter.hold()
  await counter.scan(freshCode('alipay', 'password-never'))
  await counter.shows('sending')
  await visit('sending')
  release()
  await counter.shows('awaiting-payer')
  if (patient) await expect(page.locator('.work-line')).toContainText(/(查询|Asked) 2 ?[次×]/, { timeout: 15_000 })
  if (patient) await expect(counter.slot('revoke')).toHaveText(/退回|refunds/)
  await still('waiting-for-password')
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toBeVisible()
  await still('cancel-question')
  await counter.press('F4')
  await counter.shows('revoked-closed')
  await visit('revoked-closed')
  await counter.nextCustomer()

  await counter.charge('36.80', freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await visit('paid')
  await counter.nextCustomer()

  await counter.charge('1280.00', freshCode('wechat', 'balance-low'))
  await counter.shows('failed')
  await visit('failed')
  await counter.nextCustomer()

  await counter.charge('66.00', freshCode('alipay', 'answer-lost-but-paid'))
  await counter.shows('unknown')
  await still('unknown')
  await counter.press('F2')
  await counter.shows('paid')
  await counter.nextCustomer()

  await counter.charge('45.00', freshCode('alipay', 'pays-just-before-revoke'))
  await counter.shows('awaiting-payer')
  await counter.press('F4')
  await expect(page.getByRole('dialog')).toBeVisible()
  await counter.press('F4')
  await counter.shows('revoked-refunded')
  await visit('revoked-refunded')
  await counter.nextCustomer()

  await counter.charge('520.00', freshCode('wechat', 'revoke-never-works'))
  await counter.shows('revoking')
  await still('revoking')
  await counter.shows('attention')
  await visit('attention')
  await counter.nextCustomer()

  await counter.charge('88.00', freshCode('alipay', 'password-never'))
  await counter.shows('awaiting-payer')
  await counter.press('F6')
  await counter.shows('idle')
  await expect(counter.strip.getByRole('listitem')).toHaveCount(2)
  await visit('parked')

  await counter.charge('88.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('former-open')
  await visit('guard')
  await counter.press('Escape')
  await counter.shows('amount')
  await counter.press('Escape')

  prompter.answerInstead('sale.scan', { kind: 'ledger-trouble', problem: 'disk-full' })
  await counter.charge('9.90', freshCode('wechat', 'pays-at-once'))
  await counter.shows('refused')
  await visit('refused')
  prompter.answerInstead('sale.scan', null)
  await counter.press('Escape')
  await counter.press('Escape')
  await counter.shows('idle')

  await counter.press('F1')
  await expect(page.locator('main.desk .journal li').first()).toBeVisible()
  await visit('desk')
  await counter.press('F6')
  await expect(page.locator('dialog input[data-pin]').first()).toBeVisible()
  await visit('desk-settle')
  await counter.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await counter.press('Escape')
  await counter.shows('idle')

  await counter.press('F7')
  await expect(page.locator('main.orders tbody tr')).toHaveCount(7)
  await visit('orders')
  await counter.press('ArrowDown')
  await counter.press('Enter')
  await expect(page.locator('dialog.detail .journal li').first()).toBeVisible()
  await visit('order-detail')
  await counter.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await counter.press('ArrowDown')
  await counter.press('ArrowDown')
  await counter.press('Enter')
  await expect(page.locator('dialog.detail .closure')).toBeVisible()
  await counter.press('F5')
  await expect(page.locator('dialog.detail .written')).toBeVisible()
  await visit('evidence')
  await counter.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await counter.press('F8')
  await expect(page.locator('main.practice .card').first()).toBeVisible()
  await visit('practice-codes')
  await counter.press('F11')
  await expect(page.locator('.rescue-hint')).toBeVisible()
  await visit('rescue')
  await counter.typeSlowly('66.00')
  await counter.press('Enter')
  await expect(page.locator('.rescue-choice')).toHaveCount(1)
  await visit('rescue-choose')
  await counter.press('Enter')
  await expect(page.locator('.rescue-answer')).toHaveAttribute('data-tone', 'paid')
  await visit('rescue-paid')
  await counter.scanBill(`4200${'0'.repeat(24)}`)
  await expect(page.locator('main.rescue')).toHaveAttribute('data-answer', 'unknown-number')
  await visit('rescue-unknown')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await expect(page.locator('main.rescue')).toHaveAttribute('data-answer', 'payment-code')
  await visit('rescue-payment-code')
  await counter.press('F12')
  await expect(page.locator('.gun-devices')).not.toContainText(/正在查找|Looking/)
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await expect(page.getByTestId('gun-shown')).toBeVisible()
  await visit('scan-guns')
  await counter.press('ArrowRight')
  await expect(page.locator('.channel-list li')).toHaveCount(2)
  await counter.press('F5')
  await expect(page.getByTestId('channel-test')).toContainText(/能用|Works/)
  await visit('channels')
  await counter.press('Escape')
  await counter.shows('idle')
}
