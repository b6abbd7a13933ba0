import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DesktopKeys, desktopKeyFileName, makeDesktopKey, readDesktopKey } from './desktop-key.ts'
import { storeOfEnvironment } from './sealed-secrets.ts'
import { openSecretStore, sealedFileName } from './secret-store.ts'
import { settleDesktopKey } from './settle-desktop-key.ts'

const passphrase = 'a passphrase of this test'
/** Cheap, for tests. */
const cost = { n: 16, r: 8, p: 1 }
const byPassphrase = { SCANTILL_PASSPHRASE: passphrase }

/** The key store of one machine's user: what it wraps no other opens. */
function machine(weakness: Awaited<ReturnType<DesktopKeys['weakness']>> = null): DesktopKeys {
  const kept: string[] = []
  const name = String(Math.random())
  return {
    weakness: async () => weakness,
    wrap: async (text) => Buffer.from(`${name} ${kept.push(text) - 1}`),
    unwrap: async (wrapped) => {
      const [owner, index] = Buffer.from(wrapped).toString('utf8').split(' ')
      const text = owner === name ? kept[Number(index)] : undefined
      if (text === undefined) throw new Error('cannot decrypt')
      return text
    },
  }
}

/** A data folder whose sealed store has one secret, cheaply sealed under the passphrase. */
async function shop(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'desktop-key-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const opening = await openSecretStore(folder, passphrase, cost)
  assert.ok(opening.ok)
  await opening.store.set('api-key', 'value', 1)
  const keyFile = join(folder, desktopKeyFileName)
  const sealedFile = join(folder, sealedFileName)
  const settle = (keys: DesktopKeys, keeper: 'desktop' | 'passphrase', environment = byPassphrase) =>
    settleDesktopKey({ dataDirectory: folder, environment, keys, keeper, cost })
  /** The secret, or why it cannot be had. */
  const secret = async (environment: Readonly<Record<string, string>>, keys: DesktopKeys | null) => {
    const opened = await storeOfEnvironment(folder, environment, keys)
    return opened.ok ? opened.store.value('api-key') : opened.message
  }
  return { folder, keyFile, sealedFile, settle, secret }
}

test('bound, the store opens by this desktop without a passphrase, and nowhere else', async (context) => {
  const { keyFile, settle, secret } = await shop(context)
  const keys = machine()
  assert.deepEqual(await settle(keys, 'desktop'), { kind: 'bound' })
  assert.equal(await secret({}, keys), 'value')
  assert.equal(statSync(keyFile).mode & 0o777, 0o600)
  const atCommandLine = await secret(byPassphrase, null)
  assert.match(atCommandLine ?? '', /bound to the desktop.*cannot be opened here/)
  const elsewhere = await secret(byPassphrase, machine())
  assert.match(elsewhere ?? '', /another machine’s/)
  assert.deepEqual(await settle(keys, 'desktop'), { kind: 'nothing-to-do' })

  assert.deepEqual(await settle(keys, 'passphrase'), { kind: 'unbound' })
  assert.ok(!existsSync(keyFile))
  assert.equal(await secret(byPassphrase, null), 'value')
  assert.deepEqual(await settle(keys, 'passphrase'), { kind: 'nothing-to-do' })
})

test('where the desktop keeps nothing safely, the passphrase stays, and it is said', async (context) => {
  const { keyFile, sealedFile, settle, secret } = await shop(context)
  const before = readFileSync(sealedFile, 'utf8')
  for (const [weakness, said] of [
    ['unavailable', /no store of keys/],
    ['plain-text', /basic_text/],
  ] as const) {
    const settled = await settle(machine(weakness), 'desktop')
    assert.ok(settled.kind === 'refused' && said.test(settled.message), weakness)
  }
  assert.ok(!existsSync(keyFile))
  assert.equal(readFileSync(sealedFile, 'utf8'), before)
  assert.equal(await secret(byPassphrase, machine('plain-text')), 'value')
})

test('a key that was lost or damaged is said, and neither it nor the store is written over', async (context) => {
  const { folder, keyFile, sealedFile, settle, secret } = await shop(context)
  const keys = machine()
  await settle(keys, 'desktop')
  const files = () => [readFileSync(keyFile, 'utf8'), readFileSync(sealedFile, 'utf8')]
  const before = files()
  const lost = machine()
  assert.match((await secret({}, lost)) ?? '', /does not open the key/)
  assert.equal((await settle(lost, 'desktop')).kind, 'refused')
  assert.equal((await settle(lost, 'passphrase')).kind, 'refused')
  assert.deepEqual(await makeDesktopKey(folder, lost), { kind: 'refused' })
  assert.deepEqual(await readDesktopKey(folder, machine('unavailable')), { kind: 'unavailable' })
  assert.deepEqual(files(), before)
  writeFileSync(keyFile, '{}')
  assert.match((await secret({}, keys)) ?? '', /damaged/)
  assert.equal((await settle(keys, 'desktop')).kind, 'refused')
  assert.equal(readFileSync(keyFile, 'utf8'), '{}')
})

test('a hand-over that was cut off half-way is taken up at the next start', async (context) => {
  const { folder, settle, secret } = await shop(context)
  const keys = machine()
  // The key was made, and the power went before the store was sealed under it.
  assert.equal((await makeDesktopKey(folder, keys)).kind, 'key')
  assert.equal(await secret(byPassphrase, keys), 'value')
  assert.equal(await secret(byPassphrase, null), 'value')
  assert.deepEqual(await settle(keys, 'desktop'), { kind: 'bound' })
  assert.equal(await secret({}, keys), 'value')
})

test('nobody is asked without a passphrase, and a store without secrets has nothing to bind', async (context) => {
  const { settle } = await shop(context)
  const environment = { SCANTILL_PASSPHRASE: '' }
  assert.deepEqual(await settle(machine(), 'desktop', environment), { kind: 'nothing-to-do' })
  const folder = mkdtempSync(join(tmpdir(), 'desktop-key-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const wanted = { dataDirectory: folder, environment: byPassphrase, keys: machine(), keeper: 'desktop' } as const
  assert.deepEqual(await settleDesktopKey(wanted), { kind: 'nothing-to-do' })
  assert.ok(!existsSync(join(folder, desktopKeyFileName)))
})
