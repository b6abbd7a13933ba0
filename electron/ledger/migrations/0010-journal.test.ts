import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { tableRows } from '../fixtures/test-writer.ts'
import { migrate, readVersion } from './migrate.ts'

test('0010 makes the journal of an empty file, and entries stand in it as they were given', () => {
  const db = new DatabaseSync(':memory:')
  assert.deepEqual(readVersion(db), { application: 0, version: 0 })
  migrate(db, 10)
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  assert.deepEqual(
    tables.map((row) => row.name),
    ['journal', 'ledger_state', 'probe'],
  )
  const entry = {
    sequence: 1,
    wall_ms: 5,
    subject: 'till',
    subject_id: '',
    type: 'x',
    payload: '{}',
    previous_hash: '0',
    hash: '1',
  }
  const insert = db.prepare(
    'INSERT INTO journal VALUES (:sequence, :wall_ms, :subject, :subject_id, :type, :payload, :previous_hash, :hash)',
  )
  insert.run(entry)
  assert.deepEqual(tableRows(db, 'journal'), [entry])
  assert.throws(() => insert.run({ ...entry, sequence: 2, subject: 'shop' }), /CHECK/)
  assert.throws(() => insert.run({ ...entry, sequence: 2, wall_ms: 'noon' }), /cannot store TEXT/)
  assert.throws(() => insert.run({ ...entry, sequence: 3 }), /append-only/)
  assert.deepEqual(tableRows(db, 'journal'), [entry])
})
