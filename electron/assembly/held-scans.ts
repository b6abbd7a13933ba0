import { createHmac, randomBytes } from 'node:crypto'
import type { HeldScan } from '../api/contract.ts'

/** How long a scan waits for the window to say what it is for. The window answers within a blink or not at all. */
export const heldMs = 5_000
/** The same text again within this time, from whichever gun, is the same scan (hardware.md §10). */
export const sameScanMs = 1_500
/** The same where the window did not use the first one: a cashier who was told so may scan again soon. */
export const sameUnusedScanMs = 300

export type HeldScansTime = {
  readonly nowMs: () => number
  readonly after: (waitMs: number, act: () => void) => () => void
}

/**
 * Holds what guns have read, in memory only, until the window claims it by its name: once, and not for long (I11). What
 * stays for the recognition of a double scan is a keyed fingerprint, whose key dies with the process.
 */
export function createHeldScans(time: HeldScansTime) {
  const key = randomBytes(32)
  const held = new Map<string, { readonly text: string; readonly cancel: () => void }>()
  let last: {
    readonly fingerprint: string
    readonly atMs: number
    readonly name: string | null
    readonly used: boolean
  } | null = null

  const release = (name: string): string | null => {
    const found = held.get(name)
    if (!found) return null
    found.cancel()
    held.delete(name)
    return found.text
  }

  return {
    /** Whether the text was scanned a moment ago; remembers it as scanned now. */
    isRepeat(text: string): boolean {
      const fingerprint = createHmac('sha256', key).update(text).digest('hex')
      const atMs = time.nowMs()
      if (last?.fingerprint === fingerprint && atMs - last.atMs <= (last.used ? sameScanMs : sameUnusedScanMs)) {
        last = { ...last, atMs }
        return true
      }
      last = { fingerprint, atMs, name: null, used: false }
      return false
    },
    hold(text: string): HeldScan {
      const name = randomBytes(8).toString('hex')
      if (last) last = { ...last, name }
      held.set(name, { text, cancel: time.after(heldMs, () => void release(name)) })
      return { held: name }
    },
    /** The text, once; null when it was claimed already, is too old, or never was. */
    claim({ held: name }: HeldScan): string | null {
      if (last?.name === name) last = { ...last, used: true }
      return release(name)
    },
    /** Forgets everything. */
    clear(): void {
      for (const name of [...held.keys()]) release(name)
    },
  }
}

export type HeldScans = ReturnType<typeof createHeldScans>
