import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { print } from '../cli/print.ts'
import type { PrinterNow, PrinterOutcome } from '../runner/print-ports.ts'
import { openTrainingKeys } from '../training/authority.ts'
import { makePracticeCode, type Story } from '../training/practice-code.ts'
import { assembleTill, type TillPlace } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import type { DocumentFacts } from './print-documents.ts'
import { printingView } from './print-view.ts'
import { createAnnouncer, createTillService } from './service.ts'

const policy = {
  firstQueryMs: 50,
  pollMs: 50,
  windowMs: 100,
  revokeMinAgeMs: 50,
  revokeRetryMs: [20],
  requestTimeoutMs: 2_000,
  refundRetryMs: [50],
  refundAskMs: [50],
}
let serial = 700

/** Training keys take seconds to make: once for a run of all tests. */
const ofThisRun = process.env.SCANTILL_TEST_TRAINING
const shared = ofThisRun ?? mkdtempSync(join(tmpdir(), 'till-shared-'))
if (ofThisRun === undefined) after(() => rmSync(shared, { recursive: true, force: true }))
await openTrainingKeys(shared, Date.now())

/** A whole till in training mode with a printer that does as the test says, and what came onto its paper. */
async function openTill(context: TestContext, settings: object = {}) {
  const data = mkdtempSync(join(tmpdir(), 'printing-'))
  cpSync(join(shared, 'training'), join(data, 'training'), { recursive: true })
  writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy }, ...settings }))
  const printer = { now: { kind: 'ready' } as PrinterNow, outcomes: [] as PrinterOutcome[] }
  const paper: string[] = []
  const device = {
    condition: async () => printer.now,
    print: async (bytes: Uint8Array): Promise<PrinterOutcome> => {
      paper.push(new TextDecoder().decode(bytes))
      return printer.outcomes.shift() ?? { kind: 'printed', proof: 'status-after-data' }
    },
    close: async () => undefined,
  }
  const textOf = (facts: DocumentFacts): string => {
    if ('refund' in facts) return `${facts.kind} ${facts.refund.amountFen}`
    if ('facts' in facts) return `${facts.kind} ${facts.facts.money.known}`
    return 'order' in facts ? `${facts.kind} ${facts.order.amountFen}` : facts.kind
  }
  const place: TillPlace = {
    dataDirectory: data,
    configFile: null,
    environment: {},
    equip: () => ({
      printers: [{ name: 'counter', device, fallback: null, silenceIsEnough: false }],
      render: async ({ facts, copy }) => new TextEncoder().encode(`${textOf(facts)}${copy > 1 ? ` 补打 ${copy}` : ''}`),
    }),
  }
  const announcer = createAnnouncer()
  const checks = new Set<() => void>()
  const checkAll = (): void => {
    for (const check of checks) check()
  }
  /** Resolves when the condition holds after a change of an order or a refund. */
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return
        checks.delete(check)
        resolve()
      }
      checks.add(check)
      check()
    })
  const assembly = await assembleTill(place, {
    onChange: checkAll,
    onRefundChange: checkAll,
    onReadiness: () => undefined,
    onPrintJobChange: () => announcer.tell('print.changed', printingView(till.printing, till.settings.printing.mode)),
  })
  assert.ok(assembly.ok)
  const { till } = assembly
  const service = createTillService(till, 'browser', announcer, noGuns)
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await service.close()
  }
  context.after(async () => {
    await close()
    rmSync(data, { recursive: true, force: true })
  })
  const pay = async (story: Story) => {
    serial += 1
    const scan = makePracticeCode('wechat', story, String(serial).padStart(10, '0'))
    const started = await service.call('sale.scan', { amountText: '5', scan, saleId: null, anotherCustomer: true })
    assert.ok(started.kind === 'started')
    const { orderNumber } = started.order
    const isOpen = () => till.runner.open().some((order) => order.orderNumber === orderNumber)
    const isCase = () =>
      till.runner.open().some(({ status, inFlight }) => status === 'attention' && inFlight === 'none')
    await until(() => !isOpen() || isCase())
    await till.printing.settled()
    return orderNumber
  }
  return { service, till, pay, until, printer, paper, place, close }
}

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
  await till.runner.settle(orderNumber as never, { decision: 'money-kept', reason: 'seen', proof })
  printer.now = { kind: 'ready' }
  await till.printing.request({ kind: 'test-page', subjectId: '1', orderNumber: null }, 'cashier')
  await till.printing.settled()
  assert.deepEqual(paper, ['sale 500', 'test-page'])
  const jobs = await service.call('print.jobs-of-order', { orderNumber })
  assert.deepEqual(
    jobs.map(({ kind, status, failure }) => [kind, status, failure]),
    [
      ['case-slip', 'failed', 'overtaken'],
      ['sale', 'printed', null],
    ],
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
  const refund = await service.call('refund.start', { orderNumber, amountText: '1', reason: 'returned' })
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
  const run = (order: string) =>
    print({ place, output, interrupted: new AbortController().signal }, { order, refund: null })
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
