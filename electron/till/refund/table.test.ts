import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { refundEventTypes } from './event.ts'
import { refundStatesPage } from './page.ts'
import { isRefundFinal, type Refund, refundStatuses } from './refund.ts'
import { createRefund, foldRefund, stepRefund } from './step.ts'
import { after, at, created, everyEvent, heard, inStatus, requested, told, woken } from './stories.fixture.ts'
import { refundTable } from './table.ts'

const evidence = {}

test('docs/refund-states.md is what the table prints; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../../docs/refund-states.md', import.meta.url), 'utf8')
  assert.equal(page, refundStatesPage())
})

test('every state takes every event with every outcome, and stays within its row of the table', () => {
  for (const status of refundStatuses) {
    assert.equal(inStatus[status].status, status)
    for (const inFlight of ['none', 'refund', 'query'] as const) {
      for (const event of everyEvent(at(50_000))) {
        const { refund } = stepRefund({ ...inStatus[status], inFlight }, event)
        assert.ok(refundTable[status][event.type].to.includes(refund.status))
        assert.equal(refund.version, inStatus[status].version + 1)
      }
    }
  }
  assert.deepEqual([...new Set(everyEvent(at(0)).map(({ type }) => type))].sort(), [...refundEventTypes].sort())
})

test('every status that the table names as a goal is reached by some event', () => {
  for (const status of refundStatuses) {
    const variants: readonly Refund[] = (['none', 'refund', 'query'] as const).flatMap((inFlight) => {
      const refund = { ...inStatus[status], inFlight }
      return [
        refund,
        { ...refund, tries: 9 },
        { ...refund, asksInRow: 9 },
        { ...refund, doubtedFailure: 'refused' },
        { ...refund, retryWantedBy: 'staff' },
      ]
    })
    for (const type of refundEventTypes) {
      const events = everyEvent(at(50_000)).filter((event) => event.type === type)
      const reached = new Set(
        variants.flatMap((refund) => events.map((event) => stepRefund(refund, event).refund.status)),
      )
      const goals = refundTable[status][type].to.filter((goal) => !reached.has(goal))
      assert.deepEqual(goals, [], `${status} + ${type} never leads to ${goals.join(', ')}`)
    }
  }
})

test('only a whole answer makes it done; accepted and unproven are asked about', () => {
  assert.equal(after(requested, heard({ kind: 'done', evidence })).status, 'done')
  const accepted = after(requested, heard({ kind: 'accepted', evidence }))
  assert.deepEqual([accepted.status, accepted.wakeAtMonotonicMs], ['processing', at(11_000).monotonicMs])
  const unproven = after(requested, heard({ kind: 'unproven', evidence }))
  assert.deepEqual([unproven.status, unproven.wakeAtMonotonicMs], ['unknown', at(11_000).monotonicMs])
  const asked = stepRefund(unproven, woken(11_000))
  assert.deepEqual(asked.effects, [{ type: 'send-query' }])
  assert.equal(stepRefund(asked.refund, told({ kind: 'done', evidence })).refund.status, 'done')
})

test('a refusal is a failure only once a query knows of no such refund', () => {
  const refused = after(requested, heard({ kind: 'refused', reason: 'window-over', evidence }))
  assert.equal(refused.status, 'unknown')
  const asked = stepRefund(refused, woken()).refund
  const failed = stepRefund(asked, told({ kind: 'not-found', evidence })).refund
  assert.deepEqual([failed.status, failed.failureReason], ['failed', 'window-over'])
  assert.equal(stepRefund(asked, told({ kind: 'done', evidence })).refund.status, 'done')
  const still = stepRefund(asked, told({ kind: 'unknown', reason: 'no-answer', evidence })).refund
  assert.deepEqual([still.status, still.doubtedFailure], ['unknown', 'window-over'])
})

test('not found sends the same refund again, as often as the ladder has waits; then a person must look', () => {
  let refund = after(requested)
  let sent = 1
  for (let turn = 0; turn < 10 && refund.status !== 'attention'; turn += 1) {
    refund = stepRefund(refund, heard({ kind: 'unknown', reason: 'no-answer', evidence })).refund
    refund = stepRefund(refund, woken()).refund
    const step = stepRefund(refund, told({ kind: 'not-found', evidence }))
    sent += step.effects.filter(({ type }) => type === 'send-refund').length
    refund = step.refund
  }
  assert.deepEqual([sent, refund.tries, refund.attentionReason], [2, 2, 'tries-used-up'])
})

test('a person’s retry asks first, and leaves under the same number only if the channel knows of none', () => {
  const asked = stepRefund(inStatus.attention, { type: 'retry-requested', at: at(60_000), by: 'staff' })
  assert.deepEqual(asked.effects, [{ type: 'send-query' }])
  const sent = stepRefund(asked.refund, told({ kind: 'not-found', evidence }))
  assert.deepEqual([sent.effects, sent.refund.status], [[{ type: 'send-refund' }], 'attention'])
  assert.equal(stepRefund(sent.refund, heard({ kind: 'done', evidence })).refund.status, 'done')
  assert.equal(stepRefund(asked.refund, told({ kind: 'done', evidence })).refund.status, 'done')
  const untold = stepRefund(asked.refund, told({ kind: 'unknown', reason: 'no-answer', evidence })).refund
  assert.deepEqual([untold.status, untold.retryWantedBy], ['attention', null])
})

test('a success after the end as failed is a case for a person', () => {
  const asked = stepRefund(inStatus.failed, { type: 'query-requested', at: at(90_000), by: 'staff' }).refund
  const told_ = stepRefund(asked, told({ kind: 'done', evidence })).refund
  assert.deepEqual([told_.status, told_.attentionReason], ['attention', 'done-after-end'])
})

test('resumed: what may have arrived is asked about, no sooner than the channel wants; what never left leaves', () => {
  const soon = stepRefund(inStatus.requested, { type: 'resumed', at: { wallMs: at(4_000).wallMs, monotonicMs: 7 } })
  assert.deepEqual(soon.effects, [{ type: 'wake-at', monotonicMs: 7 + 6_000 }])
  const late = stepRefund(inStatus.requested, { type: 'resumed', at: at(3_600_000) })
  assert.deepEqual([late.effects, late.refund.status], [[{ type: 'send-query' }], 'unknown'])
  const unsent = stepRefund(inStatus.created, { type: 'resumed', at: at(9_000) })
  assert.deepEqual(unsent.effects, [{ type: 'send-refund' }])
})

test('whatever happens: an open refund never sleeps for ever, and number, amount and order never change', () => {
  const event = fc.nat(everyEvent(at(0)).length - 1)
  const gapMs = fc.integer({ min: 0, max: 60_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(event, gapMs), { maxLength: 60 }), (choices) => {
      let refund = stepRefund(createRefund(created), requested).refund
      const events = [requested]
      let ageMs = 0
      for (const [choice, waitMs] of choices) {
        ageMs += waitMs
        const chosen = everyEvent(at(ageMs))[choice]
        if (!chosen) continue
        // An answer comes only to what was asked.
        if (chosen.type === 'refund-answered' && refund.inFlight !== 'refund') continue
        if (chosen.type === 'query-answered' && refund.inFlight !== 'query') continue
        const before = refund
        const step = stepRefund(refund, chosen)
        refund = step.refund
        events.push(chosen)
        if (['requested', 'processing', 'unknown'].includes(refund.status)) {
          assert.ok(refund.inFlight !== 'none' || refund.wakeAtMonotonicMs !== null, `${refund.status} would sleep`)
        }
        if (isRefundFinal(before.status)) assert.ok([before.status, 'attention'].includes(refund.status))
        if (before.status === 'done') assert.equal(refund.status, 'done')
        if (refund.status === 'failed') assert.ok(refund.failureReason !== null)
        if (refund.status === 'attention') assert.ok(refund.attentionReason !== null)
        const { refundNumber, amountFen, orderNumber } = refund
        assert.deepEqual(
          { refundNumber, amountFen, orderNumber },
          { refundNumber: created.refundNumber, amountFen: created.amountFen, orderNumber: created.orderNumber },
        )
        for (const effect of step.effects) {
          if (effect.type !== 'send-refund') continue
          assert.ok(!isRefundFinal(before.status), 'nothing is sent after an end')
          assert.ok(chosen.type === 'query-answered', 'a question stands before every further try')
        }
      }
      assert.deepEqual(foldRefund(created, events), refund)
    }),
    { numRuns: 2_000 },
  )
})
