import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jeepayDefinition } from './definition.ts'
import { context, order, payRequest, settings } from './jeepay.fixture.ts'

const { baseUrl, mchNo, appId, appSecret } = settings
const open = (changes: Readonly<Record<string, string>> = {}) =>
  jeepayDefinition.open(
    { texts: { baseUrl, mchNo, appId, appSecret, ...changes }, lists: {} },
    { id: settings.id, wallMs: order.payStartedWallMs },
  )

test('its four fields make a channel', () => {
  const opening = open()
  assert.ok(opening.ok)
  const { url } = opening.channel.pay.encode(payRequest, context)
  assert.equal(url, 'https://pay.example.invalid/api/pay/unifiedOrder')
  assert.deepEqual(Object.keys(jeepayDefinition.fields), ['baseUrl', 'mchNo', 'appId', 'appSecret'])
})

test('complaints follow the field’s name, all at once, and quote no secret', () => {
  const opening = open({ baseUrl: 'http://10.0.0.1:9216', mchNo: '', appSecret: 'opensesame' })
  assert.ok(!opening.ok)
  assert.deepEqual(opening.problems, [
    { field: 'baseUrl', problem: 'must begin with https:// (plain http is for this machine only)' },
    { field: 'mchNo', problem: 'is malformed' },
    { field: 'appSecret', problem: 'is shorter than 16 characters' },
  ])
})

test('it has no revoke, its ends prove nothing, and rules and capability say the same', () => {
  const { capability, policy } = jeepayDefinition
  assert.deepEqual(capability.revoke, { kind: 'none' })
  assert.equal(capability.endsAreProof, false)
  assert.equal(policy.canRevoke, false)
  // The pay answer lacks the amount, so the first question comes soon (jeepay.md §7 P1).
  assert.ok((policy.queryAgesMs[0] ?? Number.POSITIVE_INFINITY) <= 1_000)
})
