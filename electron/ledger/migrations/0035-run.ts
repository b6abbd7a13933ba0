import type { DatabaseSync } from 'node:sqlite'

/**
 * How the ledger is being run: whether a till has it open, so that a write-ahead log that is gone is noticed, and the
 * mark that its next order numbers bear, which a restore changes.
 */
export function run(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE ledger_run (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
      ledger_mark TEXT NOT NULL
    ) STRICT;
  `)
}
