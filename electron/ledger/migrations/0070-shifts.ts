import type { DatabaseSync } from 'node:sqlite'

/**
 * Shifts, the drawer's entries, and what each order, refund and entry of the drawer means to its shift's sums. The index
 * that holds all that is summed makes the totals of ten thousand orders one walk in its own order. Orders from before
 * there were shifts are entered under their day's implicit one when the projections are made anew.
 */
export function shifts(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE shifts (
      sequence INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL UNIQUE,
      business_day TEXT NOT NULL,
      opened_wall_ms INTEGER NOT NULL,
      status TEXT NOT NULL,
      version INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE INDEX shifts_open ON shifts (sequence) WHERE status <> 'closed';
    CREATE INDEX journal_by_shift ON journal (subject_id) WHERE subject = 'shift';

    CREATE TABLE cash (
      sequence INTEGER PRIMARY KEY,
      cash_number TEXT NOT NULL UNIQUE,
      shift_id TEXT NOT NULL REFERENCES shifts (shift_id),
      sale_id TEXT,
      kind TEXT NOT NULL,
      amount_fen INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE INDEX cash_by_sale ON cash (sale_id) WHERE sale_id IS NOT NULL;
    CREATE INDEX cash_by_shift ON cash (shift_id, sequence);
    CREATE INDEX journal_by_cash ON journal (subject_id) WHERE subject = 'cash';

    CREATE TABLE shift_entries (
      sequence INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL UNIQUE,
      tender TEXT NOT NULL,
      channel TEXT,
      wallet TEXT,
      cashier INTEGER,
      hour INTEGER NOT NULL,
      amount_fen INTEGER NOT NULL,
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
      sold_fen INTEGER NOT NULL,
      returned_fen INTEGER NOT NULL,
      drawer_fen INTEGER NOT NULL
    ) STRICT;

    CREATE INDEX shift_entries_by_shift ON shift_entries (shift_id, sequence);
    CREATE INDEX shift_entries_summed ON shift_entries (
      shift_id, tender, channel, cashier, hour, kind, is_open, amount_fen, sold_fen, returned_fen, drawer_fen
    );
    CREATE INDEX shift_entries_open ON shift_entries (shift_id) WHERE is_open = 1;
  `)
}
