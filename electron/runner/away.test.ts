import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelId, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { AwayNow } from './line-watch.ts'
import { awaiting, paid, scanOf, secondChannelId, type VirtualTill, virtualTill } from './virtual-till.fixture.ts'

const wechat = 'wechat' as ChannelId
const away: AwayNow = { channel: wechat, reason: 'no-network', sinceWallMs: 1 }
const sends = (till: VirtualTill) => till.log().filter((what) => what.startsWith('send '))

test('an away channel refuses the scan: nothing is written, nothing leaves, and the code may be used again', async () => {
  const till = virtualTill({ pay: [paid] })
  till.away = away
  const outcome = await till.take(scanOf(1))
  assert.deepEqual(outcome, { kind: 'channel-away', wallet: 'wechat', ...away })
  await till.time.pass(60_000)
  assert.deepEqual(till.log(), [])
  assert.deepEqual(till.codesSeenByEncoder, [])
  till.away = null
  assert.equal((await till.take(scanOf(1))).kind, 'started')
  await till.time.pass(1_000)
  assert.equal(till.log().at(-1), 'show paid')
})

test('where the first channel is away the second takes the payment, and keeps it', async () => {
  const till = virtualTill({ pay: [awaiting], query: [awaiting, paid] })
  till.hasSecondChannel = true
  till.away = away
  const outcome = await till.take(scanOf(1))
  assert.ok(outcome.kind === 'started')
  assert.equal(outcome.order.channel, secondChannelId)
  till.away = null
  await till.time.pass(60_000)
  const { status, channel } = till.ledger.order(outcome.order.orderNumber)
  assert.deepEqual([status, channel], ['paid', secondChannelId])
})

test('what may have been sent to one channel is never sent to another', async () => {
  const till = virtualTill({ pay: [{ unheard: 'no-answer' }], query: [awaiting, paid] })
  till.hasSecondChannel = true
  const first = await till.take(scanOf(1))
  assert.ok(first.kind === 'started')
  await till.time.pass(6_000)
  till.away = away
  // The same code: the same attempt, at its own channel.
  const again = await till.take(scanOf(1))
  assert.ok(again.kind === 'scanned-before')
  assert.equal(again.order.channel, wechat)
  assert.equal(till.ledger.orders().length, 1)
})

test('a channel that does not take such an amount is passed over, and both away are one refusal', async () => {
  const till = virtualTill({ pay: [paid] })
  till.hasSecondChannel = true
  till.away = away
  // The second takes 500 yuan at most: the first is the only way, and it is away.
  const outcome = await till.take(scanOf(1), { amountFen: fen(60_000) })
  assert.deepEqual(outcome, { kind: 'channel-away', wallet: 'wechat', ...away })
  assert.equal((await till.take(scanOf(1), { amountFen: fen(200_000) })).kind, 'amount-refused')
})

test('while the channel is away, the same code again shows the attempt that is open, and a paid sale says so', async () => {
  const till = virtualTill({ pay: [awaiting], query: [awaiting, paid] })
  const first = await till.take(scanOf(1), { saleId: 'sale' as SaleId })
  assert.equal(first.kind, 'started')
  await till.time.pass(1_000)
  till.away = away
  assert.equal((await till.take(scanOf(1), { amountFen: 5 as never })).kind, 'scanned-before')
  await till.time.pass(10_000)
  assert.equal((await till.take(scanOf(2), { saleId: 'sale' as SaleId })).kind, 'former-order-paid')
})

test('when the line is back, every open order of the channel is asked about at once, one after the other', async () => {
  const till = virtualTill({ pay: [{ unheard: 'no-answer' }], query: [{ unheard: 'not-sent' }] })
  for (const serial of [1, 2, 3]) await till.take(scanOf(serial), { anotherCustomer: true })
  await till.time.pass(400_000)
  const open = till.runner().open()
  assert.deepEqual(
    open.map(({ status }) => status),
    ['attention', 'attention', 'attention'],
    'with no network the revoke tries are used up',
  )
  till.log()
  till.script.query = [{ ...paid, afterMs: 1_000 }]
  const asked = till.runner().lineIsBack(wechat)
  await till.time.pass(500)
  assert.deepEqual(sends(till), ['send query'])
  await till.time.pass(3_000)
  await asked
  assert.deepEqual(sends(till), ['send query', 'send query'])
})

test('an order that waits for its next rung is asked when the line is back, another channel’s is left alone', async () => {
  const till = virtualTill({ pay: [{ unheard: 'not-sent' }], query: [{ unheard: 'not-sent' }, paid] })
  await till.take(scanOf(1))
  await till.time.pass(5_500)
  till.log()
  await till.runner().lineIsBack('alipay' as ChannelId)
  await till.time.pass(100)
  assert.deepEqual(sends(till), [])
  const asked = till.runner().lineIsBack(wechat)
  await till.time.pass(500)
  await asked
  assert.deepEqual(till.log().slice(-2), ['commit query-answered', 'show paid'])
})

test('a till that stops asks nobody when a line comes back', async () => {
  const till = virtualTill({ pay: [{ unheard: 'not-sent' }] })
  await till.take(scanOf(1))
  await till.time.pass(1_000)
  const stopped = till.runner().stop()
  await till.time.pass(1_000)
  await stopped
  till.log()
  await till.runner().lineIsBack(wechat)
  await till.time.pass(1_000)
  assert.deepEqual(till.log(), [])
})
