import { readdirSync, readFileSync } from 'node:fs'
import { readBooks } from '../electron/training/books-reading.ts'
import { openPseudoTerminal, withoutPseudoTerminal } from '../native/scanner/pseudo-terminal.fixture.ts'
import { freshCode } from './practice.ts'
import { expect, hostName, test } from './till.ts'

// The process that reads guns is killed while a payment waits: the payment does not notice, and scanning comes back.

test.skip(withoutPseudoTerminal !== false, String(withoutPseudoTerminal))
test.skip(hostName === 'electron', 'finds the process among the children of the test’s own process')

/** The device processes that this process has started, by their program's name. */
function deviceProcesses(): readonly number[] {
  const isOurs = (pid: string): boolean => {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('device-process')
    } catch {
      // It ended meanwhile.
      return false
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOurs(name))
    .map(Number)
}

test('kill -9 in the middle of a payment: the payment ends as it would have, and the next customer is scanned', async ({
  open,
}, testInfo) => {
  const gun = await openPseudoTerminal()
  const till = await open({ configure: async () => ({ scanners: [{ kind: 'serial', path: gun.path }] }) })
  const { counter, page, dataDirectory } = till
  const readiness = page.locator('.readiness')
  await expect(readiness).toContainText('扫码枪 已连接')
  const read = (code: string): void => {
    counter.remember(code)
    gun.send(`${code}\r`)
  }

  await counter.enterAmount('31.00')
  read(freshCode('wechat', 'password-then-pays'))
  await counter.shows('awaiting-payer')
  const orderNumber = await counter.orderNumber()
  const [victim, ...others] = deviceProcesses()
  expect(others).toEqual([])
  expect(victim).toBeDefined()
  const killedMs = performance.now()
  process.kill(Number(victim), 'SIGKILL')

  await expect.poll(deviceProcesses).not.toContain(victim)
  await expect.poll(() => deviceProcesses().length).toBe(1)
  await expect(readiness).toContainText('扫码枪 已连接')
  const backMs = performance.now() - killedMs
  testInfo.annotations.push({ type: 'back after', description: `${Math.round(backMs)} ms` })

  // The same order, still the only one, ends as its story says.
  await counter.shows('paid')
  expect(await counter.orderNumber()).toBe(orderNumber)
  await expect(counter.amount).toHaveText('¥31.00')
  await counter.nextCustomer()
  await counter.enterAmount('32.00')
  read(freshCode('alipay', 'pays-at-once'))
  await counter.shows('paid')
  await expect(counter.amount).toHaveText('¥32.00')
  expect(readBooks(dataDirectory).map(({ wallet, state }) => `${wallet} ${state}`)).toEqual([
    'wechat paid',
    'alipay paid',
  ])
  await gun.unplug()
})
