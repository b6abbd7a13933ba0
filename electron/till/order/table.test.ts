import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { orderEventTypes } from './event.ts'
import { isFinal, type Order, orderStatuses } from './order.ts'
import { createOrder, step } from './step.ts'
import { at, created, everyEvent, inStatus, payRequested, policy, possible } from './stories.fixture.ts'
import { orderTable } from './table.ts'

test('every state takes every event with every outcome, and stays within its row of the table', () => {
  for (const status of orderStatuses) {
    for (const inFlight of ['none', 'pay', 'query', 'revoke'] as const) {
      for (const event of everyEvent(at(50_000))) {
        const { order } = step({ ...inStatus(status), inFlight }, event)
        assert.ok(orderTable[status][event.type].to.includes(order.status))
      }
    }
  }
  assert.deepEqual([...new Set(everyEvent(at(0)).map(({ type }) => type))].sort(), [...orderEventTypes].sort())
})

test('every status that the table names as a goal is reached by some event', () => {
  const reached = new Map<string, Set<string>>()
  const note = (order: Order) => {
    for (const event of everyEvent(at(50_000))) {
      const key = `${order.status} + ${event.type}`
      reached.set(key, (reached.get(key) ?? new Set()).add(step(order, event).order.status))
    }
  }
  for (const status of orderStatuses) {
    const order = inStatus(status)
    const purposes = ['poll', 'last', 'confirm', 'doubted-failure'] as const
    for (const queryPurpose of purposes) {
      note({ ...order, queryPurpose })
      note({ ...order, queryPurpose, revokeTriesCounted: 9 })
      note({ ...order, queryPurpose, doubtedFailure: 'payment-failed' })
      note({ ...order, queryPurpose, revokesThatMayHaveArrived: 0 })
      note({ ...order, queryPurpose, policy: { ...policy, canRevoke: false } })
      note({ ...order, queryPurpose, neverLeft: true, moneyWasTaken: false })
      note({ ...order, queryPurpose, payStarted: at(49_000), revokeCause: null })
      note({ ...order, queryPurpose, revokeClaim: 'unstated', notFoundAfterRevoke: 1 })
    }
  }
  for (const status of orderStatuses) {
    for (const type of orderEventTypes) {
      const goals = orderTable[status][type].to.filter((goal) => !reached.get(`${status} + ${type}`)?.has(goal))
      assert.deepEqual(goals, [], `${status} + ${type} never leads to ${goals.join(', ')}`)
    }
  }
})

test('whatever happens, an open order has a request in flight or an alarm clock, and final states keep their word', () => {
  const event = fc.nat(everyEvent(at(0)).length - 1)
  const gapMs = fc.integer({ min: 0, max: 20_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(event, gapMs), { maxLength: 60 }), (choices) => {
      let order = step(createOrder(created), payRequested).order
      let ageMs = 0
      for (const [choice, waitMs] of choices) {
        ageMs += waitMs
        const chosen = everyEvent(at(ageMs))[choice]
        if (!chosen || !possible(order, chosen)) continue
        const before = order
        const result = step(order, chosen)
        order = result.order
        if (!isFinal(order.status)) {
          assert.ok(
            order.inFlight !== 'none' || order.wakeAtMonotonicMs !== null,
            `${order.status} would sleep for ever`,
          )
        }
        if (isFinal(before.status)) assert.ok([before.status, 'attention'].includes(order.status))
        if (order.status === 'paid') assert.ok(order.transactionId !== null)
        if (order.status === 'revoked') assert.ok(order.revokeEffect !== null)
        if (order.status === 'attention') assert.ok(order.attentionReason !== null)
        if (order.status === 'failed') assert.ok(order.failureReason !== null)
        for (const effect of result.effects) {
          if (effect.type !== 'send-revoke') continue
          assert.notEqual(before.status, 'paid')
          assert.ok(chosen.type === 'query-answered', 'a query stands right before each revoke')
          assert.ok(chosen.at.monotonicMs - order.payLeftMonotonicMs >= policy.revokeMinAgeMs)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})
