import { dropped, type Framer, type Framing, type ScanEnd } from './framer.ts'
import { judgeFrame } from './scan-text.ts'

/** What ends a code on a line: `any` is CR, LF, CR LF or Tab; `none` is silence, or the suffix where one is set. */
export type LineTerminator = 'any' | 'cr' | 'lf' | 'crlf' | 'tab' | 'none'

export type LineSettings = {
  readonly terminator: LineTerminator
  /** Where nothing ends a code: this silence does. */
  readonly silenceMs: number
  /** Characters before and behind each code; a code that lacks them has lost its head or its tail. Latin-1, may be empty. */
  readonly prefix: string
  readonly suffix: string
}

/** The longest code of a line; more without an end is noise or the wrong setting (hardware.md §11). */
export const lineBytesMax = 4 * 1024
/** A code whose terminator has not come by then never gets one. Far above the slowest line's gap, far below a hand. */
export const unterminatedMs = 500
/** A line that begins this soon behind another one came out of the same code: no gun reads twice that fast. */
const sameCodeMs = 10

const ends: Readonly<Record<Exclude<LineTerminator, 'none'>, readonly (readonly number[])[]>> = {
  any: [[0x0d], [0x0a], [0x09]],
  cr: [[0x0d]],
  lf: [[0x0a]],
  crlf: [[0x0d, 0x0a]],
  tab: [[0x09]],
}

const bytesOf = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0) & 0xff)

const endsWith = (bytes: readonly number[], end: readonly number[]): boolean =>
  bytes.length >= end.length && end.every((byte, index) => bytes[bytes.length - end.length + index] === byte)

const startsWith = (bytes: readonly number[], start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** Which line end stands there; the byte behind it tells CR from CR LF, where it came in the same piece. */
function endOf(ending: readonly number[], next: number | undefined): ScanEnd {
  const [first] = ending
  if (first === 0x0d) return ending.length > 1 || next === 0x0a ? 'crlf' : 'cr'
  return first === 0x0a ? 'lf' : 'tab'
}

const isDigits = (bytes: Uint8Array): boolean => bytes.every((byte) => byte >= 0x30 && byte <= 0x39)

/**
 * Cuts a serial gun's bytes into codes (hardware.md §4). With a terminator nothing else ends a code: a part of a code can
 * pass for another payment code, so what stays without its end is dropped and told, never charged.
 */
export function createLineFramer({ terminator, silenceMs, prefix, suffix }: LineSettings): Framer {
  const [head, tail] = [bytesOf(prefix), bytesOf(suffix)]
  const endings = terminator === 'none' ? (tail.length > 0 ? [tail] : []) : ends[terminator]
  const quietMs = terminator === 'none' ? silenceMs : unterminatedMs
  let held: number[] = []
  let lastAtMs = 0
  let overlong = false
  let heldSinceMs = 0
  /** When a line of text, no digits, ended: what follows at once is its rest. */
  let textEndedAtMs = Number.NEGATIVE_INFINITY

  const release = (): readonly number[] => {
    const frame = held
    held = []
    overlong = false
    return frame
  }

  const complete = (frame: readonly number[], atMs: number, end: ScanEnd): readonly Framing[] => {
    // The terminator's second half, or an empty line: nothing was scanned.
    if (frame.length === 0) return []
    if (!startsWith(frame, head)) return [dropped('torn', frame.length)]
    const headless = frame.slice(head.length)
    if (!endsWith(headless, tail)) return [dropped('torn', frame.length)]
    const how = { end, tookMs: lastAtMs - heldSinceMs }
    const judged = judgeFrame(Uint8Array.from(headless.slice(0, headless.length - tail.length)), null, how)
    const [found] = judged
    if (found?.kind !== 'scan') return judged
    const isRest = heldSinceMs - textEndedAtMs <= sameCodeMs
    if (isRest || !isDigits(found.scan.bytes)) textEndedAtMs = atMs
    return isRest ? [dropped('line-inside-a-code', frame.length)] : judged
  }

  const takeByte = (byte: number, next: number | undefined, atMs: number): readonly Framing[] => {
    if (held.length === 0) heldSinceMs = atMs
    held.push(byte)
    const ending = endings.find((each) => endsWith(held, each))
    if (ending) {
      const wasOverlong = overlong
      const frame = release()
      const cut = terminator === 'none' ? frame : frame.slice(0, frame.length - ending.length)
      const end = terminator === 'none' ? 'suffix' : endOf(ending, next)
      return wasOverlong ? [] : complete(cut, atMs, end)
    }
    if (held.length <= lineBytesMax) return []
    // Only what may be the beginning of the end is kept.
    held = held.slice(-Math.max(2, tail.length))
    if (overlong) return []
    overlong = true
    return [dropped('too-long', lineBytesMax)]
  }

  const elapse: Framer['elapse'] = (atMs) => {
    if (held.length === 0 || atMs - lastAtMs < quietMs) return []
    const wasOverlong = overlong
    const frame = release()
    if (wasOverlong) return []
    if (terminator === 'none') {
      return tail.length > 0 ? [dropped('torn', frame.length)] : complete(frame, atMs, 'silence')
    }
    const [judged] = judgeFrame(Uint8Array.from(frame), null, { end: 'silence', tookMs: 0 })
    return [judged?.kind === 'dropped' ? judged : dropped('no-terminator', frame.length)]
  }

  return {
    take(bytes, atMs) {
      const framings: Framing[] = [...elapse(atMs)]
      lastAtMs = atMs
      for (const [at, byte] of bytes.entries()) framings.push(...takeByte(byte, bytes[at + 1], atMs))
      return framings
    },
    deadlineMs: () => (held.length === 0 ? null : lastAtMs + quietMs),
    elapse,
    unplug() {
      const wasOverlong = overlong
      const frame = release()
      return frame.length === 0 || wasOverlong ? [] : [dropped('torn', frame.length)]
    },
  }
}
