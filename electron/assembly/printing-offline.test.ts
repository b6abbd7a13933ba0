import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

/** Lets connections to one port through and refuses every other; answers with those that were tried. */
function cutNetwork(context: TestContext, portOfPrinter: number): number[] {
  const refused: number[] = []
  const connect = Socket.prototype.connect
  context.mock.method(Socket.prototype, 'connect', function (this: Socket, ...parameters: unknown[]) {
    const [first] = parameters.flat()
    const port = Number(typeof first === 'object' && first !== null && 'port' in first ? first.port : first)
    if (port === portOfPrinter) return Reflect.apply(connect, this, parameters)
    refused.push(port)
    return this.destroy(Object.assign(new Error('the network is cut'), { code: 'ENETUNREACH' }))
  })
  return refused
}

test('with every network cut but the printer’s, a day’s papers and the shift’s report print', async (context) => {
  const fake = await startFakePrinter()
  context.after(() => fake.close())
  const printers = [{ kind: 'tcp', address: `127.0.0.1:${fake.port}`, profile: 'generic-80', name: 'counter' }]
  const settings = { printers, printing: 'on-demand' }
  const { service, till, pay, until } = await openPrintingTill(context, settings, { equip: undefined })
  const at = { wallMs: Date.now(), monotonicMs: 0 }
  const opened = await till.ledger.openShift({ tillId: '01', cutOverHour: 5, cashier: null, floatFen: null, at })
  assert.ok(opened.ok && opened.value.kind === 'opened')
  const paid = [await pay('pays-at-once'), await pay('pays-at-once'), await pay('pays-at-once')]
  const revoked = await pay('password-never')
  const inDoubt = await pay('revoke-never-works')
  const refund = await service.call('refund.start', {
    orderNumber: paid[0] ?? '',
    amountText: '1',
    reason: 'returned',
    manager: null,
  })
  assert.ok(refund.kind === 'started')
  await until(() => till.runner.openRefunds().length === 0)
  assert.equal(fake.receivedBytes(), 0)

  const refused = cutNetwork(context, fake.port)
  const query = await service.call('order.query', { orderNumber: inDoubt })
  assert.equal(query.kind, 'done')
  await until(() => refused.length > 0)
  for (const orderNumber of [...paid, revoked, inDoubt]) {
    assert.equal((await service.call('print.receipt', { orderNumber, refundNumber: null })).kind, 'queued')
  }
  const { refundNumber } = refund.refund
  await service.call('print.receipt', { orderNumber: paid[0] ?? '', refundNumber })
  const report = { kind: 'shift-report', subjectId: opened.value.shift.shiftId, orderNumber: null } as const
  assert.equal((await till.printing.request(report, 'cashier')).kind, 'queued')
  await till.printing.settled()
  await service.call('print.receipt', { orderNumber: paid[0] ?? '', refundNumber: null })
  await till.printing.settled()

  assert.deepEqual((await service.call('print.state', null)).jobs, [])
  assert.equal(fake.cuts(), 8)
  for (const number of [...paid, revoked, inDoubt, refundNumber]) assert.ok(fake.hasReceived(number), number)
  assert.match(fake.text(), /班次中途报告[\s\S]*补打 第2份/)
})
