import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { ExportWish } from '../api/contract.ts'
import { callNames, parseRequest } from '../api/schema.ts'
import { dataFolder } from '../ledger/fixtures/data-folder.ts'
import { newOrder, paidAnswer } from '../ledger/fixtures/test-orders.ts'
import { openTestWriter } from '../ledger/fixtures/test-writer.ts'
import { openLedgerReader } from '../ledger/open-ledger.ts'
import { writeRun } from '../reconcile/kept-bills.ts'
import type { ShiftId } from '../till/ids.ts'
import { exportCalls } from './export-calls.ts'
import { everyEntry } from './history-filter.fixture.ts'

const clock = { now: () => ({ wallMs: Date.UTC(2026, 2, 18, 4, 5, 6), monotonicMs: 1 }) }

/** A ledger with one paid order, and the call that exports from it. */
async function exporting(context: TestContext) {
  const data = dataFolder(context)
  const writer = openTestWriter(context, data)
  const order = writer.create(newOrder())
  writer.append(order, paidAnswer(order))
  const reader = await openLedgerReader({ dataDirectory: data })
  assert.ok(reader.ok)
  context.after(() => reader.value.close())
  const settings = { shifts: { cutOverHour: 4 }, policies: { wechat: {} as never } }
  const ledger = { currentShift: async () => ({ ok: true, value: null }) as const }
  const calls = exportCalls({ dataDirectory: data, reader: reader.value, ledger, settings }, clock)
  const write = (wish: ExportWish) => calls['exports.write']({ wish, format: 'csv', language: 'en' })
  return { data, order, write, reader: reader.value }
}

test('each wish comes as a file in the folder of exports, named by what it is and when', async (context) => {
  const { data, order, write } = await exporting(context)
  const run = {
    formatVersion: 2,
    run: 1,
    channel: 'wechat',
    date: '20260318',
    startedWallMs: clock.now().wallMs,
    light: 'agrees',
    file: null,
    lines: 0,
    matched: 0,
    billNetFen: 0,
    bookNetFen: 1_234,
    differences: [],
    otherTills: [],
    seenNearMidnight: [],
  } as const
  await writeRun(data, run)
  const wishes: readonly (readonly [ExportWish, string, RegExp])[] = [
    [
      { kind: 'transactions', filter: everyEntry },
      'transactions-20260318120506.csv',
      new RegExp(`Sale,${order.orderNumber},.*,12\\.34,Paid,`),
    ],
    [{ kind: 'totals', filter: everyEntry }, 'totals-20260318120506.csv', /\r\nAll,,1,12\.34,0,0\.00,12\.34,/],
    [
      { kind: 'shift', shiftId: 'day-20260318' },
      'shift-day-20260318-20260318120506.csv',
      /X report .*\r\n(?:.*\r\n)*Net \(yuan\),"12\.34\t"/,
    ],
    [
      { kind: 'reconciliation', channel: 'wechat', date: '20260318' },
      'reconciliation-wechat-20260318-20260318120506.csv',
      /Our net \(yuan\),"12\.34\t"/,
    ],
  ]
  for (const [wish, name, content] of wishes) {
    const request = { wish, format: 'csv', language: 'en' }
    assert.ok(callNames.includes('exports.write') && parseRequest('exports.write', request).ok, name)
    const result = await write(wish)
    assert.ok(result.kind === 'done', JSON.stringify(result))
    assert.equal(result.path, join(data, 'exports', name))
    assert.match(readFileSync(result.path, 'utf8'), content)
  }
})

test('what is not there, not known or not a number is told apart, and no file comes of it', async (context) => {
  const { data, write } = await exporting(context)
  const nothing = { kind: 'nothing-to-export' }
  assert.deepEqual(await write({ kind: 'shift', shiftId: '01-20260318-K7QX-9' as ShiftId }), nothing)
  assert.deepEqual(await write({ kind: 'reconciliation', channel: '..', date: '20260318' }), nothing)
  const filter = { ...everyEntry, leastAmount: 'x' }
  assert.equal((await write({ kind: 'totals', filter })).kind, 'refused')
  assert.ok(!existsSync(join(data, 'exports')))
  writeFileSync(join(data, 'exports'), 'a file in the folder’s place')
  const refused = await write({ kind: 'transactions', filter: everyEntry })
  assert.deepEqual(refused.kind === 'not-written' && refused.problem, 'disk-error')
})

test('a ledger that cannot be read is told, not exported as empty', async (context) => {
  const { data, write, reader } = await exporting(context)
  await reader.close()
  const trouble = { kind: 'ledger-trouble', problem: 'closed' }
  assert.deepEqual(await write({ kind: 'transactions', filter: everyEntry }), trouble)
  assert.deepEqual(await write({ kind: 'shift', shiftId: 'day-20260318' }), trouble)
  assert.deepEqual(readdirSync(join(data, 'exports')), [])
})
