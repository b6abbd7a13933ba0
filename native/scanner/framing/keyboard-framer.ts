import { dropped, type Framer, type Framing } from './framer.ts'
import { byteOfKey } from './keyboard-usages.ts'
import { createLineFramer, type LineSettings } from './line-framer.ts'

const bootReportBytes = 8
/** All six places hold this when more keys are down than the report can tell. */
const rollover = 0x01

/**
 * Reads a keyboard gun from its boot reports (hardware.md §3.3): each key counts when it goes down, in the order of its
 * place, and the characters are cut into codes like those of a serial line.
 */
export function createKeyboardFramer(settings: LineSettings): Framer {
  const line = createLineFramer(settings)
  let down: ReadonlySet<number> = new Set()

  const take = (report: Uint8Array, atMs: number): readonly Framing[] => {
    // Some hosts put a report id in front (hardware.md §14).
    const boot = report.length === bootReportBytes + 1 ? report.subarray(1) : report
    const [modifiers] = boot
    if (modifiers === undefined || boot.length !== bootReportBytes) return [dropped('wrong-length', report.length)]
    const keys = [...boot.subarray(2)].filter((usage) => usage !== 0)
    if (keys.includes(rollover)) return []
    const pressed = keys.filter((usage) => !down.has(usage))
    down = new Set(keys)
    const bytes = pressed.map((usage) => byteOfKey(usage, modifiers)).filter((byte) => byte !== null)
    return bytes.length === 0 ? [] : line.take(Uint8Array.from(bytes), atMs)
  }

  return {
    take,
    deadlineMs: line.deadlineMs,
    elapse: line.elapse,
    unplug() {
      down = new Set()
      return line.unplug()
    },
  }
}
