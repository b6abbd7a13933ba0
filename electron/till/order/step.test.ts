import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PayOutcome, RevokeOutcome } from '../outcome.ts'
import { policyByAge, policyByDay } from '../policy.fixture.ts'
import type { OrderEvent } from './event.ts'
import { orderStatuses } from './order.ts'
import { createOrder, foldOrder, step } from './step.ts'
import {
  accepted,
  at,
  awaiting,
  closed,
  created,
  effects,
  everyEvent,
  evidence,
  inStatus,
  notFound,
  paid,
  payAnswered,
  payRequested,
  policy,
  queryAnswered,
  resumed,
  revokeAnswered,
  revokeRequested,
  start,
  story,
  toRevoking,
  transactionId,
  unclear,
  woken,
} from './stories.fixture.ts'

test('the pay request leaves by the event that is its durable intent, and by no other', () => {
  assert.deepEqual(effects(story()), [{ type: 'send-pay' }])
  for (const status of orderStatuses.filter((each) => each !== 'created')) {
    for (const event of everyEvent(at(20_000))) {
      const { effects: done } = step(inStatus(status), event)
      assert.ok(!done.some((effect) => effect.type === 'send-pay'), `${status} + ${event.type} would charge again`)
    }
  }
})

test('a verified paid answer makes the order paid', () => {
  const { order } = story(payAnswered(800, paid))
  assert.equal(order.status, 'paid')
  assert.equal(order.transactionId, transactionId)
  assert.deepEqual(effects(story(payAnswered(800, paid))), [])
})

test('waiting for the payer asks by the schedule of the policy', () => {
  assert.deepEqual(effects(story(payAnswered(500, awaiting))), [{ type: 'wake-at', monotonicMs: 1_005_000 }])
  assert.deepEqual(effects(story(payAnswered(500, awaiting), woken(5_000))), [{ type: 'send-query', purpose: 'poll' }])
  const later = story(payAnswered(500, awaiting), woken(5_000), queryAnswered(5_200, awaiting))
  assert.deepEqual(effects(later), [{ type: 'wake-at', monotonicMs: 1_008_000 }])
})

test('an early alarm clock asks nothing and sets itself again', () => {
  const result = story(payAnswered(500, awaiting), woken(4_999))
  assert.deepEqual(effects(result), [{ type: 'wake-at', monotonicMs: 1_005_000 }])
})

test('a failed query never makes a failed payment', () => {
  const { order } = story(payAnswered(500, awaiting), woken(5_000), queryAnswered(5_200, unclear))
  assert.equal(order.status, 'awaiting-payer')
})

test('order not found right after paying is unknown, not failed', () => {
  const { order } = story(payAnswered(500, unclear), woken(5_000), queryAnswered(5_200, notFound))
  assert.equal(order.status, 'unknown')
  assert.equal(order.unknownReason, 'order-not-found')
})

test('at the deadline the last query stands right before the revoke, with no gap', () => {
  const asking = story(payAnswered(500, awaiting), woken(45_000))
  assert.deepEqual(effects(asking), [{ type: 'send-query', purpose: 'last' }])
  const revoking = story(...toRevoking)
  assert.equal(revoking.order.status, 'revoking')
  assert.deepEqual(effects(revoking), [{ type: 'send-revoke' }])
})

test('a last query that cannot be answered still leads to the revoke', () => {
  const result = story(payAnswered(500, unclear), woken(45_000), queryAnswered(55_000, unclear))
  assert.deepEqual(effects(result), [{ type: 'send-revoke' }])
})

test('a last query that says paid makes the order paid and nothing is revoked', () => {
  const result = story(payAnswered(500, awaiting), woken(45_000), queryAnswered(45_100, paid))
  assert.equal(result.order.status, 'paid')
  assert.deepEqual(effects(result), [])
})

test('a cashier who cancels early waits for the minimum age, then asks and revokes', () => {
  const wanted = story(payAnswered(500, awaiting), revokeRequested(6_000))
  assert.deepEqual(effects(wanted), [{ type: 'wake-at', monotonicMs: 1_015_000 }])
  const asked = story(payAnswered(500, awaiting), revokeRequested(6_000), woken(15_000))
  assert.deepEqual(effects(asked), [{ type: 'send-query', purpose: 'last' }])
})

test('a payer who confirms after the cashier wanted the revoke gets the money back', () => {
  const result = story(payAnswered(500, awaiting), revokeRequested(16_000), queryAnswered(16_100, paid))
  assert.equal(result.order.status, 'revoking')
  const done = story(
    payAnswered(500, awaiting),
    revokeRequested(16_000),
    queryAnswered(16_100, paid),
    revokeAnswered(16_200, accepted),
    queryAnswered(16_300, closed('unstated')),
  )
  assert.equal(done.order.status, 'revoked')
  assert.equal(done.order.revokeEffect, 'refunded')
})

test('an accepted revoke is confirmed by a query before it is believed', () => {
  const claimed = story(...toRevoking, revokeAnswered(45_200, accepted))
  assert.equal(claimed.order.status, 'revoking')
  assert.deepEqual(effects(claimed), [{ type: 'send-query', purpose: 'confirm' }])
  const confirmed = story(...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, closed('unstated')))
  assert.equal(confirmed.order.status, 'revoked')
  assert.equal(confirmed.order.revokeEffect, 'closed')
})

test('an accepted revoke that did nothing is tried again, and a late paid never makes it paid', () => {
  const result = story(...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, paid))
  assert.equal(result.order.status, 'revoking')
  assert.equal(result.order.moneyWasTaken, true)
  assert.deepEqual(effects(result), [{ type: 'wake-at', monotonicMs: 1_047_300 }])
})

test('a revoke that never left the machine leaves room for a late paid', () => {
  const refused: RevokeOutcome = { kind: 'try-again', reason: 'not-reachable', evidence }
  const result = story(...toRevoking, revokeAnswered(45_200, refused), woken(47_200), queryAnswered(47_300, paid))
  assert.equal(result.order.status, 'paid')
})

test('a revoke refused because the payer confirms costs no try', () => {
  const confirming: RevokeOutcome = { kind: 'payer-confirming', evidence }
  const result = story(...toRevoking, revokeAnswered(45_200, confirming))
  assert.deepEqual(effects(result), [{ type: 'wake-at', monotonicMs: 1_048_200 }])
  assert.equal(result.order.revokes, 1)
  assert.equal(result.order.revokeTriesCounted, 0)
})

test('when all tries are used up a person must look', () => {
  const again: RevokeOutcome = { kind: 'try-again', reason: 'system-error', evidence }
  let order = story(...toRevoking).order
  let ageMs = 45_200
  let tries = 0
  while (order.status === 'revoking') {
    const event: OrderEvent =
      order.inFlight === 'revoke'
        ? revokeAnswered(ageMs, again)
        : order.inFlight === 'query'
          ? queryAnswered(ageMs, paid)
          : woken((order.wakeAtMonotonicMs ?? 0) - 1_000_000)
    tries += event.type === 'revoke-answered' ? 1 : 0
    order = step(order, event).order
    ageMs = Math.max(ageMs, event.at.monotonicMs - 1_000_000) + 100
    assert.ok(tries < 50, 'the revoke goes on for ever')
  }
  assert.equal(order.status, 'attention')
  assert.equal(order.attentionReason, 'revoke-tries-used-up')
  assert.equal(tries, policy.revokeRetryMs.length + 1)
})

test('a doubted refusal is failed only when a query does not know better', () => {
  const refusal: PayOutcome = { kind: 'failed-unless-query-differs', reason: 'payment-failed', evidence }
  assert.deepEqual(effects(story(payAnswered(500, refusal))), [{ type: 'send-query', purpose: 'doubted-failure' }])
  assert.equal(story(payAnswered(500, refusal), queryAnswered(600, notFound)).order.status, 'failed')
  assert.equal(story(payAnswered(500, refusal), queryAnswered(600, paid)).order.status, 'paid')
  const unpaid = story(payAnswered(500, refusal), queryAnswered(600, { kind: 'unpaid', evidence }))
  assert.deepEqual(effects(unpaid), [{ type: 'wake-at', monotonicMs: 1_005_000 }])
  assert.equal(unpaid.order.revokeCause, 'channel')
})

test('a case whose refund was begun never becomes paid by a late answer', () => {
  const neverRevoked = { ...inStatus('attention'), revokesThatMayHaveArrived: 0, revokeCause: 'deadline' } as const
  const hear = (refundBegun: boolean) => {
    const asked = step({ ...neverRevoked, refundBegun }, { type: 'query-requested', at: at(60_000), by: 'staff' })
    return step(asked.order, queryAnswered(60_100, paid)).order.status
  }
  assert.equal(hear(false), 'paid')
  assert.equal(hear(true), 'attention')
})

test('a number that the channel calls used is never taken for an order that it does not know', () => {
  const used: PayOutcome = { kind: 'failed-unless-query-differs', reason: 'order-number-used', evidence }
  const asked = story(payAnswered(500, used), queryAnswered(600, notFound))
  assert.equal(asked.order.status, 'unknown')
  assert.equal(
    story(payAnswered(500, used), queryAnswered(600, notFound), queryAnswered(5_100, paid)).order.status,
    'paid',
  )
})

test('an order that the channel closed by itself is failed; one that was paid and returned is revoked', () => {
  assert.equal(
    story(payAnswered(500, awaiting), woken(5_000), queryAnswered(5_100, closed('unstated'))).order.status,
    'failed',
  )
  const returned = story(payAnswered(500, awaiting), woken(5_000), queryAnswered(5_100, closed('yes'))).order
  assert.equal(returned.status, 'revoked')
  assert.equal(returned.revokeEffect, 'refunded')
})

test('an accepted revoke of an order that the channel does not know needs a second look', () => {
  const once = story(...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, notFound))
  assert.equal(once.order.status, 'revoking')
  const twice = step(step(once.order, woken(48_000)).order, queryAnswered(48_100, notFound))
  assert.equal(twice.order.status, 'failed')
  assert.equal(twice.order.failureReason, 'never-arrived')
})

test('a restart asks first, and a wall clock that ran back counts as no time', () => {
  const waiting = story(payAnswered(500, awaiting)).order
  const moment = { wallMs: start - 60_000, monotonicMs: 7 }
  const result = step(waiting, { type: 'resumed', at: moment })
  assert.deepEqual(effects(result), [{ type: 'send-query', purpose: 'resume' }])
  assert.equal(result.order.payStarted.monotonicMs, 7)
  assert.equal(step(story().order, resumed(3_000)).order.status, 'unknown')
  assert.equal(step(createOrder(created), resumed(3_000)).order.status, 'failed')
})

test('a verified paid for an order that had ended unpaid is a case for a person', () => {
  const failed = story(payAnswered(500, { kind: 'failed', reason: 'balance-low', evidence })).order
  const late = step(
    step(failed, { type: 'query-requested', at: at(9_000), by: 'staff' }).order,
    queryAnswered(9_100, paid),
  )
  assert.equal(late.order.status, 'attention')
  assert.equal(late.order.attentionReason, 'paid-after-end')
})

test('the fold of the events is the order', () => {
  const events = [payRequested, ...toRevoking]
  assert.deepEqual(foldOrder(created, events), story(...toRevoking).order)
})

test('the default policies give every channel a query, a window and a ladder', () => {
  for (const each of [policyByAge, policyByDay]) {
    assert.ok(each.queryAgesMs.every((age, index, ages) => age <= each.windowMs && age > (ages[index - 1] ?? 0)))
    assert.ok(each.revokeRetryMs.length > 0)
    assert.ok(each.revokeMinAgeMs <= each.windowMs)
  }
})
