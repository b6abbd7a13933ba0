import type { DatabaseSync } from 'node:sqlite'

/**
 * Refunds as the journal makes them: of an order, by number, and those that are not at their end.
 *
 * The journal's own table is made anew, row by row as it stands, because SQLite cannot widen the closed list of subjects
 * that it had. The list is not repeated: which subjects there are is the program's to say, and `verify` names others.
 */
export function refunds(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE wider_journal (
      sequence INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      subject TEXT NOT NULL CHECK (subject <> ''),
      subject_id TEXT NOT NULL,
      type TEXT NOT NULL,
      payload TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;

    INSERT INTO wider_journal SELECT * FROM journal ORDER BY sequence;
    DROP TABLE journal;
    ALTER TABLE wider_journal RENAME TO journal;

    CREATE INDEX journal_by_order ON journal (subject_id) WHERE subject = 'order';
    CREATE INDEX journal_by_refund ON journal (subject_id) WHERE subject = 'refund';

    CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TRIGGER journal_only_grows_at_its_end BEFORE INSERT ON journal
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

    CREATE TABLE refunds (
      sequence INTEGER PRIMARY KEY,
      refund_number TEXT NOT NULL UNIQUE,
      order_number TEXT NOT NULL REFERENCES orders (order_number),
      amount_fen INTEGER NOT NULL,
      created_wall_ms INTEGER NOT NULL,
      status TEXT NOT NULL,
      version INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE INDEX refunds_by_order ON refunds (order_number);
    CREATE INDEX refunds_open ON refunds (sequence) WHERE status NOT IN ('done', 'failed');
  `)
}
