import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Fen } from '../till/money.ts'
import { booksFile, type RequestKind, requestKinds } from './books.ts'
import { booksVersion, numberOf, orderOf, type Row, textOf, walletOf } from './books-schema.ts'
import type { ServerName } from './server-name.ts'
import { advance, type Condition } from './stories.ts'

/** One order as `till train --books --json` prints it (design §8). */
export type BookLine = {
  readonly type: 'book'
  readonly wallet: ServerName
  readonly orderNumber: string
  readonly amountFen: Fen
  readonly chargedFen: Fen
  readonly refundedFen: Fen
  readonly state: Condition
}

/** A request that passed the door (signature and identity), in the order of arrival. */
export type RequestLine = {
  readonly wallet: ServerName
  readonly kind: RequestKind
  readonly orderNumber: string
  readonly atMs: number
  /** What the wallet's side did or said, in its own words, for example `confirming` or `no-such-order`. */
  readonly answer: string
}

/** Something that the till did against the protocol. */
export type BreachLine = {
  readonly wallet: ServerName
  readonly atMs: number
  readonly breach: string
  /** The field or rule that it is about; never a value. */
  readonly subject: string
}

/**
 * The orders in the training books, oldest first, as they stand at `wallMs` (what is due by then has happened).
 *
 * Reads only, also while a server runs. No books yet: an empty list. Throws when the file is no books of this version.
 */
export function readBooks(dataDirectory: string, wallMs: number = Date.now()): readonly BookLine[] {
  return readRows(dataDirectory, 'SELECT * FROM orders ORDER BY sequence').map((row) => {
    const order = advance(orderOf(row), wallMs)
    return {
      type: 'book',
      wallet: order.wallet,
      orderNumber: order.orderNumber,
      amountFen: order.amountFen,
      chargedFen: order.chargedFen,
      refundedFen: order.refundedFen,
      state: order.condition,
    }
  })
}

/** Every request that passed the door, oldest first; tests count pays, queries and revokes with it. */
export function readRequests(dataDirectory: string): readonly RequestLine[] {
  return readRows(dataDirectory, 'SELECT * FROM requests ORDER BY id').map((row) => ({
    wallet: walletOf(row),
    kind: kindOf(row),
    orderNumber: textOf(row, 'order_number'),
    atMs: numberOf(row, 'at_ms'),
    answer: textOf(row, 'answer'),
  }))
}

/** Every breach of the protocol that the servers found, oldest first. A sound till has none. */
export function readBreaches(dataDirectory: string): readonly BreachLine[] {
  return readRows(dataDirectory, 'SELECT * FROM breaches ORDER BY id').map((row) => ({
    wallet: walletOf(row),
    atMs: numberOf(row, 'at_ms'),
    breach: textOf(row, 'breach'),
    subject: textOf(row, 'subject'),
  }))
}

const kindOf = (row: Row): RequestKind => {
  const kind = textOf(row, 'kind')
  const known = requestKinds.find((each) => each === kind)
  if (known === undefined) throw new TypeError('training books: unknown kind')
  return known
}

function readRows(dataDirectory: string, statement: string): readonly Row[] {
  const file = booksFile(dataDirectory)
  if (!existsSync(file)) return []
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
    if (version === 0) return []
    if (version !== booksVersion && version !== 1)
      throw new Error(`the training books are of version ${version}, not ${booksVersion}`)
    return database.prepare(statement).all()
  } finally {
    database.close()
  }
}
