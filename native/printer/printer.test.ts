import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { systemKeeperTime } from '../scanner/device/keeper-time.ts'
import { withoutPseudoTerminal } from '../scanner/pseudo-terminal.fixture.ts'
import { startFakePrinter, startFakePrinterAtTerminal } from './fake-printer.fixture.ts'
import { forEver, receipt } from './line-printer.fixture.ts'
import { openPrinter, type PrinterAddress, type PrinterProfile } from './printer.ts'
import { epsonProfile, genericProfile } from './printer-profile.ts'

/** Where an answer comes, it comes at once, and the limits are long; where none comes, short ones cost no time. */
const short = { answerMs: 20, proofMs: 20, connectMs: 200, jobMs: 300 }

function printerAt(context: TestContext, address: PrinterAddress, changes: Partial<PrinterProfile> = {}) {
  const printer = openPrinter(address, { ...genericProfile, ...changes }, { clock: systemKeeperTime })
  context.after(() => printer.close())
  return printer
}

async function tcpPrinter(context: TestContext, changes: Partial<PrinterProfile> = {}) {
  const fake = await startFakePrinter()
  context.after(() => fake.close())
  const { host, port } = fake
  return { fake, printer: printerAt(context, { kind: 'tcp', host, port }, changes) }
}

test('TCP: a receipt comes out whole, proved by either way', async (context) => {
  for (const [profile, proof] of [
    [genericProfile, 'status-after-data'],
    [epsonProfile, 'process-id'],
  ] as const) {
    const { fake, printer } = await tcpPrinter(context, profile)
    assert.deepEqual(await printer.print(receipt('已打印'), forEver), { kind: 'printed', proof })
    assert.deepEqual(fake.paper(), receipt('已打印'))
    assert.equal(fake.cuts(), 1)
  }
})

test('TCP: nobody listens, and later somebody does', async (context) => {
  const { fake, printer } = await tcpPrinter(context)
  await fake.refuse()
  assert.deepEqual(await printer.print(receipt('one'), forEver), {
    kind: 'not-sent',
    condition: { kind: 'busy', cause: 'refused' },
  })
  await fake.accept()
  assert.equal((await printer.print(receipt('one'), forEver)).kind, 'printed')
  assert.deepEqual(fake.paper(), receipt('one'))
})

test('TCP: one that accepts and reads nothing may have the receipt', async (context) => {
  const { fake, printer } = await tcpPrinter(context, short)
  fake.stall()
  assert.deepEqual(await printer.print(receipt('one'), forEver), {
    kind: 'unconfirmed',
    bytesSent: receipt('one').length,
    condition: { kind: 'silent' },
  })
  // What no socket buffer holds: the limit of the whole job ends it.
  const outcome = await printer.print(new Uint8Array(20_000_000), forEver)
  assert.ok(outcome.kind === 'unconfirmed' && outcome.bytesSent < 20_000_000)
  assert.deepEqual(outcome.condition, { kind: 'offline', cause: 'stopped-answering', detail: '' })
})

test('TCP: a connection that breaks in the middle leaves it open what was printed', async (context) => {
  const { fake, printer } = await tcpPrinter(context, { realTimeStatus: 'never', proof: 'none', chunkBytes: 1_024 })
  fake.resetAfter(4_000)
  const outcome = await printer.print(new Uint8Array(5_000_000).fill(0x41), forEver)
  assert.ok(outcome.kind === 'unconfirmed' && outcome.condition.kind === 'offline', JSON.stringify(outcome))
  assert.equal(outcome.condition.cause, 'connection-lost')
  assert.ok(fake.paper().length <= outcome.bytesSent)
})

test('TCP: paper that is out holds the job back; once it is in, the job is printed', async (context) => {
  const { fake, printer } = await tcpPrinter(context)
  fake.change({ paperOut: true })
  assert.deepEqual(await printer.print(receipt('one'), forEver), {
    kind: 'not-sent',
    condition: { kind: 'paper-out' },
  })
  fake.change({ paperOut: false })
  assert.equal((await printer.print(receipt('one'), forEver)).kind, 'printed')
})

test('TCP: a silent model gets the whole receipt although nobody waits for an answer', async (context) => {
  const { fake, printer } = await tcpPrinter(context, { realTimeStatus: 'never', proof: 'none' })
  fake.change({ silent: true })
  const long = new Uint8Array(30_000).fill(0x41)
  assert.equal((await printer.print(long, forEver)).kind, 'unconfirmed')
  // The printer's side has been told of the end, so nothing is on its way any more.
  assert.equal(fake.paper().length, long.length)
})

for (const kind of ['serial', 'device-file'] as const) {
  test(`${kind}: printed, held back, and unplugged, over a pseudo-terminal`, {
    skip: withoutPseudoTerminal,
  }, async (context) => {
    const fake = await startFakePrinterAtTerminal()
    context.after(() => fake.unplug())
    const { path } = fake
    const address = kind === 'serial' ? ({ kind, path, baudRate: 115_200, flow: 'none' } as const) : { kind, path }
    const printer = printerAt(context, address)
    // Bytes that a terminal in its usual mode would change or answer itself.
    const all = Uint8Array.from([
      ...receipt('one'),
      0x1d,
      0x76,
      0x30,
      0x00,
      0x20,
      0x00,
      0x08,
      0x00,
      ...Array(256).keys(),
    ])
    assert.deepEqual(await printer.print(all, forEver), { kind: 'printed', proof: 'status-after-data' })
    assert.deepEqual(fake.paper(), all)
    fake.change({ coverOpen: true })
    assert.deepEqual(await printer.condition(forEver), { kind: 'cover-open' })
    await fake.unplug()
    const gone = await printer.print(receipt('two'), forEver)
    assert.ok(gone.kind === 'not-sent' && gone.condition.kind === 'offline', JSON.stringify(gone))
    assert.equal(gone.condition.cause, 'absent')
  })
}

test('a file is no printer, and a missing right is told as such', async (context) => {
  const file = printerAt(context, { kind: 'device-file', path: import.meta.filename })
  const condition = await file.condition(forEver)
  assert.ok(condition.kind === 'offline' && condition.cause === 'not-a-device', JSON.stringify(condition))
})
