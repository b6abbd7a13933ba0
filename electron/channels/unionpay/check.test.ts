import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelId } from '../../till/ids.ts'
import { policyWith } from '../../till/policy.ts'
import { checkUnionpaySettings } from './check.ts'
import { unionpayDefinition } from './definition.ts'
import type { UnionpaySettings } from './settings.ts'
import {
  authority,
  certificateOf,
  gatewayCertificate,
  gatewayKeys,
  merchantCertificate,
  payStartedWallMs,
  privatePem,
  publicPem,
  settings,
  shortPem,
  unionpayName,
} from './unionpay.fixture.ts'

const dayMs = 86_400_000
const problems = (changes: Partial<UnionpaySettings>, wallMs = payStartedWallMs): readonly string[] =>
  checkUnionpaySettings({ ...settings, ...changes }, wallMs).map(({ field, problem }) => `${field} ${problem}`)

test('settings that are whole have no problems', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ unionpayCert: `${gatewayCertificate}${authority}` }), [])
  assert.deepEqual(problems({ baseUrl: 'http://127.0.0.1:8080/' }), [])
  assert.deepEqual(problems({ connection: { certificateAuthority: authority } }), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ baseUrl: 'gateway' }), ['baseUrl not-a-url'])
  assert.deepEqual(problems({ baseUrl: 'http://gateway.95516.com' }), ['baseUrl insecure'])
  assert.deepEqual(problems({ baseUrl: 'https://gateway.95516.com/gateway/api/backTransReq.do' }), [
    'baseUrl with-path',
  ])
  assert.deepEqual(problems({ merchantId: '77729005811004' }), ['merchantId malformed'])
  assert.deepEqual(problems({ terminalId: '0108020' }), ['terminalId malformed'])
  assert.deepEqual(problems({ certId: '1002653215' }), [])
  assert.deepEqual(problems({ certId: '100265321A' }), ['certId not-decimal'])
  assert.deepEqual(problems({ certId: '' }), ['certId not-decimal'])
  assert.deepEqual(problems({ backUrl: 'special' }), ['backUrl malformed'])
  assert.deepEqual(problems({ backUrl: `http://a.example/${'x'.repeat(300)}` }), ['backUrl malformed'])
})

test('the private key is a private key, and long enough', () => {
  assert.deepEqual(problems({ merchantPrivateKey: publicPem }), ['merchantPrivateKey public-half'])
  assert.deepEqual(problems({ merchantPrivateKey: merchantCertificate }), ['merchantPrivateKey certificate'])
  assert.deepEqual(problems({ merchantPrivateKey: shortPem }), ['merchantPrivateKey too-short'])
  for (const text of ['', 'nothing', privatePem.slice(0, 200)]) {
    assert.deepEqual(problems({ merchantPrivateKey: text }), ['merchantPrivateKey not-a-key'])
  }
})

test('UnionPay’s certificates are certificates, valid today, and not the merchant’s own', () => {
  assert.deepEqual(problems({ unionpayCert: 'nothing' }), ['unionpayCert not-a-certificate'])
  assert.deepEqual(problems({ unionpayCert: publicPem }), ['unionpayCert public-half'])
  assert.deepEqual(problems({ unionpayCert: privatePem }), ['unionpayCert private-half'])
  assert.deepEqual(problems({ unionpayCert: merchantCertificate }), ['unionpayCert own-certificate'])
  assert.deepEqual(problems({ unionpayCert: `${authority}${merchantCertificate}` }), ['unionpayCert own-certificate'])
  const yesterday = certificateOf(unionpayName, gatewayKeys.publicKey, { endMs: payStartedWallMs - dayMs })
  assert.deepEqual(problems({ unionpayCert: yesterday }), ['unionpayCert expired'])
  assert.deepEqual(problems({}, payStartedWallMs - 60 * dayMs), ['unionpayCert not-yet-valid'])
  assert.deepEqual(problems({ connection: { certificateAuthority: 'nothing' } }), ['ca not-a-certificate'])
})

const opened = (changes: Readonly<Record<string, string | undefined>>) =>
  unionpayDefinition.open(
    {
      texts: {
        baseUrl: settings.baseUrl,
        merchantId: settings.merchantId,
        merchantPrivateKey: privatePem,
        certId: settings.certId,
        unionpayCert: authority,
        backUrl: settings.backUrl,
        ...changes,
      },
      lists: {},
    },
    { id: 'bank' as ChannelId, wallMs: payStartedWallMs },
  )

test('the definition opens a channel, or tells what is wrong without quoting it', () => {
  const opening = opened({})
  assert.ok(opening.ok)
  assert.equal(opening.channel.id, 'bank')
  const told = (changes: Readonly<Record<string, string | undefined>>): readonly string[] => {
    const refused = opened(changes)
    return refused.ok ? [] : refused.problems.map(({ field, problem }) => `${field} ${problem}`)
  }
  assert.deepEqual(told({ merchantPrivateKey: publicPem }), [
    'merchantPrivateKey is the public half, and the private key belongs here',
  ])
  assert.deepEqual(told({ merchantId: 'short' }), ['merchantId is not 15 letters and digits'])
  assert.deepEqual(told({ terminalId: 'short' }), ['terminalId is not 8 letters and digits'])
  for (const field of ['baseUrl', 'merchantId', 'merchantPrivateKey', 'certId', 'unionpayCert', 'backUrl']) {
    const list = told({ [field]: undefined })
    assert.equal(list.length, 1, field)
    assert.match(list[0] ?? '', new RegExp(`^${field} (is|must) `))
  }
  assert.doesNotMatch(JSON.stringify(opened({ merchantPrivateKey: `${privatePem.slice(0, -40)}x` })), /MII/)
})

test('each default of a choice is one of its values, and each figure has its source', () => {
  const { fields, policy, policySources, refundPolicy, refundPolicySources } = unionpayDefinition
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'choice') assert.ok(field.values.includes(field.default), name)
  }
  assert.deepEqual(policySources.map(({ setting }) => setting).sort(), Object.keys(policy).sort())
  assert.deepEqual(refundPolicySources.map(({ setting }) => setting).sort(), Object.keys(refundPolicy).sort())
  assert.deepEqual(policyWith(policy, undefined).revokeUntil, { kind: 'hour-of-day', hour: 23 })
  assert.equal(policy.queryAgesMs.at(-1), policy.windowMs)
  assert.deepEqual(
    [...policy.queryAgesMs],
    policy.queryAgesMs.toSorted((left, right) => left - right),
  )
})
