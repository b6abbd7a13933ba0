import assert from 'node:assert/strict'
import { test } from 'node:test'
import { walletRules } from '../till/payment-code.ts'
import type { ChannelDefinition } from './definition.ts'
import { channelDefinitions, findDefinition } from './registry.ts'

const nameOf = ({ kind, api }: ChannelDefinition): string => (api === undefined ? kind : `${kind} ${api.version}`)

test('every kind is there once, and a kind with versions has one default', () => {
  const names = channelDefinitions.map(nameOf)
  assert.deepEqual([...new Set(names)], names)
  for (const definition of channelDefinitions) {
    const { kind, api } = definition
    assert.equal(findDefinition(kind, api?.version), definition)
    const ofKind = channelDefinitions.filter((each) => each.kind === kind)
    if (api === undefined) {
      assert.equal(ofKind.length, 1, `${kind}: one without versions stands beside others`)
      continue
    }
    assert.equal(ofKind.filter((each) => each.api?.isDefault).length, 1, kind)
    assert.equal(findDefinition(kind, undefined)?.api?.isDefault, true)
  }
  assert.equal(findDefinition('none', undefined), undefined)
  assert.equal(findDefinition('wechat', 'v1'), undefined)
})

for (const definition of channelDefinitions) {
  const name = nameOf(definition)
  const { policy, policySources, refundPolicy, refundPolicySources, fields, capability } = definition

  test(`${name}: every figure names its source`, () => {
    assert.deepEqual(policySources.map(({ setting }) => setting).toSorted(), Object.keys(policy).toSorted())
    assert.deepEqual(refundPolicySources.map(({ setting }) => setting).toSorted(), Object.keys(refundPolicy).toSorted())
    for (const { source } of [...policySources, ...refundPolicySources]) assert.ok(source.length > 5, source)
  })

  test(`${name}: its figures make a loop that ends`, () => {
    const { queryAgesMs, windowMs, pollMs, revokeMinAgeMs, requestTimeoutMs } = policy
    assert.equal(queryAgesMs.at(-1), windowMs)
    for (const [place, ageMs] of queryAgesMs.entries()) assert.ok(ageMs > (queryAgesMs[place - 1] ?? 0))
    assert.ok(pollMs > 0 && requestTimeoutMs > 0 && revokeMinAgeMs >= 0)
    assert.ok(refundPolicy.refundAskMs.length > 0 && refundPolicy.refundWindowMs > 0)
  })

  test(`${name}: its fields and wallets are well named, and it opens nothing that is not there`, () => {
    for (const field of Object.keys(fields)) {
      assert.match(field, /^[a-z][A-Za-z0-9]*$/)
      assert.ok(!['id', 'kind', 'api', 'ca'].includes(field), field)
    }
    assert.ok(capability.wallets.length > 0)
    assert.equal(capability.revoke.kind === 'none', policy.canRevoke === false, 'the rules read the policy')
    assert.equal(capability.refund.kind === 'none', refundPolicy.canRefund === false, 'the rules read the policy')
    for (const wallet of capability.wallets)
      assert.ok(
        walletRules.some((rule) => rule.wallet === wallet),
        wallet,
      )
  })
}

test('what the official pages demand holds', () => {
  const wechat = findDefinition('wechat', 'v2')
  const alipay = findDefinition('alipay', undefined)
  // wechat.md §5: no revoke within 15 s of the pay call, 45 s window, a year of refunds.
  assert.equal(wechat?.policy.revokeMinAgeMs, 15_000)
  assert.equal(wechat.policy.windowMs, 45_000)
  assert.equal(wechat.refundPolicy.refundWindowMs, 365 * 86_400_000)
  // alipay.md §4: retries for at least a minute.
  assert.ok((alipay?.policy.revokeRetryMs ?? []).reduce((sum, waitMs) => sum + waitMs, 0) >= 60_000)
})
