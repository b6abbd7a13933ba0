import type { FramedScan, Framing, ScanEnd } from './framer.ts'
import { dropped } from './framer.ts'

const carriageReturn = 0x0d
const lineFeed = 0x0a
const tab = 0x09
const closingBracket = 0x5d

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })

/** Bytes without the CR, LF and TAB at their end, which guns add in every mode (hardware.md §3.1). */
export function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0) {
    const last = bytes[end - 1]
    if (last !== carriageReturn && last !== lineFeed && last !== tab) break
    end -= 1
  }
  return bytes.subarray(0, end)
}

const isAimLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
const isAimModifier = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || isAimLetter(byte)

/** The AIM identifier that stands at an offset, without its `]`; null when none stands there (ISO/IEC 15424). */
export function aimIdentifierAt(bytes: Uint8Array, offset: number): string | null {
  const [bracket, letter, modifier] = [bytes[offset], bytes[offset + 1], bytes[offset + 2]]
  if (bracket !== closingBracket || letter === undefined || modifier === undefined) return null
  return isAimLetter(letter) && isAimModifier(modifier) ? String.fromCharCode(letter, modifier) : null
}

/** Answers to setting commands carry these identifiers and are no scans (hardware.md §14). */
const isSettingAnswer = (symbology: string | null): boolean => symbology === 'X0' || symbology === 'Z6'

/** Tab, line ends and the separators of GS1 and ISO 15434 stand in codes; other control characters are noise. */
const isNoiseByte = (byte: number): boolean =>
  (byte < 0x20 && ![tab, lineFeed, carriageReturn, 0x04, 0x1c, 0x1d, 0x1e, 0x1f].includes(byte)) || byte === 0x7f

/**
 * A complete frame judged: an identifier in front of the data is taken off, line ends go, noise and settings' answers
 * are told apart. Nothing at all comes of an empty frame, which CR CR and CR LF make.
 */
export function judgeFrame(
  frame: Uint8Array,
  known: string | null,
  how: { readonly end: ScanEnd; readonly tookMs: number },
): readonly Framing[] {
  const symbology = known ?? aimIdentifierAt(frame, 0)
  const data = known === null && symbology !== null ? frame.subarray(3) : frame
  if (isSettingAnswer(symbology)) return [dropped('setting-answer', frame.length)]
  const bytes = withoutLineEnd(data)
  if (bytes.length === 0) return []
  if (bytes.some(isNoiseByte) || textOf(bytes) === null) return [dropped('noise', bytes.length)]
  return [{ kind: 'scan', scan: { bytes: Uint8Array.from(bytes), symbology, ...how } }]
}

function textOf(bytes: Uint8Array): string | null {
  for (const decoder of [utf8, gb18030]) {
    try {
      return decoder.decode(bytes)
    } catch {
      // Not this encoding; Chinese codes are UTF-8 or GB18030 (hardware.md §3.1).
    }
  }
  return null
}

/** A scan's text: ASCII as it is, else UTF-8, else GB18030. Empty for bytes that are neither; framers drop those. */
export function scanText(scan: FramedScan): string {
  return textOf(scan.bytes) ?? ''
}
