import type { DatabaseSync } from 'node:sqlite'

/**
 * The entries of shifts become the entries of the history: each also says when it began, what it is about and where it
 * stands, so that lists of ten million need no other table. There is an index for each thing that a manager looks for,
 * each in the list's own order: a page is read from one place, however far back it stands. What most entries have in
 * common (paid, done) has no index, because the order by time finds it at once. All is made anew from the journal.
 */
export function history(db: DatabaseSync): void {
  db.exec(`
    DROP TABLE shift_entries;

    CREATE TABLE shift_entries (
      sequence INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL UNIQUE,
      order_number TEXT,
      wall_ms INTEGER NOT NULL,
      tender TEXT NOT NULL,
      channel TEXT,
      wallet TEXT,
      cashier INTEGER,
      hour INTEGER NOT NULL,
      last_digits TEXT,
      amount_fen INTEGER NOT NULL,
      status TEXT NOT NULL,
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

    CREATE INDEX history_by_time ON shift_entries (wall_ms);
    CREATE INDEX history_open ON shift_entries (wall_ms) WHERE is_open = 1;
    CREATE INDEX history_by_shift ON shift_entries (shift_id, wall_ms);
    CREATE INDEX history_by_cashier ON shift_entries (cashier, wall_ms);
    CREATE INDEX history_by_channel ON shift_entries (channel, wall_ms);
    CREATE INDEX history_by_wallet ON shift_entries (wallet, wall_ms);
    CREATE INDEX history_no_orders ON shift_entries (wall_ms) WHERE kind <> 'order';
    CREATE INDEX history_by_status ON shift_entries (status, wall_ms) WHERE status NOT IN ('paid', 'done', 'recorded');
    CREATE INDEX history_by_amount ON shift_entries (amount_fen, wall_ms);
    CREATE INDEX history_by_digits ON shift_entries (last_digits, wall_ms) WHERE last_digits IS NOT NULL;
    CREATE INDEX history_by_order ON shift_entries (order_number) WHERE order_number IS NOT NULL;
  `)
}
