import { createHash } from 'node:crypto'
import type { SaleId } from '../till/ids.ts'

/** What the POS calls its collection or its refund: 1 to 64 of these characters, so that it can stand in an address. */
export const referenceForm = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/

const digestOf = (...parts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest()

/** Practice and real money are two worlds: a reference that was tried out in training is a new one in the shop. */
export type PosMode = 'training' | 'live'

/**
 * The sale of a reference. Always the same one in a mode, so that the ledger itself knows whether a reference has an order, also
 * where everything else about the reference was lost (decision 0031).
 */
export function saleIdOf(reference: string, mode: PosMode): SaleId {
  return `${salePrefix}${digestOf('collection', mode, reference).toString('hex').slice(0, 40)}` as SaleId
}

const salePrefix = 'pos-'

/** Whether a sale may be a collection's; the till's own sales are named otherwise. */
export const mayBeCollection = (saleId: SaleId): boolean => saleId.startsWith(salePrefix)

/** The letters of a tag; no digits, because long runs of them are struck out of a reason (I11). */
const tagLetters = 'abcdefghijkmnpqr'

/**
 * The end of the reason of a refund that the POS wanted. It is journaled in the refund's first event, so that no moment
 * exists in which a refund is on disk and its reference is not.
 */
export function refundTag(reference: string, refundReference: string): string {
  const bytes = [...digestOf('refund', reference, refundReference).subarray(0, 10)]
  const letters = bytes.map((byte) => `${tagLetters[byte >> 4]}${tagLetters[byte & 15]}`)
  return `POS-${letters.join('')}`
}
