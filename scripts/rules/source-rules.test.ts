import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { announcedBreaches, announcedNames, violationFiles } from './expected-breaches.fixture.ts'
import { sourceBreaches, sourceRules } from './source-rules.ts'

/** Rules whose breach is made here: nobody wants 401 lines or a private key in the repository. */
const madeHere = ['file-too-long', 'private-key']

const rulesBroken = (path: string, text: string): readonly string[] =>
  sourceBreaches({ path, text }).map(({ rule }) => rule)

test('the deliberate breaches are found, each by its rule, and nothing else', () => {
  const found = violationFiles.flatMap((file) => sourceBreaches(file).map(({ rule, path }) => `${rule} ${path}`))
  assert.deepEqual([...new Set(found)].sort(), announcedBreaches(sourceRules))
})

test('every source rule has a deliberate breach', () => {
  assert.deepEqual(
    sourceRules.filter((rule) => !announcedNames.includes(rule) && !madeHere.includes(rule)),
    [],
  )
})

test('a guide may be named after the person that it is for, a program not', () => {
  assert.deepEqual(rulesBroken('docs/guides/manager.md', '# For the manager\n'), [])
  assert.deepEqual(rulesBroken('electron/till/manager.ts', 'export {}\n'), ['name-says-nothing'])
})

test('a file of 400 lines passes, one of 401 does not', () => {
  assert.deepEqual(rulesBroken('electron/till/long.ts', 'export {}\n'.repeat(400)), [])
  assert.deepEqual(rulesBroken('electron/till/long.ts', 'export {}\n'.repeat(401)), ['file-too-long'])
  assert.deepEqual(rulesBroken('electron/channels/wechat/fixtures/bill.ts', 'export {}\n'.repeat(401)), [])
})

test('a private key is found as PEM, as PEM in a string and as bare base64; its public half is not', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\n/g, '')
  assert.ok(rulesBroken('docs/key.pem', privateKey).includes('private-key'))
  assert.ok(
    rulesBroken('electron/till/key.ts', `export const key = ${JSON.stringify(privateKey)}\n`).includes('private-key'),
  )
  assert.deepEqual(rulesBroken('electron/till/key.ts', `export const key = '${bare(privateKey)}'\n`), ['private-key'])
  assert.deepEqual(rulesBroken('docs/key.pem', publicKey), [])
  assert.deepEqual(rulesBroken('electron/till/key.ts', `export const key = '${bare(publicKey)}'\n`), [])
})

test('elliptic-curve and PKCS#1 private keys are found, too', () => {
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'der' })
  assert.deepEqual(rulesBroken('docs/key.txt', String(curve)), ['private-key'])
  assert.deepEqual(rulesBroken('docs/key.txt', rsa.toString('base64')), ['private-key'])
})

test('a header of PEM alone is no key', () => {
  const text = "export const header = '-----BEGIN PRIVATE KEY-----'\n"
  assert.deepEqual(rulesBroken('electron/channels/alipay/keys.ts', text), [])
})

test('a breach tells its line', () => {
  const [breach] = sourceBreaches({ path: 'electron/till/a.ts', text: '\n\nexport const now = Date.now()\n' })
  assert.equal(breach?.line, 3)
})
