import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { freshCode } from './practice.ts'
import { expect, hostName, type Till, test, toldIn } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// A ledger that cannot be written takes no payment, says why, and takes payments again when it can.

/** Takes the ledger's write lock, as a backup program or a second till would; returns what gives it back. */
function occupyLedger({ dataDirectory }: Till): () => void {
  const intruder = new DatabaseSync(join(dataDirectory, 'ledger.sqlite'), { timeout: 5_000 })
  intruder.exec('BEGIN IMMEDIATE')
  return () => {
    intruder.exec('ROLLBACK')
    intruder.close()
  }
}

test('the ledger is held by another program: no payment, the reason, and on again', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  const release = occupyLedger(till)
  await counter.charge('40.00', freshCode('wechat', 'pays-at-once'))
  await counter.shows('refused')
  await expect(page.locator('.message')).toContainText('另一个收银程序正在使用')
  await expect(counter.amount).toHaveText('¥40.00')
  expectOrdersAtWallets(dataDirectory, 0)

  // Still held: the next try says so before anyone is asked for a code again.
  await counter.press('Enter')
  await counter.shows('scan')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('refused')
  expectOrdersAtWallets(dataDirectory, 0)

  release()
  await counter.press('Enter')
  await counter.shows('scan')
  await counter.scan(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  expectOrdersAtWallets(dataDirectory, 1)
})

test('the ledger is held while a customer confirms: the wait goes on and ends right', async ({ till }) => {
  const { counter } = till
  await counter.charge('41.00', freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  const release = occupyLedger(till)
  await expect(till.page.locator('.readiness')).toContainText('有问题', { timeout: 10_000 })
  await expect(till.page.locator('main.counter')).not.toHaveAttribute('data-scene', /paid|failed|revoked/)
  release()
  await counter.shows('paid')
  await expect(till.page.locator('.readiness')).not.toContainText('有问题')
})

const troubles = [
  { problem: 'disk-full', 'zh-CN': /磁盘已满.*店长/s, en: /disk is full.*manager/s },
  { problem: 'read-only', 'zh-CN': /不能写.*店长/s, en: /cannot be written.*manager/s },
  { problem: 'disk-error', 'zh-CN': /磁盘出错.*停止/s, en: /disk has an error.*Stop/s },
  { problem: 'damaged', 'zh-CN': /账本.*损坏/s, en: /ledger is damaged.*Stop/s },
] as const

for (const language of toldIn('en')) {
  test(`each trouble of the ledger has its own words (${language})`, async ({ open }) => {
    test.skip(hostName === 'electron', 'answers in the till’s place, which takes the till in the test’s own process')
    const { counter, page: window, prompter, dataDirectory } = await open({ language })
    await counter.enterAmount('42.00')
    for (const trouble of troubles) {
      prompter?.answerInstead('sale.scan', { kind: 'ledger-trouble', problem: trouble.problem })
      await counter.scan(freshCode('wechat', 'pays-at-once'))
      await counter.shows('refused')
      await expect(window.locator('.message')).toHaveText(trouble[language])
      await counter.press('Enter')
      await counter.shows('scan')
    }
    expectOrdersAtWallets(dataDirectory, 0)
  })
}
