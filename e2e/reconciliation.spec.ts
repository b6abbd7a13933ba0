import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Movement } from '../electron/training/movements.ts'
import { wechatBillText } from '../electron/training/wechat-bill.ts'
import { measure } from './measure.ts'
import { freshCode } from './practice.ts'
import { smallerPng } from './smaller-png.ts'
import { expect, largeScreen, smallScreen, test, toldIn, usualScreen } from './till.ts'

// Reconciliation by the keyboard: a clean day, a day with five differences, a day without a bill yet; acts and sign-off.

const words = {
  'zh-CN': {
    head: '对账',
    agrees: '一致',
    look: '需处理',
    noBill: '暂无账单',
    causes: ['金额不同', '账单已撤销,本机没有', '未知订单', '本机已付,账单没有', '其他收银台'],
    reason: '已与微信电话核对',
    seen: '已看过',
    handing: '请财务问微信',
    asked: '正在向渠道查询',
    signed: '已签核',
    supplement: '补充 1 次',
    saved: '已保存',
  },
  en: {
    head: 'Reconciliation',
    agrees: 'agrees',
    look: 'look',
    noBill: 'no bill yet',
    causes: ['Amount differs', 'Revoked there, not here', 'Unknown order', 'Paid here, missing there', 'Another till'],
    reason: 'agreed with WeChat by phone',
    seen: 'Seen by',
    handing: 'finance asks WeChat',
    asked: 'The channel is being asked',
    signed: 'signed off',
    supplement: '1 supplement',
    saved: 'Saved',
  },
} as const

const digitPxMin = 14.5
const contrastMin = 4.5
const pictures = process.env['SCANTILL_SCREENSHOTS'] === '1'
const managerPin = '730519'

/** The manager's PIN, set before the till opens. */
async function setPin(dataDirectory: string): Promise<Record<string, never>> {
  const program = join(import.meta.dirname, '..', 'electron', 'cli', 'main.ts')
  const input = `${managerPin}\n${managerPin}\n`
  const set = spawnSync(process.execPath, [program, 'manager-pin', '--data', dataDirectory], {
    input,
    encoding: 'utf8',
  })
  expect(set.status, set.stderr).toBe(0)
  return {}
}

for (const language of toldIn('zh-CN')) {
  test(`a clean day, a day with five differences, and a day without a bill yet, in ${language}`, async ({ open }) => {
    test.setTimeout(240_000)
    const till = await open({ language, size: usualScreen, configure: setPin })
    const { counter, page } = till
    const text = words[language]
    const cell = (channel: string, place: number) =>
      page.locator('.reconcile-grid tbody tr').nth(place).locator(`button[data-day^="${channel}/"]`)
    const differences = page.locator('.case-list .case-row')

    /** Measures the screen on both sizes, and takes its picture where pictures are asked for. */
    const look = async (stop: string): Promise<void> => {
      for (const size of [smallScreen, largeScreen, usualScreen]) {
        await page.setViewportSize(size)
        const where = `${stop} in ${language} at ${size.width}×${size.height}`
        if (pictures) {
          const folder = join(
            import.meta.dirname,
            '..',
            'docs',
            'screenshots',
            `${language}-${size.width}x${size.height}`,
          )
          await mkdir(folder, { recursive: true })
          const picture = await page.screenshot({ animations: 'disabled' })
          await writeFile(join(folder, `reconciliation-${stop}.png`), smallerPng(picture))
        }
        const { texts, filledButtons, cutOff } = await measure(page)
        const faint = texts.filter(({ digitPx, contrast }) => digitPx < digitPxMin || contrast < contrastMin)
        expect.soft(faint, where).toEqual([])
        // The head of the window is looked over by legibility.spec.ts.
        expect
          .soft(
            cutOff.filter((part) => !part.startsWith('header:')),
            where,
          )
          .toEqual([])
        expect.soft(filledButtons, where).toHaveLength(1)
      }
    }

    // Long before the key: the browser is told of the waiting beside the keys, not in line with them.
    const chooser = page.waitForEvent('filechooser')
    const numbers: string[] = []
    for (const amount of ['12.00', '34.50', '56.00']) {
      await counter.charge(amount, freshCode('wechat', 'pays-at-once'))
      await counter.shows('paid')
      numbers.push(await counter.orderNumber())
      await counter.nextCustomer()
    }

    await counter.press('F7')
    await page.getByRole('navigation').getByRole('button', { name: text.head }).press('Enter')
    await expect(counter.headline).toHaveText(text.head)
    await expect(cell('wechat', 0)).toBeFocused()
    await expect(cell('wechat', 1)).toContainText(text.noBill)
    await counter.press('F2')
    await expect(cell('wechat', 0)).toContainText(text.agrees)
    await look('clean-day')
    await counter.press('ArrowDown')
    await expect(cell('wechat', 1)).toBeFocused()
    await look('no-bill-yet')
    await counter.press('ArrowUp')

    // A bill that somebody brings: another amount, a revoke that nobody here made, one payment missing, two of strangers.
    const order = (orderNumber: string, sequence: number) => ({ orderNumber, sequence, openedAtMs: Date.now() })
    const line = (orderNumber: string, sequence: number, amountFen: number, kind: Movement['kind'] = 'charge') =>
      ({ kind, order: order(orderNumber, sequence), refundNumber: null, amountFen, atMs: Date.now() }) as const
    const [first = '', second = ''] = numbers
    const bill = wechatBillText(
      [
        line(first, 1, 1_100),
        line(second, 2, 3_450),
        line(second, 2, 3_450, 'revoke'),
        line('WEBSHOP17', 3, 990),
        line(first.replace('S00101', 'S00102'), 4, 2_000),
      ],
      { appId: 'wx5ca17111000000aa', merchantId: '1600000000' },
    )
    await counter.press('F3')
    await (await chooser).setFiles({ name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from(bill) })
    await expect(cell('wechat', 0)).toContainText(text.look)
    await look('grid')

    await counter.press('Enter')
    await expect(differences).toHaveCount(5)
    for (const cause of text.causes) await expect(page.locator('.case-list')).toContainText(cause)
    await look('five-differences')

    // Each by one key: seen with a reason, handed to the desk, asked about.
    await counter.press('F5')
    await page.getByRole('dialog').getByRole('textbox').fill(text.reason)
    await counter.press('Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.locator('.case-list')).toBeVisible()
    await expect(differences.filter({ hasText: '✓' })).toHaveCount(1)

    // What is handed over stands on the desk, and leads back to its day.
    await counter.press('ArrowDown')
    await counter.press('F4')
    await page.getByRole('dialog').getByRole('textbox').fill(text.handing)
    await counter.press('Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    await counter.press('F1')
    await expect(page.locator('.desk-handed li')).toHaveCount(1)
    await expect(page.locator('.desk-handed')).toContainText(text.handing)
    await look('handed-to-the-desk')
    await counter.press('ArrowRight')
    await expect(page.locator('.difference h2')).toContainText(text.causes[1])
    await expect(page.locator('.difference')).toContainText(text.handing)
    await counter.press('ArrowUp')
    await counter.press('ArrowUp')
    await expect(page.locator('.difference h2')).toContainText(text.causes[3])
    await counter.press('F2')
    await expect(page.getByRole('status').filter({ hasText: text.asked })).toBeVisible()
    await counter.press('Escape')
    await expect(counter.headline).toHaveText(text.head)

    await counter.press('F6')
    await page.getByRole('dialog').locator('input[name="manager"]').fill('王芳')
    await page.getByRole('dialog').locator('input[name="pin"]').fill(managerPin)
    await look('sign-off')
    await counter.press('Enter')
    await expect(cell('wechat', 0)).toContainText(text.signed)

    // What comes later stands beside what was signed.
    await counter.press('F2')
    await expect(cell('wechat', 0)).toContainText(text.supplement)
    await counter.press('F5')
    await counter.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: text.saved })).toBeVisible()
    await counter.press('Escape')
    await counter.shows('idle')
  })
}
