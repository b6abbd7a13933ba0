import type { DatabaseSync } from 'node:sqlite'

/** Keyed fingerprints of payment codes, outside the journal because they must go after 24 hours (I11). */
export function fingerprints(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE fingerprint_keys (
      day TEXT PRIMARY KEY,
      key BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fingerprints (
      fingerprint BLOB PRIMARY KEY,
      day TEXT NOT NULL REFERENCES fingerprint_keys (day),
      order_number TEXT NOT NULL,
      scanned_wall_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
