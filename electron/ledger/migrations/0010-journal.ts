import type { DatabaseSync } from 'node:sqlite'

/**
 * The journal, append-only by its triggers, and the ledger's own state: where the chain ends, so that a cut end is seen,
 * and how many orders were made. `probe` is what a probing write fills and empties again.
 */
export function journal(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE journal (
      sequence INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      subject TEXT NOT NULL CHECK (subject IN ('till', 'sale', 'order')),
      subject_id TEXT NOT NULL,
      type TEXT NOT NULL,
      payload TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;

    CREATE INDEX journal_by_order ON journal (subject_id) WHERE subject = 'order';

    CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TRIGGER journal_only_grows_at_its_end BEFORE INSERT ON journal
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TABLE ledger_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      head_sequence INTEGER NOT NULL,
      head_hash TEXT NOT NULL,
      order_count INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT;
  `)
}
