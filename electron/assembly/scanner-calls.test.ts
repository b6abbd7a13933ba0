import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { PluggedIn } from '../../native/scanner/device/list-devices.ts'
import { noGuns } from './no-guns.fixture.ts'
import { createScannerCalls, triedScan } from './scanner-calls.ts'

const digits = (length: number, start: string): string => start.padEnd(length, '0123456789')

test('a test scan shows what it was; what may be a payment code is masked, whole or mangled', () => {
  const secret = digits(18, '28')
  assert.deepEqual(triedScan(`${secret}\r`), {
    kind: 'payment-code',
    wallet: 'alipay',
    shown: `28************${secret.slice(-4)}`,
    length: 18,
  })
  for (const text of [`${secret}x`, digits(17, '13'), digits(20, '99')]) {
    const tried = triedScan(text)
    assert.ok('shown' in tried)
    assert.match(tried.shown, /^..\*{11,}....$/)
  }
  for (const [text, kind] of [
    ['6901234567892', 'goods-barcode'],
    ['https://example.com/menu', 'link'],
    ['wxp://f2f0abc', 'collection-code'],
    [`4200${'1'.repeat(24)}`, 'bill-number'],
  ] as const) {
    assert.deepEqual(triedScan(text), { kind, shown: text, length: text.length })
  }
  assert.deepEqual(triedScan(' \r\n'), { kind: 'empty' })
})

const lists: PluggedIn = {
  hid: {
    ok: true,
    devices: [
      { path: 'hid-1', name: 'Gun', vendorId: 0x1eab, productId: 1, serialNumber: null, usagePage: 0x8c, usage: 2 },
      { path: 'hid-2', name: 'Typing gun', vendorId: 0x05e0, productId: 1, serialNumber: null, usagePage: 1, usage: 6 },
      { path: 'hid-3', name: 'Keyboard', vendorId: 0x046d, productId: 1, serialNumber: null, usagePage: 1, usage: 6 },
    ],
  },
  serial: { ok: false, problem: { kind: 'listing-failed', detail: 'spawn udevadm ENOENT' } },
}

const calls = (context: TestContext, text: string, found: PluggedIn | null = lists) => {
  const folder = mkdtempSync(join(tmpdir(), 'scanner-calls-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const configurationFile = join(folder, 'config.json')
  writeFileSync(configurationFile, text)
  const guns = { ...noGuns, pluggedIn: async () => found }
  const scanner = createScannerCalls({ configurationFile, scanners: [], gunKeyGapMs: 35 }, guns)
  return { ...scanner, configurationFile }
}

test('what is plugged in is told with the reason why it is not read; other keyboards are nobody’s business', async (context) => {
  const { calls: ask } = calls(context, '{}')
  const found = await ask['scanners.found'](null)
  assert.ok(found.kind === 'listed')
  assert.deepEqual(
    found.devices.map(({ path, because }) => [path, because]),
    [
      ['hid-1', 'not-in-settings'],
      ['hid-2', 'keyboard-mode'],
    ],
  )
  assert.deepEqual(found.problems, [{ package: 'serialport', detail: 'spawn udevadm ENOENT' }])
  assert.deepEqual(await calls(context, '{}', null).calls['scanners.found'](null), { kind: 'no-answer' })
})

test('a new threshold holds at once and is in the file; one that is refused changes nothing', async (context) => {
  const { calls: ask, gunKeyGap, configurationFile } = calls(context, '{"language": "en"}')
  assert.equal((await ask['scanners.set-key-gap']({ keyGapMs: 45 })).kind, 'kept')
  assert.equal(gunKeyGap().ms, 45)
  const kept = readFileSync(configurationFile, 'utf8')
  assert.deepEqual(JSON.parse(kept), { language: 'en', keyboardGun: { keyGapMs: 45 } })
  const refused = await ask['scanners.set-key-gap']({ keyGapMs: 700 })
  assert.ok(refused.kind === 'configuration-problem')
  assert.match(refused.problem, /keyboardGun\.keyGapMs/)
  assert.equal(gunKeyGap().ms, 45)
  assert.equal(readFileSync(configurationFile, 'utf8'), kept)
})
