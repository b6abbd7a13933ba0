import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fen } from '../till/money.ts'
import type { OrderStatus } from '../till/order/order.ts'
import {
  accepted,
  awaiting,
  closed,
  evidence,
  notFound,
  paid,
  policy,
  refused,
  returned,
  type Script,
  scanOf,
  tryAgain,
  unclear,
  type VirtualTill,
  virtualTill,
} from './virtual-till.fixture.ts'

const orderOf = (till: VirtualTill) => {
  const [order, ...more] = till.ledger.orders()
  assert.ok(order && more.length === 0)
  return order
}
const sent = (till: VirtualTill, kind: string) => till.happenings.filter(({ what }) => what === `send ${kind}`).length

/** For each status that can be left open: a script, and the moment at which the process is killed in it. */
const crashes: readonly {
  readonly status: OrderStatus
  readonly afterMs: number
  readonly before: Partial<Script>
  readonly after: Partial<Script>
  readonly ends: OrderStatus
}[] = [
  { status: 'paying', afterMs: 50, before: { pay: [paid] }, after: { query: [paid] }, ends: 'paid' },
  { status: 'paying', afterMs: 50, before: { pay: [paid] }, after: { query: [closed] }, ends: 'failed' },
  { status: 'awaiting-payer', afterMs: 1_000, before: {}, after: { query: [awaiting, paid] }, ends: 'paid' },
  { status: 'awaiting-payer', afterMs: 5_050, before: {}, after: { query: [paid] }, ends: 'paid' },
  { status: 'unknown', afterMs: 1_000, before: { pay: [unclear] }, after: { query: [notFound, paid] }, ends: 'paid' },
  { status: 'revoking', afterMs: 20_150, before: {}, after: { query: [closed] }, ends: 'revoked' },
  { status: 'revoking', afterMs: 21_000, before: {}, after: { query: [returned] }, ends: 'revoked' },
  { status: 'revoking', afterMs: 20_150, before: {}, after: { query: [paid], revoke: [tryAgain] }, ends: 'attention' },
  { status: 'attention', afterMs: 60_000, before: {}, after: { query: [returned] }, ends: 'revoked' },
]

test('an order that was open when the process was killed is asked about and ends right, without a second charge', async () => {
  for (const { status, afterMs, before, after, ends } of crashes) {
    const till = virtualTill(before)
    await till.take(scanOf(1))
    await till.time.pass(afterMs)
    assert.equal(orderOf(till).status, status)
    till.script = { pay: [{ decoderBug: 'nobody pays twice' }], query: [awaiting], revoke: [tryAgain], ...after }
    till.log()
    await till.restart()
    await till.time.pass(120_000)
    const log = till.log().filter((what) => !what.startsWith('show'))
    assert.deepEqual(log.slice(0, 2), ['commit resumed', 'send query'], `${status}: asks first`)
    assert.equal(sent(till, 'pay'), 1, `${status}: one pay request in all its life`)
    assert.equal(orderOf(till).status, ends, `${status} at ${afterMs} ms`)
  }
})

test('a killed till asks at once, and past the window it revokes once the minimum age is over by its own clock', async () => {
  const till = virtualTill({ revoke: [accepted] })
  await till.take(scanOf(1))
  await till.time.pass(1_000)
  till.log()
  await till.restart(policy.windowMs)
  await till.time.pass(policy.revokeMinAgeMs - 100)
  // The wall clock may have been put ahead meanwhile, so it does not prove that the order is old enough (I7).
  const before = till.log().filter((what) => what.startsWith('send'))
  assert.ok(before.length > 1 && before.every((what) => what === 'send query'))
  await till.time.pass(250)
  assert.deepEqual(
    till.log().filter((what) => what.startsWith('send')),
    ['send query', 'send revoke'],
  )
  till.script = { ...till.script, query: [returned] }
  await till.time.pass(1_000)
  assert.deepEqual([orderOf(till).status, orderOf(till).revokeEffect], ['revoked', 'refunded'])
})

test('a till that was down for less than the minimum age waits for it from its start', async () => {
  const till = virtualTill()
  await till.take(scanOf(1))
  await till.time.pass(1_000)
  await till.restart(2_000)
  void till.runner().act(orderOf(till).orderNumber, 'revoke', 'cashier')
  await till.time.pass(60_000)
  const first = till.happenings.find(({ what }) => what === 'send revoke')
  assert.equal(first?.atMs, 3_000 + policy.revokeMinAgeMs + 100)
})

test('a revoke whose answer was lost in a crash counts as one that may have arrived', async () => {
  const till = virtualTill()
  await till.take(scanOf(1))
  await till.time.pass(20_150)
  assert.equal(orderOf(till).inFlight, 'revoke')
  till.script = { ...till.script, query: [paid] }
  await till.restart()
  await till.time.pass(120_000)
  assert.notEqual(orderOf(till).status, 'paid')
})

test('crash after crash never climbs over the ladder of tries', async () => {
  const till = virtualTill()
  await till.take(scanOf(1))
  await till.time.pass(20_150)
  for (let crash = 0; crash < 10; crash += 1) {
    await till.restart()
    await till.time.pass(150)
  }
  await till.time.pass(60_000)
  assert.equal(orderOf(till).status, 'attention')
  assert.equal(sent(till, 'revoke'), policy.revokeRetryMs.length + 1)
})

test('a crash in the midst of a staff’s question leaves an order at its end that can be asked again', async () => {
  const till = virtualTill({ pay: [paid], query: [paid] })
  const taken = await till.take(scanOf(1))
  assert.ok(taken.kind === 'started')
  await till.time.pass(1_000)
  await till.runner().act(taken.order.orderNumber, 'query', 'staff')
  assert.equal(orderOf(till).inFlight, 'query')
  await till.restart()
  const before = sent(till, 'query')
  const outcome = await till.runner().act(taken.order.orderNumber, 'query', 'staff')
  await till.time.pass(1_000)
  assert.ok(outcome.kind === 'done')
  assert.equal(sent(till, 'query'), before + 1)
  const settled = await till.runner().settled(taken.order.orderNumber)
  assert.equal(settled?.inFlight, 'none')
  const again = await till.take(scanOf(1))
  assert.ok(again.kind === 'scanned-before')
  assert.equal(again.order.inFlight, 'none')
})

/** A world that keeps its own account: what it charges, what it returns, what it says of both. */
const worlds = fc.record({
  pays: fc.constantFrom('at-once', 'later', 'never', 'never-and-refused' as const),
  paysAfterMs: fc.integer({ min: 200, max: 40_000 }),
  losesEvery: fc.integer({ min: 2, max: 9 }),
  revokesWorkFrom: fc.integer({ min: 0, max: 4 }),
  killsAtMs: fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 4 }),
  cancelsAtMs: fc.option(fc.integer({ min: 0, max: 30_000 })),
})

test('whatever is lost, late or killed: one charge at most, success only when told, and money never kept in silence', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ pays, paysAfterMs, losesEvery, revokesWorkFrom, killsAtMs, cancelsAtMs }) => {
      const till = virtualTill()
      const bornMs = till.time.wallMs()
      let arrived: number | null = null
      let charged = false
      let closedAs: 'returned' | 'unpaid' | null = null
      let requests = 0
      let revokes = 0
      const look = (): void => {
        const ageMs = arrived === null ? 0 : till.time.wallMs() - arrived
        if (closedAs === null && arrived !== null && pays === 'later' && ageMs >= paysAfterMs) charged = true
      }
      const lost = (): boolean => {
        requests += 1
        return requests % losesEvery === 0
      }
      // The script is read when a request leaves: each reading plays the world on.
      till.script = {
        get pay() {
          arrived ??= till.time.wallMs()
          if (pays === 'at-once') charged = true
          if (lost()) return [{ unheard: 'no-answer' }] as const
          if (pays === 'at-once') return [paid] as const
          return pays === 'never-and-refused' ? ([refused] as const) : ([awaiting] as const)
        },
        get query() {
          look()
          if (lost()) return [{ unheard: 'no-answer' }] as const
          if (arrived === null) return [notFound] as const
          if (closedAs !== null) return [closedAs === 'returned' ? returned : closed] as const
          if (charged) return [paid] as const
          return pays === 'never-and-refused' ? ([closed] as const) : ([awaiting] as const)
        },
        get revoke() {
          look()
          revokes += 1
          if (revokes > revokesWorkFrom) closedAs ??= charged ? 'returned' : 'unpaid'
          if (lost()) return [{ unheard: 'no-answer' }] as const
          return closedAs === null ? ([tryAgain] as const) : ([accepted] as const)
        },
      }
      const shown: OrderStatus[] = []
      till.onShow = ({ status }) => shown.push(status)
      const taken = await till.take(scanOf(1))
      assert.ok(taken.kind === 'started')
      const moments = [
        ...killsAtMs.map((atMs) => ({ atMs, does: () => till.restart() })),
        ...(cancelsAtMs === null
          ? []
          : [{ atMs: cancelsAtMs, does: () => void till.runner().act(taken.order.orderNumber, 'revoke', 'cashier') }]),
      ].sort((a, b) => a.atMs - b.atMs)
      for (const { atMs, does } of moments) {
        await till.time.pass(Math.max(0, bornMs + atMs - till.time.wallMs()))
        await does()
      }
      await till.time.pass(600_000)

      const order = orderOf(till)
      const isCharged = charged && closedAs !== 'returned'
      assert.equal(sent(till, 'pay'), arrived === null ? 0 : 1)
      if (shown.includes('paid')) assert.ok(isCharged, 'shown as paid, and the money is not here')
      if (order.status === 'paid') assert.ok(isCharged)
      if (order.status === 'failed') assert.ok(!isCharged)
      if (order.status === 'revoked') {
        assert.equal(order.revokeEffect, closedAs === 'returned' ? 'refunded' : 'closed')
        assert.ok(!isCharged)
      }
      assert.ok(['paid', 'failed', 'revoked', 'attention'].includes(order.status), `left as ${order.status}`)
      assert.equal(order.inFlight, 'none')
      assert.equal(order.amountFen, fen(1234))
    }),
    { numRuns: 300 },
  )
})

test('each commit stands before what it allows: in every story the log is in the order of rule 1', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(awaiting, unclear, notFound, paid, closed, { unheard: 'no-answer' } as const), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.constantFrom(accepted, tryAgain, { outcome: { kind: 'payer-confirming', evidence } } as const),
      async (query, revoke) => {
        const till = virtualTill({ query, revoke: [revoke] })
        await till.take(scanOf(1))
        await till.time.pass(400_000)
        const log = till.log()
        const allowedBy: Readonly<Record<string, readonly string[]>> = {
          'send pay': ['commit pay-requested'],
          'send query': ['commit woken', 'commit query-answered', 'commit revoke-answered', 'commit pay-answered'],
          'send revoke': ['commit query-answered'],
        }
        for (const [place, what] of log.entries()) {
          const commit = log.slice(0, place).findLast((earlier) => earlier.startsWith('commit')) ?? 'nothing'
          if (what.startsWith('send')) assert.ok(allowedBy[what]?.includes(commit), `${commit} → ${what}`)
          if (what.startsWith('show')) assert.ok(log[place - 1]?.startsWith('commit'), `${log[place - 1]} → ${what}`)
        }
      },
    ),
    { numRuns: 100 },
  )
})
