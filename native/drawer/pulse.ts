/** How a cash drawer at a printer's DK port is opened. */
export type DrawerPulse = {
  /** The connector's pin: 2 is the first drawer, 5 the second. */
  readonly pin: 2 | 5
  readonly onMs: number
  readonly offMs: number
}

/** 50 ms on, 500 ms off: what most drawers take; some need longer (hardware.md §6). */
export const usualPulse: DrawerPulse = { pin: 2, onMs: 50, offMs: 500 }

/** The times that one byte of 2 ms units can tell. */
export const pulseRangeMs = { least: 2, most: 510 } as const

/**
 * ESC p m t1 t2 (hardware.md §6). Both times are always sent: without them some printers open the drawer only every
 * second time. For cash only, and never a part of a job that may be sent again (§8 “drawer once”).
 */
export function drawerPulse({ pin, onMs, offMs }: DrawerPulse): Uint8Array {
  return Uint8Array.of(0x1b, 0x70, pin === 2 ? 0 : 1, units(onMs), units(offMs))
}

const units = (ms: number): number => Math.round(Math.min(Math.max(ms, pulseRangeMs.least), pulseRangeMs.most) / 2)
