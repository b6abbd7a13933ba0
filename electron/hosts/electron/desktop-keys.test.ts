import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

const { desktopKeys } = await import('./desktop-keys.ts')

test('what this desktop wraps it opens again, and another machine does not', async (t) => {
  const { opened } = await startInStandIn(t)
  const keys = opened[0]?.desktop?.keys
  assert.ok(keys)
  const wrapped = await keys.wrap('a key')
  assert.equal(await keys.unwrap(wrapped), 'a key')
  electron.seen().keyring = { ...electron.seen().keyring, owner: 'another machine' }
  await assert.rejects(keys.unwrap(wrapped))
})

test('a desktop without a keyring keeps nothing; only Linux has a backend that is none', async (t) => {
  await startInStandIn(t)
  const { keyring } = electron.seen()
  const weakness = (platform: NodeJS.Platform, change: Partial<typeof keyring>) => {
    electron.seen().keyring = { ...keyring, ...change }
    return desktopKeys(platform).weakness()
  }
  assert.equal(await weakness('linux', {}), null)
  assert.equal(await weakness('linux', { backend: 'basic_text' }), 'plain-text')
  assert.equal(await weakness('linux', { backend: 'unknown' }), 'plain-text')
  assert.equal(await weakness('linux', { isAvailable: false }), 'unavailable')
  assert.equal(await weakness('win32', { backend: 'basic_text' }), null)
  assert.equal(await weakness('darwin', { isAvailable: false }), 'unavailable')
})
