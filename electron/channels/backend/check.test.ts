import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelId } from '../../till/ids.ts'
import { key, settings } from './backend.fixture.ts'
import { backendDefinition } from './definition.ts'

const wallMs = Date.UTC(2026, 2, 18)
const good = { baseUrl: settings.baseUrl, keyId: settings.keyId, key }
const open = (texts: Readonly<Record<string, string | undefined>>, certificateAuthority?: string) =>
  backendDefinition.open(
    { texts, lists: {} },
    {
      id: 'backend' as ChannelId, // a test names its own
      wallMs,
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    },
  )

test('good values make a channel, also with a slash and a line feed at their ends', () => {
  for (const texts of [good, { ...good, baseUrl: `${good.baseUrl}/`, key: `${key}\n` }]) {
    const opening = open(texts)
    assert.ok(opening.ok)
    assert.equal(opening.channel.id, 'backend')
  }
})

test('each bad value gives one complaint that names its field and never quotes a secret', () => {
  const rows = [
    [{ baseUrl: 'pay' }, 'baseUrl', /not an address/],
    [{ baseUrl: undefined }, 'baseUrl', /not an address/],
    [{ baseUrl: 'ftp://pay.example.invalid' }, 'baseUrl', /https/],
    [{ baseUrl: 'http://pay.example.invalid' }, 'baseUrl', /https/],
    [{ baseUrl: 'https://pay.example.invalid/v1' }, 'baseUrl', /before \/v1/],
    [{ baseUrl: 'https://pay.example.invalid?x=1' }, 'baseUrl', /query/],
    [{ baseUrl: 'https://a:b@pay.example.invalid' }, 'baseUrl', /password/],
    [{ keyId: 'a b' }, 'keyId', /form/],
    [{ keyId: '' }, 'keyId', /form/],
    [{ key: 'short-and-secret' }, 'key', /form/],
    [{ key: undefined }, 'key', /form/],
    [{ key: `-----BEGIN PUBLIC KEY-----${key}` }, 'key', /PEM/],
    [{ keyId: key }, 'key', /key id again/],
  ] as const
  for (const [change, field, words] of rows) {
    const opening = open({ ...good, ...change })
    assert.ok(!opening.ok)
    assert.deepEqual(
      opening.problems.map((problem) => problem.field),
      [field],
    )
    assert.match(opening.problems[0]?.problem ?? '', words)
    assert.ok(!JSON.stringify(opening).includes(key) && !JSON.stringify(opening).includes('short-and-secret'))
  }
  const opening = open(good, 'no certificate')
  assert.deepEqual(opening, { ok: false, problems: [{ field: 'ca', problem: 'is not a certificate' }] })
})
