import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { noSealedSecrets } from '../settings/configuration.fixture.ts'
import { loadSettings } from '../settings/load-settings.ts'
import { soundCalls } from './sound-calls.ts'

const usual = { on: true, tonesPercent: 100, voicePercent: 100 }

function calls(context: TestContext, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sound-calls-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const configurationFile = join(folder, 'config.json')
  writeFileSync(configurationFile, text)
  return { ...soundCalls({ configurationFile, sound: usual }), configurationFile }
}

test('keys pressed one after the other leave the last setting, which the next start has', async (context) => {
  const { calls: ask, setting, configurationFile } = calls(context, '{"language": "en"}')
  const wishes = [75, 50, 25, 0].map((tonesPercent) => ({ on: false, tonesPercent, voicePercent: 50 }))
  const results = await Promise.all(wishes.map(ask['sound.keep']))
  assert.deepEqual([...new Set(results.map(({ kind }) => kind))], ['kept'])
  const last = { on: false, tonesPercent: 0, voicePercent: 50 }
  assert.deepEqual(setting(), last)
  const reading = await loadSettings({
    path: configurationFile,
    required: true,
    environment: {},
    sealed: noSealedSecrets,
    wallMs: 0,
  })
  assert.ok(reading.ok)
  assert.deepEqual(reading.settings.sound, last)
  assert.equal(reading.settings.language, 'en')
})

test('a configuration with mistakes is left as it is, and the setting holds until the till is closed', async (context) => {
  const { calls: ask, setting, configurationFile } = calls(context, '{"langauge": "en"}')
  const wanted = { ...usual, voicePercent: 0 }
  const result = await ask['sound.keep'](wanted)
  assert.ok(result.kind === 'configuration-problem')
  assert.match(result.problem, /langauge/)
  assert.equal(readFileSync(configurationFile, 'utf8'), '{"langauge": "en"}')
  assert.deepEqual(setting(), wanted)
})
