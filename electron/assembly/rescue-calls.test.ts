import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { OrderView } from '../api/contract.ts'
import { makePracticeCode, type Story } from '../training/practice-code.ts'
import { assembleTill } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import { orderView } from './order-view.ts'
import { createAnnouncer, createTillService } from './service.ts'
import { systemClock } from './system-time.ts'

const policy = { firstQueryMs: 60_000, pollMs: 60_000, windowMs: 90_000, revokeMinAgeMs: 0, requestTimeoutMs: 2_000 }

/** A whole till in training mode that asks nothing by itself, and one order that came to rest in `status`. */
async function tillWith(context: TestContext, practice: Story, status: OrderView['status']) {
  const data = mkdtempSync(join(tmpdir(), 'rescue-'))
  writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy } }))
  const announcer = createAnnouncer()
  const assembly = await assembleTill(
    { dataDirectory: data, configFile: null, environment: {} },
    {
      onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
      onReadiness: () => undefined,
    },
  )
  assert.ok(assembly.ok)
  const service = createTillService(assembly.till, 'browser', announcer, {
    ...noGuns,
    claim: ({ held }) => (held === '0'.repeat(16) ? code : null),
  })
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  const rests = new Promise<OrderView>((resolve) => {
    service.on('order.changed', (order) => {
      if (order.status === status && order.inFlight === 'none') resolve(order)
    })
  })
  const code = makePracticeCode('wechat', practice, '0000000731')
  const request = { amountText: '36.80', scan: code, saleId: null, anotherCustomer: false }
  assert.equal((await service.call('sale.scan', request)).kind, 'started')
  const order = await rests
  const find = (text: string | { readonly held: string }) => service.call('rescue.find', { text })
  return { service, order, find, code }
}

test('a paid order is found by its number, its transaction id, its end; by amount and time it is to be chosen', async (context) => {
  const { order, find, code } = await tillWith(context, 'pays-at-once', 'paid')
  assert.ok(order.transactionId)
  for (const text of [
    order.orderNumber,
    order.transactionId,
    order.orderNumber.slice(-6),
    order.transactionId.slice(-8),
  ]) {
    const found = await find(text)
    assert.ok(found.kind === 'paid-here', `${text}: ${found.kind}`)
    assert.deepEqual([found.order.orderNumber, found.heard], [order.orderNumber, true])
  }
  const clock = new Date(order.createdWallMs + 8 * 3_600_000).toISOString().slice(11, 16)
  for (const text of ['36.80', '¥36.8', clock]) {
    const found = await find(text)
    assert.ok(found.kind === 'several', `${text}: ${found.kind}`)
    assert.deepEqual(
      found.orders.map(({ orderNumber }) => orderNumber),
      [order.orderNumber],
    )
  }
  assert.deepEqual(await find('36.81'), { kind: 'unknown-number', of: 'part' })
  // A payment code charges nobody here, whichever way it comes.
  for (const given of [code, { held: '0'.repeat(16) }]) {
    assert.deepEqual(await find(given), { kind: 'payment-code', wallet: 'wechat' })
  }
  assert.deepEqual(await find({ held: '1'.repeat(16) }), { kind: 'scan-gone' })
})

test('an order whose answer was lost is paid as soon as somebody asks for it, and not before', async (context) => {
  const { service, order, find } = await tillWith(context, 'answer-lost-but-paid', 'unknown')
  const found = await find(order.orderNumber)
  assert.ok(found.kind === 'now-paid')
  assert.ok(found.order.transactionId)
  assert.equal((await find(order.orderNumber)).kind, 'paid-here')
  const detail = await service.call('order.show', { orderNumber: order.orderNumber })
  const [asked] = detail?.journal.filter(({ type }) => type === 'query-requested') ?? []
  assert.equal(JSON.parse(asked?.payload ?? '{}').by, 'cashier')
})
