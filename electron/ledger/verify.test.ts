import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { SaleId } from '../till/ids.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { entryHash, journalColumns } from './journal.ts'
import type { JournalEntry } from './ledger.ts'
import { verifyLedger } from './verify.ts'

/** A ledger with a few orders of every kind of end. */
function livelyLedger(context: TestContext): TestWriter {
  const writer = openTestWriter(context, dataFolder(context))
  writer.append(writer.create(newOrder()), failedAnswer())
  const paid = writer.create(newOrder())
  writer.append(paid, awaitingAnswer(), { type: 'parked', at: moment(1_500) })
  const other = writer.create(newOrder({ saleId: 'sale-2' as SaleId }))
  writer.append(other, paidAnswer(other))
  return writer
}

/** A copy in memory whose guards are gone, for tampering. */
function unguardedCopy(source: DatabaseSync): DatabaseSync {
  const copy = new DatabaseSync(':memory:')
  const file = source.serialize()
  // A file in memory has no write-ahead log: the two bytes that ask for one say "rollback journal" instead.
  file.fill(1, 18, 20)
  copy.deserialize(file)
  const triggers = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
  for (const { name } of triggers) copy.exec(`DROP TRIGGER ${name}`)
  copy.exec('PRAGMA foreign_keys = OFF')
  return copy
}

test('a ledger that nobody touched is whole, and progress ends at its number of events', (context) => {
  const { db } = livelyLedger(context)
  const steps = verifyLedger(db)
  const seen: number[] = []
  let step = steps.next()
  for (; !step.done; step = steps.next()) {
    assert.equal(step.value.total, tableRows(db, 'journal').length)
    seen.push(step.value.done)
  }
  assert.deepEqual(step.value, { events: tableRows(db, 'journal').length, broken: [] })
  assert.deepEqual(
    seen,
    seen.toSorted((left, right) => left - right),
  )
  assert.equal(seen.at(-1), step.value.events)
  assert.deepEqual(verified(unguardedCopy(db)).broken, [], 'the copy alone breaks nothing')
})

test('any character flipped in any column of any entry is reported (I12)', (context) => {
  const { db } = livelyLedger(context)
  const entries = tableRows(db, 'journal')
  const columns = ['wall_ms', 'subject', 'subject_id', 'type', 'payload', 'previous_hash', 'hash'] as const
  fc.assert(
    fc.property(
      fc.nat(entries.length - 1),
      fc.constantFrom(...columns),
      fc.nat(),
      fc.integer({ min: 1, max: 127 }),
      (index, column, place, mask) => {
        const value = entries[index]?.[column]
        const copy = unguardedCopy(db)
        copy.exec('PRAGMA ignore_check_constraints = ON')
        let changed: number | string
        if (typeof value === 'number') changed = value + mask
        else {
          const text = String(value)
          const at = text.length === 0 ? 0 : place % text.length
          changed = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ mask || 1)}${text.slice(at + 1)}`
        }
        fc.pre(changed !== value)
        copy.prepare(`UPDATE journal SET ${column} = ? WHERE sequence = ?`).run(changed, index + 1)
        const { broken } = verified(copy)
        assert.ok(broken.some((breach) => breach.kind === 'chain' && Math.abs(breach.sequence - index - 1) <= 1))
        copy.close()
      },
    ),
    { numRuns: 150 },
  )
})

test('a last entry that was rewritten together with its own hash is not the one that was written', (context) => {
  const { db } = livelyLedger(context)
  const copy = unguardedCopy(db)
  const row = copy.prepare(`SELECT ${journalColumns} FROM journal ORDER BY sequence DESC LIMIT 1`).get()
  const entry = { ...row } as JournalEntry
  const payload = entry.payload.replace('"httpStatus":200', '"httpStatus":500')
  assert.notEqual(payload, entry.payload)
  const hash = entryHash({ ...entry, payload })
  copy.prepare('UPDATE journal SET payload = ?, hash = ? WHERE sequence = ?').run(payload, hash, entry.sequence)
  const chain = verified(copy).broken.filter((breach) => breach.kind === 'chain')
  assert.deepEqual(
    chain.map((breach) => breach.sequence),
    [entry.sequence],
  )
})

test('an entry that was rewritten together with its own hash no longer links', (context) => {
  const { db } = livelyLedger(context)
  const copy = unguardedCopy(db)
  const row = copy.prepare(`SELECT ${journalColumns} FROM journal WHERE type = 'pay-requested' LIMIT 1`).get()
  const entry = { ...row } as JournalEntry
  const payload = entry.payload.replace('"monotonicMs":1000', '"monotonicMs":9000')
  assert.notEqual(payload, entry.payload)
  const hash = entryHash({ ...entry, payload })
  copy.prepare('UPDATE journal SET payload = ?, hash = ? WHERE sequence = ?').run(payload, hash, entry.sequence)
  const chain = verified(copy).broken.filter((breach) => breach.kind === 'chain')
  assert.deepEqual(
    chain.map((breach) => breach.sequence),
    [entry.sequence + 1],
  )
})

test('any entry that is gone, or two that changed places, are reported', (context) => {
  const { db } = livelyLedger(context)
  const count = tableRows(db, 'journal').length
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const copy = unguardedCopy(db)
    copy.exec(`DELETE FROM journal WHERE sequence = ${sequence}`)
    const gap = sequence === count ? /^the journal ends at/ : new RegExp(`from ${sequence} to ${sequence} are missing`)
    assert.ok(
      verified(copy).broken.some((breach) => breach.kind === 'chain' && gap.test(breach.detail)),
      `without ${sequence}`,
    )
    copy.close()
    for (let other = sequence + 1; other <= count; other += 1) {
      const swapped = unguardedCopy(db)
      swapped.exec(`
        UPDATE journal SET sequence = -1 WHERE sequence = ${sequence};
        UPDATE journal SET sequence = ${sequence} WHERE sequence = ${other};
        UPDATE journal SET sequence = ${other} WHERE sequence = -1;`)
      assert.ok(
        verified(swapped).broken.some((breach) => breach.kind === 'chain'),
        `${sequence} and ${other}`,
      )
      swapped.close()
    }
  }
})

test('a row of a projection that is gone, changed or from nowhere is reported with its id', (context) => {
  const { db } = livelyLedger(context)
  const id = String(tableRows(db, 'orders')[0]?.order_number)
  const cases: readonly (readonly [sql: string, subjectId: string, detail: RegExp])[] = [
    [`DELETE FROM orders WHERE order_number = '${id}'`, id, /no row/],
    [`UPDATE orders SET status = 'paid' WHERE order_number = '${id}'`, id, /in status$/],
    [`UPDATE orders SET owed = 1 - owed WHERE order_number = '${id}'`, id, /in owed$/],
    [
      `UPDATE orders SET amount_fen = 1, transaction_id = 'x' WHERE order_number = '${id}'`,
      id,
      /amountFen, transactionId/,
    ],
    [`UPDATE orders SET state = replace(state, 'failed', 'paid') WHERE order_number = '${id}'`, id, /in state$/],
    [`UPDATE orders SET state = '' WHERE order_number = '${id}'`, id, /in state$/],
    [`UPDATE orders SET sequence = 1 WHERE order_number = '${id}'`, id, /in sequence$/],
    [
      `INSERT INTO orders SELECT 99, 'S9', sale_id, channel, amount_fen, created_wall_ms, status, 0, NULL, version, state
      FROM orders WHERE order_number = '${id}'`,
      'S9',
      /no entry/,
    ],
    ["DELETE FROM sales WHERE sale_id = 'sale-2'", 'sale-2', /no row/],
    ["UPDATE sales SET status = 'not-paid' WHERE sale_id = 'sale-2'", 'sale-2', /in status$/],
    [
      "UPDATE sales SET amount_fen = 1, opened_wall_ms = 2 WHERE sale_id = 'sale-2'",
      'sale-2',
      /amountFen, openedWallMs/,
    ],
    ["INSERT INTO sales VALUES ('sale-9', 1, 1, 'open')", 'sale-9', /no entry/],
    ['UPDATE ledger_state SET order_count = 2', '', /3 orders were created, but 2/],
  ]
  for (const [sql, subjectId, detail] of cases) {
    const copy = unguardedCopy(db)
    copy.exec(sql)
    const found = verified(copy).broken.find((breach) => breach.kind === 'projection' && breach.subjectId === subjectId)
    assert.ok(found, sql)
    assert.match(found.detail, detail)
    copy.close()
  }
})

test('an order of members that differs in the state is no difference', (context) => {
  const { db } = livelyLedger(context)
  const copy = unguardedCopy(db)
  const row = tableRows(copy, 'orders')[0]
  const reversed = Object.fromEntries(Object.entries(JSON.parse(String(row?.state))).toReversed())
  copy.prepare('UPDATE orders SET state = ? WHERE sequence = ?').run(JSON.stringify(reversed), Number(row?.sequence))
  assert.deepEqual(verified(copy).broken, [])
})

test('an entry that cannot be read, though its hash is right, is reported and kept', (context) => {
  const { db } = livelyLedger(context)
  const columns = 'sequence, wall_ms, subject, subject_id, type, payload, previous_hash, hash'
  const payloads = ['{', '[]', '{"at":{"wallMs":1,"monotonicMs":1}}', '{"at":5}']
  for (const payload of payloads) {
    const copy = unguardedCopy(db)
    const row = copy.prepare(`SELECT ${journalColumns} FROM journal ORDER BY sequence DESC LIMIT 1`).get()
    const last = { ...row } as JournalEntry
    const next = { ...last, sequence: last.sequence + 1, payload, previousHash: last.hash }
    const hash = entryHash(next)
    copy
      .prepare(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(next.sequence, next.wallMs, next.subject, next.subjectId, next.type, payload, next.previousHash, hash)
    copy.prepare('UPDATE ledger_state SET head_sequence = ?, head_hash = ?').run(next.sequence, hash)
    const { broken, events } = verified(copy)
    assert.equal(events, next.sequence)
    assert.deepEqual(
      broken.map((breach) => (breach.kind === 'unreadable-entry' ? breach.sequence : breach)),
      [next.sequence],
      payload,
    )
    copy.close()
  }
})

test('what is written while a verification runs does not disturb it', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  writer.create(newOrder())
  const own = new DatabaseSync(`${folder}/ledger.sqlite`, { readOnly: true })
  context.after(() => own.close())
  const steps = verifyLedger(own)
  let step = steps.next()
  writer.append(writer.create(newOrder()), awaitingAnswer())
  while (!step.done) step = steps.next()
  assert.deepEqual(step.value, { events: 4, broken: [] })
  assert.deepEqual(verified(own), { events: 7, broken: [] })
})
