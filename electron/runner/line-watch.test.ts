import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel, HttpRequest } from '../channels/channel.ts'
import type { ChannelId } from '../till/ids.ts'
import type { AwayReason, Contact } from '../till/reachability.ts'
import { type LineWatch, watchLines, watchTimes } from './line-watch.ts'
import type { ExchangeResult } from './ports.ts'
import { virtualTime } from './virtual-time.fixture.ts'

const wechat = 'wechat' as ChannelId
const alipay = 'alipay' as ChannelId
const startWallMs = Date.UTC(2026, 10, 25, 4)
const answered: ExchangeResult = { kind: 'answered', response: { status: 200, headers: {}, body: new Uint8Array() } }
const request = {} as HttpRequest // handed on and never looked at

type Probed = { readonly id: ChannelId; readonly atMs: number; readonly timeoutMs: number }

/** A watch in virtual time; `lines` says what a probe finds now, null being a good answer. */
function watched(ids: readonly ChannelId[] = [wechat]) {
  const time = virtualTime(startWallMs)
  const { clock, alarms } = time.process()
  const lines = new Map<ChannelId, { reason: AwayReason | null; afterMs: number }>()
  for (const id of ids) lines.set(id, { reason: null, afterMs: 50 })
  const probes: Probed[] = []
  const back: ChannelId[] = []
  let changes = 0
  let result = answered
  const watch: LineWatch = watchLines({
    exchange: async () => result,
    channels: ids,
    probe: (id, timeoutMs) =>
      new Promise((resolve) => {
        const startedMs = clock.now().monotonicMs
        probes.push({ id, atMs: time.wallMs() - startWallMs, timeoutMs })
        const line = lines.get(id)
        const delayMs = Math.min(line?.afterMs ?? 0, timeoutMs)
        time.after(delayMs, () => {
          const times = { startedMs, endedMs: clock.now().monotonicMs }
          const reason = delayMs < (line?.afterMs ?? 0) ? 'timed-out' : (line?.reason ?? null)
          const contact: Contact =
            reason === null ? { kind: 'understood', ...times } : { kind: 'failed', reason, ...times }
          resolve(contact)
        })
      }),
    clock,
    alarms,
    onChange: () => {
      changes += 1
    },
    onBack: (id) => back.push(id),
  })
  return {
    time,
    watch,
    probes,
    back,
    changes: () => changes,
    /** From now on probes of this channel find this. */
    turn: (reason: AwayReason | null, { id = wechat, afterMs = 50 } = {}) => lines.set(id, { reason, afterMs }),
    /** A request of an order comes to this. */
    order: async (came: ExchangeResult) => {
      result = came
      await watch.exchange({ id: wechat } as Channel, request, 6_000) // the watch looks at the id only
    },
    fresh: () => probes.splice(0).map(({ atMs }) => atMs),
  }
}
const refused: ExchangeResult = { kind: 'not-sent', reason: 'refused', detail: 'ECONNREFUSED at https://x' }
const noRoute: ExchangeResult = { kind: 'not-sent', reason: 'refused', detail: 'ENETUNREACH at https://x' }

test('each channel is asked at the start, and a good word is asked again only when it is a minute old', async () => {
  const { time, watch, probes, fresh } = watched([wechat, alipay])
  watch.start()
  await time.pass(59_000)
  assert.deepEqual(
    probes.map(({ id, atMs }) => `${id} ${atMs}`),
    ['wechat 0', 'alipay 0'],
  )
  fresh()
  await time.pass(2_000)
  assert.deepEqual(fresh(), [60_050, 60_050])
})

test('a payment’s answer is as good as a probe: no probe is sent while payments are made', async () => {
  const { time, watch, order, fresh } = watched()
  watch.start()
  await time.pass(1_000)
  fresh()
  for (let minute = 0; minute < 5; minute += 1) {
    await time.pass(40_000)
    await order(answered)
  }
  assert.deepEqual(fresh(), [])
})

test('a till that nobody uses asks every five minutes, and at once when somebody looks at it again', async () => {
  const { time, watch, fresh } = watched()
  watch.start()
  await time.pass(watchTimes.restsAfterMs + 400_000)
  fresh()
  await time.pass(3_600_000)
  assert.equal(fresh().length, 12)
  watch.refresh()
  await time.settle()
  assert.equal(fresh().length, 1)
})

test('a payment that fails to connect is looked into at once, and two failures make the channel away', async () => {
  const { time, watch, turn, order, fresh, changes } = watched()
  watch.start()
  await time.pass(10_000)
  fresh()
  turn('refused')
  await order(refused)
  assert.equal(watch.of(wechat).kind, 'doubtful')
  assert.equal(watch.away(wechat), null)
  await time.pass(100)
  assert.deepEqual(fresh(), [10_000])
  assert.equal(watch.of(wechat).kind, 'away')
  assert.deepEqual(watch.away(wechat), { channel: wechat, reason: 'refused', sinceWallMs: startWallMs + 10_000 })
  assert.equal(changes(), 3)
})

test('an away channel is asked after 2, 4, 8, 16 and then every 30 seconds, and its return is told once', async () => {
  const { time, watch, turn, order, fresh, back } = watched()
  watch.start()
  await time.pass(10_000)
  fresh()
  turn('no-network')
  await order(noRoute)
  await time.pass(125_000)
  const asked = fresh()
  const gaps = asked.map((atMs, place) => atMs - (asked[place - 1] ?? 10_000) - (place === 0 ? 0 : 50))
  assert.deepEqual(gaps, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  assert.deepEqual(back, [])
  turn(null)
  await time.pass(31_000)
  assert.equal(watch.of(wechat).kind, 'reachable')
  assert.deepEqual(back, [wechat])
})

test('a refusal needs a fresh quick probe; a line that recovered meanwhile refuses nobody', async () => {
  const { time, watch, turn, order, probes, back } = watched()
  assert.equal(await watch.confirmAway(wechat), null, 'nothing was heard: the payment may be tried')
  await order(refused)
  assert.equal(await watch.confirmAway(wechat), null, 'a doubt refuses nobody')
  assert.equal(probes.length, 0)
  turn('refused')
  await order(noRoute)
  const confirmed = watch.confirmAway(wechat)
  await time.pass(100)
  assert.equal((await confirmed)?.reason, 'refused')
  assert.equal(probes.at(-1)?.timeoutMs, watchTimes.quickProbeTimeoutMs)
  turn(null)
  const recovered = watch.confirmAway(wechat)
  await time.pass(100)
  assert.equal(await recovered, null)
  assert.deepEqual(back, [wechat])
})

test('a line that answers slowly comes back by the patient probe, though the quick one gives it up', async () => {
  const { time, watch, turn, order } = watched()
  watch.start()
  await time.pass(1_000)
  turn(null, { afterMs: 3_000 })
  await order(noRoute)
  const confirmed = watch.confirmAway(wechat)
  await time.pass(2_000)
  assert.equal((await confirmed)?.reason, 'timed-out')
  await time.pass(8_000)
  assert.equal(watch.of(wechat).kind, 'reachable')
})

test('the network is gone only when every channel is', async () => {
  const { time, watch, turn } = watched([wechat, alipay])
  turn('timed-out')
  watch.start()
  await time.pass(3_000)
  assert.equal(watch.away(wechat)?.reason, 'timed-out')
  assert.equal(watch.network(), null)
  turn('name-not-resolved', { id: alipay })
  watch.note(alipay, { kind: 'failed', reason: 'name-not-resolved', startedMs: 1e9, endedMs: 1e9 })
  assert.equal(watch.network(), 'name-not-resolved')
})

test('a watch that was not started or was stopped asks nobody by itself', async () => {
  const { time, watch, turn, order, fresh } = watched()
  turn('refused')
  await order(refused)
  await time.pass(600_000)
  assert.deepEqual(fresh(), [])
  watch.start()
  await time.pass(5_000)
  watch.stop()
  fresh()
  await time.pass(600_000)
  assert.deepEqual(fresh(), [])
})
