import assert from 'node:assert/strict'
import { test } from 'node:test'
import { print } from '../cli/print.ts'
import { keptTerminal } from '../cli/terminal.fixture.ts'
import { decisionsFor } from '../till/order/attention.ts'
import { openPrintingTill as openTill } from './printing-till.fixture.ts'

test('a paid order prints its receipt by itself, and a copy only when somebody asks', async (context) => {
  const { service, pay, paper } = await openTill(context)
  const heard: number[] = []
  service.on('print.changed', ({ jobs }) => heard.push(jobs.length))
  const orderNumber = await pay('pays-at-once')
  assert.deepEqual(paper, ['sale 500'])
  assert.ok(heard.includes(1) && heard.at(-1) === 0)
  const wish = { orderNumber, refundNumber: null }
  assert.equal((await service.call('print.receipt', wish)).kind, 'queued')
  await service.call('print.state', null)
  const jobs = await service.call('print.jobs-of-order', { orderNumber })
  assert.deepEqual(
    jobs.map(({ copy, askedBy }) => [copy, askedBy]),
    [
      [1, null],
      [2, 'cashier'],
    ],
  )
})

test('a case prints the customer’s slip, and none once it is settled', async (context) => {
  const { service, till, pay, paper, printer } = await openTill(context)
  printer.now = { kind: 'paper-out' }
  const orderNumber = await pay('revoke-never-works')
  const held = await service.call('print.state', null)
  assert.deepEqual(held.printers[0]?.condition, { kind: 'paper-out', paperLow: false, cause: null })
  assert.deepEqual(
    held.jobs.map(({ kind, status }) => [kind, status]),
    [['case-slip', 'queued']],
  )
  const proof = { kind: 'pin', name: 'Wang', pinId: 'x' } as const
  const open = till.runner.open().find((order) => order.orderNumber === orderNumber) ?? assert.fail('no case')
  // What may be decided depends on what the wallet has said, and on a busy machine it may have said nothing.
  const decision = decisionsFor(open)[0] ?? assert.fail('no decision')
  const settled = await till.runner.settle(orderNumber as never, { decision, reason: 'seen', proof })
  assert.equal(settled.kind, 'done')
  printer.now = { kind: 'ready' }
  await till.printing.request({ kind: 'test-page', subjectId: '1', orderNumber: null }, 'cashier')
  await till.printing.settled()
  assert.ok(paper.includes('test-page'))
  assert.ok(!paper.some((text) => text.startsWith('case-slip')))
  const jobs = await service.call('print.jobs-of-order', { orderNumber })
  assert.deepEqual(
    jobs.slice(0, 1).map(({ kind, status, failure }) => [kind, status, failure]),
    [['case-slip', 'failed', 'overtaken']],
  )
})

test('a job in doubt waits for the word of a person; a refund prints its own receipt', async (context) => {
  const { service, till, pay, until, paper, printer } = await openTill(context)
  printer.outcomes = [{ kind: 'unconfirmed', bytesSent: 3, condition: { kind: 'offline' } }]
  const orderNumber = await pay('pays-at-once')
  const [job] = (await service.call('print.state', null)).jobs
  assert.equal(job?.status, 'unconfirmed')
  assert.equal((await service.call('print.receipt', { orderNumber, refundNumber: null })).kind, 'unconfirmed')
  const { jobId } = job ?? assert.fail()
  assert.equal((await service.call('print.looked-at', { jobId, didPrint: false })).kind, 'done')
  await till.printing.settled()
  assert.deepEqual(paper, ['sale 500', 'sale 500'])
  assert.equal((await service.call('print.cancel', { jobId })).kind, 'not-now')
  const refund = await service.call('refund.start', { orderNumber, amountText: '1', reason: 'returned', manager: null })
  assert.ok(refund.kind === 'started')
  await until(() => till.runner.openRefunds().length === 0)
  await till.printing.settled()
  assert.deepEqual(paper.slice(2), ['refund 100'])
})

test('a wish that cannot be met says why', async (context) => {
  const { service, pay } = await openTill(context, { printing: 'on-demand' })
  const orderNumber = await pay('balance-low')
  const ask = async (change: object) =>
    (await service.call('print.receipt', { orderNumber, refundNumber: null, ...change })).kind
  assert.equal(await ask({}), 'nothing-to-print')
  assert.equal(await ask({ orderNumber: 'NOBODY' }), 'no-such-order')
  assert.equal(await ask({ refundNumber: 'NOBODY' }), 'no-such-refund')
  assert.equal((await service.call('print.test-page', { printer: 'attic' })).kind, 'no-printer')
  assert.equal((await service.call('print.test-page', { printer: 'counter' })).kind, 'queued')
  const off = await openTill(context, { printing: 'off' })
  assert.equal((await off.service.call('print.receipt', { orderNumber, refundNumber: null })).kind, 'printing-off')
})

test('till print: each state a line, the result last; the exit code tells whether it is on paper', async (context) => {
  const { pay, close, place, printer, paper } = await openTill(context)
  const orderNumber = await pay('pays-at-once')
  await close()
  const lines: Readonly<Record<string, unknown>>[] = []
  const said: string[] = []
  const output = {
    line: (json: Readonly<Record<string, unknown>>) => void lines.push(json),
    say: (sentence: string) => void said.push(sentence),
  }
  const terminal = keptTerminal()
  const { interrupted } = terminal
  const run = (order: string) => print({ place, terminal, output, interrupted }, { order, refund: null })
  assert.equal(await run(orderNumber), 0)
  assert.deepEqual(paper, ['sale 500', 'sale 500 补打 2'])
  const { type, state, copy, printer: by, proof } = lines.at(-1) ?? {}
  assert.deepEqual([type, state, copy, by, proof], ['result', 'printed', 2, 'counter', 'status-after-data'])
  printer.outcomes = [{ kind: 'unconfirmed', bytesSent: 3, condition: { kind: 'offline' } }]
  assert.equal(await run(orderNumber), 3)
  assert.equal(lines.at(-1)?.state, 'unconfirmed')
  assert.equal(await run(orderNumber), 3)
  assert.match(said.join('\n'), /may have printed/)
  assert.equal(await run('NOBODY'), 2)
})
