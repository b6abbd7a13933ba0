import type { DatabaseSync } from 'node:sqlite'

/** The people of the till as the journal makes them. PINs are not among it: they are kept outside (decision 0020). */
export function staff(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE staff (
      sequence INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      status TEXT NOT NULL,
      version INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE INDEX journal_by_staff ON journal (subject_id) WHERE subject = 'staff';
  `)
}
