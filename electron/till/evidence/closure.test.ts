import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderEvent } from '../order/event.ts'
import { isFinal, type Order, orderStatuses } from '../order/order.ts'
import { createOrder, step } from '../order/step.ts'
import {
  accepted,
  at,
  awaiting,
  closed,
  created,
  everyEvent,
  evidence,
  inStatus,
  notFound,
  paid,
  payAnswered,
  payRequested,
  possible,
  queryAnswered,
  resumed,
  revokeAnswered,
  settledByHand,
  toRevoking,
  transactionId,
  unclear,
  woken,
} from '../order/stories.fixture.ts'
import { type Closure, closureOf, type SequencedEvent, type VerdictKind, verdictKinds } from './closure.ts'

/** An order with its events, each at an odd place of the journal, as if another order's stood in between. */
function told(...events: readonly OrderEvent[]): { readonly order: Order; readonly events: readonly SequencedEvent[] } {
  const all = [created, payRequested, ...events]
  return {
    order: [payRequested, ...events].reduce((order, event) => step(order, event).order, createOrder(created)),
    events: all.map((event, index) => ({ sequence: 11 + index * 2, event })),
  }
}

const closureAfter = (...events: readonly OrderEvent[]): Closure => {
  const { order, events: sequenced } = told(...events)
  return closureOf(order, sequenced)
}
/** The place of the n-th event that a story adds to the order's making and its request. */
const place = (nth: number): number => 13 + nth * 2

const notRevocable = { kind: 'not-revocable', evidence } as const
const toAttention = [
  ...toRevoking,
  revokeAnswered(45_200, notRevocable),
  queryAnswered(45_300, { kind: 'unpaid', evidence }),
] as const
const toPaidCase = [...toRevoking, revokeAnswered(45_200, notRevocable), queryAnswered(45_300, paid)] as const
const refused = { kind: 'failed', reason: 'balance-low', evidence } as const
const doubted = { kind: 'failed-unless-query-differs', reason: 'payment-failed', evidence } as const
const neverArrived = [
  payAnswered(500, unclear),
  woken(45_000),
  queryAnswered(45_100, notFound),
  revokeAnswered(45_200, accepted),
  queryAnswered(45_300, notFound),
  woken(47_300),
  queryAnswered(47_400, notFound),
] as const

const verdicts: readonly (readonly [
  what: string,
  events: readonly OrderEvent[],
  verdict: object,
  restsOn: readonly number[],
])[] = [
  ['paid at once', [payAnswered(500, paid)], { kind: 'paid-and-verified', transactionId }, [place(1)]],
  [
    'paid after a while',
    [payAnswered(500, awaiting), woken(5_000), queryAnswered(5_100, paid)],
    { kind: 'paid-and-verified', transactionId },
    [place(3)],
  ],
  [
    'revoked, nothing taken',
    [...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, closed('no'))],
    { kind: 'revoked-closed-confirmed', byUs: true },
    [place(4), place(5)],
  ],
  [
    'revoked, money back',
    [...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, closed('yes'))],
    { kind: 'revoked-refunded-confirmed', byUs: true },
    [place(4), place(5)],
  ],
  [
    'closed by somebody else after it was paid',
    [payAnswered(500, awaiting), woken(5_000), queryAnswered(5_100, closed('yes'))],
    { kind: 'revoked-refunded-confirmed', byUs: false },
    [place(3)],
  ],
  [
    'refunded in full',
    [...toPaidCase, { type: 'refunded-in-full', at: at(99_000), refundNumber: 'R1' }],
    { kind: 'refunded-in-full', refundNumber: 'R1' },
    [place(6)],
  ],
  ['refused', [payAnswered(500, refused)], { kind: 'refused-by-channel', reason: 'balance-low' }, [place(1)]],
  [
    'refused, and then not known',
    [payAnswered(500, doubted), queryAnswered(600, notFound)],
    {
      kind: 'refused-and-not-found',
      reason: 'payment-failed',
      notFoundWallMs: [at(600).wallMs],
      looksUntilWallMs: at(600 + 15_000 + 45_000 + 240_000).wallMs,
    },
    [place(1), place(2)],
  ],
  [
    'closed by the channel',
    [payAnswered(500, awaiting), woken(5_000), queryAnswered(5_100, closed('no'))],
    { kind: 'closed-unpaid', reason: 'closed-by-channel' },
    [place(3)],
  ],
  [
    'never known there',
    neverArrived,
    {
      kind: 'never-existed-there',
      notFoundWallMs: [at(45_100).wallMs, at(45_300).wallMs, at(47_400).wallMs],
      looksUntilWallMs: at(47_400 + 15_000 + 45_000 + 240_000).wallMs,
    },
    [place(1), place(3), place(4), place(5), place(7)],
  ],
  [
    'never known there, looked at once more',
    [...neverArrived, woken(62_400), queryAnswered(62_500, notFound)],
    {
      kind: 'never-existed-there',
      notFoundWallMs: [at(45_100).wallMs, at(45_300).wallMs, at(47_400).wallMs, at(62_500).wallMs],
      looksUntilWallMs: at(62_500 + 45_000 + 240_000).wallMs,
    },
    [place(1), place(3), place(4), place(5), place(7), place(9)],
  ],
  [
    'never known there, and then closed',
    [...neverArrived, woken(62_400), queryAnswered(62_500, closed('no'))],
    { kind: 'closed-unpaid', reason: 'never-arrived' },
    [place(9)],
  ],
  [
    'never left',
    [
      payAnswered(500, { kind: 'unknown', reason: 'not-reachable', evidence }),
      woken(5_000),
      queryAnswered(5_100, notFound),
    ],
    { kind: 'never-left' },
    [place(1), place(3)],
  ],
  [
    'settled by hand: returned',
    [...toPaidCase, settledByHand(at(99_000), 'money-returned')],
    {
      kind: 'settled-by-hand',
      decision: 'money-returned',
      reason: 'seen in the back office',
      manager: 'Wang',
      wallMs: at(99_000).wallMs,
      looksUntilWallMs: null,
    },
    [place(6)],
  ],
  [
    'settled by hand: kept',
    [...toPaidCase, settledByHand(at(99_000), 'money-kept')],
    {
      kind: 'settled-by-hand',
      decision: 'money-kept',
      reason: 'seen in the back office',
      manager: 'Wang',
      wallMs: at(99_000).wallMs,
      looksUntilWallMs: null,
    },
    [place(6)],
  ],
  [
    'settled by hand: not charged, and still looked at',
    [...toAttention, settledByHand(at(99_000), 'not-charged')],
    {
      kind: 'settled-by-hand',
      decision: 'not-charged',
      reason: 'seen in the back office',
      manager: 'Wang',
      wallMs: at(99_000).wallMs,
      looksUntilWallMs: at(99_000 + 15_000 + 45_000 + 240_000).wallMs,
    },
    [place(6)],
  ],
]

for (const [what, events, verdict, restsOn] of verdicts) {
  test(`closed: ${what}`, () => {
    assert.deepEqual(closureAfter(...events), { isClosed: true, verdict, restsOn })
  })
}

test('an order found after a restart, before anything left, never left', () => {
  const made = createOrder(created)
  const event = resumed(1_000)
  const { order } = step(made, event)
  const closure = closureOf(order, [
    { sequence: 4, event: created },
    { sequence: 5, event },
  ])
  assert.deepEqual(closure, { isClosed: true, verdict: { kind: 'never-left' }, restsOn: [5] })
})

const stillOpen: readonly (readonly [string, readonly OrderEvent[], object])[] = [
  ['on its way', [], { status: 'paying', moneyWasTaken: false }],
  ['the customer confirms', [payAnswered(500, awaiting)], { status: 'awaiting-payer', moneyWasTaken: false }],
  ['nobody knows', [payAnswered(500, unclear)], { status: 'unknown', moneyWasTaken: false }],
  ['being revoked', toRevoking, { status: 'revoking', moneyWasTaken: false }],
  ['a case', toAttention, { status: 'attention', attentionReason: 'not-revocable', moneyWasTaken: false }],
  ['a case with the money taken', toPaidCase, { status: 'attention', moneyWasTaken: true }],
  [
    'paid after it was settled as not charged',
    [
      ...toAttention,
      settledByHand(at(99_000), 'not-charged'),
      { type: 'query-requested', at: at(99_500), by: 'staff' },
      queryAnswered(99_600, paid),
    ],
    { status: 'attention', attentionReason: 'paid-after-end', moneyWasTaken: true },
  ],
]

for (const [what, events, expected] of stillOpen) {
  test(`open: ${what}`, () => {
    const { isClosed, verdict } = closureAfter(...events)
    assert.equal(isClosed, false)
    assert.ok(verdict.kind === 'open' && !verdict.contradiction)
    assert.deepEqual({ ...verdict, ...expected }, verdict)
  })
}

test('every kind of verdict is reached by a story above', () => {
  const reached = new Set<VerdictKind>(['open'])
  for (const [, events] of verdicts) reached.add(closureAfter(...events).verdict.kind)
  assert.deepEqual([...reached].sort(), [...verdictKinds].sort())
})

test('total: whatever happens in whatever state, an end is closed with its grounds and everything else is open', () => {
  const stories = [
    ...verdicts.map(([, events]) => events),
    ...stillOpen.map(([, events]) => events),
    [payAnswered(500, doubted)],
  ]
  let walked = 0
  for (const events of stories) {
    const { order, events: sequenced } = told(...events)
    for (const event of everyEvent(at(400_000)).filter((each) => possible(order, each))) {
      const after = step(order, event).order
      const all = [...sequenced, { sequence: 999, event }]
      const closure = closureOf(after, all)
      assert.equal(closure.isClosed, isFinal(after.status), `${order.status} + ${event.type}`)
      assert.ok(closure.restsOn.length > 0)
      const places = new Set(all.map(({ sequence }) => sequence))
      assert.ok(closure.restsOn.every((sequence) => places.has(sequence)))
      assert.equal(closure.verdict.kind === 'open', !closure.isClosed)
      walked += 1
    }
  }
  assert.ok(walked > 200)
})

test('an order whose events do not lead to its state is open, and the contradiction is told', () => {
  const { events } = told(payAnswered(500, awaiting))
  for (const status of orderStatuses) {
    const order = inStatus(status)
    const { isClosed, verdict } = closureOf(order, events)
    assert.equal(isClosed, false)
    assert.ok(verdict.kind === 'open')
    assert.equal(verdict.contradiction, status !== 'awaiting-payer', status)
  }
  const { order } = told(payAnswered(500, paid))
  for (const broken of [[], events.slice(1), [...events, ...events]]) {
    const { verdict } = closureOf(order, broken)
    assert.ok(verdict.kind === 'open' && verdict.contradiction)
  }
})
