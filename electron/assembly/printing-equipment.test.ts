import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

/** A till whose configuration names a printer at a port of this machine. */
async function openWithPrinter(context: Parameters<typeof openPrintingTill>[0], settings: object = {}) {
  const fake = await startFakePrinter()
  context.after(() => fake.close())
  const printers = [{ kind: 'tcp', address: `127.0.0.1:${fake.port}`, profile: 'generic-80', name: 'counter' }]
  const opened = await openPrintingTill(context, { printers, ...settings }, { equip: undefined })
  return { ...opened, fake }
}

test('what the configuration names prints: sale, revocation, refund, case slip and test page, each once', async (context) => {
  const { pay, service, till, until, fake } = await openWithPrinter(context)
  const paid = await pay('pays-at-once')
  assert.match(fake.text(), /训练/)
  assert.match(fake.text(), /￥5\.00/)
  assert.ok(fake.hasReceived(paid), 'the order number can be scanned')
  await pay('password-never')
  assert.match(fake.text(), /没有扣款/)
  await pay('revoke-never-works')
  assert.match(fake.text(), /请先不要再付/)
  const refund = await service.call('refund.start', {
    orderNumber: paid,
    amountText: '1',
    reason: '退货',
    manager: null,
  })
  assert.ok(refund.kind === 'started')
  await until(() => till.runner.openRefunds().length === 0)
  await till.printing.settled()
  assert.ok(fake.hasReceived(refund.refund.refundNumber))
  assert.equal(fake.cuts(), 4)
  assert.equal((await service.call('print.receipt', { orderNumber: paid, refundNumber: null })).kind, 'queued')
  assert.equal((await service.call('print.test-page', { printer: 'counter' })).kind, 'queued')
  await till.printing.settled()
  assert.match(fake.text(), /补打/)
  assert.equal(fake.cuts(), 6)
  assert.deepEqual(
    (await service.call('print.state', null)).jobs.map(({ status }) => status),
    [],
  )
})

test('a shift’s report prints its sums', async (context) => {
  const { pay, till, fake } = await openWithPrinter(context)
  const at = { wallMs: Date.now(), monotonicMs: 0 }
  const opened = await till.ledger.openShift({ tillId: '01', cutOverHour: 5, cashier: null, floatFen: null, at })
  assert.ok(opened.ok && opened.value.kind === 'opened')
  await pay('pays-at-once')
  const subjectId = opened.value.shift.shiftId
  const asked = await till.printing.request({ kind: 'shift-report', subjectId, orderNumber: null }, 'cashier')
  assert.equal(asked.kind, 'queued')
  await till.printing.settled()
  assert.ok(fake.text().includes(subjectId))
  assert.match(fake.text(), /班次中途报告[\s\S]*微信支付[\s\S]*￥5\.00/)
})

test('the report of a shift whose order was settled after its close says so, and has that order in its sums', async (context) => {
  const { pay, till, fake } = await openWithPrinter(context)
  const at = { wallMs: Date.now(), monotonicMs: 0 }
  const opened = await till.ledger.openShift({ tillId: '01', cutOverHour: 5, cashier: null, floatFen: null, at })
  assert.ok(opened.ok && opened.value.kind === 'opened')
  const { shiftId } = opened.value.shift
  const orderNumber = await pay('revoke-never-works')
  const act = { kind: 'close', differenceReason: '', unsignedUpToFen: null } as const
  const closed = await till.ledger.actOnShift(shiftId, { act, by: null, at })
  assert.ok(closed.ok && closed.value.kind === 'done')
  const proof = { kind: 'pin', name: 'Wang', pinId: 'x' } as const
  const settled = await till.runner.settle(orderNumber as never, { decision: 'money-kept', reason: 'seen', proof })
  assert.equal(settled.kind, 'done')
  await till.printing.request({ kind: 'shift-report', subjectId: shiftId, orderNumber: null }, 'cashier')
  await till.printing.settled()
  const report = fake.text().slice(fake.text().lastIndexOf('交班报告'))
  assert.match(report, /补充报告/)
  assert.match(report, /微信支付[\s\S]*￥5\.00/)
  assert.doesNotMatch(report, new RegExp(orderNumber), 'it is not in flight any more')
})
