import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Language } from '../electron/api/contract.ts'
import { freshCode } from './practice.ts'
import { expect, type Till, test, toldIn } from './till.ts'

// Proof of closure: in an order's detail, whether it can still charge anyone, and a key that writes the proof; by keys
// alone. The written page is opened as the person would who gets it.

type Case = 'open' | 'revoked' | 'failed' | 'paid'

/** What a person must read here, written down a second time. */
const read = {
  'zh-CN': {
    marks: { paid: '已收款,已了结', failed: '没有扣款,已了结', revoked: '没有扣款,已了结', open: '没有了结' },
    sentences: {
      paid: /^这一单不会再扣任何人的钱,因为.*核实.*已付款一次,付款码已经用掉。$/,
      failed: /^这一单不会再扣任何人的钱,因为.*核实.*最终拒绝,没有扣款。$/,
      revoked: /^这一单不会再扣任何人的钱,因为.*核实.*已关闭,没有扣款。$/,
      open: /^这一单仍可能扣款:.*不要当作没有扣款。$/,
    },
    key: '写出证明',
    page: '给人看的网页',
    chain: /账本当时到第 \d+ 条,哈希/,
  },
  en: {
    marks: { paid: 'Paid, closed', failed: 'Not charged, closed', revoked: 'Not charged, closed', open: 'Not closed' },
    sentences: {
      paid: /^This order can no longer charge anyone, because a verified answer says: paid once.*used up\.$/,
      failed: /^This order can no longer charge anyone, because a verified answer says: refused for good.*no money/,
      revoked: /^This order can no longer charge anyone, because a verified answer says: it is closed.*no money/,
      open: /^This order may still charge:.*Do not count it as not charged\.$/,
    },
    key: 'Write the proof',
    page: 'To read',
    chain: /The ledger then ended at entry \d+, hash/,
  },
} as const satisfies Readonly<Record<Language, unknown>>

/** The written page's own words, in both languages whatever the till speaks. */
const onPage: Readonly<Record<Case, readonly RegExp[]>> = {
  paid: [/不会再向任何人扣款/, /can no longer charge anyone, because it was paid once/],
  failed: [/不会再向任何人扣款/, /can no longer charge anyone, because the channel refused it for good/],
  revoked: [/不会再向任何人扣款/, /can no longer charge anyone, because a verified query says that it is closed/],
  open: [/仍可能扣款/, /MAY STILL CHARGE/],
}

const policy = { windowMs: 2_000, revokeMinAgeMs: 500 }
const alipayPolicy = { firstQueryMs: 3_000, pollMs: 3_000, windowMs: 60_000, revokeMinAgeMs: 0 }

/** Makes one order of each case; answers their numbers, newest first, as the list has them. */
async function makeOrders({ counter }: Till): Promise<readonly (readonly [Case, string])[]> {
  const made: (readonly [Case, string])[] = []
  const note = async (each: Case): Promise<void> => void made.unshift([each, await counter.orderNumber()])
  await counter.charge('36.80', freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  await note('paid')
  await counter.nextCustomer()
  await counter.charge('1280.00', freshCode('wechat', 'balance-low'))
  await counter.shows('failed')
  await note('failed')
  await counter.nextCustomer()
  await counter.charge('128.50', freshCode('wechat', 'password-never'))
  await counter.shows('revoked-closed')
  await note('revoked')
  await counter.nextCustomer()
  await counter.charge('88.00', freshCode('alipay', 'password-never'))
  await counter.shows('awaiting-payer')
  await note('open')
  await counter.press('F6')
  await counter.shows('idle')
  return made
}

for (const language of toldIn('en')) {
  test(`whether an order can still charge is said, and the proof is written, in ${language}`, async ({
    open,
    browser,
  }) => {
    const says = read[language]
    const till = await open({ language, policy, alipayPolicy })
    const { counter, page, dataDirectory } = till
    const made = await makeOrders(till)
    await counter.press('F7')
    await expect(page.locator('tbody tr')).toHaveCount(made.length)
    const detail = page.getByRole('dialog')
    const panel = detail.locator('.closure')
    for (const [each, orderNumber] of made) {
      // Each time one row further down: the focus comes back to the row that was left.
      await counter.press('ArrowDown')
      await counter.press('Enter')
      await expect(detail).toContainText(orderNumber)
      await expect(panel).toContainText(says.marks[each])
      await expect(detail.getByTestId('verdict')).toHaveText(says.sentences[each])
      await expect(panel.getByRole('button')).toHaveText(`F5${says.key}`)

      await counter.press('F5')
      await expect(panel).toContainText(says.page)
      await expect(panel).toContainText(says.chain)
      const written = panel.locator('.written')
      await expect(written).toBeInViewport({ ratio: 1 })
      const text = await written.innerText()
      const htmlPath = text.match(/^.*\.html$/m)?.[0] ?? ''
      expect(dirname(htmlPath)).toBe(join(dataDirectory, 'evidence'))
      const headHash = text.match(/^[0-9a-f]{64}$/m)?.[0] ?? 'no hash on the screen'

      const reader = await browser.newPage()
      const asked: string[] = []
      reader.on('request', (request) => asked.push(request.url()))
      await reader.goto(pathToFileURL(htmlPath).href)
      await expect(reader.getByRole('heading', { level: 1 })).toContainText('Proof of closure')
      for (const words of onPage[each]) await expect(reader.locator('.verdict')).toContainText(words)
      await expect(reader.locator('.verdict')).toHaveAttribute('data-closed', String(each !== 'open'))
      await expect(reader.locator('body')).toContainText('TRAINING: no real money')
      await expect(reader.locator('body')).toContainText(orderNumber)
      await expect(reader.locator('body')).toContainText(headHash)
      expect(asked, 'the page needs nothing else').toEqual([pathToFileURL(htmlPath).href])
      await reader.close()

      await counter.press('Escape')
      await expect(detail).toHaveCount(0)
    }
    const files = await readdir(join(dataDirectory, 'evidence'))
    expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(made.length)
    expect(files).toHaveLength(2 * made.length)
  })
}
