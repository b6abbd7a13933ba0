import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import { collectionsFileName, openCollectionStore } from './collection-store.ts'
import { saleIdOf } from './names.ts'
import { posFolder, practiceCode } from './pos-till.fixture.ts'

test('a reference with a code is charged once, whoever asks again, at once or later, with whatever code', async (context) => {
  const { open } = posFolder(context)
  const { collect, orders, ended } = await open()
  const both = await Promise.all([
    collect('R-1', { paymentCode: practiceCode('pays-at-once') }),
    collect('R-1', { paymentCode: practiceCode('pays-at-once') }),
  ])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 201])
  const end = await ended('R-1')
  assert.deepEqual([end.status, end.money, end.amount, end.training], ['paid', 'taken', '23.50', true])
  const again = await collect('R-1', { paymentCode: practiceCode('pays-at-once') })
  assert.equal(again.status, 200)
  assert.deepEqual(again.body, end)
  assert.deepEqual((await collect('R-1')).body, end)
  const other = await collect('R-1', { amountFen: 2351, paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual([other.status, other.body?.code, other.body?.field], [409, 'amount-differs', 'amountFen'])
  assert.deepEqual(
    (await orders()).map(({ status, amountFen }) => [status, amountFen]),
    [['paid', 2350]],
  )
})

test('a collection without a code waits for the counter’s scan, also across a restart', async (context) => {
  const { open } = posFolder(context)
  const first = await open()
  const begun = await first.call('POST', '/collections', {
    reference: 'R-2',
    amount: '23.5',
    subject: '咖啡两杯',
    cashier: '小李',
  })
  assert.equal(begun.status, 201)
  assert.deepEqual(
    [begun.body?.status, begun.body?.money, begun.body?.final, begun.body?.amountFen],
    ['waiting-for-scan', 'not-taken', false, 2350],
  )
  await first.close()
  const { call, desk, service, ended, orders } = await open()
  assert.deepEqual((await call('GET', '/collections/R-2')).body, begun.body)
  const view = desk.view()
  assert.ok(view.kind === 'on')
  const [waiting] = view.waiting
  assert.deepEqual([waiting?.reference, waiting?.subject, waiting?.cashier], ['R-2', '咖啡两杯', '小李'])
  const saleId = waiting?.saleId ?? null
  const scan = (amountText: string) =>
    service.call('sale.scan', { amountText, scan: practiceCode('pays-at-once'), saleId, anotherCustomer: false })
  assert.equal((await scan('23.51')).kind, 'collection-over', 'another amount than the POS wants')
  assert.equal((await scan('23.50')).kind, 'started')
  assert.deepEqual(desk.view(), { kind: 'on', waiting: [] })
  assert.equal((await ended('R-2')).status, 'paid')
  assert.equal((await scan('23.50')).kind, 'former-order-paid')
  assert.equal((await orders()).length, 1)
})

test('a payment that failed ends its reference: no further code is charged for it', async (context) => {
  const { open } = posFolder(context)
  const { collect, service, ended, orders, till } = await open()
  await collect('R-3', { paymentCode: practiceCode('balance-low') })
  const end = await ended('R-3')
  assert.deepEqual([end.status, end.money, end.reason], ['failed', 'not-taken', 'balance-low'])
  const again = await collect('R-3', { paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual(again.body, end)
  const [order] = await orders()
  const saleId = order?.saleId ?? null
  const scan = practiceCode('pays-at-once')
  const atCounter = await service.call('sale.scan', { amountText: '23.50', scan, saleId, anotherCustomer: false })
  assert.equal(atCounter.kind, 'collection-over')
  assert.equal((await orders()).length, 1)
  assert.equal(till.runner.open().length, 0)
})

test('the ledger alone keeps a reference from a second charge where everything else about it is lost', async (context) => {
  const { open, dataDirectory } = posFolder(context)
  const first = await open()
  await first.collect('R-4', { paymentCode: practiceCode('pays-at-once') })
  const end = await first.ended('R-4')
  await first.close()
  for (const name of readdirSync(dataDirectory)) {
    if (name.startsWith(collectionsFileName)) rmSync(join(dataDirectory, name))
  }
  const { collect, orders } = await open()
  const again = await collect('R-4', { paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual([again.status, again.body?.orderNumber, again.body?.status], [200, end.orderNumber, 'paid'])
  assert.equal((await collect('R-4', { amountFen: 1 })).status, 409)
  assert.equal((await orders()).length, 1)
})

test('cancelled or refused at the counter, a collection takes no code any more, also after a restart', async (context) => {
  const { open } = posFolder(context)
  const first = await open()
  await first.collect('R-5')
  await first.collect('R-6')
  const cancelled = await first.call('POST', '/collections/R-5/cancel')
  assert.deepEqual([cancelled.status, cancelled.body?.status, cancelled.body?.final], [200, 'cancelled', true])
  assert.deepEqual(await first.service.call('pos.refuse', { reference: 'R-6' }), { isRefused: true })
  assert.deepEqual(await first.service.call('pos.refuse', { reference: 'R-5' }), { isRefused: false })
  await first.close()
  const { collect, call, orders, desk } = await open()
  for (const [reference, status] of [
    ['R-5', 'cancelled'],
    ['R-6', 'refused-at-counter'],
  ] as const) {
    const again = await collect(reference, { paymentCode: practiceCode('pays-at-once') })
    assert.deepEqual([again.status, again.body?.status, again.body?.money], [200, status, 'not-taken'])
    assert.equal((await call('POST', `/collections/${reference}/cancel`)).body?.status, status)
  }
  assert.deepEqual(desk.view(), { kind: 'on', waiting: [] })
  assert.equal((await orders()).length, 0)
})

test('cancelling asks the till to revoke, not before the channel’s minimum age, and never what is paid', async (context) => {
  const { open } = posFolder(context, {}, { windowMs: 60_000, revokeMinAgeMs: 400 })
  const { collect, call, ended, nextChange } = await open()
  await collect('R-7', { paymentCode: practiceCode('password-never') })
  const early = await call('POST', '/collections/R-7/cancel')
  assert.deepEqual([early.status, early.body?.code], [409, 'too-early'])
  const waitMs = Number(early.body?.waitMs)
  assert.ok(waitMs > 0 && waitMs <= 400)
  assert.equal(early.headers['retry-after'], '1')
  let late = early
  while (late.body?.code === 'too-early') {
    // Each question to the channel is a change: the till's own clock goes on, not the test's.
    await nextChange()
    late = await call('POST', '/collections/R-7/cancel')
  }
  assert.equal(late.status, 200)
  const end = await ended('R-7')
  assert.deepEqual([end.status, end.revokeEffect, end.money], ['revoked', 'closed', 'not-taken'])
  await collect('R-8', { paymentCode: practiceCode('pays-at-once') })
  await ended('R-8')
  assert.deepEqual((await call('POST', '/collections/R-8/cancel')).body?.code, 'already-paid')
})

test('another reference’s order of the same amount charges nothing and is never taken for this one’s', async (context) => {
  const { open } = posFolder(context, {}, { windowMs: 60_000, pollMs: 10_000 })
  const { collect, call, orders } = await open()
  const code = practiceCode('password-never')
  await collect('R-9', { paymentCode: code })
  const same = await collect('R-10', { paymentCode: code })
  assert.deepEqual([same.status, same.body?.code], [409, 'code-used-before'])
  const guarded = await collect('R-10', { paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual([guarded.status, guarded.body?.code], [409, 'former-order-open'])
  assert.equal((await call('GET', '/collections/R-10')).body?.status, 'waiting-for-scan')
  assert.equal((await orders()).length, 1)
  const other = { paymentCode: practiceCode('pays-at-once'), anotherCustomer: true }
  assert.equal((await collect('R-10', other)).status, 200)
  assert.equal((await orders()).length, 2)
})

test('a payment code is in no answer and in no file', async (context) => {
  const { open, dataDirectory } = posFolder(context)
  const { collect, ended, close } = await open()
  const code = practiceCode('pays-at-once')
  const broken = await collect('R-11', { paymentCode: `${code}9` })
  assert.deepEqual([broken.status, broken.body?.code, broken.body?.field], [422, 'not-a-payment-code', 'paymentCode'])
  const misplaced = await collect('R-11', { [code]: 1 })
  const charged = await collect('R-11', { paymentCode: code })
  await ended('R-11')
  for (const { text } of [broken, misplaced, charged]) assert.ok(!text.includes(code))
  await close()
  for (const name of readdirSync(dataDirectory, { recursive: true, withFileTypes: true })) {
    if (!name.isFile() || name.parentPath.includes('training')) continue
    assert.ok(!readFileSync(join(name.parentPath, name.name)).includes(code), name.name)
  }
})

test('a note that a crash cut off is made good: the ledger says that the code was charged', async (context) => {
  const { open, dataDirectory } = posFolder(context)
  const first = await open()
  await first.collect('R-12', { paymentCode: practiceCode('pays-at-once') })
  await first.ended('R-12')
  await first.close()
  const file = new DatabaseSync(join(dataDirectory, collectionsFileName))
  file.exec('UPDATE collections SET ending = NULL, ended_wall_ms = NULL')
  file.close()
  const { desk, collect, orders } = await open()
  assert.deepEqual(desk.view(), { kind: 'on', waiting: [] })
  assert.equal((await collect('R-12', { paymentCode: practiceCode('pays-at-once') })).body?.status, 'paid')
  assert.equal((await orders()).length, 1)
})

test('a ledger from before the charge, brought back from a backup, charges nobody again', async (context) => {
  const { open, dataDirectory } = posFolder(context)
  const store = openCollectionStore(dataDirectory, 'training')
  const saleId = saleIdOf('R-13', 'training')
  store.add({ saleId, reference: 'R-13', amountFen: fen(2350), subject: null, cashier: null, openedWallMs: Date.now() })
  store.end(saleId, 'charged', Date.now())
  store.close()
  const { collect, call, orders } = await open()
  const { status, body } = await collect('R-13', { paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual([status, body?.status, body?.money, body?.final], [200, 'unknown', 'unknown', false])
  assert.equal((await call('POST', '/collections/R-13/cancel')).body?.status, 'unknown')
  assert.equal((await orders()).length, 0)
})

test('a reference that was tried out in training is not known to the shop, and the other way round', async (context) => {
  const { dataDirectory } = posFolder(context)
  const practice = openCollectionStore(dataDirectory, 'training')
  const practised = saleIdOf('R-14', 'training')
  practice.add({
    saleId: practised,
    reference: 'R-14',
    amountFen: fen(1),
    subject: null,
    cashier: null,
    openedWallMs: 1,
  })
  practice.close()
  const shop = openCollectionStore(dataDirectory, 'live')
  assert.deepEqual(shop.open(), [])
  assert.notEqual(saleIdOf('R-14', 'live'), practised)
  assert.equal(shop.find(saleIdOf('R-14', 'live')), null)
  shop.close()
})
