import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SaleId } from '../till/ids.ts'
import { type Fen, fen } from '../till/money.ts'
import type { PosMode } from './names.ts'

/** How a collection came to no payment before a code was charged for it. */
export type CollectionEnd = 'cancelled' | 'refused-at-counter'

/** What the POS wanted, as it was asked for first. */
export type CollectionRecord = {
  readonly reference: string
  readonly saleId: SaleId
  readonly amountFen: Fen
  /** What is sold, for the cashier's eyes. */
  readonly subject: string | null
  /** Who stands at the POS, as it says. */
  readonly cashier: string | null
  readonly openedWallMs: number
  /** `charged`: the ledger has, or had, an order of it; what became of that only the ledger says. */
  readonly end: CollectionEnd | 'charged' | null
  readonly endedWallMs: number | null
}

/**
 * The collections of the POS on disk. Every write is durable when it returns; a disk that refuses throws
 * `CollectionStoreTrouble`. It knows nothing of money: whether a reference was charged is asked of the ledger (decision 0031).
 */
export type CollectionStore = {
  find(saleId: SaleId): CollectionRecord | null
  /** Those of this mode without an end, oldest first. */
  open(): readonly CollectionRecord[]
  add(record: Omit<CollectionRecord, 'end' | 'endedWallMs'>): CollectionRecord
  /** Only a collection without an end gets one; it never changes afterwards. */
  end(saleId: SaleId, end: NonNullable<CollectionRecord['end']>, wallMs: number): void
  close(): void
}

export const collectionsFileName = 'pos.sqlite'

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA trusted_schema = OFF;
  CREATE TABLE IF NOT EXISTS collections (
    sale_id TEXT PRIMARY KEY,
    mode TEXT NOT NULL CHECK (mode IN ('training', 'live')),
    reference TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    subject TEXT,
    cashier TEXT,
    opened_wall_ms INTEGER NOT NULL,
    ending TEXT CHECK (ending IN ('cancelled', 'refused-at-counter', 'charged')),
    ended_wall_ms INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS open_collections ON collections (opened_wall_ms) WHERE ending IS NULL;
  PRAGMA user_version = 1;
`

/** The disk, or the file itself, refused; what was asked was not done. */
export class CollectionStoreTrouble extends Error {
  override readonly name = 'CollectionStoreTrouble'
}

/** Opens the collections of a data folder, whose lock the caller holds. Throws `CollectionStoreTrouble`. */
export function openCollectionStore(dataDirectory: string, mode: PosMode): CollectionStore {
  const path = join(dataDirectory, collectionsFileName)
  const db = told(() => {
    const isNew = !existsSync(path)
    const opened = new DatabaseSync(path)
    if (isNew) chmodSync(path, 0o600)
    opened.exec(schema)
    return opened
  })
  const bySale = db.prepare('SELECT * FROM collections WHERE sale_id = ?')
  const allOpen = db.prepare(
    'SELECT * FROM collections WHERE ending IS NULL AND mode = ? ORDER BY opened_wall_ms, rowid',
  )
  const insert = db.prepare(
    'INSERT INTO collections (sale_id, mode, reference, amount_fen, subject, cashier, opened_wall_ms)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const setEnd = db.prepare('UPDATE collections SET ending = ?, ended_wall_ms = ? WHERE sale_id = ? AND ending IS NULL')
  const found = (row: Row | undefined): CollectionRecord | null => (row === undefined ? null : recordOf(row))
  return {
    find: (saleId) => told(() => found(bySale.get(saleId))),
    open: () => told(() => allOpen.all(mode).map(recordOf)),
    add({ saleId, reference, amountFen, subject, cashier, openedWallMs }) {
      told(() => insert.run(saleId, mode, reference, amountFen, subject, cashier, openedWallMs))
      return { reference, saleId, amountFen, subject, cashier, openedWallMs, end: null, endedWallMs: null }
    },
    end: (saleId, end, wallMs) => void told(() => setEnd.run(end, wallMs, saleId)),
    close: () => db.close(),
  }
}

function told<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new CollectionStoreTrouble('the collections of the POS cannot be read or written', { cause: error })
  }
}

type Row = Record<string, unknown>

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** The columns have these types by the table's own rules. */
function recordOf(row: Row): CollectionRecord {
  return {
    reference: String(row.reference),
    saleId: String(row.sale_id) as SaleId,
    amountFen: fen(Number(row.amount_fen)),
    subject: textOrNull(row.subject),
    cashier: textOrNull(row.cashier),
    openedWallMs: Number(row.opened_wall_ms),
    end: textOrNull(row.ending) as CollectionRecord['end'],
    endedWallMs: row.ended_wall_ms === null ? null : Number(row.ended_wall_ms),
  }
}
