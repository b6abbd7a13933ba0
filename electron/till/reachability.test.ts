import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type AwayReason,
  awayReasons,
  type Contact,
  hearContact,
  networkAway,
  type Reachability,
  settlingMs,
  unheard,
} from './reachability.ts'

const good = (endedMs: number, startedMs = endedMs - 10): Contact => ({ kind: 'understood', startedMs, endedMs })
const answered = (endedMs: number): Contact => ({ kind: 'answered', startedMs: endedMs - 10, endedMs })
const failed = (reason: AwayReason, endedMs: number, startedMs = endedMs - 10): Contact => ({
  kind: 'failed',
  reason,
  startedMs,
  endedMs,
})
const after = (...contacts: readonly Contact[]): Reachability => contacts.reduce(hearContact, unheard)
const away = (reason: AwayReason): Reachability => ({ kind: 'away', reason, sinceMs: 0, heardMs: 0 })

test('one failure is a doubt, a second independent one is away since the first, one good answer heals', () => {
  assert.equal(after(good(100), failed('timed-out', 200)).kind, 'doubtful')
  const gone = after(good(100), failed('timed-out', 200), failed('refused', 300))
  assert.deepEqual(gone, { kind: 'away', reason: 'refused', sinceMs: 200, heardMs: 300 })
  assert.deepEqual(hearContact(gone, good(400)), { kind: 'reachable', heardMs: 400, healedMs: 400 })
})

test('no route and no name are certain: one is enough; every other reason needs two', () => {
  for (const reason of awayReasons) {
    const isCertain = reason === 'no-network' || reason === 'name-not-resolved'
    assert.equal(after(failed(reason, 100)).kind, isCertain ? 'away' : 'doubtful', reason)
    assert.equal(after(failed(reason, 100), failed(reason, 200)).kind, 'away', reason)
  }
})

test('requests that were under way together are one failure', () => {
  const together = after(good(100), failed('timed-out', 6_200, 200), failed('timed-out', 6_300, 300))
  assert.equal(together.kind, 'doubtful')
  assert.equal(hearContact(together, failed('timed-out', 12_500, 6_400)).kind, 'away')
})

test('a failure that began before the last good answer tells nothing', () => {
  assert.equal(after(good(5_000), failed('timed-out', 6_000, 0)).kind, 'reachable')
  assert.equal(after(good(5_000), failed('refused', 5_100), failed('timed-out', 6_000, 0)).kind, 'doubtful')
})

test('a line that just came back is not away again by one failure, however certain', () => {
  const healed = after(failed('no-network', 100), good(200))
  assert.equal(hearContact(healed, failed('no-network', 300)).kind, 'doubtful')
  assert.equal(hearContact(healed, failed('no-network', 200 + settlingMs)).kind, 'away')
  const alternating = [300, 500, 700].flatMap((atMs) => [failed('no-network', atMs), good(atMs + 100)])
  for (let count = 1; count <= alternating.length; count += 1) {
    assert.notEqual(alternating.slice(0, count).reduce(hearContact, healed).kind, 'away')
  }
})

test('an answer that nobody looked into heals the line, and not what is wrong behind it', () => {
  assert.equal(after(failed('no-network', 100), answered(200)).kind, 'reachable')
  for (const reason of ['keys-refused', 'clock-off', 'unverifiable'] as const) {
    const refused = after(failed(reason, 100), failed(reason, 200), answered(300))
    assert.deepEqual([refused.kind, 'reason' in refused && refused.reason], ['away', reason])
    assert.equal(hearContact(refused, good(400)).kind, 'reachable')
  }
})

test('the network is gone when every channel is away for reasons of the connection', () => {
  assert.equal(networkAway([]), null)
  assert.equal(networkAway([away('timed-out'), away('no-network')]), 'no-network')
  assert.equal(networkAway([away('timed-out'), away('refused')]), 'timed-out')
  assert.equal(networkAway([away('no-network'), after(good(1))]), null)
  assert.equal(networkAway([away('no-network'), unheard]), null)
  assert.equal(networkAway([away('no-network'), away('keys-refused')]), null)
  assert.equal(networkAway([away('refused')]), null, 'one channel may have fallen by itself')
  assert.equal(networkAway([away('no-network')]), 'no-network')
})

test('in any history: good answers heal at once, and nobody is away without two failures or a certain one', () => {
  const contact = fc.record({
    kind: fc.constantFrom('understood', 'answered', 'failed'),
    reason: fc.constantFrom(...awayReasons),
    tookMs: fc.integer({ min: 0, max: 7_000 }),
    gapMs: fc.integer({ min: 0, max: 40_000 }),
  })
  fc.assert(
    fc.property(fc.array(contact, { maxLength: 30 }), (drawn) => {
      let nowMs = 10_000
      let known = unheard
      let failures = 0
      for (const { kind, reason, tookMs, gapMs } of drawn) {
        nowMs += gapMs
        const times = { startedMs: nowMs - tookMs, endedMs: nowMs }
        if (kind === 'failed') {
          failures += 1
          known = hearContact(known, { kind, reason, ...times })
        } else {
          known = hearContact(known, kind === 'understood' ? { kind, ...times } : { kind: 'answered', ...times })
        }
        if (kind === 'understood') {
          failures = 0
          assert.equal(known.kind, 'reachable')
        }
        if (known.kind === 'away') {
          assert.ok(failures >= 2 || known.reason === 'no-network' || known.reason === 'name-not-resolved')
        }
      }
    }),
  )
})
