import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startLiveServers } from './live-servers.fixture.ts'
import { assertNoCodes, assertWhole, type Line, ordersIn, pay, practiceCode, runTill } from './till-process.fixture.ts'

const servers = await startLiveServers()

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  await new Promise((resolve) => server.close(resolve))
  return port
}

type ChannelEntry = { readonly id: string; readonly baseUrl?: string }

/** A till whose WeChat Pay stands at a dead port; Alipay works. */
async function halfOfflineTill(context: TestContext, tillId: string): Promise<string> {
  const data = servers.liveFolder(context, tillId)
  const path = join(data, 'config.json')
  const configuration = JSON.parse(readFileSync(path, 'utf8')) as { readonly channels: readonly ChannelEntry[] }
  const baseUrl = `https://127.0.0.1:${await deadPort()}`
  const channels = configuration.channels.map((each) => (each.id === 'wechat' ? { ...each, baseUrl } : each))
  writeFileSync(path, JSON.stringify({ ...configuration, channels }))
  return data
}

test('pay over a dead line is refused with the reason: no order, no charge, exit 1; the other wallet is charged', async (context) => {
  const data = await halfOfflineTill(context, 'OFF1')
  const refused = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  assert.equal(refused.exit, 1, refused.stderr)
  const last: Line | undefined = refused.last
  assert.ok(last)
  const { type, status, reason, awayReason, channel, orderNumber } = last
  assert.deepEqual(
    { type, status, reason, awayReason, channel, orderNumber },
    {
      type: 'result',
      status: 'refused',
      reason: 'channel-away',
      awayReason: 'refused',
      channel: 'wechat',
      orderNumber: null,
    },
  )
  assert.match(refused.stderr, /WeChat Pay cannot be reached.*Nothing was charged.*Alipay/)
  assert.deepEqual(await ordersIn(data), [])
  const paid = await pay(context, data, practiceCode('alipay', 'pays-at-once'))
  assert.deepEqual([paid.exit, paid.last?.status], [0, 'paid'], paid.stderr)
  await assertWhole(data)
  assertNoCodes(data, servers.folder)
})

test('doctor says which wallet cannot be used and why, in the counter’s words', async (context) => {
  const data = await halfOfflineTill(context, 'OFF2')
  const { exit, lines } = await runTill(context, ['doctor'], { data })
  const details = lines.filter(({ check }) => String(check).startsWith('channel ')).map(({ detail }) => String(detail))
  assert.equal(exit, 3)
  assert.match(details[0] ?? '', /WeChat Pay cannot be used: its address refuses the connection/)
  assert.match(details[1] ?? '', /answers, and its signature is right/)
})
