import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { fen } from '../till/money.ts'
import { practiceStories } from './practice-code.ts'
import { refundTriggers, type TrainingRefund } from './refunds.ts'
import { type ServerName, serverNames } from './server-name.ts'
import { conditions, type OrderStory, type TrainingOrder } from './stories.ts'

/** Version of the books' tables, in SQLite's `user_version`. */
export const booksVersion = 2

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

/** What version 2 adds: refunds. */
const refundTables = `
  ALTER TABLE orders ADD COLUMN refunds INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE refunds (
    wallet TEXT NOT NULL,
    refund_number TEXT NOT NULL,
    order_sequence INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    trigger TEXT NOT NULL,
    tries INTEGER NOT NULL,
    accepted_at_ms INTEGER,
    PRIMARY KEY (wallet, order_sequence, refund_number)
  ) STRICT, WITHOUT ROWID;
`

/** Makes the tables in new books, and brings older ones up to date. Throws when the books are of another version of the program. */
export function prepareTables(database: DatabaseSync, hashKey: Uint8Array): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version === booksVersion) return
  if (version !== 0 && version !== 1)
    throw new Error(`the training books are of version ${version}; this program reads ${booksVersion}`)
  if (version === 0) {
    database.exec(tables)
    database.prepare('INSERT INTO hash_key (key) VALUES (?)').run(hashKey)
  }
  database.exec(refundTables)
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

const orderStories: readonly OrderStory[] = [...practiceStories, 'no-practice-code', 'code-used-before']

export function walletOf(row: Row): ServerName {
  return memberOf(serverNames, textOf(row, 'wallet'), 'wallet')
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
    // Absent in books that no program of this version has opened for writing yet.
    refunds: row.refunds === undefined ? 0 : numberOf(row, 'refunds'),
  }
}

/** A refund as the books hold it. */
export function refundOf(row: Row): TrainingRefund {
  return {
    wallet: walletOf(row),
    orderSequence: numberOf(row, 'order_sequence'),
    refundNumber: textOf(row, 'refund_number'),
    amountFen: fen(numberOf(row, 'amount_fen')),
    trigger: memberOf([...refundTriggers, 'none'], textOf(row, 'trigger'), 'trigger'),
    tries: numberOf(row, 'tries'),
    acceptedAtMs: numberOrNull(row, 'accepted_at_ms'),
  }
}
