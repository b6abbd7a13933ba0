import type { DeviceListeners } from '../binding/binding.ts'
import type { DropReason, FramedScan, Framer, Framing } from '../framing/framer.ts'
import { createHidPosFramer } from '../framing/hid-pos-framer.ts'
import { layoutOfVendor } from '../framing/hid-pos-layout.ts'
import { createKeyboardFramer } from '../framing/keyboard-framer.ts'
import { createLineFramer } from '../framing/line-framer.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import type { KeeperTime } from './keeper-time.ts'

/** The framer that a gun needs. */
export function framerFor(settings: ScannerSettings, vendorId: number | null): Framer {
  switch (settings.kind) {
    case 'hid':
      return createHidPosFramer(settings.layout ?? (vendorId === null ? null : layoutOfVendor(vendorId)))
    case 'serial':
      return createLineFramer(settings.line)
    case 'keyboard':
      return createKeyboardFramer(settings.line)
  }
}

/** Bytes that came while the process was busy are read before a silence is believed. */
const secondLookMs = 1

/** Joins a device's bytes, a framer and its deadlines; what comes of them is told at once. */
export function readDevice(
  framer: Framer,
  time: KeeperTime,
  hears: {
    readonly onScan: (scan: FramedScan) => void
    readonly onDropped: (reason: DropReason, byteCount: number) => void
    readonly onGone: () => void
  },
): DeviceListeners & { readonly stop: () => void } {
  let cancel: (() => void) | null = null

  const tell = (framings: readonly Framing[]): void => {
    for (const framing of framings) {
      if (framing.kind === 'scan') hears.onScan(framing.scan)
      else hears.onDropped(framing.reason, framing.byteCount)
    }
  }

  const arm = (): void => {
    cancel?.()
    cancel = null
    const deadlineMs = framer.deadlineMs()
    if (deadlineMs === null) return
    cancel = time.after(Math.max(0, deadlineMs - time.nowMs()), () => {
      // A timer may fire before the bytes that a stalled process has not read yet.
      cancel = time.after(secondLookMs, () => {
        cancel = null
        tell(framer.elapse(time.nowMs()))
        arm()
      })
    })
  }

  const stop = (): void => {
    cancel?.()
    cancel = null
    tell(framer.unplug())
  }

  return {
    onData: (bytes) => {
      tell(framer.take(bytes, time.nowMs()))
      arm()
    },
    onGone: () => {
      stop()
      hears.onGone()
    },
    stop,
  }
}
