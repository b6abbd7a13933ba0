import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { OrderNumber } from '../till/ids.ts'
import { dataFolder, filesHolding } from './fixtures/data-folder.ts'
import { awaitingAnswer, drawPaymentCode, moment, newOrder, noonWallMs, paidAnswer } from './fixtures/test-orders.ts'
import type { Ledger, LedgerReader, LedgerResult } from './ledger.ts'
import { type OpenLedgerOptions, openLedger, openLedgerReader } from './open-ledger.ts'

function unwrap<Value>(result: LedgerResult<Value>): Value {
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

const problemKind = (result: LedgerResult<unknown>): string => (result.ok ? 'none' : result.problem.kind)

async function openOf(
  context: TestContext,
  dataDirectory: string,
  options: Partial<OpenLedgerOptions> = {},
): Promise<Ledger> {
  const ledger = unwrap(await openLedger({ dataDirectory, wallClock: () => noonWallMs, ...options }))
  context.after(() => ledger.close())
  return ledger
}

async function readerOf(context: TestContext, dataDirectory: string): Promise<LedgerReader> {
  const reader = unwrap(await openLedgerReader({ dataDirectory }))
  context.after(() => reader.close())
  return reader
}

test('an order lives in the ledger across a restart, and a reader sees it beside the writer and without', async (context) => {
  const folder = join(dataFolder(context), 'made', 'by-the-ledger')
  const reader = await readerOf(context, folder)
  assert.deepEqual(unwrap(await reader.orders({})), [])
  assert.equal(existsSync(folder), false)
  const first = await openOf(context, folder)
  const paymentCode = drawPaymentCode()
  const { order } = unwrap(await first.createOrder(newOrder({ paymentCode })))
  const waiting = unwrap(await first.append(order.orderNumber, order.version, [awaitingAnswer()]))
  assert.deepEqual(unwrap(await reader.orders({ status: 'awaiting-payer' })), [waiting])
  await first.close()
  assert.deepEqual(unwrap(await reader.order(order.orderNumber)), waiting)
  const second = await openOf(context, folder)
  assert.deepEqual(unwrap(await second.openOrders()), [waiting])
  assert.deepEqual(unwrap(await second.ordersOfSale(order.saleId)), [waiting])
  assert.deepEqual(unwrap(await second.scannedBefore(paymentCode)), waiting)
  assert.equal(unwrap(await second.scannedBefore(drawPaymentCode())), null)
  assert.equal(unwrap(await second.order('S0' as OrderNumber)), null)
  assert.equal(unwrap(await second.probe()), null)
  const progress: number[] = []
  const verification = await reader.verify((done) => progress.push(done))
  assert.deepEqual(unwrap(verification), { events: 5, broken: [] })
  assert.equal(progress.at(-1), 5)
  assert.deepEqual(filesHolding(folder, paymentCode), [])
})

test('answers of many orders at once each belong to their own call', async (context) => {
  const folder = dataFolder(context)
  const ledger = await openOf(context, folder)
  const asked = Array.from({ length: 40 }, (_, index) => newOrder({ at: moment(index) }))
  const created = await Promise.all(asked.map((order) => ledger.createOrder(order)))
  const orders = created.map((result) => unwrap(result).order)
  assert.deepEqual(
    orders.map((order) => order.maskedCode),
    asked.map((order) => order.maskedCode),
  )
  assert.equal(new Set(orders.map((order) => order.orderNumber)).size, orders.length)
  const ended = await Promise.all(
    orders.map(async (order, index) => {
      const events = index % 2 === 0 ? [paidAnswer(order)] : [awaitingAnswer()]
      return unwrap(await ledger.append(order.orderNumber, order.version, events)).status
    }),
  )
  assert.deepEqual(
    ended,
    orders.map((_, index) => (index % 2 === 0 ? 'paid' : 'awaiting-payer')),
  )
  const reader = await readerOf(context, folder)
  assert.deepEqual(unwrap(await reader.verify()).broken, [])
})

test('a bug rejects its own call and no other', async (context) => {
  const ledger = await openOf(context, dataFolder(context))
  const { order } = unwrap(await ledger.createOrder(newOrder()))
  const append = (version: number) => ledger.append(order.orderNumber, version, [awaitingAnswer()])
  const [good, bad, unsendable] = await Promise.allSettled([
    append(2),
    append(2),
    ledger.createOrder(newOrder({ policy: { windowMs: () => 1 } as never })),
  ])
  assert.equal(good.status, 'fulfilled')
  assert.match(String(bad.status === 'rejected' && bad.reason), /is at version 3, not 2/)
  assert.equal(unsendable.status, 'rejected')
  assert.equal((await ledger.order(order.orderNumber)).ok, true)
})

test('a closed ledger says so, and what was asked before the close is answered', async (context) => {
  const folder = dataFolder(context)
  const ledger = await openOf(context, folder)
  const last = ledger.createOrder(newOrder())
  await Promise.all([ledger.close(), ledger.close()])
  assert.equal(unwrap(await last).kind, 'created')
  const closed = { ok: false, problem: { kind: 'closed' } }
  assert.deepEqual(await ledger.createOrder(newOrder()), closed)
  assert.deepEqual(await ledger.openOrders(), closed)
  assert.deepEqual(readdirSync(folder).toSorted(), ['ledger.sqlite', 'till.lock'])
  const reader = await readerOf(context, folder)
  const verifying = reader.verify()
  await reader.close()
  assert.ok(['none', 'closed'].includes(problemKind(await verifying)))
  assert.deepEqual(await reader.orders({}), closed)
})

test('a worker that dies answers what is open and what comes later; one that cannot start rejects', async (context) => {
  const folder = dataFolder(context)
  const workerUrl = new URL('./fixtures/stopping-worker.ts', import.meta.url)
  const ledger = await openOf(context, folder, { workerUrl })
  const open = await Promise.all([ledger.createOrder(newOrder()), ledger.openOrders()])
  assert.deepEqual(open.map(problemKind), ['disk-error', 'disk-error'])
  assert.equal(problemKind(await ledger.probe()), 'disk-error')
  const missing = new URL('./fixtures/no-such-worker.ts', import.meta.url)
  await assert.rejects(openLedger({ dataDirectory: folder, workerUrl: missing }), /ledger writer did not start/)
  await assert.rejects(openLedgerReader({ dataDirectory: folder, workerUrl: missing }), /ledger reader did not start/)
})

test('the same randomness makes the same numbers', async (context) => {
  const random = (byteCount: number): Uint8Array => new Uint8Array(byteCount).fill(7)
  const orders = await Promise.all(
    [0, 1].map(async () => {
      const ledger = await openOf(context, dataFolder(context), { random })
      return unwrap(await ledger.createOrder(newOrder())).order.orderNumber
    }),
  )
  assert.equal(orders[0], orders[1])
})

test('a data folder below a file, a torn ledger and a full disk are problems, told by name', async (context) => {
  const folder = dataFolder(context)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  assert.equal(problemKind(await openLedger({ dataDirectory: join(file, 'data') })), 'disk-error')

  const whole = join(folder, 'whole')
  const ledger = await openOf(context, whole, { reservedBytes: 0 })
  for (let index = 0; index < 20; index += 1) await ledger.createOrder(newOrder())
  await ledger.close()
  const torn = join(folder, 'torn')
  cpSync(whole, torn, { recursive: true })
  truncateSync(join(torn, 'ledger.sqlite'), 40_960)
  assert.equal(problemKind(await openLedger({ dataDirectory: torn })), 'damaged')

  const full = await openOf(context, whole, { reservedBytes: 0, pragmas: ['max_page_count = 1'] })
  const results = await Promise.all(Array.from({ length: 60 }, () => full.createOrder(newOrder())))
  assert.ok(results.some((result) => problemKind(result) === 'disk-full'))
  assert.equal(problemKind(await full.probe()), 'disk-full')
  await full.close()
  const again = await openOf(context, whole)
  assert.equal(unwrap(await again.createOrder(newOrder())).kind, 'created')
  const reader = await readerOf(context, whole)
  const orders = unwrap(await reader.orders({}))
  assert.equal(orders.length, 20 + results.filter((result) => result.ok).length + 1)
  assert.deepEqual(unwrap(await reader.verify()).broken, [])
})

test('a data folder that may not be written is read-only, with a ledger in it or without', async (context) => {
  const folder = dataFolder(context)
  const withLedger = join(folder, 'with-ledger')
  await (await openOf(context, withLedger)).close()
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  chmodSync(folder, 0o755)
  for (const directory of [withLedger, empty]) {
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o444)
    chmodSync(directory, 0o555)
  }
  const program = fileURLToPath(new URL('./fixtures/till-process.ts', import.meta.url))
  // No permission stops the superuser, so where the tests run as that, the till runs as somebody else.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  for (const directory of [withLedger, join(empty), join(empty, 'not-there')]) {
    const run = spawnSync(process.execPath, [program, directory], { encoding: 'utf8', timeout: 60_000, ...user })
    assert.equal(run.status, 0, run.stderr)
    assert.equal((JSON.parse(run.stdout) as { readonly kind: string }).kind, 'read-only', directory)
  }
  assert.deepEqual(readdirSync(withLedger).toSorted(), ['ledger.sqlite', 'till.lock'])
})

test('a ledger that SQLite may only read is not opened for payments', async (context) => {
  const folder = dataFolder(context)
  await (await openOf(context, folder)).close()
  assert.equal(problemKind(await openLedger({ dataDirectory: folder, pragmas: ['query_only = ON'] })), 'read-only')
  await openOf(context, folder)
})

test('a process that ends without closing its ledger, in whatever state, is not taken for one that lost its log', (context) => {
  const folder = dataFolder(context)
  const endings: Readonly<Record<string, string>> = {
    'right after opening': '',
    'by a bug nobody caught': 'throw new Error("a bug")',
    'in the midst of writing': 'for (let count = 0; count < 200; count += 1) void ledger.probe()',
    'while lists are read': 'await (await openLedgerReader({ dataDirectory })).value.orders({})',
    'after writing': 'for (let count = 0; count < 20; count += 1) await ledger.probe()',
    'at last in order': 'await ledger.close()',
  }
  const address = JSON.stringify(new URL('./open-ledger.ts', import.meta.url).href)
  for (const [name, ending] of Object.entries(endings)) {
    const program = `
      import { openLedger, openLedgerReader } from ${address}
      const dataDirectory = process.argv[2]
      const opened = await openLedger({ dataDirectory })
      console.log(JSON.stringify(opened.ok ? 'opened' : opened.problem))
      if (!opened.ok) process.exit(9)
      const ledger = opened.value
      ${ending}
      process.exit(0)`
    const file = join(folder, 'ending.mjs')
    writeFileSync(file, program)
    // Each run finds what the one before it left.
    const ended = spawnSync(process.execPath, [file, join(folder, 'data')], { encoding: 'utf8' })
    assert.equal(ended.stdout, '"opened"\n', `${name}: ${ended.stderr}`)
  }
})
