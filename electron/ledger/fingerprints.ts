import { createHmac } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber, PaymentCode } from '../till/ids.ts'
import { shanghaiDate } from '../till/time.ts'

/** How long a payment code's fingerprint guards against a second scan (I11). */
export const fingerprintLifeMs = 24 * 3_600_000

/** Bytes from a cryptographic source. */
export type RandomBytes = (byteCount: number) => Uint8Array

/**
 * Fingerprints of payment codes: HMAC-SHA-256 under a key of the day. The caller owns the transaction.
 *
 * Six of a code's 18 digits are kept in clear, so a plain hash could be tried out in minutes; without its key a
 * fingerprint says nothing, and key and fingerprint both go after 24 hours. The code itself is never written.
 */
export type Fingerprints = {
  /** The order that was made with this code, while its fingerprint lives. */
  holderOf(code: PaymentCode, wallMs: number): OrderNumber | null
  remember(code: PaymentCode, orderNumber: OrderNumber, wallMs: number): void
  /**
   * Deletes fingerprints older than 24 hours, or from more than 24 hours ahead, where only a clock that ran back can
   * have put them; and every key but the day's that no fingerprint needs. Says whether a key went.
   */
  forgetOld(wallMs: number): boolean
  /** Must follow when the caller rolls back: what is kept in memory is read anew. */
  reload(): void
}

/** The fingerprints of an open ledger, with their statements prepared once. */
export function prepareFingerprints(db: DatabaseSync, random: RandomBytes): Fingerprints {
  const selectKeys = db.prepare('SELECT day, key FROM fingerprint_keys')
  const insertKey = db.prepare('INSERT INTO fingerprint_keys (day, key) VALUES (?, ?)')
  const selectHolder = db.prepare(
    'SELECT order_number AS orderNumber FROM fingerprints WHERE fingerprint = ? AND scanned_wall_ms > ?',
  )
  const insertFingerprint = db.prepare(
    'INSERT INTO fingerprints (fingerprint, day, order_number, scanned_wall_ms) VALUES (?, ?, ?, ?)',
  )
  const selectSpan = db.prepare(
    'SELECT min(scanned_wall_ms) AS oldest, max(scanned_wall_ms) AS newest FROM fingerprints',
  )
  const deleteOld = db.prepare('DELETE FROM fingerprints WHERE scanned_wall_ms <= ? OR scanned_wall_ms >= ?')
  const deleteKeys = db.prepare(
    'DELETE FROM fingerprint_keys WHERE day <> ? AND day NOT IN (SELECT day FROM fingerprints)',
  )
  const hmac = (key: Uint8Array, code: PaymentCode): Buffer => createHmac('sha256', key).update(code).digest()

  // Small and asked for with every order: the keys of at most three days, and the span of the times.
  let keys: Map<string, Uint8Array> | null = null
  let span: { readonly oldest: number; readonly newest: number } | null = null
  const keysByDay = (): Map<string, Uint8Array> => {
    keys ??= new Map(selectKeys.all().map(({ day, key }) => [day as string, key as Uint8Array]))
    return keys
  }
  const spanOfTimes = (): { readonly oldest: number; readonly newest: number } => {
    if (span) return span
    const row = selectSpan.get()
    span = { oldest: Number(row?.oldest ?? Infinity), newest: Number(row?.newest ?? -Infinity) }
    return span
  }
  const reload = (): void => {
    keys = null
    span = null
  }

  return {
    holderOf(code, wallMs) {
      for (const key of keysByDay().values()) {
        const row = selectHolder.get(hmac(key, code), wallMs - fingerprintLifeMs)
        if (row) return row.orderNumber as OrderNumber
      }
      return null
    },
    remember(code, orderNumber, wallMs) {
      const day = shanghaiDate(wallMs)
      let key = keysByDay().get(day)
      if (!key) {
        key = random(32)
        insertKey.run(day, key)
        keysByDay().set(day, key)
      }
      insertFingerprint.run(hmac(key, code), day, orderNumber, wallMs)
      const { oldest, newest } = spanOfTimes()
      span = { oldest: Math.min(oldest, wallMs), newest: Math.max(newest, wallMs) }
    },
    forgetOld(wallMs) {
      const from = wallMs - fingerprintLifeMs
      const to = wallMs + fingerprintLifeMs
      const today = shanghaiDate(wallMs)
      const { oldest, newest } = spanOfTimes()
      const isDue = oldest <= from || newest >= to
      const hasOtherKeys = keysByDay().size > (keysByDay().has(today) ? 1 : 0)
      if (!isDue && !hasOtherKeys) return false
      if (isDue) deleteOld.run(from, to)
      const deletedKeys = Number(deleteKeys.run(today).changes)
      if (isDue || deletedKeys > 0) reload()
      return deletedKeys > 0
    },
    reload,
  }
}
