import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrintJobId } from '../till/ids.ts'
import type { PrinterConditionName } from '../till/print/job.ts'
import { stopPatienceMs } from './print-keeper.ts'
import { fallbackAfterMs, printerPollMs, printerWatchMs } from './print-lane.ts'
import { type ScriptedPrinter, saleOf, virtualPrinting } from './virtual-printing.fixture.ts'

const id = (orderNumber: string, copy = 1) => `sale.${orderNumber}.${copy}` as PrintJobId
const unconfirmed = { kind: 'unconfirmed', bytesSent: 3, condition: { kind: 'offline' } } as const
const notSent = { kind: 'not-sent', condition: { kind: 'busy' } } as const

function printerOf(world: ReturnType<typeof virtualPrinting>, name = 'counter'): ScriptedPrinter {
  return world.printers[name] ?? assert.fail(`no printer ${name}`)
}

test('the intent to send is durable before the bytes leave, and the outcome before it is shown', async () => {
  const world = virtualPrinting()
  world.queue('A00001')
  await world.time.pass(1_000)
  const jobId = id('A00001')
  assert.deepEqual(world.log, [
    `commit created ${jobId}`,
    `show queued ${jobId}`,
    `commit sending ${jobId}`,
    `show sending ${jobId}`,
    'send counter A00001/1',
    `commit printed ${jobId}`,
    `show printed ${jobId}`,
  ])
  assert.deepEqual(world.job(jobId).lastSend?.byteCount, 8)
  assert.match(world.job(jobId).lastSend?.bytesHash ?? '', /^[0-9a-f]{64}$/)
  assert.deepEqual(world.keeper().open(), [])
})

test('one writer a printer: jobs go one after the other, in their order', async () => {
  const world = virtualPrinting()
  world.queue('A00001', 'A00002', 'A00003')
  await world.time.pass(200)
  world.queue('A00004')
  await world.time.pass(5_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1', 'A00002/1', 'A00003/1', 'A00004/1'])
  assert.equal(printerOf(world).mostAtOnce, 1)
})

test('a printer that takes nothing holds its line without a trace in the journal, and goes on alone', async () => {
  for (const kind of [
    'paper-out',
    'cover-open',
    'error',
    'busy',
    'offline',
  ] as const satisfies readonly PrinterConditionName[]) {
    const world = virtualPrinting()
    const printer = printerOf(world)
    printer.condition = { kind }
    world.queue('A00001', 'A00002')
    await world.time.pass(60_000)
    assert.equal(printer.asked, 1 + 60_000 / printerPollMs, kind)
    assert.deepEqual(
      world.log.filter((line) => line.startsWith('commit') && !line.includes('created')),
      [],
    )
    assert.deepEqual(world.keeper().printers(), [{ name: 'counter', condition: { kind }, waiting: 2, sending: null }])
    printer.condition = { kind: 'ready' }
    await world.time.pass(printerPollMs + 2_000)
    assert.deepEqual(printer.paper, ['A00001/1', 'A00002/1'])
  }
})

test('what did not leave goes again by itself, with longer and longer waits; nothing else does', async () => {
  const world = virtualPrinting()
  printerOf(world).outcomes = [notSent, notSent, notSent]
  world.queue('A00001')
  await world.time.pass(500 + 2_000 + 500 + 4_000 + 500)
  assert.equal(world.log.filter((line) => line.startsWith('send')).length, 3)
  await world.time.pass(20_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1'])
  assert.equal(world.job(id('A00001')).sends, 4)
})

test('what may have printed waits for a person’s word, and the next job goes on', async () => {
  const world = virtualPrinting()
  printerOf(world).outcomes = [unconfirmed]
  world.queue('A00001', 'A00002')
  await world.time.pass(600_000)
  assert.equal(world.job(id('A00001')).status, 'unconfirmed')
  assert.deepEqual(printerOf(world).paper, ['A00002/1'])
  const no = await world.keeper().lookedAt(id('A00001'), false, 'cashier')
  assert.equal(no.kind, 'done')
  await world.time.pass(1_000)
  assert.deepEqual(printerOf(world).paper, ['A00002/1', 'A00001/1'], 'the same copy, not a reprint')
})

test('a person’s yes ends it, and a second answer changes nothing', async () => {
  const world = virtualPrinting()
  printerOf(world).outcomes = [unconfirmed]
  world.queue('A00001')
  await world.time.pass(1_000)
  assert.equal((await world.keeper().lookedAt(id('A00001'), true, 'cashier')).kind, 'done')
  assert.equal((await world.keeper().lookedAt(id('A00001'), false, 'cashier')).kind, 'not-now')
  await world.time.pass(60_000)
  assert.equal(world.job(id('A00001')).proof, 'word-of-a-person')
  assert.deepEqual(printerOf(world).paper, [])
  assert.equal((await world.keeper().lookedAt(id('NOBODY'), true, 'cashier')).kind, 'no-such-job')
})

test('a model that never answers has printed only where the owner says so, and only what it took whole', async () => {
  const silent = (bytesSent: number) => ({ kind: 'unconfirmed', bytesSent, condition: { kind: 'silent' } }) as const
  const stories = [
    { silenceIsEnough: true, bytesSent: 8, status: 'printed' },
    { silenceIsEnough: true, bytesSent: 7, status: 'unconfirmed' },
    { silenceIsEnough: false, bytesSent: 8, status: 'unconfirmed' },
  ]
  for (const { silenceIsEnough, bytesSent, status } of stories) {
    const world = virtualPrinting({ counter: { silenceIsEnough } })
    printerOf(world).condition = { kind: 'silent' }
    printerOf(world).outcomes = [silent(bytesSent)]
    world.queue('A00001')
    await world.time.pass(1_000)
    assert.equal(world.job(id('A00001')).status, status)
  }
})

test('a till that was killed while bytes were on their way asks, and sends nothing by itself', async () => {
  const world = virtualPrinting()
  world.queue('A00001', 'A00002')
  await world.time.pass(100)
  assert.equal(world.job(id('A00001')).status, 'sending')
  await world.restart()
  await world.time.pass(60_000)
  assert.equal(world.job(id('A00001')).status, 'unconfirmed')
  assert.equal(world.job(id('A00002')).status, 'printed')
  assert.equal(world.log.filter((line) => line === 'send counter A00001/1').length, 1)
})

test('an idle printer is asked for whoever wants to see it, and a line that waits asks by itself', async () => {
  const world = virtualPrinting()
  const printer = printerOf(world)
  await world.time.pass(60_000)
  assert.equal(printer.asked, 0)
  world.keeper().watch()
  await world.time.pass(printerWatchMs * 3 + 1)
  assert.equal(printer.asked, 4)
  printer.condition = { kind: 'paper-out' }
  await world.time.pass(printerWatchMs)
  assert.equal(world.keeper().printers()[0]?.condition?.kind, 'paper-out', 'told before a receipt waits for it')
  const before = printer.asked
  world.queue('A00001')
  await world.time.pass(printerPollMs * 5)
  assert.equal(printer.asked - before, 6)
  await world.keeper().stop()
  const atStop = printer.asked
  await world.time.pass(60_000)
  assert.equal(printer.asked, atStop)
})

test('a queue outlives any number of restarts and prints once', async () => {
  const world = virtualPrinting()
  printerOf(world).condition = { kind: 'paper-out' }
  world.queue('A00001')
  for (let count = 0; count < 5; count += 1) {
    await world.time.pass(3_000)
    await world.restart()
  }
  printerOf(world).condition = { kind: 'ready' }
  await world.time.pass(5_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1'])
  assert.equal(world.job(id('A00001')).version, 3, 'no start leaves a trace of a job that only waits')
})

test('a broken printer’s fall-back takes its jobs after a while, in their order; a busy one’s does not', async () => {
  const world = virtualPrinting({ counter: { fallback: 'back-office' }, 'back-office': {} })
  printerOf(world).condition = { kind: 'busy' }
  world.queue('A00001', 'A00002')
  await world.time.pass(60_000)
  assert.deepEqual(printerOf(world, 'back-office').paper, [])
  printerOf(world).condition = { kind: 'offline' }
  await world.time.pass(fallbackAfterMs)
  assert.deepEqual(printerOf(world, 'back-office').paper, [])
  await world.time.pass(printerPollMs + 2_000)
  assert.deepEqual(printerOf(world, 'back-office').paper, ['A00001/1', 'A00002/1'])
  assert.equal(world.job(id('A00001')).lastSend?.printer, 'back-office')
  printerOf(world).condition = { kind: 'ready' }
  await world.time.pass(printerPollMs)
  world.queue('A00003')
  await world.time.pass(1_000)
  assert.deepEqual(printerOf(world).paper, ['A00003/1'])
})

test('what is in doubt at a broken printer never goes to its fall-back', async () => {
  const world = virtualPrinting({ counter: { fallback: 'back-office' }, 'back-office': {} })
  printerOf(world).outcomes = [unconfirmed]
  world.queue('A00001')
  await world.time.pass(1_000)
  printerOf(world).condition = { kind: 'offline' }
  world.queue('A00002')
  await world.time.pass(60_000)
  assert.deepEqual(printerOf(world, 'back-office').paper, ['A00002/1'])
  assert.equal(world.job(id('A00001')).status, 'unconfirmed')
})

test('with both printers broken a job waits for whichever is mended first', async () => {
  const world = virtualPrinting({ counter: { fallback: 'back-office' }, 'back-office': {} })
  printerOf(world).condition = { kind: 'offline' }
  world.queue('A00001')
  printerOf(world, 'back-office').condition = { kind: 'paper-out' }
  await world.time.pass(60_000)
  printerOf(world).condition = { kind: 'ready' }
  await world.time.pass(60_000)
  assert.deepEqual([printerOf(world).paper, printerOf(world, 'back-office').paper], [['A00001/1'], []])
})

test('a request: the original, then copies with numbers; the same wish twice is one job', async () => {
  const world = virtualPrinting()
  const { keeper } = world
  const first = await keeper().request(saleOf('A00001'), 'cashier')
  const again = await keeper().request(saleOf('A00001'), 'cashier')
  assert.deepEqual([first.kind, again.kind], ['queued', 'under-way'])
  await world.time.pass(1_000)
  assert.equal((await keeper().request(saleOf('A00001'), 'cashier')).kind, 'queued')
  await world.time.pass(1_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1', 'A00001/2'])
})

test('a request goes to the printer that was asked for, and to none that is not there', async () => {
  const world = virtualPrinting({ counter: {}, kitchen: {} })
  assert.equal((await world.keeper().request(saleOf('A00001'), 'staff', 'kitchen')).kind, 'queued')
  assert.equal((await world.keeper().request(saleOf('A00002'), 'staff', 'attic')).kind, 'no-printer')
  await world.time.pass(1_000)
  assert.deepEqual(printerOf(world, 'kitchen').paper, ['A00001/1'])
  assert.equal((await virtualPrinting({}).keeper().request(saleOf('A00001'), 'staff')).kind, 'no-printer')
})

test('a job is cancelled while it waits or is in doubt, not while its bytes are on their way', async () => {
  const world = virtualPrinting()
  world.queue('A00001', 'A00002')
  await world.time.pass(100)
  assert.equal((await world.keeper().cancel(id('A00001'), 'cashier')).kind, 'not-now')
  assert.equal((await world.keeper().cancel(id('A00002'), 'cashier')).kind, 'done')
  await world.time.pass(5_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1'])
  assert.equal(world.job(id('A00002')).failure, 'cancelled')
  await world.keeper().request(saleOf('A00002'), 'cashier')
  await world.time.pass(1_000)
  assert.deepEqual(printerOf(world).paper, ['A00001/1', 'A00002/1'], 'it was never on paper: still the original')
})

test('a document that is not true any more, or cannot be made, is given up alone', async () => {
  const world = virtualPrinting()
  const { document } = world
  world.document = (job) => {
    if (job.subjectId === 'A00001') return { kind: 'overtaken' }
    if (job.subjectId === 'A00002') throw new Error('a bug of the template')
    return document(job)
  }
  world.queue('A00001', 'A00002', 'A00003')
  await world.time.pass(5_000)
  assert.deepEqual(printerOf(world).paper, ['A00003/1'])
  assert.equal(world.job(id('A00001')).failure, 'overtaken')
  assert.equal(world.job(id('A00002')).failure, 'no-document')
  assert.equal(world.bugs.length, 1)
})

test('a ledger that cannot write keeps every byte back, and the outcome is written when it can again', async () => {
  const world = virtualPrinting()
  const problem = { kind: 'disk-full', path: 'x' } as const
  world.fail(problem)
  world.queue('A00001')
  await world.time.pass(10_000)
  assert.deepEqual(
    world.log.filter((line) => line.startsWith('send')),
    [],
  )
  assert.deepEqual(
    await world
      .keeper()
      .cancel(id('A00001'), 'cashier')
      .then(({ kind }) => kind),
    'ledger-trouble',
  )
  world.fail(null)
  await world.time.pass(1_100)
  assert.equal(world.job(id('A00001')).status, 'sending')
  world.fail(problem)
  await world.time.pass(10_000)
  assert.equal(world.job(id('A00001')).status, 'sending')
  world.fail(null)
  await world.time.pass(1_100)
  assert.equal(world.job(id('A00001')).status, 'printed')
})

test('a device with a bug leaves its job in doubt, and the line goes on', async () => {
  const world = virtualPrinting()
  printerOf(world).outcomes = ['throws']
  world.queue('A00001')
  await world.time.pass(1_000)
  assert.equal(world.job(id('A00001')).status, 'unconfirmed')
  assert.equal(world.bugs.length, 1)
})

test('a stop prints what can be printed at once, waits for nobody who holds, and lets the printers go', async () => {
  const world = virtualPrinting({ counter: {}, kitchen: {} })
  printerOf(world, 'kitchen').condition = { kind: 'offline' }
  await world.keeper().request(saleOf('A00009'), 'cashier', 'kitchen')
  world.queue('A00001', 'A00002')
  const stopped = world.keeper().stop()
  await world.time.pass(2_000)
  await stopped
  assert.deepEqual(printerOf(world).paper, ['A00001/1', 'A00002/1'])
  const { asked } = printerOf(world, 'kitchen')
  await world.time.pass(60_000)
  assert.equal(printerOf(world, 'kitchen').asked, asked)
  assert.deepEqual(
    world.log.filter((line) => line.startsWith('close')),
    ['close counter', 'close kitchen'],
  )
  assert.equal((await world.keeper().request(saleOf('A00003'), 'cashier')).kind, 'stopping')
  assert.equal(world.job(id('A00009')).status, 'queued')
})

test('a printer that hangs cannot keep the till from stopping; its job is in doubt', async () => {
  const world = virtualPrinting()
  printerOf(world).outcomes = ['hangs']
  world.queue('A00001', 'A00002')
  const stopped = world.keeper().stop()
  await world.time.pass(stopPatienceMs + 100)
  await stopped
  assert.equal(world.job(id('A00001')).status, 'unconfirmed')
  assert.equal(world.job(id('A00002')).status, 'queued')
})
