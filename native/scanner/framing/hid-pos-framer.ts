import { dropped, type Framer, type Framing } from './framer.ts'
import { type HidPosLayout, type HidPosLayoutName, hidPosLayouts, layoutOfReport } from './hid-pos-layout.ts'
import { aimIdentifierAt, judgeFrame } from './scan-text.ts'

/** A part whose rest has not come after this time is dropped, so that it is not glued to the next customer's code. */
export const partialMs = 250
/** The longest code that is put together. */
export const hidPosBytesMax = 8 * 1024

type Held = {
  readonly layout: HidPosLayout
  readonly symbology: string | null
  readonly chunks: readonly Uint8Array[]
  readonly byteCount: number
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** Over the limit: the rest is awaited only to know where the next code begins. */
  readonly overlong: boolean
}

type Chunk = { readonly symbology: string | null; readonly data: Uint8Array; readonly more: boolean }

/**
 * The joiner for HID POS scanned-data reports (hardware.md §3.1). `layout` is the device's own where it is known;
 * null tells it from the first report of each scan.
 */
export function createHidPosFramer(layout: HidPosLayoutName | null): Framer {
  let partial: Held | null = null

  const end = (): Held | null => {
    const ended = partial
    partial = null
    return ended
  }

  const abandon = (): readonly Framing[] => {
    const lost = end()
    return lost === null || lost.overlong ? [] : [dropped('torn', lost.byteCount)]
  }

  const add = (before: Held, chunk: Chunk, atMs: number): readonly Framing[] => {
    const byteCount = before.byteCount + chunk.data.length
    const overlong = before.overlong || byteCount > hidPosBytesMax
    const chunks = overlong ? [] : [...before.chunks, chunk.data]
    partial = { ...before, chunks, byteCount, overlong, lastAtMs: atMs }
    const told = overlong && !before.overlong ? [dropped('too-long', byteCount)] : []
    return chunk.more ? told : [...told, ...finish()]
  }

  const finish = (): readonly Framing[] => {
    const whole = end()
    if (whole === null || whole.overlong) return []
    return judgeFrame(joined(whole.chunks, whole.byteCount), whole.symbology, {
      end: 'report',
      tookMs: whole.lastAtMs - whole.firstAtMs,
    })
  }

  const take: Framer['take'] = (report, atMs) => {
    const stale = partial !== null && atMs - partial.lastAtMs > partialMs ? elapse(atMs) : []
    const used = partial?.layout ?? hidPosLayouts[layout ?? layoutOfReport(report)]
    // Attribute and settings reports have other ids and are not ours.
    if (report[0] !== used.reportId) return stale
    const chunk = readChunk(report, used)
    if (chunk === null) {
      end()
      return [...stale, dropped('wrong-length', report.length)]
    }
    const otherCode = partial !== null && chunk.symbology !== partial.symbology
    const lost = otherCode ? abandon() : []
    const fresh: Held = {
      layout: used,
      symbology: chunk.symbology,
      chunks: [],
      byteCount: 0,
      firstAtMs: atMs,
      lastAtMs: atMs,
      overlong: false,
    }
    return [...stale, ...lost, ...add(partial ?? fresh, chunk, atMs)]
  }

  /** Without a continuation bit a full report may have been the last one: what came is the code. */
  const elapse: Framer['elapse'] = (atMs) => {
    if (partial === null || atMs - partial.lastAtMs < partialMs) return []
    return partial.layout.continuationAt === null ? finish() : abandon()
  }

  return {
    take,
    deadlineMs: () => (partial === null ? null : partial.lastAtMs + partialMs),
    elapse,
    unplug: abandon,
  }
}

/** One report's part of a code; null when its length contradicts its size. What stands behind the length is padding. */
function readChunk(report: Uint8Array, layout: HidPosLayout): Chunk | null {
  const { lengthAt, aimAt, dataAt, capacity, continuationAt } = layout
  const length = report[lengthAt]
  if (length === undefined || length > capacity || dataAt + length > report.length) return null
  const flag = continuationAt === null ? undefined : report[continuationAt]
  return {
    symbology: aimAt === null ? null : aimIdentifierAt(report, aimAt),
    data: Uint8Array.from(report.subarray(dataAt, dataAt + length)),
    // Some hosts deliver 61 bytes in place of 64, without the flag (hardware.md §14): a full part may have a next one.
    more: flag === undefined ? length === capacity : (flag & 1) === 1,
  }
}

function joined(chunks: readonly Uint8Array[], byteCount: number): Uint8Array {
  const whole = new Uint8Array(byteCount)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
