import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { posFolder, practiceCode } from './pos-till.fixture.ts'

async function paidTill(context: Parameters<typeof posFolder>[0], settings: object = {}) {
  const folder = posFolder(context, settings)
  const opened = await folder.open()
  await opened.collect('P-1', { paymentCode: practiceCode('pays-at-once') })
  const { orderNumber } = await opened.ended('P-1')
  return { ...folder, ...opened, orderNumber: String(orderNumber) as OrderNumber }
}

const refundOf = (refundReference: string, amountFen = 500, reason = '退货') => ({ refundReference, amountFen, reason })
const path = '/collections/P-1/refunds'

test('a refund’s reference gives money back once, at once or after a restart; another amount is refused', async (context) => {
  const { call, close, open, orderNumber, till } = await paidTill(context)
  const both = await Promise.all([call('POST', path, refundOf('T-1')), call('POST', path, refundOf('T-1'))])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 201])
  const [first] = both
  assert.deepEqual([first?.body?.amount, first?.body?.refundReference], ['5.00', 'T-1'])
  await till.runner.refundSettled(String(first?.body?.refundNumber) as never)
  await close()
  const later = await open()
  const again = await later.call('POST', path, refundOf('T-1', 500, '其他话'))
  assert.equal(again.status, 200)
  assert.deepEqual(
    [again.body?.refundNumber, again.body?.status, again.body?.money, again.body?.final],
    [first?.body?.refundNumber, 'done', 'returned', true],
  )
  const differs = await later.call('POST', path, refundOf('T-1', 501))
  assert.deepEqual([differs.status, differs.body?.code], [409, 'refund-differs'])
  const second = await later.call('POST', path, refundOf('T-2'))
  assert.equal(second.status, 201)
  const kept = await later.till.ledger.refundsOfOrder(orderNumber)
  assert.ok(kept.ok)
  assert.equal(kept.value.length, 2)
  assert.equal((await later.call('GET', '/collections/P-1')).body?.reference, 'P-1')
})

test('what cannot be refunded is refused by the till’s own rules, and nothing leaves', async (context) => {
  const { call, collect, orderNumber, till } = await paidTill(context)
  const refused = async (where: string, body: object) => {
    const answer = await call('POST', where, body)
    return [answer.status, answer.body?.code, answer.body?.reason ?? answer.body?.field]
  }
  assert.deepEqual(await refused(path, refundOf('T-3', 2351)), [409, 'refund-refused', 'more-than-left'])
  assert.deepEqual(await refused(path, refundOf('T-3', 0)), [409, 'refund-refused', 'zero'])
  assert.deepEqual(await refused(path, refundOf('T-3', 1, ' \n')), [400, 'bad-request', 'reason'])
  assert.deepEqual(await refused(path, { refundReference: 'T-3', reason: 'x' }), [400, 'bad-request', 'amountFen'])
  await collect('P-2')
  assert.deepEqual(await refused('/collections/P-2/refunds', refundOf('T-3')), [409, 'refund-refused', 'not-paid'])
  assert.deepEqual(await refused('/collections/P-3/refunds', refundOf('T-3')), [404, 'no-such-collection', undefined])
  const kept = await till.ledger.refundsOfOrder(orderNumber)
  assert.deepEqual(kept.ok && kept.value, [])
})

test('beyond what a cashier refunds alone a manager must act, unless the token may', async (context) => {
  const limited = { staff: { limits: { refundYuan: '5' } } }
  const { call, till, close, open } = await paidTill(context, limited)
  assert.equal((await till.staff.setUp({ name: '王芳', pin: '730519' })).kind, 'done')
  assert.equal((await call('POST', path, refundOf('T-4', 300))).status, 201)
  const beyond = await call('POST', path, refundOf('T-5', 201))
  assert.deepEqual([beyond.status, beyond.body?.code], [403, 'manager-needed'])
  assert.equal((await call('POST', path, refundOf('T-5', 200))).status, 201)
  await close()
  const locked = await open()
  const charged = await locked.collect('P-4', { paymentCode: practiceCode('pays-at-once') })
  assert.deepEqual([charged.status, charged.body?.code], [409, 'till-locked'])
  assert.equal((await locked.call('GET', '/health')).body?.locked, true)
  const any = await paidTill(context, { ...limited, pos: { refunds: 'any' } })
  assert.equal((await any.till.staff.setUp({ name: '王芳', pin: '730519' })).kind, 'done')
  assert.equal((await any.call('POST', path, refundOf('T-6', 2350))).status, 201)
})
