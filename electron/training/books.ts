import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { bytesOf, orderOf, prepareTables, refundOf, textOf } from './books-schema.ts'
import type { TrainingRefund } from './refunds.ts'
import type { ServerName } from './server-name.ts'
import type { TrainingOrder } from './stories.ts'

/** Where the training servers keep keys and books, below the till's data folder. */
export const trainingFolder = (dataDirectory: string): string => join(dataDirectory, 'training')

/** The books' file. */
export const booksFile = (dataDirectory: string): string => join(trainingFolder(dataDirectory), 'books.sqlite')

/** What an order is recognised by when its pay request comes again, and what is echoed in its answers. */
export type OrderMarks = {
  /** Everything in the pay request but what varies from try to try. Holds the payment code; only its hash is kept. */
  readonly request: string
  readonly code: string
  /** Fields of the request that the wallet gives back, such as `attach`. */
  readonly echo: Readonly<Record<string, string>>
}

export type BookedOrder = { readonly order: TrainingOrder; readonly echo: Readonly<Record<string, string>> }

export const requestKinds = ['pay', 'query', 'revoke', 'refund', 'refund-query'] as const
export type RequestKind = (typeof requestKinds)[number]

/**
 * The wallets' own books, in SQLite (WAL, synchronous NORMAL): what a transaction wrote outlives the process when it
 * returns, however that dies. A power cut may take the last moments of a rehearsal; a real wallet is elsewhere.
 *
 * Everything is synchronous, and every change is made inside `transaction`. Payment codes are never stored.
 */
export type Books = {
  transaction<Result>(work: () => Result): Result
  nextSequence(): number
  find(wallet: ServerName, orderNumber: string): BookedOrder | undefined
  findBySequence(wallet: ServerName, sequence: number): BookedOrder | undefined
  insert(order: TrainingOrder, marks: OrderMarks): void
  update(order: TrainingOrder): void
  /** Whether the order's first pay request was this very request, and whether it had this code. */
  compare(order: TrainingOrder, marks: OrderMarks): { readonly sameRequest: boolean; readonly sameCode: boolean }
  findRefund(wallet: ServerName, orderSequence: number, refundNumber: string): TrainingRefund | undefined
  /** The refund of this number, of whatever order of the wallet. */
  findRefundByNumber(wallet: ServerName, refundNumber: string): TrainingRefund | undefined
  saveRefund(refund: TrainingRefund): void
  /** Every order of a wallet that money may have moved for, and every refund that it took in. */
  moved(wallet: ServerName): { readonly orders: readonly TrainingOrder[]; readonly refunds: readonly TrainingRefund[] }
  /** Uses a code up; false when it was used before. */
  spendCode(code: string): boolean
  recordRequest(wallet: ServerName, kind: RequestKind, orderNumber: string, atMs: number, answer: string): void
  /** Notes a breach of the protocol by the till. `subject` names a field or a rule, never a value. */
  recordBreach(wallet: ServerName, atMs: number, breach: string, subject: string): void
  close(): void
}

const columnOf = {
  sequence: 'sequence',
  wallet: 'wallet',
  orderNumber: 'order_number',
  amountFen: 'amount_fen',
  story: 'story',
  condition: 'condition',
  openedAtMs: 'opened_at_ms',
  expiresAtMs: 'expires_at_ms',
  paidAtMs: 'paid_at_ms',
  endedAtMs: 'ended_at_ms',
  chargedFen: 'charged_fen',
  refundedFen: 'refunded_fen',
  pays: 'pays',
  queries: 'queries',
  revokes: 'revokes',
  refunds: 'refunds',
} as const satisfies Record<keyof TrainingOrder, string>

const orderFields = Object.keys(columnOf) as readonly (keyof TrainingOrder)[] // the keys of the object literal above
const orderColumns = orderFields.map((field) => columnOf[field])
const insertedColumns = [...orderColumns, 'same_request', 'same_code', 'echo']
const changingColumns = orderColumns.filter((column) => column !== 'sequence')

const orderValues = (order: TrainingOrder): Record<string, SQLInputValue> =>
  Object.fromEntries(orderFields.map((field) => [columnOf[field], order[field]]))

/** Opens the books of a data folder, and makes them first if there are none. Throws when the disk refuses. */
export function openBooks(dataDirectory: string): Books {
  mkdirSync(trainingFolder(dataDirectory), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(booksFile(dataDirectory), { timeout: 5_000 })
  try {
    chmodSync(booksFile(dataDirectory), 0o600)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON')
    return booksOver(database)
  } catch (problem) {
    database.close()
    throw problem
  }
}

function booksOver(database: DatabaseSync): Books {
  function transaction<Result>(work: () => Result): Result {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (problem) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw problem
    }
  }

  transaction(() => prepareTables(database, randomBytes(32)))
  const keyRow = database.prepare('SELECT key FROM hash_key').get()
  if (keyRow === undefined) throw new TypeError('training books: no hash key')
  const hashKey = bytesOf(keyRow, 'key')
  const hash = (use: string, text: string): Uint8Array =>
    createHmac('sha256', hashKey).update(`${use}\n${text}`, 'utf8').digest()

  const marked = (order: TrainingOrder, marks: OrderMarks): Record<string, SQLInputValue> => ({
    ...orderValues(order),
    same_request: hash('request', marks.request),
    same_code: hash('code', marks.code),
    echo: JSON.stringify(marks.echo),
  })
  const insertOrder = database.prepare(
    `INSERT INTO orders (${insertedColumns.join(', ')}) VALUES (${insertedColumns.map((name) => `:${name}`).join(', ')})`,
  )
  const updateOrder = database.prepare(
    `UPDATE orders SET ${changingColumns.map((name) => `${name} = :${name}`).join(', ')} WHERE sequence = :sequence`,
  )
  const byNumber = database.prepare('SELECT * FROM orders WHERE wallet = ? AND order_number = ?')
  const bySequence = database.prepare('SELECT * FROM orders WHERE wallet = ? AND sequence = ?')
  const lastSequence = database.prepare('SELECT coalesce(max(sequence), 0) AS last FROM orders')
  const spendHash = database.prepare('INSERT INTO used_codes (hash) VALUES (?) ON CONFLICT DO NOTHING')
  const refundByNumber = database.prepare(
    'SELECT * FROM refunds WHERE wallet = ? AND order_sequence = ? AND refund_number = ?',
  )
  const refundByNumberAlone = database.prepare('SELECT * FROM refunds WHERE wallet = ? AND refund_number = ?')
  const saveRefund = database.prepare(
    'INSERT INTO refunds (wallet, refund_number, order_sequence, amount_fen, trigger, tries, accepted_at_ms)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET' +
      ' amount_fen = excluded.amount_fen, tries = excluded.tries, accepted_at_ms = excluded.accepted_at_ms',
  )
  const everyOrder = database.prepare('SELECT * FROM orders WHERE wallet = ? ORDER BY sequence')
  const everyRefund = database.prepare('SELECT * FROM refunds WHERE wallet = ? AND accepted_at_ms IS NOT NULL')
  const insertRequest = database.prepare(
    'INSERT INTO requests (wallet, kind, order_number, at_ms, answer) VALUES (?, ?, ?, ?, ?)',
  )
  const insertBreach = database.prepare('INSERT INTO breaches (wallet, at_ms, breach, subject) VALUES (?, ?, ?, ?)')

  const booked = (row: ReturnType<typeof byNumber.get>): BookedOrder | undefined =>
    row === undefined ? undefined : { order: orderOf(row), echo: readEcho(textOf(row, 'echo')) }

  return {
    transaction,
    nextSequence: () => Number(lastSequence.get()?.last) + 1,
    find: (wallet, orderNumber) => booked(byNumber.get(wallet, orderNumber)),
    findBySequence: (wallet, sequence) => booked(bySequence.get(wallet, sequence)),
    insert(order, marks) {
      insertOrder.run(marked(order, marks))
    },
    update(order) {
      updateOrder.run(orderValues(order))
    },
    compare(order, marks) {
      const row = byNumber.get(order.wallet, order.orderNumber)
      if (row === undefined) return { sameRequest: false, sameCode: false }
      return {
        sameRequest: timingSafeEqual(bytesOf(row, 'same_request'), hash('request', marks.request)),
        sameCode: timingSafeEqual(bytesOf(row, 'same_code'), hash('code', marks.code)),
      }
    },
    findRefund(wallet, orderSequence, refundNumber) {
      const row = refundByNumber.get(wallet, orderSequence, refundNumber)
      return row === undefined ? undefined : refundOf(row)
    },
    findRefundByNumber(wallet, refundNumber) {
      const row = refundByNumberAlone.get(wallet, refundNumber)
      return row === undefined ? undefined : refundOf(row)
    },
    saveRefund({ wallet, refundNumber, orderSequence, amountFen, trigger, tries, acceptedAtMs }) {
      saveRefund.run(wallet, refundNumber, orderSequence, amountFen, trigger, tries, acceptedAtMs)
    },
    moved: (wallet) => ({
      orders: everyOrder.all(wallet).map(orderOf),
      refunds: everyRefund.all(wallet).map(refundOf),
    }),
    spendCode: (code) => spendHash.run(hash('code', code)).changes === 1,
    recordRequest(wallet, kind, orderNumber, atMs, answer) {
      insertRequest.run(wallet, kind, orderNumber, atMs, answer)
    },
    recordBreach(wallet, atMs, breach, subject) {
      insertBreach.run(wallet, atMs, breach, subject)
    },
    close: () => database.close(),
  }
}

const readEcho = (text: string): Readonly<Record<string, string>> => {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new TypeError('training books: echo is no object')
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, String(member)]))
}
