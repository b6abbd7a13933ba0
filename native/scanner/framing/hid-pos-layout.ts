import { aimIdentifierAt } from './scan-text.ts'

/** Where the fields stand in a scanned-data report, the report id being byte 0 (hardware.md §3.1). */
export type HidPosLayout = {
  readonly reportId: number
  readonly lengthAt: number
  /** Null where the report has no identifier. */
  readonly aimAt: number | null
  readonly dataAt: number
  readonly capacity: number
  /** The byte whose lowest bit says that more follows; null where only a full report tells. */
  readonly continuationAt: number | null
}

export type HidPosLayoutName = 'aim' | 'plain' | 'shifted' | 'microscan'

/** The vendors' layouts by name (hardware.md §3.1). */
export const hidPosLayouts = {
  /** Honeywell, Access-IS and engines based on them. */
  aim: { reportId: 2, lengthAt: 1, aimAt: 2, dataAt: 5, capacity: 56, continuationAt: 63 },
  /** Newland, IDTECH FX100 and engines with the same manual: no identifier. */
  plain: { reportId: 2, lengthAt: 1, aimAt: null, dataAt: 2, capacity: 56, continuationAt: 63 },
  shifted: { reportId: 2, lengthAt: 1, aimAt: 3, dataAt: 6, capacity: 55, continuationAt: 63 },
  microscan: { reportId: 1, lengthAt: 1, aimAt: null, dataAt: 2, capacity: 62, continuationAt: null },
} as const satisfies Readonly<Record<HidPosLayoutName, HidPosLayout>>

const vendorLayouts: ReadonlyMap<number, HidPosLayoutName> = new Map([
  [0x0c2e, 'aim'],
  [0x23d0, 'aim'],
  [0x1eab, 'plain'],
])

/** The layout that a vendor is known for; null for vendors whose reports must tell. */
export const layoutOfVendor = (vendorId: number): HidPosLayoutName | null => vendorLayouts.get(vendorId) ?? null

/**
 * The layout of a device that nothing is known of, told from the first report of a scan: an identifier at 2, else one at
 * 3, else none. Asked once a scan, because a code that itself begins with `]` must not change layouts in its middle.
 */
export function layoutOfReport(report: Uint8Array): HidPosLayoutName {
  if (report[0] === hidPosLayouts.microscan.reportId) return 'microscan'
  if (aimIdentifierAt(report, hidPosLayouts.aim.aimAt) !== null) return 'aim'
  return aimIdentifierAt(report, hidPosLayouts.shifted.aimAt) === null ? 'plain' : 'shifted'
}
