import type { HeldScan, ScanArrived, TriedScan } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import type { Rhythm } from '../scan/capture.ts'
import type { CapturedScan } from '../scan/listener.ts'
import type { AppStore } from '../till/store.ts'
import type { GunTestEvent, Passage } from './state.ts'
import { nextKeyGapMs } from './state.ts'

/** What the screen for scan guns asks of the main side. */
export type GunTestActs = {
  /** A scan that was typed into the window: told what it was, and never charged. */
  readonly tryTyped: (scan: CapturedScan) => Promise<void>
  /** A scan that the main side read: the same. */
  readonly tryArrived: (arrived: ScanArrived) => Promise<void>
  /** Keys that follow each other so: told as typing once they stop and have come to no scan. */
  readonly keysCame: (rhythm: Rhythm) => void
  /** Asks what is plugged in. */
  readonly look: () => Promise<void>
  /** Moves the threshold by a step and keeps it. */
  readonly moveKeyGap: (by: 1 | -1) => Promise<void>
}

/** Longer than the capture waits for a gun's next key. */
const typingEndsMs = 400

/** Makes the acts of one window. */
export function createGunTestActs(door: Door, store: AppStore, refresh: () => Promise<void>): GunTestActs {
  const tell = (event: GunTestEvent): void => {
    // A screen that was left begins anew.
    if (store.getState().screen === 'scanners') store.dispatch({ type: 'gun-test', event })
  }

  let typingTimer = 0

  /** The text goes to the bridge and nowhere else (I11). */
  const tryScan = async (scan: string | HeldScan, passage: Passage): Promise<void> => {
    const answer = await door.call('scan.try', { scan })
    tell({ type: 'tried', tried: { what: answer.ok ? answer.reply : { kind: 'lost' }, passage } })
  }

  return {
    tryTyped: ({ text, symbology, rhythm, end }) => {
      window.clearTimeout(typingTimer)
      return tryScan(text, { by: 'window', symbology, rhythm, end })
    },
    keysCame: (rhythm) => {
      window.clearTimeout(typingTimer)
      typingTimer = window.setTimeout(() => tell({ type: 'typing', rhythm }), typingEndsMs)
    },
    tryArrived: async (arrived) => {
      if (arrived.kind === 'unreadable') {
        return tell({ type: 'tried', tried: { what: { kind: 'unreadable', loss: arrived.loss }, passage: null } })
      }
      const passage = { by: 'gun', ...arrived.passage } as const
      if (arrived.kind === 'held') return tryScan(arrived.scan, passage)
      const what: TriedScan = { kind: 'bill-number', shown: arrived.number, length: arrived.number.length }
      tell({ type: 'tried', tried: { what, passage } })
    },
    look: async () => {
      if (store.getState().gunTest.looking) return
      tell({ type: 'looking' })
      const answer = await door.call('scanners.found', null)
      tell({ type: 'found', found: answer.ok ? answer.reply : { kind: 'lost' } })
    },
    moveKeyGap: async (by) => {
      const known = store.getState().till.snapshot?.gunKeyGap
      const keyGapMs = known ? nextKeyGapMs(known, by) : null
      if (keyGapMs === null) return
      const answer = await door.call('scanners.set-key-gap', { keyGapMs })
      await refresh()
      tell({ type: 'key-gap', notice: answer.ok ? answer.reply : { kind: 'lost' } })
    },
  }
}
