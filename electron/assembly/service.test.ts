import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { OrderView } from '../api/contract.ts'
import { makePracticeCode, type PracticeWallet, type Story } from '../training/practice-code.ts'
import { assembleTill } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import { orderView } from './order-view.ts'
import { refundView } from './refund-view.ts'
import { createAnnouncer, createTillService, readinessOf } from './service.ts'
import { systemClock } from './system-time.ts'

const policy = {
  firstQueryMs: 100,
  pollMs: 100,
  windowMs: 200,
  revokeMinAgeMs: 100,
  revokeRetryMs: [50, 50],
  requestTimeoutMs: 2_000,
}
let serial = 0
const code = (wallet: PracticeWallet, story: Story): string => {
  serial += 1
  return makePracticeCode(wallet, story, String(serial).padStart(10, '0'))
}

/** A whole till in training mode, behind the contract that the screen uses. */
async function open(context: TestContext, configuration: unknown = { policy: { wechat: policy, alipay: policy } }) {
  const data = mkdtempSync(join(tmpdir(), 'service-'))
  writeFileSync(join(data, 'config.json'), JSON.stringify(configuration))
  const announcer = createAnnouncer()
  const assembly = await assembleTill(
    { dataDirectory: data, configFile: null, environment: {} },
    {
      onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
      onReadiness: () => undefined,
      onRefundChange: (refund) => announcer.tell('refund.changed', refundView(refund)),
    },
  )
  assert.ok(assembly.ok)
  const service = createTillService(assembly.till, 'browser', announcer, noGuns)
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  // Heard from the beginning: a quick payment may be over before its test begins to wait for it.
  const ends = new Map<string, OrderView>()
  service.on('order.changed', (order) => {
    const isEnd = ['paid', 'failed', 'revoked', 'attention'].includes(order.status) && order.inFlight === 'none'
    if (isEnd) ends.set(order.orderNumber, order)
  })
  const ended = (orderNumber: string): Promise<OrderView> =>
    new Promise((resolve) => {
      const look = (): void => {
        const order = ends.get(orderNumber)
        if (order !== undefined) resolve(order)
      }
      service.on('order.changed', look)
      look()
    })
  const scan = (scanned: string, change: object = {}) =>
    service.call('sale.scan', { amountText: '12.34', scan: scanned, saleId: null, anotherCustomer: false, ...change })
  return { service, till: assembly.till, ended, scan, data }
}

test('a scan starts an order, its changes are told, and list and detail know it afterwards', async (context) => {
  const { service, scan, ended } = await open(context)
  const started = await scan(code('wechat', 'pays-at-once'))
  assert.ok(started.kind === 'started')
  const { orderNumber } = started.order
  const order = await ended(orderNumber)
  assert.equal(order.status, 'paid')
  const listed = await service.call('orders.list', { day: null, status: null, text: null })
  assert.deepEqual(
    listed.map(({ status }) => status),
    ['paid'],
  )
  assert.deepEqual(await service.call('orders.list', { day: '20200101', status: null, text: null }), [])
  const byAmount = await service.call('orders.list', { day: null, status: 'paid', text: ' 12.34 ' })
  assert.equal(byAmount.length, 1)
  const shown = await service.call('order.show', { orderNumber })
  assert.deepEqual(
    shown?.journal.map(({ type }) => type),
    ['created', 'pay-requested', 'pay-answered'],
  )
  assert.equal(await service.call('order.show', { orderNumber: 'S001nothing' }), null)
})

test('the snapshot says training, the wallets, the limits and what is open', async (context) => {
  const { service, scan, ended, till } = await open(context)
  const started = await scan(code('alipay', 'password-never'))
  assert.ok(started.kind === 'started')
  const snapshot = await service.call('till.snapshot', null)
  assert.deepEqual([snapshot.mode, snapshot.host, snapshot.wallets], ['training', 'browser', ['wechat', 'alipay']])
  assert.deepEqual(
    snapshot.openOrders.map(({ orderNumber }) => orderNumber),
    [started.order.orderNumber],
  )
  assert.deepEqual(snapshot.readiness.ledger, { state: 'ready', problem: null })
  const order = await ended(started.order.orderNumber)
  assert.deepEqual([order.status, order.revokeEffect], ['revoked', 'closed'])
  assert.equal(readinessOf(till).channels.find(({ id }) => id === 'alipay')?.state, 'ready')
})

test('every refusal comes back as a value, with nothing of a code in it', async (context) => {
  const { service, scan } = await open(context)
  const wellFormed = code('wechat', 'pays-at-once')
  for (const amountText of ['', '0', '-1', 'abc', '1.234', '50000.01']) {
    assert.equal((await scan(wellFormed, { amountText })).kind, 'amount-refused', amountText)
  }
  const refused = await Promise.all([scan(`${wellFormed}0`), scan(`${wellFormed}X`), scan('https://qr.alipay.com/x')])
  assert.deepEqual(
    refused.map(({ kind }) => kind),
    Array(3).fill('not-a-payment-code'),
  )
  assert.ok(!JSON.stringify(refused).includes(wellFormed))
  assert.equal((await scan('6223456789012345678')).kind, 'wallet-not-configured')
  for (const call of ['order.query', 'order.revoke', 'order.park', 'order.unpark'] as const) {
    assert.deepEqual(await service.call(call, { orderNumber: 'S001nothing' }), { kind: 'no-such-order' })
  }
  assert.deepEqual(await service.call('orders.list', { day: null, status: null, text: null }), [])
})

test('parking, asking and cancelling go through to the order', async (context) => {
  const calm = { ...policy, windowMs: 60_000, firstQueryMs: 30_000 }
  const { service, scan, ended } = await open(context, { policy: { wechat: calm, alipay: calm } })
  const started = await scan(code('wechat', 'password-never'))
  assert.ok(started.kind === 'started')
  const { orderNumber } = started.order
  const parked = await service.call('order.park', { orderNumber })
  assert.ok(parked.kind === 'done' && parked.order.parked)
  const unparked = await service.call('order.unpark', { orderNumber })
  assert.ok(unparked.kind === 'done' && !unparked.order.parked)
  const end = ended(orderNumber)
  const cancelled = await service.call('order.revoke', { orderNumber })
  assert.ok(cancelled.kind === 'done' && cancelled.order.revokeCause === 'cashier')
  assert.equal((await end).status, 'revoked')
  const again = await service.call('order.revoke', { orderNumber })
  assert.equal(again.kind, 'not-now')
})

test('practice codes are given in training mode, each with its pictures and each anew', async (context) => {
  const { service } = await open(context)
  const [first, second] = await Promise.all([
    service.call('practice.codes', null),
    service.call('practice.codes', null),
  ])
  assert.equal(first.length, 21)
  assert.equal(new Set([...first, ...second].map((each) => each.code)).size, 42)
})

test('a till that cannot open says why and leaves nothing running that holds the folder', async (context) => {
  const data = mkdtempSync(join(tmpdir(), 'service-'))
  context.after(() => rmSync(data, { recursive: true, force: true }))
  const place = { dataDirectory: data, configFile: null, environment: {} }
  const listeners = { onChange: () => undefined, onReadiness: () => undefined }
  writeFileSync(join(data, 'config.json'), '{"tils": {}}')
  const wrong = await assembleTill(place, listeners)
  assert.ok(!wrong.ok && wrong.problem.kind === 'settings')
  writeFileSync(join(data, 'config.json'), '{}')
  const first = await assembleTill(place, listeners)
  assert.ok(first.ok)
  const second = await assembleTill(place, listeners)
  assert.ok(!second.ok && second.problem.kind === 'ledger' && second.problem.problem.kind === 'in-use')
  await first.till.close()
  const third = await assembleTill(place, listeners)
  assert.ok(third.ok)
  await third.till.close()
})

test('a refund is started, told and listed; what is left says so, and refusals are values', async (context) => {
  const fast = { ...policy, refundAskMs: [100, 200, 300], refundRetryMs: [100, 200] }
  const { service, scan, ended } = await open(context, { policy: { wechat: fast, alipay: fast } })
  const started = await scan(code('alipay', 'pays-at-once'))
  assert.ok(started.kind === 'started')
  const { orderNumber } = started.order
  const unpaid = await service.call('refund.start', {
    orderNumber: 'S001nothing',
    amountText: '1',
    reason: 'x',
    manager: null,
  })
  assert.deepEqual(unpaid, { kind: 'no-such-order' })
  await ended(orderNumber)
  const before = await service.call('refund.list', { orderNumber })
  assert.deepEqual([before?.refunds, before?.leftFen, before?.problem], [[], 1_234, null])
  const done = new Promise((resolve) => {
    service.on('refund.changed', (refund) => {
      if (refund.status === 'done') resolve(refund)
    })
  })
  const begun = await service.call('refund.start', {
    orderNumber,
    amountText: '2.34',
    reason: ' wrong  size ',
    manager: null,
  })
  assert.ok(begun.kind === 'started')
  assert.deepEqual([begun.refund.amountFen, begun.refund.reason, begun.refund.by], [234, 'wrong size', 'cashier'])
  await done
  const after = await service.call('refund.list', { orderNumber })
  assert.deepEqual([after?.refunds.length, after?.leftFen, after?.refundedFen], [1, 1_000, 234])
  const wish = (amountText: string, reason = 'x') =>
    service.call('refund.start', { orderNumber, amountText, reason, manager: null })
  assert.deepEqual(await wish('10.01'), { kind: 'refused', problem: 'more-than-left', leftFen: 1_000 })
  assert.deepEqual(await wish('0'), { kind: 'refused', problem: 'zero', leftFen: 1_000 })
  assert.deepEqual(await wish('abc'), { kind: 'amount-refused', problem: 'not-a-number' })
  assert.deepEqual(await wish('1', ''), { kind: 'reason-missing' })
  const { refundNumber } = begun.refund
  assert.equal((await service.call('refund.query', { refundNumber })).kind, 'done')
  assert.equal((await service.call('refund.retry', { refundNumber })).kind, 'not-now')
  assert.deepEqual(await service.call('refund.retry', { refundNumber: 'NOBODY' }), { kind: 'no-such-refund' })
  assert.equal(await service.call('refund.list', { orderNumber: 'S001nothing' }), null)
})
