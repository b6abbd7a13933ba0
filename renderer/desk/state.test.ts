import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseView } from '../../electron/api/contract.ts'
import { sampleOrder } from '../stories/samples.fixture.ts'
import { en } from '../wording/en/index.ts'
import { revokeLeftText, settledText } from './case-text.ts'
import { caseFigures, type DeskState, emptyDesk, mayRevoke, reduceDesk, selectedCase } from './state.ts'

const hourMs = 3_600_000
const aCase = (orderNumber: string, change: Partial<CaseView> = {}): CaseView => ({
  order: sampleOrder({ orderNumber, status: 'attention', attentionReason: 'revoke-tries-used-up' }),
  money: { known: 'not-known' },
  revokeUntilWallMs: 0,
  revokeUntilLeftMs: 5 * hourMs,
  nextStepInMs: 60_000,
  nextStep: 'query',
  decisions: ['money-returned', 'not-charged'],
  ...change,
})
const reading = (desk: DeskState, ...numbers: string[]): DeskState =>
  reduceDesk(desk, { type: 'read', cases: numbers.map((each) => aCase(each)), nowMs: 1_000 })

test('the first case is chosen, the arrows stay in the list, and a fresh reading keeps the choice', () => {
  let desk = reading(emptyDesk, 'a', 'b', 'c')
  assert.equal(desk.selected, 'a')
  desk = reduceDesk(desk, { type: 'moved', by: -1 })
  assert.equal(desk.selected, 'a')
  for (const _press of [1, 2, 3]) desk = reduceDesk(desk, { type: 'moved', by: 1 })
  assert.equal(desk.selected, 'c')
  assert.equal(reading(desk, 'c', 'a', 'b').selected, 'c')
})

test('a case that leaves is told, its question is closed, and its neighbour is chosen', () => {
  let desk = reduceDesk(reading(emptyDesk, 'a', 'b', 'c'), { type: 'selected', orderNumber: 'b' })
  desk = reduceDesk(desk, { type: 'dialog', dialog: 'settle' })
  desk = reading(desk, 'a', 'c')
  assert.deepEqual([desk.settled, desk.dialog, desk.selected], [['b'], null, 'c'])
  desk = reading(desk, 'a', 'b', 'c')
  assert.deepEqual(desk.settled, [], 'a case that is back is not settled')
  desk = reading(desk)
  assert.equal(selectedCase(desk), null)
  assert.deepEqual(reduceDesk(desk, { type: 'settled-seen' }).settled, [])
})

test('a question about the chosen case outlives a fresh reading; a failed one loses nothing', () => {
  let desk = reduceDesk(reading(emptyDesk, 'a', 'b'), { type: 'dialog', dialog: 'settle' })
  desk = reading(desk, 'a')
  assert.equal(desk.dialog, 'settle')
  desk = reduceDesk(desk, { type: 'read-failed' })
  assert.equal(desk.cases?.length, 1)
  assert.equal(desk.failed, true)
})

test('durations count on from the reading, and a revoke is allowed between minimum age and deadline only', () => {
  const young = aCase('a', {
    order: sampleOrder({ orderNumber: 'a', revokeAllowedInMs: 3_000 }),
    revokeUntilLeftMs: 9_000,
  })
  assert.deepEqual(caseFigures(young, 1_000, 2_500), { revokeLeftMs: 7_500, revokeInMs: 1_500, nextStepInMs: 58_500 })
  assert.deepEqual(
    [2_000, 4_000, 9_999, 10_000].map((nowMs) => mayRevoke(young, 1_000, nowMs)),
    [false, true, true, false],
  )
})

test('the time left is never rounded up', () => {
  const { left } = en.desk
  assert.equal(revokeLeftText(en, 7 * 24 * hourMs - 1), left.days(6, 23))
  assert.equal(revokeLeftText(en, 24 * hourMs - 1), left.hours(23, 59))
  assert.equal(revokeLeftText(en, 59_999), left.minutes(0))
  assert.equal(revokeLeftText(en, 0), left.over)
})

test('how a case was settled is told by what settled it', () => {
  const { settled, decisions } = en.desk
  const byHand = sampleOrder({
    status: 'revoked',
    revokeEffect: 'refunded',
    settlement: { kind: 'by-hand', decision: 'money-returned', reason: 'r', manager: 'Wang Fang', wallMs: 0 },
  })
  assert.equal(settledText(en, byHand), settled.byHand(decisions['money-returned'].name, 'Wang Fang'))
  const byRefund = { ...byHand, settlement: { kind: 'by-refund', refundNumber: 'R1', wallMs: 0 } } as const
  assert.equal(settledText(en, byRefund), settled.byRefund('R1'))
  assert.equal(settledText(en, { ...byHand, settlement: null }), settled.revoked.refunded)
  assert.equal(settledText(en, sampleOrder({ status: 'failed' })), settled.failed)
  assert.equal(settledText(en, sampleOrder({ status: 'attention' })), en.statuses.attention)
})
