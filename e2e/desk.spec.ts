import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Language } from '../electron/api/contract.ts'
import { openLedgerReader } from '../electron/ledger/open-ledger.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, test, toldIn } from './till.ts'

// The desk for doubtful orders (人工处理): a case is found, taken on, asked about, and settled by a manager; by keys alone.

const pin = '730519'

/** What a person must read here, written down a second time. */
const read = {
  'zh-CN': {
    tab: '待处理 1',
    title: '人工处理',
    attention: '待人工处理',
    money: '渠道确认顾客已被扣款,还没有退回。',
    tellCustomer: '请先不要再付',
    left: /还剩 6 天 \d+ 小时可撤销/,
    nobody: '还没有人接手',
    owner: '李雷在处理',
    name: '李雷',
    manager: '王芳',
    reason: '货已交给顾客,商户平台查到已付',
    choose: '请选核对的结果。',
    wrong: /口令不对,还可以试 4 次/,
    differ: '两次输的口令不一样。',
    settled: /已了结.*王芳人工了结:款已收,货已交/s,
    empty: '没有要人工处理的订单。',
    slip: /凭单已写到/,
    claims: /已收款|收款成功|没有收到款|未收款/,
    slipSays: ['训练模式', '520.00 元', '请先不要再付', '支付渠道确认已经扣款', '以前可以撤销'],
  },
  en: {
    tab: 'Cases 1',
    title: 'Orders in doubt',
    attention: 'Needs a person',
    money: 'The wallet confirms that it charged the customer; it is not returned yet.',
    tellCustomer: 'do not pay again',
    left: /6 d \d+ h left to revoke/,
    nobody: 'nobody has it yet',
    owner: 'with Li Lei',
    name: 'Li Lei',
    manager: 'Wang Fang',
    reason: 'goods handed over, back office says paid',
    choose: 'Choose what was found.',
    wrong: /Wrong PIN; tries left: 4/,
    differ: 'The two PINs differ.',
    settled: /is settled.*By hand, Wang Fang: Money kept, goods handed over/s,
    empty: 'No order needs a person.',
    slip: /The slip is in/,
    claims: /\bPaid\b|Not paid|Payment received/,
    slipSays: ['TRAINING', 'CNY 520.00', 'do not pay this again', 'confirms that you were charged', 'Until'],
  },
} as const satisfies Readonly<Record<Language, unknown>>

/** Writes into the field that has the focus, at a person's pace or as an input method does. */
async function write(page: Page, text: string): Promise<void> {
  if (/^[\x20-\x7e]*$/.test(text)) await page.keyboard.type(text, { delay: 95 })
  else await page.keyboard.insertText(text)
}

async function becomeCase(till: Till): Promise<string> {
  const { counter } = till
  await counter.charge('520.00', freshCode('wechat', 'revoke-never-works'))
  await counter.shows('attention')
  const orderNumber = await counter.orderNumber()
  await counter.press('F6')
  await counter.shows('idle')
  return orderNumber
}

for (const language of toldIn('zh-CN')) {
  test(`a case is settled by keys alone, in ${language}`, async ({ open }) => {
    const says = read[language]
    const till = await open({ language })
    const { counter, page, dataDirectory } = till
    const orderNumber = await becomeCase(till)
    const desk = page.locator('main.desk')
    await expect(page.locator('.desk-tab')).toContainText(says.tab)

    await counter.press('F1')
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText(says.title)
    await expect(desk.getByTestId('order-number')).toHaveText(orderNumber)
    const row = desk.locator('.case-row')
    await expect(row).toBeFocused()
    await expect(row).toContainText('¥520.00')
    await expect(row).toContainText(says.left)
    await expect(row).toContainText(says.nobody)
    const detail = desk.locator('.case-detail')
    await expect(detail).toContainText(says.attention)
    await expect(detail).toContainText(says.money)
    await expect(detail).toContainText(says.tellCustomer)
    await expect(detail.locator('.journal li').first()).toBeVisible()
    // Until it is settled nothing reads as paid, nor as not charged.
    expect(await detail.innerText()).not.toMatch(says.claims)

    // F2 asks the wallet; the question stands in the evidence.
    const lines = await detail.locator('.journal li').count()
    await counter.press('F2')
    await expect.poll(() => detail.locator('.journal li').count()).toBeGreaterThan(lines)

    // F3 takes it on.
    await counter.press('F3')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('textbox')).toBeFocused()
    await write(page, says.name)
    await counter.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(row).toContainText(says.owner)

    // F4 asks before it revokes; Esc leaves all as it is, and leaves the desk on screen.
    await counter.press('F4')
    await expect(dialog).toContainText('¥520.00')
    await counter.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(row).toBeVisible()

    // F5 writes the customer's slip.
    await counter.press('F5')
    await expect(desk.locator('.desk-notices')).toContainText(says.slip)
    const slips = join(dataDirectory, 'slips')
    const [text] = (await readdir(slips)).filter((name) => name.endsWith('.txt'))
    const slip = await readFile(join(slips, text ?? ''), 'utf8')
    for (const line of [...says.slipSays, orderNumber]) expect(slip).toContain(line)
    expect(slip).not.toMatch(says.claims)

    // F6 settles by hand; what is missing is said, and the focus goes there.
    await counter.press('F6')
    await expect(dialog.getByRole('radio').first()).toBeFocused()
    await counter.press('Enter')
    await expect(dialog).toContainText(says.choose)
    await expect(dialog.getByRole('radio').first()).toBeFocused()
    await counter.press('Space')
    await counter.press('Tab')
    await write(page, says.reason)
    await counter.press('Tab')
    await counter.press('Control+a')
    await write(page, says.manager)
    await counter.press('Tab')
    // In training the first use sets the PIN, twice.
    await write(page, pin)
    await counter.press('Tab')
    await write(page, '111222')
    await counter.press('Enter')
    await expect(dialog).toContainText(says.differ)
    await write(page, pin)
    await counter.press('Tab')
    await write(page, pin)
    await counter.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(desk.locator('.desk-notices')).toContainText(says.settled)
    await expect(desk).toContainText(says.empty)
    await counter.press('Enter')
    await expect(desk.locator('.desk-settled')).toHaveCount(0)
    await counter.press('Escape')
    await counter.shows('idle')

    // The journal holds who, why and which setting of the PIN; never the PIN.
    await till.reopen()
    const journal = await journalOf(dataDirectory, orderNumber)
    const settled = journal.find(({ type }) => type === 'settled-by-hand')
    expect(JSON.parse(settled?.payload ?? '{}')).toMatchObject({
      decision: 'money-kept',
      reason: says.reason,
      proof: { kind: 'pin', name: says.manager, pinId: expect.stringMatching(/^[0-9a-f]{12}$/) },
    })
    expect(JSON.stringify(journal)).not.toContain(pin)
  })
}

test('a wrong PIN settles nothing, Esc leaves, and the case is there after a restart', async ({ open }) => {
  const till = await open()
  const says = read['zh-CN']
  const { counter, page, dataDirectory } = till
  await becomeCase(till)
  await counter.press('F1')
  await expect(page.locator('.case-row')).toHaveCount(1)
  const dialog = page.getByRole('dialog')
  const fill = async (given: string): Promise<void> => {
    await expect(dialog.getByRole('radio').first()).toBeFocused()
    await counter.press('Space')
    await counter.press('Tab')
    await write(page, says.reason)
    await counter.press('Tab')
    await counter.press('Control+a')
    await write(page, says.manager)
    await counter.press('Tab')
    await write(page, given)
  }
  await counter.press('F6')
  await fill('111111')
  await counter.press('Tab')
  await write(page, '111111')
  await counter.press('Enter')
  await expect(dialog).toContainText('太容易猜')
  await counter.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('main.desk')).toBeVisible()

  // Support staff set the PIN beside the running till; the next try reads it.
  const program = join(import.meta.dirname, '..', 'scripts', 'till.mjs')
  const given = { input: `${pin}\n${pin}\n`, encoding: 'utf8' } as const
  const set = spawnSync(process.execPath, [program, 'manager-pin', '--data', dataDirectory], given)
  expect(set.status, set.stderr).toBe(0)
  expect(set.stdout + set.stderr).not.toContain(pin)
  await counter.press('F6')
  await fill('482915')
  await counter.press('Enter')
  await expect(dialog).toContainText(says.wrong)
  await expect(dialog.getByLabel('店长口令')).toBeFocused()
  await expect(dialog.getByLabel('店长口令')).toHaveValue('')
  await counter.press('Escape')
  await expect(page.locator('.case-row')).toHaveCount(1)

  await till.reopen()
  await counter.shows('idle')
  await expect(page.locator('.desk-tab')).toContainText(says.tab)
  await counter.press('F1')
  await expect(page.locator('.case-row')).toContainText('¥520.00')
})

async function journalOf(dataDirectory: string, orderNumber: string) {
  const opened = await openLedgerReader({ dataDirectory })
  if (!opened.ok) throw new Error(opened.problem.kind)
  try {
    // The order number came from the till's own screen.
    const journal = await opened.value.journalOf(orderNumber as never)
    if (!journal.ok) throw new Error(journal.problem.kind)
    return journal.value
  } finally {
    await opened.value.close()
  }
}
