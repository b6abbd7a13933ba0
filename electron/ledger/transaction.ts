import type { DatabaseSync } from 'node:sqlite'

/** Runs `work` in one transaction that writes: committed when it returns, undone when it throws. */
export function inTransaction<Value>(db: DatabaseSync, work: () => Value): Value {
  db.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    db.exec('COMMIT')
    return value
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** Ends the running transaction without its changes. SQLite may have ended it already: a full disk does that. */
export function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('ROLLBACK')
}
