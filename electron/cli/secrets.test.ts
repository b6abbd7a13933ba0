import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataFolder, runTill } from './till-process.fixture.ts'

const passphrase = 'a passphrase of this test'
const value = 'ApiKeyOfThisTest0123456789abcdef'

test('secrets are set, used by a channel, sealed anew and deleted; no value is ever printed', async (context) => {
  const channel = {
    id: 'shop',
    kind: 'wechat',
    api: 'v2',
    baseUrl: 'http://127.0.0.1:9',
    appId: 'wx1a2b3c4d5e6f7081',
    merchantId: '1600000000',
    apiKey: { secret: 'wechat-api-key' },
  }
  const data = dataFolder(context, { channels: [channel] })
  const file = join(data, 'passphrase')
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
  const environment = { SCANTILL_PASSPHRASE_FILE: file, SCANTILL_PASSPHRASE: '' }
  const printed: string[] = []
  const secrets = async (
    words: readonly string[],
    input = '',
    given: Readonly<Record<string, string>> = environment,
  ) => {
    const ended = await runTill(context, words, { data, input, environment: given })
    printed.push(ended.stdout, ended.stderr)
    return ended
  }

  const locked = await secrets(['recover', '--for', '1'], '', { SCANTILL_PASSPHRASE_FILE: '', SCANTILL_PASSPHRASE: '' })
  assert.equal(locked.exit, 2)
  assert.match(locked.stderr, /channels\[0\]\.apiKey|apiKey/)
  assert.match(locked.stderr, /sealed store is locked.*SCANTILL_PASSPHRASE_FILE/)
  const missing = await secrets(['secrets', 'list'])
  assert.deepEqual([missing.exit, missing.lines], [2, []])
  assert.match(missing.stderr, /names "wechat-api-key", which the store does not have/)

  const set = await secrets(['secrets', 'set', 'wechat-api-key'], `${value}\n`)
  assert.deepEqual([set.exit, set.last?.['name']], [0, 'wechat-api-key'])
  const listed = await secrets(['secrets', 'list'])
  assert.deepEqual([listed.exit, listed.last?.['name'], listed.last?.['channels']], [0, 'wechat-api-key', ['shop']])
  assert.equal((await secrets(['recover', '--for', '1'])).exit, 0, 'the channel has its key')
  const doctor = await secrets(['doctor'])
  assert.equal(doctor.lines.find(({ check }) => check === 'secret wechat-api-key')?.['verdict'], 'ok')

  assert.equal((await secrets(['secrets', 'rotate'], 'short\nshort\n')).exit, 2)
  assert.match((await secrets(['secrets', 'rotate'], 'a new passphrase\nanother one\n')).stderr, /differ/)
  assert.equal((await secrets(['secrets', 'rotate'], 'a new passphrase\na new passphrase\n')).exit, 0)
  assert.match((await secrets(['secrets', 'list'])).stderr, /does not open/)
  const fresh = { SCANTILL_PASSPHRASE_FILE: '', SCANTILL_PASSPHRASE: 'a new passphrase' }
  assert.equal((await secrets(['secrets', 'delete', 'wechat-api-key'], '', fresh)).exit, 0)
  assert.equal((await secrets(['secrets', 'delete', 'wechat-api-key'], '', fresh)).exit, 2)
  assert.equal((await secrets(['secrets', 'set', 'Bad Name'], 'x', fresh)).exit, 2)
  assert.equal((await secrets(['secrets', 'set', 'empty'], '\n', fresh)).exit, 2)

  const key = { format: 'scantill-desktop-key', version: 1, wrapped: 'AAAA' }
  writeFileSync(join(data, 'secrets.desktop-key'), JSON.stringify(key))
  const bound = await secrets(['secrets', 'list'], '', { SCANTILL_PASSPHRASE_FILE: '', SCANTILL_PASSPHRASE: '' })
  assert.deepEqual([bound.exit, bound.lines], [2, []])
  assert.match(bound.stderr, /bound to the desktop.*cannot be opened here/)

  const text = `${printed.join('\n')}\n${readFileSync(join(data, 'secrets.sealed'), 'utf8')}`
  for (const secret of [value, passphrase, 'a new passphrase']) assert.ok(!text.includes(secret))
})
