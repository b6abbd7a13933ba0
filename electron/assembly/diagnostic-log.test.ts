import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Readiness } from '../api/contract.ts'
import { openDiagnosticLog, readinessEntries } from './diagnostic-log.ts'
import { redact } from './redact.ts'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the log rolls: so many files, none larger than said, the newest line in the newest file', (context) => {
  const folder = folderOf(context)
  const log = openDiagnosticLog({ folder, wallMs: () => 0, fileBytesMax: 300, filesMax: 3 })
  for (let orders = 0; orders < 40; orders += 1) log.note({ event: 'owed', orders })
  assert.deepEqual(readdirSync(folder).sort(), ['till.1.jsonl', 'till.2.jsonl', 'till.jsonl'])
  for (const name of readdirSync(folder)) assert.ok(statSync(join(folder, name)).size <= 300, name)
  const lines = readFileSync(join(folder, 'till.jsonl'), 'utf8').trimEnd().split('\n')
  assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { at: '1970-01-01T08:00:00.000+08:00', event: 'owed', orders: 39 })
})

test('a log that cannot be written is no trouble of the till', (context) => {
  const folder = join(folderOf(context), 'a-file')
  writeFileSync(folder, '')
  const log = openDiagnosticLog({ folder, wallMs: () => 0 })
  assert.doesNotThrow(() => log.note({ event: 'owed', orders: 1 }))
  assert.equal(readFileSync(folder, 'utf8'), '')
})

test('what could be a code or a key is struck out; order and transaction numbers stay', () => {
  const code = `13${'4567890123456789'}`
  const kept = 'S0010120261123K7QX000042 4200001234202611230123456789 ¥1234.00 2026-11-23T10:00:00+08:00'
  assert.equal(redact(kept), kept)
  assert.equal(redact(`{"x":"${code}"}`), '{"x":"13…6789"}')
  const key = '-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----'
  assert.equal(redact(`a ${key} b`), 'a [private key] b')
  assert.equal(redact(`a ${key.slice(0, 40)}`), 'a [private key]')
  assert.equal(redact('http://me:word@proxy.test/'), 'http://[user]@proxy.test/')
})

const ready: Pick<Readiness, 'ledger' | 'backup' | 'channels' | 'networkAway' | 'owed'> = {
  ledger: { state: 'ready', problem: null },
  backup: { state: 'ready', madeWallMs: 1, isDamaged: false, making: null },
  channels: [{ id: 'w', state: 'ready', away: null, wallets: [] }],
  networkAway: null,
  owed: { count: 0, oldestAgeMs: null },
}

test('only what changed in the readiness is noted', () => {
  const before = ready as Readiness // the log looks at nothing else
  assert.deepEqual(readinessEntries(before, { ...before, backup: { ...before.backup, madeWallMs: 2 } }), [])
  const away = { id: 'w', state: 'trouble', away: { reason: 'no-network', sinceWallMs: 5 }, wallets: [] } as const
  assert.deepEqual(readinessEntries(before, { ...before, channels: [away] }), [
    { event: 'channel', channel: 'w', state: 'trouble', reason: 'no-network' },
  ])
  assert.deepEqual(
    readinessEntries(null, before).map(({ event }) => event),
    ['ledger', 'backup', 'channel'],
  )
})
