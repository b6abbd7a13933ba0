import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { seal, unseal } from './sealed-text.ts'
import { openSecretStore, sealedFileName } from './secret-store.ts'

/** Cheap, for tests; what a file says about its own making is read back from it. */
const cost = { n: 16, r: 8, p: 1 }
const passphrase = '一二三四 correct horse'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function opened(folder: string, given = passphrase) {
  const opening = await openSecretStore(folder, given, cost)
  if (!opening.ok) throw new Error(opening.kind)
  return opening.store
}

test('secrets are found again after the till was closed, and neither name nor value stands in the file', async (context) => {
  const folder = folderOf(context)
  const store = await opened(folder)
  assert.deepEqual(store.names(), [])
  const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'
  assert.deepEqual(await store.set('wechat-api-key', 'k'.repeat(32), 7), { kind: 'done' })
  assert.deepEqual(await store.set('app-key', key, 8), { kind: 'done' })
  const again = await opened(folder)
  assert.deepEqual(again.names(), [
    { name: 'app-key', setWallMs: 8 },
    { name: 'wechat-api-key', setWallMs: 7 },
  ])
  assert.deepEqual([again.value('app-key'), again.value('wechat-api-key')], [key, 'k'.repeat(32)])
  assert.deepEqual(
    [again.value('none'), again.value('__proto__'), again.value('constructor')],
    [undefined, undefined, undefined],
  )
  const text = readFileSync(join(folder, sealedFileName), 'utf8')
  for (const secret of ['wechat', 'kkkk', 'MIIE', passphrase]) assert.ok(!text.includes(secret))
  assert.equal(statSync(join(folder, sealedFileName)).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(folder), [sealedFileName], 'nothing unfinished is left')
})

test('another passphrase opens nothing; a rotation makes the new one the only one', async (context) => {
  const folder = folderOf(context)
  const store = await opened(folder)
  await store.set('one', 'value', 1)
  assert.deepEqual(await openSecretStore(folder, 'some other passphrase', cost), {
    ok: false,
    kind: 'wrong-passphrase',
  })
  assert.deepEqual(await store.sealUnder('another passphrase'), { kind: 'done' })
  assert.deepEqual(await openSecretStore(folder, passphrase, cost), { ok: false, kind: 'wrong-passphrase' })
  await store.set('two', 'later', 2)
  assert.equal((await opened(folder, 'another passphrase')).value('two'), 'later', 'what comes later is sealed so too')
  assert.deepEqual(await store.remove('one'), { kind: 'done' })
  assert.deepEqual(await store.remove('one'), { kind: 'no-such-secret' })
  assert.equal((await opened(folder, 'another passphrase')).value('one'), undefined)
})

test('a file of which any field was changed does not open', async () => {
  const file = JSON.parse(await seal('{"secrets":{}}', passphrase, cost)) as Record<string, unknown>
  const flipped = (text: unknown): string => `${String(text).startsWith('A') ? 'B' : 'A'}${String(text).slice(1)}`
  const changes: readonly Readonly<Record<string, unknown>>[] = [
    { sealed: flipped(file['sealed']) },
    { tag: flipped(file['tag']) },
    { nonce: flipped(file['nonce']) },
    { salt: flipped(file['salt']) },
    { cost: { ...cost, p: 2 } },
  ]
  for (const change of changes) {
    const reading = await unseal(JSON.stringify({ ...file, ...change }), passphrase)
    assert.equal(reading.kind, 'wrong-passphrase', Object.keys(change)[0])
  }
  assert.equal((await unseal(JSON.stringify(file), passphrase)).kind, 'open')
})

test('a torn file, another program’s, and a later version’s are told apart, and none is written over', async (context) => {
  const whole = await seal('{"secrets":{}}', passphrase, cost)
  const kinds: readonly (readonly [string, string])[] = [
    [whole.slice(0, -20), 'damaged'],
    ['', 'damaged'],
    ['{"format":"other"}', 'damaged'],
    [whole.replace('"version": 1', '"version": 2'), 'newer-version'],
    // More work than any till asks for: a file must not be able to stop the till with it.
    [whole.replace('"n": 16', '"n": 1073741824'), 'damaged'],
    [whole.replace(/"tag": "[^"]*"/, '"tag": "AAAA"'), 'damaged'],
    [await seal('{"other":1}', passphrase, cost), 'damaged'],
  ]
  for (const [text, kind] of kinds) {
    const folder = folderOf(context)
    writeFileSync(join(folder, sealedFileName), text)
    assert.deepEqual(await openSecretStore(folder, passphrase, cost), { ok: false, kind }, text.slice(0, 40))
    assert.equal(readFileSync(join(folder, sealedFileName), 'utf8'), text)
  }
})

test('where the disk refuses, the former secrets stand', async (context) => {
  const folder = folderOf(context)
  const store = await opened(folder)
  await store.set('one', 'value', 1)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  assert.deepEqual(await store.set('two', 'value', 1), { kind: 'disk', detail: 'EEXIST' })
  assert.deepEqual([store.value('one'), store.value('two')], ['value', undefined])
})
