import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, trainingAccount } from './account.ts'
import { channelDefinitions } from './registry.ts'

const definitionOf = (kind: string) => channelDefinitions.find((each) => each.kind === kind) ?? assert.fail(kind)
const wechat = { appId: 'wx0000000000000001', merchantId: '1900000001' }

test('another merchant, another sub-merchant and another kind are other accounts; other keys and addresses are not', () => {
  const account = accountOf(definitionOf('wechat'), wechat)
  assert.match(account, /^[0-9a-f]{16}$/)
  assert.notEqual(account, trainingAccount)
  assert.equal(
    accountOf(definitionOf('wechat'), { ...wechat, apiKey: { file: 'new.txt' }, baseUrl: 'https://b' }),
    account,
  )
  for (const change of [{ merchantId: '1900000002' }, { appId: 'wx2' }, { subMerchantId: '1900000003' }]) {
    assert.notEqual(accountOf(definitionOf('wechat'), { ...wechat, ...change }), account)
  }
  assert.notEqual(accountOf({ ...definitionOf('wechat'), kind: 'another' }, wechat), account)
})

test('a backend, which has no ids, is known by its address', () => {
  const backend = definitionOf('backend')
  const at = (baseUrl: string, keyId: string) => accountOf(backend, { baseUrl, keyId })
  assert.equal(at('https://pay.example', 'a'), at('https://pay.example', 'b'))
  assert.notEqual(at('https://pay.example', 'a'), at('https://test.pay.example', 'a'))
})

test('every kind has a field by which its account is known', () => {
  for (const definition of channelDefinitions) {
    const known = ['appId', 'merchantId', 'mchNo', 'gateway', 'baseUrl'].filter((name) => name in definition.fields)
    assert.ok(known.length > 0, definition.kind)
  }
})
