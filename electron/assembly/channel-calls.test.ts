import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJeepayChannel } from '../channels/jeepay/channel.ts'
import { channelDefinitions } from '../channels/registry.ts'
import type { ExchangeResult } from '../runner/ports.ts'
import type { ChannelRules } from '../settings/settings.ts'
import type { ChannelId } from '../till/ids.ts'
import { policyWith } from '../till/policy.ts'
import type { Contact } from '../till/reachability.ts'
import { channelCalls, channelViews } from './channel-calls.ts'

const rulesOf = (kind: string): ChannelRules => {
  const definition = channelDefinitions.find((each) => each.kind === kind)
  assert.ok(definition)
  return { definition, account: 'of nobody', policy: definition.policy, refundPolicy: definition.refundPolicy }
}

test('every channel of the registry is told by its data alone', () => {
  const policies = Object.fromEntries(
    channelDefinitions.map((definition, place) => {
      const { policy, refundPolicy } = definition
      return [`c${place}`, { definition, account: 'of nobody', policy, refundPolicy }]
    }),
  )
  const views = channelViews({ policies, routes: {} })
  assert.deepEqual(
    views.map(({ kind, api }) => [kind, api]),
    channelDefinitions.map(({ kind, api }) => [kind, api?.version ?? null]),
  )
  for (const [place, view] of views.entries()) {
    const definition = channelDefinitions[place]
    assert.ok(definition)
    const { capability, policy, refundPolicy } = definition
    assert.equal(view.revoke === null, capability.revoke.kind === 'none')
    assert.equal(view.refund?.mostPerOrder, refundPolicy.refundsPerOrder)
    assert.equal(view.refund?.gapMs, Math.min(...refundPolicy.refundRetryMs))
    assert.equal(
      view.figures.some(({ setting }) => setting === 'revokeRetryMs'),
      view.revoke !== null,
    )
    for (const { setting, inForceMs, defaultMs } of view.figures) {
      assert.deepEqual([inForceMs, defaultMs], [[policy[setting]].flat(), [policy[setting]].flat()])
    }
  }
})

test('figures of the configuration stand beside the definition’s, and routes name the wallets', () => {
  const rules = rulesOf('icbc')
  const changed = { ...rules, policy: policyWith(rules.policy, { windowMs: 12_000, revokeMinAgeMs: 4_000 }) }
  const [view] = channelViews({
    policies: { icbc: changed },
    routes: { wechat: ['icbc' as ChannelId], alipay: ['other' as ChannelId, 'icbc' as ChannelId] },
  })
  assert.ok(view)
  assert.deepEqual(view.wallets, ['wechat', 'alipay'])
  assert.equal(view.revoke?.word, 'reversal')
  assert.equal(view.revoke?.notBeforeMs, 4_000)
  const window = view.figures.find(({ setting }) => setting === 'windowMs')
  assert.deepEqual(window, { setting: 'windowMs', inForceMs: [12_000], defaultMs: [rules.policy.windowMs] })
})

const jeepay = {
  id: 'jeepay' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://pay.example.invalid',
  mchNo: 'M1',
  appId: 'A1',
  appSecret: 'secret',
  connection: {},
}

const tested = async (result: ExchangeResult) => {
  const noted: Contact[] = []
  const channel = createJeepayChannel(jeepay)
  const lines = {
    exchange: async () => result,
    clockOffsetMs: () => null,
    note: (_id: string, contact: Contact) => void noted.push(contact),
  }
  const till = {
    settings: { policies: { jeepay: rulesOf('jeepay') }, routes: {}, store: { id: 'S001' } },
    channels: { find: (id: string) => (id === 'jeepay' ? { channel } : undefined) },
    lines,
  }
  // Of the till only what a test call uses.
  const calls = channelCalls(till as unknown as Parameters<typeof channelCalls>[0])
  const { kind, ...rest } = await calls['channels.test']({ channel: 'jeepay' })
  return { kind, rest, noted, unknown: await calls['channels.test']({ channel: 'nobody' }) }
}

const answered = (status: number, body: string): ExchangeResult => ({
  kind: 'answered',
  response: { status, headers: {}, body: Buffer.from(body) },
})

test('a test call tells why it failed, with the system’s own code, and the lines hear of it', async () => {
  const away = await tested({ kind: 'not-sent', reason: 'dns', detail: 'ENOTFOUND' })
  assert.deepEqual([away.kind, away.rest], ['failed', { reason: 'name-not-resolved', said: 'dns' }])
  assert.deepEqual(
    away.noted.map((contact) => contact.kind),
    ['failed'],
  )
  assert.deepEqual(away.unknown, { kind: 'no-such-channel' })
  const portal = await tested(answered(200, '<!doctype html><html>login</html>'))
  assert.deepEqual([portal.kind, 'reason' in portal.rest && portal.rest.reason], ['failed', 'portal-page'])
})

test('an answer of the channel that says “no such order” works', async () => {
  const { kind, noted } = await tested(answered(200, JSON.stringify({ code: 9999, msg: '订单不存在' })))
  assert.deepEqual([kind, noted.map((contact) => contact.kind)], ['works', ['understood']])
})
