import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel, HttpRequest } from '../channels/channel.ts'
import { wechatPolicy } from '../channels/wechat/policy.ts'
import type { ExchangeResult } from '../runner/ports.ts'
import type { ChannelId, OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import { foldOrder } from '../till/order/step.ts'
import { clockSkewWarningMs, watchClock } from './clock-offset.ts'
import { randomNonce, randomSaleId } from './nonce.ts'
import { orderView } from './order-view.ts'
import { ledgerProblemSentence, openingProblemSentence } from './problem-sentence.ts'
import { systemAlarms, systemClock } from './system-time.ts'

const wallMs = Date.UTC(2026, 10, 23, 4)
const channel = { id: 'wechat' } as Channel // the watch looks at the id only
const request = {} as HttpRequest // and hands the request on

function watched(results: readonly ExchangeResult[]) {
  let next = 0
  let changes = 0
  const clock = watchClock(
    async () => results[next++] ?? { kind: 'not-sent', reason: 'refused', detail: '' },
    { now: () => ({ wallMs, monotonicMs: 1 }) },
    () => {
      changes += 1
    },
  )
  return { clock, ask: () => clock.exchange(channel, request, 1_000), changes: () => changes }
}
const answeredAt = (date: string | undefined): ExchangeResult => ({
  kind: 'answered',
  response: { status: 200, headers: date === undefined ? {} : { date }, body: new Uint8Array() },
})

test('the clock’s offset is told by the channels’ dates, and a turn from right to wrong is news', async () => {
  const ahead = new Date(wallMs - clockSkewWarningMs - 5_000).toUTCString()
  const right = new Date(wallMs - 2_000).toUTCString()
  const { clock, ask, changes } = watched([
    answeredAt(right),
    answeredAt(ahead),
    answeredAt('no date'),
    answeredAt(right),
  ])
  assert.equal(clock.offsetMs(), null)
  const seen: (number | null)[] = []
  for (let asked = 0; asked < 4; asked += 1) {
    await ask()
    seen.push(clock.offsetMs(), changes())
  }
  assert.deepEqual(seen, [2_000, 0, 65_000, 1, 65_000, 1, 2_000, 2])
})

const at = (ageMs: number) => ({ wallMs: wallMs + ageMs, monotonicMs: 10_000 + ageMs })
const created: OrderCreated = {
  type: 'created',
  at: at(0),
  orderNumber: 'S0010120261123000001TEST' as OrderNumber,
  saleId: 'sale-1' as OrderCreated['saleId'],
  channel: 'wechat' as ChannelId,
  wallet: 'wechat',
  amountFen: fen(1234),
  maskedCode: '13************3456' as OrderCreated['maskedCode'],
  policy: wechatPolicy,
}
const awaiting: OrderEvent = {
  type: 'pay-answered',
  at: at(500),
  leftAt: at(20),
  outcome: { kind: 'awaiting-payer', evidence: { httpStatus: 200 } },
}
const fold = (...events: OrderEvent[]) => foldOrder(created, [{ type: 'pay-requested', at: at(0) }, ...events])

test('the view counts age, time left and the revoke’s minimum age from when the pay request left', () => {
  const { ageMs, timeLeftMs, revokeAllowedInMs, lastAnswerAgeMs, windowMs } = orderView(fold(awaiting), at(6_500))
  assert.deepEqual(
    { ageMs, timeLeftMs, revokeAllowedInMs, lastAnswerAgeMs, windowMs },
    { ageMs: 6_500, timeLeftMs: 38_500, revokeAllowedInMs: 8_520, lastAnswerAgeMs: 6_000, windowMs: 45_000 },
  )
  const late = orderView(fold(awaiting), at(99_000))
  assert.deepEqual([late.timeLeftMs, late.revokeAllowedInMs], [0, 0])
})

test('a view is plain JSON and holds neither the policy nor clocks of this process', () => {
  const view = orderView(fold(awaiting), at(1_000))
  assert.deepEqual(JSON.parse(JSON.stringify(view)), view)
  assert.ok(!('payStarted' in view) && !('policy' in view))
})

test('a resumed order’s age goes on in the clock of the new process', () => {
  const resumed: OrderEvent = { type: 'resumed', at: { wallMs: wallMs + 20_000, monotonicMs: 300 } }
  const { ageMs } = orderView(fold(awaiting, resumed), { wallMs: wallMs + 21_000, monotonicMs: 1_300 })
  assert.equal(ageMs, 21_000)
})

test('every problem of the ledger has a sentence with the path and an exit code of the contract', () => {
  const path = '/data/ledger.sqlite'
  const problems = [
    { kind: 'read-only', path },
    { kind: 'disk-full', path },
    { kind: 'disk-error', path, detail: 'EIO' },
    { kind: 'newer-file', path, fileVersion: 9, programVersion: 3 },
    { kind: 'damaged', path, damage: { kind: 'torn-page', detail: 'SQLite 11' }, backup: null },
    { kind: 'in-use', path },
  ] as const
  const sentences = problems.map((problem) => ledgerProblemSentence(problem))
  assert.equal(new Set(sentences).size, problems.length)
  assert.ok(sentences.every((sentence) => sentence.includes(path)))
  assert.match(ledgerProblemSentence({ kind: 'closed' }), /closed/)
  const codes = problems.map((problem) => openingProblemSentence({ kind: 'ledger', problem }).exitCode)
  assert.deepEqual(codes, [4, 4, 4, 4, 4, 2])
})

test('nonces are 32 letters and digits and never the same; sale ids neither', () => {
  const nonces = Array.from({ length: 500 }, randomNonce)
  assert.ok(nonces.every((nonce) => /^[0-9A-Za-z]{32}$/.test(nonce)))
  assert.equal(new Set(nonces).size, 500)
  assert.equal(new Set(Array.from({ length: 500 }, randomSaleId)).size, 500)
})

test('alarms ring in the order in which they were set, none early, and not after they were taken back', async () => {
  const rung: number[] = []
  const soon = systemClock.now().monotonicMs + 5
  await new Promise<void>((resolve) => {
    systemAlarms.set(soon, () => rung.push(1))
    systemAlarms.set(soon, () => rung.push(2))
    systemAlarms.set(soon, () => rung.push(3))()
    systemAlarms.set(soon, () => {
      rung.push(systemClock.now().monotonicMs >= soon ? 4 : -1)
      resolve()
    })
    // Farther away than a timer of Node takes: must neither ring at once nor keep the process up once taken back.
    systemAlarms.set(soon + 2 ** 40, () => rung.push(-2))()
  })
  assert.deepEqual(rung, [1, 2, 4])
})
