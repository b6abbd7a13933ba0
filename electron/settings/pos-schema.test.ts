import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { noSealedSecrets, wallMs } from './configuration.fixture.ts'
import { loadSettings } from './load-settings.ts'

const token = randomBytes(24).toString('hex')

async function read(context: TestContext, pos: object | undefined, secret = token) {
  const folder = mkdtempSync(join(tmpdir(), 'pos-settings-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'config.json')
  writeFileSync(path, JSON.stringify(pos === undefined ? {} : { pos }))
  const environment = { POS_TOKEN: secret }
  return loadSettings({ path, required: true, environment, sealed: noSealedSecrets, wallMs })
}

test('the POS interface is off unless it is configured, and its token is resolved', async (context) => {
  const settings = async (pos: object | undefined) => {
    const reading = await read(context, pos)
    assert.ok(reading.ok)
    return reading.settings.pos
  }
  assert.equal(await settings(undefined), null)
  assert.equal(await settings({ token: { env: 'POS_TOKEN' }, enabled: false }), null)
  assert.deepEqual(await settings({ token: { env: 'POS_TOKEN' } }), { port: 0, token, refunds: 'within-limit' })
  const whole = { token: { env: 'POS_TOKEN' }, port: 8420, refunds: 'any', enabled: true }
  assert.deepEqual(await settings(whole), { port: 8420, token, refunds: 'any' })
})

test('what is wrong with it is named by its field, and the token is never in the complaint', async (context) => {
  const fields = async (pos: object, secret = token) => {
    const reading = await read(context, pos, secret)
    assert.ok(!reading.ok)
    assert.ok(!JSON.stringify(reading.problems).includes(secret))
    return reading.problems.map(({ field }) => field)
  }
  const good = { token: { env: 'POS_TOKEN' } }
  assert.deepEqual(await fields({}), ['pos.token'])
  assert.deepEqual(await fields({ token }), ['pos.token'])
  assert.deepEqual(await fields({ token: { env: 'NOT_THERE' } }), ['pos.token'])
  assert.deepEqual(await fields(good, token.slice(0, 31)), ['pos.token'])
  assert.deepEqual(await fields(good, `${token} ${token}`), ['pos.token'])
  assert.deepEqual(await fields({ ...good, port: 65_536 }), ['pos.port'])
  assert.deepEqual(await fields({ ...good, refunds: 'all' }), ['pos.refunds'])
  assert.deepEqual(await fields({ ...good, ports: 1 }), ['pos.ports'])
})
