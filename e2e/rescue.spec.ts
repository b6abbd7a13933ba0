import type { Language } from '../electron/api/contract.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, test, toldIn } from './till.ts'
import { alipayBillOf, expectOrdersAtWallets } from './wallet-books.ts'

// “My phone says paid” (我的手机显示已付款): the till finds the payment behind a bill and says what became of it; by keys alone.

/** What a person must read here, written down a second time. */
const read = {
  'zh-CN': {
    title: '顾客说已付款',
    nowPaid: '刚查到:已收款',
    sayPaid: '“刚刚查到,您付的 ¥66.00 已经收到。”',
    paid: '已收款',
    choose: '请选一笔',
    returned: '已撤销,款已退回',
    sayReturned: /这笔 ¥45\.00 已经原路退回/,
    unknown: '没有这个单号',
    payAgain: /先不要再收款,也不要说没付/,
    code: /付款码,没有收款/,
    notANumber: '这不是账单上的单号',
    otherTill: '不是本机收的',
    doubt: '还不知道',
    notCharged: '没有扣款',
    amountOnly: /金额一样不等于/,
  },
  en: {
    title: 'Customer says: paid',
    nowPaid: 'Just found: paid',
    sayPaid: '“Just found it: your ¥66.00 has arrived.”',
    paid: 'Paid',
    choose: 'Choose one',
    returned: 'Revoked, money returned',
    sayReturned: /This ¥45\.00 went back to you/,
    unknown: 'No such number',
    payAgain: /Do not charge again, and do not say unpaid/,
    code: /payment code: nothing charged/,
    notANumber: 'Not a number of a bill',
    otherTill: 'Not of this till',
    doubt: 'Not known yet',
    notCharged: 'Never charged',
    amountOnly: /same amount does not make it/,
  },
} as const satisfies Readonly<Record<Language, unknown>>

/** A till whose wallets are asked only when somebody says so. */
const silent = { firstQueryMs: 60_000, pollMs: 60_000, windowMs: 90_000, revokeMinAgeMs: 0 }

const rescueOf = ({ page }: Till) => ({
  main: page.locator('main.rescue'),
  field: page.locator('.rescue-form input'),
  word: page.getByTestId('rescue-word'),
  say: page.getByTestId('rescue-say'),
})

/** Types into the field and asks. */
async function ask({ counter }: Till, text: string): Promise<void> {
  await counter.typeSlowly(text)
  await counter.press('Enter')
}

for (const language of toldIn('zh-CN')) {
  test(`the answer was lost, the phone says paid, and the till finds it (${language})`, async ({ open }) => {
    const says = read[language]
    const till = await open({ language, policy: silent, alipayPolicy: silent })
    const { counter, page, dataDirectory } = till
    const { main, field, word, say } = rescueOf(till)
    await counter.charge('66.00', freshCode('alipay', 'answer-lost-but-paid'))
    await counter.shows('unknown')
    const orderNumber = await counter.orderNumber()

    // Reached while the order waits; the wallet's own number is known to the wallet alone until somebody asks.
    await counter.press('F11')
    await expect(page.getByTestId('headline')).toHaveText(says.title)
    await expect(field).toBeFocused()
    await counter.scanBill(alipayBillOf(dataDirectory, orderNumber))
    await expect(word).toHaveText(says.nowPaid)
    await expect(say).toHaveText(says.sayPaid)
    await expect(page.locator('.rescue-answer')).toHaveAttribute('data-tone', 'paid')
    await expect(main.getByTestId('order-number')).toHaveText(orderNumber)

    // Enter opens all about it, Esc comes back to the answer, and Esc again to the counter.
    await counter.press('Enter')
    const detail = page.getByRole('dialog')
    await expect(detail.getByTestId('order-number')).toHaveText(orderNumber)
    await counter.press('Escape')
    await expect(detail).toHaveCount(0)
    await expect(word).toHaveText(says.nowPaid)
    await expect(field).toBeFocused()
    await counter.press('Escape')
    await counter.shows('paid')
    await counter.nextCustomer()

    // A bill scanned at the idle counter opens the screen with its answer.
    await counter.scanBill(orderNumber)
    await expect(word).toHaveText(says.paid)
    await expect(main.getByTestId('order-number')).toHaveText(orderNumber)

    // By its amount it is to be chosen, even where there is only one.
    await ask(till, '66.00')
    await expect(word).toHaveText(says.choose)
    await expect(main).toContainText(says.amountOnly)
    await counter.press('Enter')
    await expect(word).toHaveText(says.paid)
    await ask(till, orderNumber.slice(-6))
    await expect(word).toHaveText(says.paid)
    expectOrdersAtWallets(dataDirectory, 1)
  })
}

for (const language of toldIn('en')) {
  test(`paid just before the revoke: the money went back, and the customer is told so (${language})`, async ({
    open,
  }) => {
    const says = read[language]
    const till = await open({ language, policy: silent, alipayPolicy: silent })
    const { counter, dataDirectory } = till
    const { word, say, main } = rescueOf(till)
    await counter.charge('45.00', freshCode('alipay', 'pays-just-before-revoke'))
    await counter.shows('awaiting-payer')
    const orderNumber = await counter.orderNumber()
    await counter.press('F4')
    await counter.press('F4')
    await counter.shows('revoked-refunded')
    await counter.nextCustomer()
    await counter.press('F11')
    await counter.scanBill(alipayBillOf(dataDirectory, orderNumber))
    // A revoke's answers do not name the wallet's own number; the bill has the till's number too, as the screen says.
    await expect(word).toHaveText(says.unknown)
    await expect(main).toContainText(says.payAgain)
    await counter.scanBill(orderNumber)
    await expect(word).toHaveText(says.returned)
    await expect(say).toHaveText(says.sayReturned)
    await expect(main.getByTestId('order-number')).toHaveText(orderNumber)
  })
}

for (const language of toldIn('zh-CN')) {
  test(`what is not found or no bill is said, and a payment code charges nobody (${language})`, async ({ open }) => {
    const says = read[language]
    const till = await open({ language, policy: silent, alipayPolicy: silent })
    const { counter, page, dataDirectory } = till
    const { field, main, word } = rescueOf(till)

    // The amount stands and the code is awaited; the customer says that it is paid.
    await counter.enterAmount('8.00')
    await counter.scanBill(`4200${'0'.repeat(24)}`)
    await expect(word).toHaveText(says.unknown)
    await expect(main).toContainText(says.payAgain)
    const code = freshCode('wechat', 'pays-at-once')
    await counter.scan(code)
    await expect(word).toHaveText(says.code)
    expect(await page.content()).not.toContain(code)
    await expect(field).toHaveValue('')
    counter.remember(code)
    await ask(till, code)
    await expect(word).toHaveText(says.code)
    await expect(field).toHaveValue('')
    await ask(till, 'hello')
    await expect(word).toHaveText(says.notANumber)
    await counter.scanBill('AB99042026112388ZZ123456')
    await expect(word).toHaveText(says.otherTill)
    expectOrdersAtWallets(dataDirectory, 0)

    // The sale is as it was left, and the same code still pays it.
    await counter.press('Escape')
    await counter.shows('scan')
    await expect(counter.amount).toHaveText('¥8.00')
    await counter.scan(code)
    await counter.shows('paid')
    expectOrdersAtWallets(dataDirectory, 1)
  })
}

for (const language of toldIn('en')) {
  test(`not known yet becomes an answer by itself (${language})`, async ({ open }) => {
    const says = read[language]
    const till = await open({ language, policy: { ...silent, windowMs: 10_000, firstQueryMs: 9_500 } })
    const { counter } = till
    const { word, main } = rescueOf(till)
    await counter.charge('7.00', freshCode('wechat', 'password-never'))
    await counter.shows('awaiting-payer')
    const orderNumber = await counter.orderNumber()
    await counter.press('F11')
    await counter.scanBill(orderNumber)
    await expect(word).toHaveText(says.doubt)
    expect(await main.innerText()).not.toMatch(/已收款|Just found|has arrived/)
    await expect(word).toHaveText(says.notCharged, { timeout: 20_000 })
  })
}
