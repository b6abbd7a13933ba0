import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { fen } from '../till/money.ts'
import { type PracticeWallet, practiceWallets, stories } from './practice-code.ts'
import { conditions, type OrderStory, type TrainingOrder } from './stories.ts'

/** Version of the books' tables, in SQLite's `user_version`. */
export const booksVersion = 1

/**
 * The tables of the books. There is no column for a payment code: `used_codes` holds keyed hashes, and `same_request`
 * and `same_code` are keyed hashes as well (I11).
 */
const tables = `
  CREATE TABLE hash_key (key BLOB NOT NULL) STRICT;
  CREATE TABLE orders (
    sequence INTEGER PRIMARY KEY,
    wallet TEXT NOT NULL,
    order_number TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    story TEXT NOT NULL,
    condition TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    paid_at_ms INTEGER,
    ended_at_ms INTEGER,
    charged_fen INTEGER NOT NULL,
    refunded_fen INTEGER NOT NULL,
    pays INTEGER NOT NULL,
    queries INTEGER NOT NULL,
    revokes INTEGER NOT NULL,
    same_request BLOB NOT NULL,
    same_code BLOB NOT NULL,
    echo TEXT NOT NULL,
    UNIQUE (wallet, order_number)
  ) STRICT;
  CREATE TABLE used_codes (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    wallet TEXT NOT NULL,
    kind TEXT NOT NULL,
    order_number TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    answer TEXT NOT NULL
  ) STRICT;
  CREATE TABLE breaches (
    id INTEGER PRIMARY KEY,
    wallet TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    breach TEXT NOT NULL,
    subject TEXT NOT NULL
  ) STRICT;
`

/** Makes the tables in new books. Throws when the books are of another version of the program. */
export function prepareTables(database: DatabaseSync, hashKey: Uint8Array): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version === booksVersion) return
  if (version !== 0) throw new Error(`the training books are of version ${version}; this program reads ${booksVersion}`)
  database.exec(tables)
  database.prepare('INSERT INTO hash_key (key) VALUES (?)').run(hashKey)
  database.exec(`PRAGMA user_version = ${booksVersion}`)
}

export type Row = Readonly<Record<string, SQLOutputValue>>

/** A column that the schema says is text; anything else means damaged books. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`training books: ${column} is no text`)
  return value
}

export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`training books: ${column} is no number`)
  return value
}

export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`training books: ${column} holds no bytes`)
  return value
}

const numberOrNull = (row: Row, column: string): number | null => (row[column] === null ? null : numberOf(row, column))

const memberOf = <Member extends string>(members: readonly Member[], text: string, column: string): Member => {
  const member = members.find((one) => one === text)
  if (member === undefined) throw new TypeError(`training books: unknown ${column}`)
  return member
}

const orderStories: readonly OrderStory[] = [...stories, 'no-practice-code', 'code-used-before']

export function walletOf(row: Row): PracticeWallet {
  return memberOf(practiceWallets, textOf(row, 'wallet'), 'wallet')
}

/** An order as the books hold it. */
export function orderOf(row: Row): TrainingOrder {
  return {
    wallet: walletOf(row),
    orderNumber: textOf(row, 'order_number'),
    sequence: numberOf(row, 'sequence'),
    amountFen: fen(numberOf(row, 'amount_fen')),
    story: memberOf(orderStories, textOf(row, 'story'), 'story'),
    condition: memberOf(conditions, textOf(row, 'condition'), 'condition'),
    openedAtMs: numberOf(row, 'opened_at_ms'),
    expiresAtMs: numberOf(row, 'expires_at_ms'),
    paidAtMs: numberOrNull(row, 'paid_at_ms'),
    endedAtMs: numberOrNull(row, 'ended_at_ms'),
    chargedFen: fen(numberOf(row, 'charged_fen')),
    refundedFen: fen(numberOf(row, 'refunded_fen')),
    pays: numberOf(row, 'pays'),
    queries: numberOf(row, 'queries'),
    revokes: numberOf(row, 'revokes'),
  }
}
