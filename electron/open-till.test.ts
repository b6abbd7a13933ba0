import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeDataFolder } from './ledger/lock.ts'
import { openTill } from './open-till.ts'

test('a till that does not open says why in its log, with the sentence of the screen', async (context) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'till-'))
  context.after(() => rmSync(dataDirectory, { recursive: true, force: true }))
  writeFileSync(join(dataDirectory, 'config.json'), '{"chanels": []}')
  const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
  assert.ok(!opened.ok)
  const lines = readFileSync(join(dataDirectory, 'logs', 'till.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const [{ event, kind, sentence } = { event: null, kind: null, sentence: null }] = lines.map((line) =>
    JSON.parse(line),
  )
  assert.deepEqual([lines.length, event, kind, sentence], [1, 'refused', 'settings', opened.problem])
  assert.match(opened.problem, /chanels/)
})

test('a second till on a folder writes nothing into it, not into the log either', async (context) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'till-'))
  context.after(() => rmSync(dataDirectory, { recursive: true, force: true }))
  const held = takeDataFolder(dataDirectory)
  assert.ok(held.ok)
  context.after(() => held.value.release())
  const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
  assert.ok(!opened.ok)
  assert.throws(() => readFileSync(join(dataDirectory, 'logs', 'till.jsonl')), { code: 'ENOENT' })
})
