import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrderEvent } from './event.ts'
import { isFinal, type Order } from './order.ts'
import { createOrder, step } from './step.ts'
import {
  at,
  awaiting,
  created,
  everyEvent,
  paid,
  payAnswered,
  payRequested,
  policy,
  possible,
  queryAnswered,
  revokeRequested,
  woken,
} from './stories.fixture.ts'
import { caseWaitMs } from './timing.ts'

// A channel without a revoke (Jeepay): doubtful orders end at the desk, and no revoke is ever sent.

const none = { canRevoke: false, revokeUntil: { kind: 'age', ageMs: 0 } } as const
const begun: Order = createOrder({ ...created, policy: { ...policy, ...none } })
const told = (...events: readonly OrderEvent[]) =>
  [payRequested, ...events].reduce((last, event) => step(last.order, event), {
    order: begun,
    effects: [] as readonly unknown[],
  })

test('at the window’s end the order is a person’s, and a late verified answer still settles it', () => {
  const waiting = [payAnswered(500, awaiting), woken(45_000)] as const
  const { order, effects } = told(...waiting, queryAnswered(45_100, awaiting))
  assert.deepEqual([order.status, order.attentionReason, order.revokes], ['attention', 'channel-has-no-revoke', 0])
  assert.deepEqual(effects, [{ type: 'wake-at', monotonicMs: 1_105_100 }])
  assert.equal(told(...waiting, queryAnswered(45_100, paid)).order.status, 'paid')
  const late = told(...waiting, queryAnswered(45_100, awaiting), woken(105_100), queryAnswered(105_200, paid))
  assert.equal(late.order.status, 'paid')
})

test('a case is asked about at growing gaps for a day, though there is no time left to revoke from the start', () => {
  const waits = [1, 600_000, 86_399_000, 86_400_000].map((ageMs) => caseWaitMs(begun, at(ageMs)))
  assert.deepEqual(waits, [60_000, 60_000, 60_000, 6 * 3_600_000])
  assert.equal(caseWaitMs({ ...begun, backgroundAsks: 3 }, at(600_000)), 480_000)
})

test('who cancels gets a last question and then the desk; a “paid” after that is no sale', () => {
  const cancelled = [payAnswered(500, awaiting), revokeRequested(16_000), queryAnswered(16_100, awaiting)] as const
  const { order } = told(...cancelled)
  assert.deepEqual([order.status, order.revokes], ['attention', 0])
  const afterwards = told(...cancelled, woken(76_100), queryAnswered(76_200, paid))
  assert.deepEqual([afterwards.order.status, afterwards.order.moneyWasTaken], ['attention', true])
})

test('whatever happens, no revoke leaves and no open order sleeps for ever', () => {
  const event = fc.nat(everyEvent(at(0)).length - 1)
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 }), (choices) => {
      let order = step(begun, payRequested).order
      let ageMs = 0
      for (const [choice, waitMs] of choices) {
        ageMs += waitMs
        const chosen = everyEvent(at(ageMs))[choice]
        if (!chosen || !possible(order, chosen)) continue
        const result = step(order, chosen)
        order = result.order
        assert.ok(result.effects.every(({ type }) => type !== 'send-revoke'))
        assert.notEqual(order.status, 'revoking')
        if (!isFinal(order.status)) assert.ok(order.inFlight !== 'none' || order.wakeAtMonotonicMs !== null)
      }
    }),
    { numRuns: 2_000 },
  )
})
