import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import {
  accepted,
  awaiting,
  closed,
  doubtfulRefusal,
  notFound,
  paid,
  policy,
  refused,
  returned,
  scanOf,
  tryAgain,
  unclear,
  type VirtualTill,
  virtualTill,
} from './virtual-till.fixture.ts'

/** Takes a scan that must start an order, and answers how it stands whenever asked. */
async function started(till: VirtualTill, scan = scanOf(1), request: Parameters<VirtualTill['take']>[1] = {}) {
  const outcome = await till.take(scan, request)
  assert.equal(outcome.kind, 'started')
  assert.ok(outcome.kind === 'started')
  return () => till.ledger.order(outcome.order.orderNumber)
}
const statusAndEffect = ({ status, revokeEffect }: Order) => ({ status, revokeEffect })
const sends = (till: VirtualTill) => till.log().filter((what) => what.startsWith('send '))

test('the intent is committed before the pay request is handed on, and the answer before it is shown', async () => {
  const till = virtualTill({ pay: [paid] })
  const order = await started(till)
  await till.time.pass(1_000)
  assert.deepEqual(till.log(), [
    'commit created',
    'commit pay-requested',
    'show paying',
    'send pay',
    'commit pay-answered',
    'show paid',
  ])
  assert.equal(order().status, 'paid')
})

test('while the commit of the intent waits, nothing leaves and nothing is shown', async () => {
  const till = virtualTill({ pay: [paid] })
  const release = till.ledger.hold()
  const taken = till.take(scanOf(1))
  await till.time.pass(60_000)
  assert.deepEqual(till.log(), [])
  release()
  assert.equal((await taken).kind, 'started')
  await till.time.pass(1_000)
  assert.equal(till.log().at(-1), 'show paid')
})

test('every revoke waits for the commit of the answer that stands right before it', async () => {
  const till = virtualTill({ revoke: [tryAgain] })
  await started(till)
  await till.time.pass(19_000)
  till.log()
  const release = till.ledger.hold()
  await till.time.pass(60_000)
  assert.deepEqual(till.log(), [], 'the deadline has come, but its event is not durable')
  release()
  await till.time.pass(300)
  assert.deepEqual(till.log(), [
    'commit woken',
    'show awaiting-payer',
    'send query',
    'commit query-answered',
    'show revoking',
    'send revoke',
    'commit revoke-answered',
    'show revoking',
  ])
})

test('a waiting order is asked by the schedule, and revoked at the window right after a last query', async () => {
  const till = virtualTill({ query: [...Array(6).fill(awaiting), closed], revoke: [accepted] })
  const order = await started(till)
  await till.time.pass(60_000)
  const sent = till.happenings.filter(({ what }) => what.startsWith('send '))
  assert.deepEqual(
    sent.map(({ atMs, what }) => `${atMs} ${what}`),
    [
      '0 send pay',
      '5000 send query',
      '8000 send query',
      '11000 send query',
      '14100 send query', // past the schedule: pollMs after the answer before
      '17200 send query',
      '20000 send query', // the window: the last query …
      '20100 send revoke', // … and the revoke in the moment of its answer
      '20200 send query', // the revoke is believed only now
    ],
  )
  assert.deepEqual(statusAndEffect(order()), { status: 'revoked', revokeEffect: 'closed' })
})

test('a revoke that is asked for early waits for the minimum age, and is asked about right before', async () => {
  const till = virtualTill({ query: [awaiting, closed], revoke: [accepted] })
  const order = await started(till)
  await till.time.pass(1_000)
  const outcome = await till.runner().act(order().orderNumber, 'revoke', 'cashier')
  assert.equal(outcome.kind, 'done')
  await till.time.pass(60_000)
  const sent = till.happenings.filter(({ what }) => what.startsWith('send '))
  assert.deepEqual(
    sent.map(({ atMs, what }) => `${atMs} ${what}`),
    ['0 send pay', `${policy.revokeMinAgeMs} send query`, '15100 send revoke', '15200 send query'],
  )
  assert.equal(order().status, 'revoked')
})

test('no revoke is ever sent before the minimum age, whoever asks for it and how often', async () => {
  const till = virtualTill({ pay: [{ ...unclear, afterMs: 3_000 }], query: [{ ...awaiting, afterMs: 2_000 }] })
  const order = await started(till)
  for (let second = 0; second < 30; second += 1) {
    // The keeper answers once the wish is durable; nobody waits here, because time stands still meanwhile.
    void till.runner().act(order().orderNumber, 'revoke', 'cashier')
    await till.time.pass(1_000)
  }
  const first = till.happenings.find(({ what }) => what === 'send revoke')
  assert.ok(first && first.atMs >= policy.revokeMinAgeMs, `the first revoke left at ${first?.atMs}`)
})

test('the minimum age counts from the first byte of the pay request, not from the wait for a connection', async () => {
  const till = virtualTill({ pay: [{ ...awaiting, afterMs: 5_000 }] })
  till.connectMs = 4_000
  const order = await started(till)
  await till.time.pass(5_100)
  till.connectMs = 0
  void till.runner().act(order().orderNumber, 'revoke', 'cashier')
  await till.time.pass(60_000)
  const first = till.happenings.find(({ what }) => what === 'send revoke')
  assert.equal(first?.atMs, 4_000 + policy.revokeMinAgeMs + 100)
})

test('a last query that says paid leads to no revoke', async () => {
  const till = virtualTill({ query: [...Array(5).fill(awaiting), paid] })
  const order = await started(till)
  await till.time.pass(60_000)
  assert.equal(order().status, 'paid')
  assert.ok(till.happenings.some(({ atMs, what }) => what === 'send query' && atMs === policy.windowMs))
  assert.ok(!sends(till).includes('send revoke'))
})

test('the ladder of tries is climbed with its waits, a query before each, and then a person must look', async () => {
  const till = virtualTill({ revoke: [tryAgain] })
  const order = await started(till)
  await till.time.pass(60_000)
  const sent = till.happenings.filter(({ what }) => what.startsWith('send ')).slice(7)
  assert.deepEqual(
    sent.map(({ atMs, what }) => `${atMs} ${what}`),
    [
      '20100 send revoke',
      '22200 send query', // 2 s after the answer
      '22300 send revoke',
      '26400 send query', // 4 s after the answer
      '26500 send revoke',
      '26600 send query', // all tries are used up: one look more
    ],
  )
  assert.equal(order().status, 'attention')
  assert.equal(order().attentionReason, 'revoke-tries-used-up')
})

test('a case is asked about in the background at growing gaps, revoked some more times, and settles by itself', async () => {
  const till = virtualTill({ revoke: [tryAgain] })
  const order = await started(till)
  await till.time.pass(60_000)
  assert.equal(order().status, 'attention')
  till.log()
  await till.time.pass(6 * 3_600_000)
  const sent = till.log().filter((what) => what.startsWith('send'))
  assert.equal(sent.filter((what) => what === 'send revoke').length, 6, 'bounded')
  const queries = sent.filter((what) => what === 'send query').length
  assert.ok(queries > 12 && queries < 24, `${queries} questions in six hours`)
  till.script = { ...till.script, query: [returned] }
  await till.time.pass(3_600_000)
  assert.deepEqual([order().status, order().revokeEffect, order().attentionReason], ['revoked', 'refunded', null])
  till.log()
  await till.time.pass(24 * 3_600_000)
  assert.deepEqual(till.log(), [], 'nothing is asked about an order at its end')
})

test('a refusal that hid a charge is found by another look, also by the next start', async () => {
  for (const restarts of [false, true]) {
    const till = virtualTill({ pay: [doubtfulRefusal], query: [notFound, paid] })
    const order = await started(till)
    await till.time.pass(1_000)
    assert.equal(order().status, 'failed')
    if (restarts) await till.restart()
    await till.time.pass(20_000)
    assert.deepEqual([order().status, order().attentionReason], ['attention', 'paid-after-end'])
  }
})

test('a refused order that turns out to be open is revoked by the till itself', async () => {
  const till = virtualTill({
    pay: [doubtfulRefusal],
    query: [notFound, awaiting, awaiting, closed],
    revoke: [accepted],
  })
  const order = await started(till)
  await till.time.pass(60_000)
  assert.ok(sends(till).includes('send revoke'))
  assert.deepEqual([order().status, order().revokeEffect], ['revoked', 'closed'])
})

test('a payment that never left ends by one “not found”, as soon as the line is back', async () => {
  const till = virtualTill({ pay: [{ unheard: 'not-sent' }], query: [{ unheard: 'not-sent' }, notFound] })
  const order = await started(till)
  await till.time.pass(1_000)
  assert.equal(order().status, 'unknown')
  await till.time.pass(30_000)
  assert.deepEqual([order().status, order().failureReason], ['failed', 'never-sent'])
  assert.ok(!sends(till).includes('send revoke'))
  till.log()
  await till.time.pass(3_600_000)
  assert.deepEqual(till.log(), [])
})

test('requests that nobody answers end in a person’s hands, never in paid and never in failed', async () => {
  for (const unheard of ['no-answer', 'not-sent'] as const) {
    const till = virtualTill({ pay: [{ unheard }], query: [{ unheard }], revoke: [{ unheard }] })
    const order = await started(till)
    const seen = new Set<string>()
    till.onShow = ({ status }) => seen.add(status)
    await till.time.pass(300_000)
    assert.equal(order().status, 'attention', unheard)
    assert.deepEqual([...seen].sort(), ['attention', 'revoking', 'unknown'])
  }
})

test('a revoke that certainly never left does not stand in the way of a late paid', async () => {
  const till = virtualTill({ query: [...Array(7).fill(awaiting), paid], revoke: [{ unheard: 'not-sent' }] })
  const order = await started(till)
  await till.time.pass(300_000)
  assert.equal(order().status, 'paid')
})

test('a revoke that may have arrived never lets the order become paid', async () => {
  const till = virtualTill({ query: [...Array(6).fill(awaiting), paid], revoke: [{ unheard: 'no-answer' }] })
  const order = await started(till)
  await till.time.pass(300_000)
  assert.equal(order().status, 'attention')
  assert.equal(order().moneyWasTaken, true)
})

test('an order that the channel never knew is asked about again before it counts as failed', async () => {
  const till = virtualTill({ pay: [{ unheard: 'no-answer' }], query: [notFound], revoke: [accepted] })
  const order = await started(till)
  await till.time.pass(300_000)
  assert.equal(order().status, 'failed')
  assert.equal(order().failureReason, 'never-arrived')
  const sent = sends(till)
  const afterRevoke = sent.slice(sent.indexOf('send revoke') + 1)
  // Two before it counts as failed, and two looks more in the five minutes of this test: it might still arrive late.
  assert.deepEqual(afterRevoke, Array(4).fill('send query'), 'one "not found" after a revoke is not enough')
})

test('a refusal ends the order at once, and nothing more is sent', async () => {
  const till = virtualTill({ pay: [refused] })
  const order = await started(till)
  await till.time.pass(300_000)
  assert.equal(order().status, 'failed')
  assert.deepEqual(sends(till), ['send pay'])
})

test('the payment code is handed to the encoder once and is nowhere in what is kept, shown or told', async () => {
  const till = virtualTill({ pay: [{ unheard: 'no-answer' }], query: [notFound], revoke: [accepted] })
  const shown: string[] = []
  till.onShow = (order) => shown.push(JSON.stringify(order))
  const scan = scanOf(7)
  const order = await started(till, scan)
  await till.time.pass(300_000)
  await till.restart()
  await till.time.pass(60_000)
  assert.deepEqual(till.codesSeenByEncoder, [scan])
  const kept = JSON.stringify([till.ledger.journal(order().orderNumber), till.happenings, shown])
  assert.ok(!kept.includes(scan))
  assert.ok(kept.includes(`13${'*'.repeat(12)}0007`))
})

test('a parked order goes on by itself, and several orders go on side by side', async () => {
  const till = virtualTill({ query: [awaiting, awaiting, paid] })
  const orders = await Promise.all(
    [1, 2, 3, 4, 5].map(async (serial) => {
      const order = await started(till, scanOf(serial), { amountFen: fen(1_000 + serial) })
      await till.runner().act(order().orderNumber, 'park', 'cashier')
      return order
    }),
  )
  assert.equal(till.runner().open().length, 5)
  assert.ok(orders.every((order) => order().parked))
  await till.time.pass(60_000)
  assert.deepEqual(
    orders.map((order) => order().status),
    Array(5).fill('paid'),
  )
  assert.equal(till.runner().open().length, 0)
})

test('an order whose channel left the configuration is kept, asked about, and never shown as ended', async () => {
  const till = virtualTill({ query: [paid] })
  const order = await started(till)
  await till.time.pass(1_000)
  till.channelIsConfigured = false
  till.log()
  await till.restart()
  await till.time.pass(600_000)
  assert.equal(order().status, 'attention')
  assert.deepEqual(sends(till), [], 'there is nobody to ask')
  till.channelIsConfigured = true
  await till.restart()
  await till.time.pass(1_000)
  assert.equal(order().moneyWasTaken, true)
  assert.equal(order().status, 'paid', 'no revoke ever left this machine, so a verified paid is the end')
})

test('a channel that stands for another account by now is not asked about the orders of the former one', async () => {
  // The other account knows of no such order: believed, it would close one that the customer may have paid.
  const till = virtualTill({ query: [paid], revoke: [accepted] })
  till.account = 'the former merchant'
  const order = await started(till)
  await till.time.pass(1_000)
  assert.equal(order().account, 'the former merchant')
  till.account = 'another merchant'
  till.log()
  await till.restart()
  await till.time.pass(600_000)
  assert.equal(order().status, 'attention')
  assert.deepEqual(sends(till), [])
  till.account = 'the former merchant'
  await till.restart()
  await till.time.pass(1_000)
  assert.equal(order().status, 'paid')
  till.account = 'another merchant'
  const asked = { orderNumber: order().orderNumber, amountFen: fen(1), reason: 'returned', by: 'cashier' } as const
  assert.equal((await till.runner().refund(asked)).kind, 'channel-not-configured')
})

test('acts on orders that do not exist or have ended are said to be so, and change nothing', async () => {
  const till = virtualTill({ pay: [paid] })
  const order = await started(till)
  await till.time.pass(1_000)
  till.log()
  assert.equal((await till.runner().act('S00101nothing' as never, 'query', 'staff')).kind, 'no-such-order')
  for (const act of ['revoke', 'park'] as const) {
    assert.equal((await till.runner().act(order().orderNumber, act, 'staff')).kind, 'not-now')
  }
  assert.deepEqual(till.log(), [])
})
