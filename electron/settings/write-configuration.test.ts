import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { noSealedSecrets } from './configuration.fixture.ts'
import { loadSettings } from './load-settings.ts'
import { writeConfiguration } from './write-configuration.ts'

const field = ['keyboardGun', 'keyGapMs']

/** A folder with a configuration of this text; none where it is null. */
function folderWith(context: TestContext, text: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'config.json')
  if (text !== null) writeFileSync(path, text, { mode: 0o640 })
  return { folder, path, text: () => readFileSync(path, 'utf8') }
}

const keyGapIn = async (path: string): Promise<number | null> => {
  const reading = await loadSettings({ path, required: false, environment: {}, sealed: noSealedSecrets, wallMs: 0 })
  return reading.ok ? reading.settings.gunKeyGapMs : null
}

test('one field is set, and no other character of the file changes', async (context) => {
  const owners = '\ufeff{\r\n\t"till":   {"id" : "07"},\n    "keyboardGun": { "keyGapMs": 20 },\n\n"language":"en"\n}'
  const { path, folder, text } = folderWith(context, owners)
  assert.deepEqual(await writeConfiguration(path, field, 45), { kind: 'written' })
  assert.equal(text(), owners.replace('20', '45'))
  assert.equal(await keyGapIn(path), 45)
  assert.deepEqual(readdirSync(folder), ['config.json'])
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o640)
})

test('a field that was not there is added; a file that was not there is made', async (context) => {
  for (const text of ['{"language": "en"}', '{}', null]) {
    const { path } = folderWith(context, text)
    assert.equal(await keyGapIn(path), 35)
    assert.deepEqual(await writeConfiguration(path, field, 50), { kind: 'written' })
    assert.equal(await keyGapIn(path), 50)
  }
})

test('a file with mistakes is left as it is, and so is one that the change would spoil', async (context) => {
  for (const [text, value, says] of [
    ['{"language": "en",', 50, ''],
    ['{"tills": 1}', 50, 'tills'],
    ['{"keyboardGun": {"keyGapMs": 20}}', 500, 'keyboardGun.keyGapMs'],
  ] as const) {
    const { path, folder, text: now } = folderWith(context, text)
    const written = await writeConfiguration(path, field, value)
    assert.ok(written.kind === 'problems')
    assert.equal(written.problems[0]?.field, says)
    assert.equal(now(), text)
    assert.deepEqual(readdirSync(folder), ['config.json'])
  }
})

test('a linked configuration stays a link', { skip: process.platform === 'win32' }, async (context) => {
  const { path, folder } = folderWith(context, '{}')
  const link = join(folder, 'linked.json')
  symlinkSync(path, link)
  assert.deepEqual(await writeConfiguration(link, field, 40), { kind: 'written' })
  assert.equal(await keyGapIn(path), 40)
  assert.deepEqual(readdirSync(folder).toSorted(), ['config.json', 'linked.json'])
})

test('a folder that cannot be written to is a disk error', async (context) => {
  const { path } = folderWith(context, '{}')
  assert.equal((await writeConfiguration(join(path, 'config.json'), field, 40)).kind, 'disk-error')
})
