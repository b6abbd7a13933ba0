import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { sameAmountGuardMs } from './guard.ts'
import {
  accepted,
  awaiting,
  closed,
  paid,
  refused,
  scanOf,
  tryAgain,
  type VirtualTill,
  virtualTill,
} from './virtual-till.fixture.ts'

const sale = 'sale-of-test' as SaleId
const other = { amountFen: fen(777) }
const pays = (till: VirtualTill) => till.happenings.filter(({ what }) => what === 'send pay').length

/** Lets a take that has to ask a former order come to its answer: time passes meanwhile. */
async function answered<Outcome>(till: VirtualTill, taken: Promise<Outcome>): Promise<Outcome> {
  await till.time.pass(7_000)
  return taken
}

/** A till on which one order of a sale stands at its attention case. */
async function tillWithAttention(): Promise<VirtualTill> {
  const till = virtualTill({ revoke: [tryAgain] })
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(120_000)
  assert.equal(till.ledger.orders()[0]?.status, 'attention')
  return till
}

test('while an order of the sale is open, a new code asks it first and is not charged', async () => {
  const till = virtualTill()
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  const outcome = await answered(till, till.take(scanOf(2), { saleId: sale, ...other }))
  assert.ok(outcome.kind === 'former-order-open')
  assert.equal(outcome.because, 'same-sale')
  assert.equal(outcome.order.queries, 1)
  assert.equal(pays(till), 1)
})

test('the word "another customer" opens a sale of its own amount, but never the same sale twice', async () => {
  const till = virtualTill()
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  const sameSale = await answered(till, till.take(scanOf(2), { saleId: sale, anotherCustomer: true }))
  assert.equal(sameSale.kind, 'former-order-open')
  assert.equal(pays(till), 1)
  const anotherCustomer = await answered(till, till.take(scanOf(3), { anotherCustomer: true }))
  assert.equal(anotherCustomer.kind, 'started')
  assert.equal(pays(till), 2)
})

test('the first one did succeed: a new code for the same sale is not charged', async () => {
  const till = virtualTill({ pay: [paid] })
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  for (const anotherCustomer of [false, true]) {
    const outcome = await till.take(scanOf(2), { saleId: sale, anotherCustomer })
    assert.ok(outcome.kind === 'former-order-paid')
  }
  assert.equal(pays(till), 1)
})

test('a sale that was paid before a restart, or a hundred orders ago, is still known as paid', async () => {
  const till = virtualTill({ pay: [paid] })
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  await till.restart()
  assert.equal((await till.take(scanOf(2), { saleId: sale })).kind, 'former-order-paid')
  for (let serial = 10; serial < 120; serial += 1) {
    await till.take(scanOf(serial), { amountFen: fen(serial) })
    await till.time.pass(200)
  }
  assert.equal(pays(till), 111)
  assert.equal((await till.take(scanOf(3), { saleId: sale })).kind, 'former-order-paid')
  assert.equal(pays(till), 111)
})

test('the question to the former order may itself find it paid', async () => {
  const till = virtualTill({ query: [paid] })
  await till.take(scanOf(1))
  await till.time.pass(1_000)
  const outcome = await answered(till, till.take(scanOf(2)))
  assert.equal(outcome.kind, 'former-order-paid')
  assert.equal(pays(till), 1)
})

test('a former order that the question finds ended unpaid lets the new code be charged', async () => {
  const till = virtualTill({ query: [closed] })
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  const outcome = await answered(till, till.take(scanOf(2), { saleId: sale }))
  assert.equal(outcome.kind, 'started')
  assert.deepEqual(till.ledger.orders().map(({ status }) => status)[0], 'failed')
  assert.equal(pays(till), 2)
})

test('after a former order failed, the sale goes on with another code', async () => {
  const till = virtualTill({ pay: [refused] })
  await till.take(scanOf(1), { saleId: sale })
  await till.time.pass(1_000)
  assert.equal((await till.take(scanOf(2), { saleId: sale })).kind, 'started')
})

test('an open order of the same amount is asked first, for ten minutes', async () => {
  const till = await tillWithAttention()
  assert.equal((await answered(till, till.take(scanOf(2)))).kind, 'former-order-open')
  assert.equal((await answered(till, till.take(scanOf(3), other))).kind, 'started')
  await till.time.pass(sameAmountGuardMs)
  assert.equal((await answered(till, till.take(scanOf(4)))).kind, 'started')
})

test('an attention case of the sale keeps its sale closed for new codes, however old it is', async () => {
  const till = await tillWithAttention()
  await till.time.pass(5 * sameAmountGuardMs)
  const outcome = await answered(till, till.take(scanOf(2), { saleId: sale, anotherCustomer: true }))
  assert.ok(outcome.kind === 'former-order-open')
  assert.equal(outcome.order.status, 'attention')
  assert.equal(pays(till), 1)
})

test('the same code is the same attempt: while it is open, after it was paid, and after a restart', async () => {
  const till = virtualTill({ query: [awaiting, paid] })
  const first = await till.take(scanOf(1))
  assert.ok(first.kind === 'started')
  const again = await till.take(scanOf(1))
  assert.ok(again.kind === 'scanned-before')
  assert.equal(again.order.orderNumber, first.order.orderNumber)
  await till.time.pass(30_000)
  const afterPaid = await till.take(scanOf(1))
  assert.ok(afterPaid.kind === 'scanned-before')
  assert.equal(afterPaid.order.status, 'paid')
  await till.restart()
  const afterRestart = await till.take(scanOf(1))
  assert.ok(afterRestart.kind === 'scanned-before')
  assert.equal(afterRestart.order.status, 'paid')
  assert.equal(pays(till), 1)
})

test('the same code twice in the very same moment makes one order', async () => {
  const till = virtualTill()
  const both = await Promise.all([till.take(scanOf(1)), till.take(scanOf(1)), till.take(`${scanOf(1)}\r\n`)])
  assert.deepEqual(
    both.map(({ kind }) => kind),
    ['started', 'scanned-before', 'scanned-before'],
  )
  await till.time.pass(100)
  assert.equal(pays(till), 1)
})

test('two codes for one sale, or of one amount, in the very same moment make one order', async () => {
  for (const request of [{ saleId: sale }, {}]) {
    const till = virtualTill()
    const both = await answered(till, Promise.all([till.take(scanOf(1), request), till.take(scanOf(2), request)]))
    assert.deepEqual(
      both.map(({ kind }) => kind),
      ['started', 'former-order-open'],
    )
    assert.equal(pays(till), 1)
  }
})

test('a scan of anything else, a wallet without a channel, and amounts out of bounds reach neither ledger nor channel', async () => {
  const till = virtualTill()
  const refusals: readonly [Promise<{ readonly kind: string }>, string][] = [
    [till.take('https://qr.alipay.com/x'), 'not-a-payment-code'],
    [till.take('6901234567892'), 'not-a-payment-code'],
    [till.take(''), 'not-a-payment-code'],
    [till.take('284321987654321098'), 'wallet-not-configured'],
    [till.take(scanOf(1), { amountFen: fen(0) }), 'amount-refused'],
    [till.take(scanOf(1), { amountFen: fen(100_001) }), 'amount-refused'],
  ]
  for (const [taken, kind] of refusals) assert.equal((await taken).kind, kind)
  till.channelIsConfigured = false
  assert.equal((await till.take(scanOf(1))).kind, 'wallet-not-configured')
  await till.time.pass(60_000)
  assert.deepEqual(till.log(), [])
  assert.equal(till.alarmsSet(), 0)
})

test('a code that was scanned for another amount or another sale is never told as payment of this one', async () => {
  const till = virtualTill({ pay: [paid] })
  await till.take(scanOf(1), { saleId: sale, amountFen: fen(1) })
  await till.time.pass(1_000)
  const outcome = await till.take(scanOf(1), { saleId: 'sale-of-the-next-customer' as SaleId, amountFen: fen(99_900) })
  assert.equal(pays(till), 1)
  // The till may say what it likes of the old order, as long as nobody can take it for 999 yuan received.
  assert.ok(outcome.kind === 'scanned-before')
  assert.equal(outcome.order.amountFen, 1)
  assert.equal(outcome.order.saleId, sale)
})

test('when the former order is revoked by its own question, the answer waits for the end of it', async () => {
  const till = virtualTill({ query: [...Array(6).fill(awaiting), closed], revoke: [{ ...accepted, afterMs: 3_000 }] })
  await till.take(scanOf(1))
  await till.time.pass(20_050)
  const outcome = await answered(till, till.take(scanOf(2)))
  assert.equal(outcome.kind, 'started', 'the last query, the revoke and its confirming were one chain')
  assert.equal(till.ledger.orders()[0]?.status, 'revoked')
})
