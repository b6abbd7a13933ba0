import type { Generator } from './generator.ts'

/** The bytes of a ledger's two files: the database and its write-ahead log. */
export type LedgerImage = { readonly main: Uint8Array; readonly log: Uint8Array }

/** What a disk writes whole or not at all. */
const sectorBytes = 512

/**
 * What is left of writes that were not synced when the power went: each sector that changed is the new one or the old
 * one. Writes reach a disk in any order, so a later one may be there without an earlier one.
 */
export function tornBytes(before: Uint8Array, after: Uint8Array, generator: Generator): Uint8Array {
  // All of it in a fifth of the cuts: only the answer was lost then.
  const kept = Math.min(1, generator.next() * 1.25)
  const torn = new Uint8Array(Math.max(before.length, after.length))
  torn.set(before)
  let length = before.length
  for (let at = 0; at < after.length; at += sectorBytes) {
    const sector = after.subarray(at, at + sectorBytes)
    if (isSame(sector, before.subarray(at, at + sectorBytes)) || !generator.chance(kept)) continue
    torn.set(sector, at)
    length = Math.max(length, at + sector.length)
  }
  return torn.subarray(0, length)
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0
}
