import type { DatabaseSync } from 'node:sqlite'

/**
 * Sales and orders as the journal makes them. `sequence` is that of the order's first entry: its place in time; `owed`
 * tells whether the till still has something to do for the order by itself.
 */
export function projections(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE sales (
      sale_id TEXT PRIMARY KEY,
      amount_fen INTEGER NOT NULL,
      opened_wall_ms INTEGER NOT NULL,
      status TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE orders (
      sequence INTEGER PRIMARY KEY,
      order_number TEXT NOT NULL UNIQUE,
      sale_id TEXT NOT NULL REFERENCES sales (sale_id),
      channel TEXT NOT NULL,
      amount_fen INTEGER NOT NULL,
      created_wall_ms INTEGER NOT NULL,
      status TEXT NOT NULL,
      owed INTEGER NOT NULL CHECK (owed IN (0, 1)),
      transaction_id TEXT,
      version INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE INDEX orders_by_sale ON orders (sale_id);
    CREATE INDEX orders_by_created ON orders (created_wall_ms);
    CREATE INDEX orders_by_transaction ON orders (transaction_id) WHERE transaction_id IS NOT NULL;
    CREATE INDEX orders_owed ON orders (sequence) WHERE owed = 1;
  `)
}
