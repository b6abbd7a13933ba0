import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { dataFolder } from './fixtures/data-folder.ts'
import { newOrder } from './fixtures/test-orders.ts'
import { openTestWriter, tableRows } from './fixtures/test-writer.ts'
import { entryHash, genesisPreviousHash } from './journal.ts'

const entry = {
  sequence: 7,
  wallMs: 1_700_000_000_000,
  subject: 'order',
  subjectId: 'S001',
  type: 'woken',
  payload: '{"at":"是"}',
  previousHash: genesisPreviousHash,
} as const

test('the hash is SHA-256 over every column with its length in bytes', () => {
  const text = `1:713:17000000000005:order4:S0015:woken12:{"at":"是"}64:${'0'.repeat(64)}`
  assert.equal(entryHash(entry), createHash('sha256').update(text).digest('hex'))
})

test('no two entries share a hash, wherever their texts are cut', () => {
  const text = fc.string({ maxLength: 12 })
  const one = fc.record({
    sequence: fc.nat(30),
    wallMs: fc.nat(30),
    subject: fc.constantFrom('till' as const, 'sale' as const, 'order' as const),
    subjectId: text,
    type: text,
    payload: text,
    previousHash: text,
  })
  fc.assert(
    fc.property(one, one, (left, right) => {
      const isSame = Object.entries(left).every(([name, value]) =>
        Object.entries(right).some(([n, v]) => n === name && v === value),
      )
      assert.equal(entryHash(left) === entryHash(right), isSame)
    }),
  )
  assert.notEqual(entryHash({ ...entry, subjectId: 'S0015' }), entryHash({ ...entry, type: '5woken' }))
})

test('an order is journaled as three linked entries in one commit', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = writer.create(newOrder())
  const rows = tableRows(writer.db, 'journal')
  assert.deepEqual(
    rows.map(({ sequence, subject, subject_id, type }) => [sequence, subject, subject_id, type]),
    [
      [1, 'till', '', 'ledger-begun'],
      [2, 'sale', 'sale-1', 'sale-opened'],
      [3, 'order', order.orderNumber, 'created'],
      [4, 'order', order.orderNumber, 'pay-requested'],
    ],
  )
  assert.deepEqual(
    rows.map((row) => row.previous_hash),
    [genesisPreviousHash, ...rows.slice(0, -1).map((row) => row.hash)],
  )
})

test('nothing that stands in the journal can be changed, removed or put in between', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  writer.create(newOrder())
  const before = tableRows(writer.db, 'journal')
  const columns = 'wall_ms, subject, subject_id, type, payload, previous_hash, hash'
  const copyAt = (sequence: number, verb: string): string =>
    `${verb} INTO journal (sequence, ${columns}) SELECT ${sequence}, ${columns} FROM journal WHERE sequence = 4`
  const attacks = [
    "UPDATE journal SET payload = '{}' WHERE sequence = 3",
    'UPDATE journal SET wall_ms = wall_ms',
    'DELETE FROM journal WHERE sequence = 4',
    'DELETE FROM journal',
    copyAt(3, 'REPLACE'),
    copyAt(6, 'INSERT'),
    copyAt(-1, 'INSERT'),
  ]
  for (const sql of attacks) assert.throws(() => writer.db.exec(sql), /append-only/, sql)
  assert.deepEqual(tableRows(writer.db, 'journal'), before)
  writer.db.exec(copyAt(5, 'INSERT'))
  assert.equal(tableRows(writer.db, 'journal').length, 5)
})
