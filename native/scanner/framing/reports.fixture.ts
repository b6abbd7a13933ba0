import type { Framer, Framing } from './framer.ts'
import { type HidPosLayout, type HidPosLayoutName, hidPosLayouts } from './hid-pos-layout.ts'
import { scanText } from './scan-text.ts'

/** Bytes of Latin-1 text. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))

/** Digits that no wallet gave out, made by counting on from a start. */
export const countedDigits = (length: number, start = 0): string =>
  Array.from({ length }, (_, index) => (start + index) % 10).join('')

/** The reports that a gun of a layout sends for a code; padding is what a careless firmware leaves behind. */
export function hidPosReports(
  name: HidPosLayoutName,
  data: Uint8Array,
  { aim = 'Q1', padding = 0 }: { readonly aim?: string; readonly padding?: number } = {},
): readonly Uint8Array[] {
  const { reportId, lengthAt, aimAt, dataAt, capacity, continuationAt }: HidPosLayout = hidPosLayouts[name]
  const parts: Uint8Array[] = []
  for (let offset = 0; offset < data.length; offset += capacity) parts.push(data.subarray(offset, offset + capacity))
  return parts.map((part, index) => {
    const report = new Uint8Array(64).fill(padding)
    report[0] = reportId
    report[lengthAt] = part.length
    if (aimAt !== null) report.set(latin1(`]${aim}`), aimAt)
    report.set(part, dataAt)
    if (continuationAt !== null) report[continuationAt] = index < parts.length - 1 ? 1 : 0
    return report
  })
}

/** Boot reports of a keyboard gun: each key goes down and up again. */
export function keyReports(keys: readonly { readonly usage: number; readonly modifiers?: number }[]): Uint8Array[] {
  return keys.flatMap(({ usage, modifiers = 0 }) => [
    Uint8Array.from([modifiers, 0, usage, 0, 0, 0, 0, 0]),
    new Uint8Array(8),
  ])
}

/** The usage of a digit's key in the top row. */
export const digitUsage = (digit: string): number => (digit === '0' ? 0x27 : 0x1d + Number(digit))

/** A framer on a line of virtual time; its deadlines are kept as the device process keeps them. */
export function framedBy(framer: Framer) {
  const framings: Framing[] = []
  let nowMs = 1_000
  const wait = (ms: number): void => {
    const untilMs = nowMs + ms
    for (let at = framer.deadlineMs(); at !== null && at <= untilMs; at = framer.deadlineMs()) {
      nowMs = Math.max(nowMs, at)
      framings.push(...framer.elapse(nowMs))
    }
    nowMs = untilMs
  }
  return {
    framings,
    wait,
    send: (...pieces: readonly Uint8Array[]): void => {
      for (const piece of pieces) framings.push(...framer.take(piece, nowMs))
    },
    unplug: (): void => void framings.push(...framer.unplug()),
    texts: (): readonly string[] => framings.flatMap((each) => (each.kind === 'scan' ? scanText(each.scan) : [])),
    symbologies: () => framings.flatMap((each) => (each.kind === 'scan' ? [each.scan.symbology] : [])),
    drops: (): readonly string[] => framings.flatMap((each) => (each.kind === 'dropped' ? each.reason : [])),
  }
}
