import { createHmac, randomBytes } from 'node:crypto'
import type { RandomBytes } from './fingerprints.ts'

/** The machine's own randomness, or, from a seed, bytes that repeat: for tests and the simulation (I14). */
export function randomSource(seed: Uint8Array | null): RandomBytes {
  if (!seed) return randomBytes
  let count = 0
  return (byteCount) => {
    const blocks: Buffer[] = []
    for (let have = 0; have < byteCount; have += 32) {
      count += 1
      blocks.push(createHmac('sha256', seed).update(String(count)).digest())
    }
    return Buffer.concat(blocks).subarray(0, byteCount)
  }
}
