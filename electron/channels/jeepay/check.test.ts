import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkJeepaySettings } from './check.ts'
import { settings } from './jeepay.fixture.ts'
import type { JeepaySettings } from './settings.ts'

const problems = (changes: Partial<JeepaySettings>): readonly string[] =>
  checkJeepaySettings({ ...settings, ...changes }, Date.UTC(2026, 2, 18)).map(
    ({ field, problem }) => `${field} ${problem}`,
  )

test('settings that are whole have no problems', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ baseUrl: 'http://127.0.0.1:9216' }), [])
  assert.deepEqual(problems({ baseUrl: 'https://shop.example.invalid/jeepay/' }), [])
})

test('each problem names its field, once', () => {
  assert.deepEqual(problems({ baseUrl: 'pay.example' }), ['baseUrl not-a-url'])
  assert.deepEqual(problems({ baseUrl: 'http://192.168.1.9:9216' }), ['baseUrl insecure'])
  assert.deepEqual(problems({ baseUrl: 'ftp://127.0.0.1' }), ['baseUrl unsupported-scheme'])
  assert.deepEqual(problems({ baseUrl: 'https://x.invalid/api/pay/unifiedOrder' }), ['baseUrl names-a-call'])
  assert.deepEqual(problems({ baseUrl: 'https://x.invalid/?a=1' }), ['baseUrl has-a-query-or-fragment'])
  assert.deepEqual(problems({ mchNo: '' }), ['mchNo malformed'])
  assert.deepEqual(problems({ mchNo: 'M 1' }), ['mchNo malformed'])
  assert.deepEqual(problems({ appId: 'x'.repeat(65) }), ['appId malformed'])
  assert.deepEqual(problems({ appId: settings.mchNo }), ['appId same-as-merchant'])
  assert.deepEqual(problems({ appSecret: settings.appId }), ['appSecret an-identifier'])
  assert.deepEqual(problems({ appSecret: `${settings.appSecret}\n` }), ['appSecret malformed'])
  assert.deepEqual(problems({ appSecret: '密'.repeat(20) }), ['appSecret malformed'])
  assert.deepEqual(problems({ appSecret: 'short' }), ['appSecret shorter-than-16'])
  assert.deepEqual(problems({ appSecret: 'x'.repeat(129) }), ['appSecret longer-than-128'])
  assert.deepEqual(problems({ connection: { certificateAuthority: 'nothing' } }), ['ca not-a-certificate'])
})
