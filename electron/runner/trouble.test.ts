import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import { accepted, awaiting, closed, paid, scanOf, type VirtualTill, virtualTill } from './virtual-till.fixture.ts'

/** Begins to stop the till, and tells whether it has. */
function stopping(till: VirtualTill) {
  let isOver = false
  const stopped = till
    .runner()
    .stop()
    .then(() => {
      isOver = true
    })
  return { stopped, hasStopped: () => isOver }
}

const full = { kind: 'disk-full', path: 'ledger' } as const

test('a ledger that cannot write starts no payment, and the reason comes back', async () => {
  const till = virtualTill({ pay: [paid] })
  till.ledger.fail(full)
  assert.deepEqual(await till.take(scanOf(1)), { kind: 'ledger-trouble', problem: full })
  await till.time.pass(60_000)
  assert.deepEqual(till.log(), [])
  till.ledger.fail(null)
  assert.equal((await till.take(scanOf(1))).kind, 'started', 'the code was not used up')
})

test('an answer that cannot be written is not shown; it is written again, and shown then', async () => {
  const till = virtualTill({ pay: [{ ...paid, afterMs: 500 }] })
  await till.take(scanOf(1))
  await till.time.pass(100)
  till.log()
  till.ledger.fail(full)
  await till.time.pass(5_000)
  assert.deepEqual(till.log(), Array(5).fill('trouble disk-full'), 'tried once a second, and nothing shown')
  assert.equal(till.ledger.orders()[0]?.status, 'paying')
  till.ledger.fail(null)
  await till.time.pass(1_000)
  assert.deepEqual(till.log(), ['commit pay-answered', 'show paid'])
  assert.equal(till.troubles.at(-1), null, 'the trouble is told as over')
})

test('while the deadline’s event cannot be written no revoke is sent; afterwards it goes on in order', async () => {
  const till = virtualTill({ query: [...Array(5).fill(awaiting), awaiting, closed], revoke: [accepted] })
  await till.take(scanOf(1))
  await till.time.pass(20_050)
  till.log()
  till.ledger.fail(full)
  await till.time.pass(10_000)
  assert.ok(!till.log().some((what) => what.startsWith('send') || what.startsWith('show')))
  till.ledger.fail(null)
  await till.time.pass(5_000)
  assert.equal(till.ledger.orders()[0]?.status, 'revoked')
})

test('stopping while the ledger cannot write ends soon; the restarted till asks and finds the payment', async () => {
  const till = virtualTill({ pay: [{ ...paid, afterMs: 500 }], query: [paid] })
  await till.take(scanOf(1))
  await till.time.pass(100)
  till.ledger.fail(full)
  await till.time.pass(2_000)
  const { stopped, hasStopped } = stopping(till)
  await till.time.pass(2_000)
  assert.ok(hasStopped())
  await stopped
  till.ledger.fail(null)
  await till.restart()
  await till.time.pass(1_000)
  assert.equal(till.ledger.orders()[0]?.status, 'paid')
})

test('stopping ends soon even while a scan waits for a former order that cannot be written about', async () => {
  const till = virtualTill()
  await till.take(scanOf(1))
  await till.time.pass(1_000)
  till.ledger.fail(full)
  const second = till.take(scanOf(2))
  await till.time.pass(3_000)
  const { hasStopped } = stopping(till)
  await till.time.pass(30_000)
  assert.ok(hasStopped(), 'a till on a full disk must be able to close')
  assert.notEqual((await second).kind, 'started')
})

test('stop lets the request in flight be heard and journaled, and sets no alarm afterwards', async () => {
  const till = virtualTill({ pay: [{ ...awaiting, afterMs: 2_000 }] })
  await till.take(scanOf(1))
  await till.take(scanOf(2), { amountFen: fen(99) })
  await till.time.pass(100)
  const { stopped, hasStopped } = stopping(till)
  await till.time.pass(1_000)
  assert.ok(!hasStopped(), 'the pay requests are still in flight')
  const alarms = till.alarmsSet()
  await till.time.pass(1_500)
  await stopped
  assert.deepEqual(
    till.ledger.orders().map(({ status }) => status),
    ['awaiting-payer', 'awaiting-payer'],
  )
  till.log()
  await till.time.pass(600_000)
  assert.equal(till.alarmsSet(), alarms)
  assert.deepEqual(till.log(), [], 'nothing happens after the stop')
  assert.equal((await till.take(scanOf(3))).kind, 'stopping')
})

test('after the stop an act sends nothing', async () => {
  const till = virtualTill()
  const taken = await till.take(scanOf(1))
  assert.ok(taken.kind === 'started')
  await till.time.pass(1_000)
  await till.runner().stop()
  till.log()
  void till.runner().act(taken.order.orderNumber, 'query', 'cashier')
  await till.time.pass(60_000)
  assert.ok(!till.log().includes('send query'))
})

test('a screen that throws does not stop the money: the order goes on and ends', async () => {
  const till = virtualTill({ query: [paid] })
  let isBroken = true
  till.onShow = () => {
    if (isBroken) throw new Error('the window is gone')
  }
  await till.take(scanOf(1)).catch(() => undefined)
  await till.time.pass(10_000)
  isBroken = false
  await till.time.pass(10_000)
  assert.equal(till.ledger.orders()[0]?.status, 'paid')
})

test('a decoder with a bug leaves the order unknown, and the next answer decides', async () => {
  const till = virtualTill({ pay: [{ decoderBug: 'cannot read properties of undefined' }], query: [paid] })
  const taken = await till.take(scanOf(1))
  assert.equal(taken.kind, 'started')
  await till.time.pass(1_000)
  assert.equal(till.ledger.orders()[0]?.status, 'unknown')
  await till.time.pass(10_000)
  assert.equal(till.ledger.orders()[0]?.status, 'paid')
})
