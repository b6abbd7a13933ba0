import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { tableRows } from '../fixtures/test-writer.ts'
import { migrate } from './migrate.ts'

test('0060 makes the table of staff, where no number stands twice and no PIN at all', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 40)
  assert.throws(() => tableRows(db, 'staff'), /no such table/)
  migrate(db, 60)
  const insert = db.prepare('INSERT INTO staff VALUES (?, ?, ?, ?, ?, ?, ?)')
  insert.run(2, 1, `O'Brien "Bo" 🧋`, 'manager', 'active', 1, '{}')
  assert.throws(() => insert.run(3, 1, 'Li', 'cashier', 'active', 1, '{}'), /UNIQUE/)
  const columns = Object.keys(tableRows(db, 'staff')[0] ?? {})
  assert.deepEqual(columns, ['sequence', 'number', 'name', 'role', 'status', 'version', 'state'])
})
