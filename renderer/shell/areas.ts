import type { Screen } from '../till/store.ts'

/**
 * Screens that belong together stand side by side as the sections of one area, from left to right; one key opens the
 * area at its first section and closes it again.
 */
export const areas = {
  books: ['orders', 'transactions', 'shifts', 'reconciliation'],
  settings: ['scanners', 'channels', 'printing', 'staff', 'setup', 'display', 'sound', 'system'],
} as const satisfies Record<string, readonly Screen[]>
export type Area = keyof typeof areas
export type Section = (typeof areas)[Area][number]

/** The key that opens each area from every screen, and closes it. */
export const areaKeyNames = { books: 'F7', settings: 'F12' } as const satisfies Record<Area, string>

const areaNames: readonly Area[] = ['books', 'settings']

const sectionsOf = (area: Area): readonly Screen[] => areas[area]

/** The area that a screen is a section of; null where it stands alone. */
export const areaOf = (screen: Screen): Area | null =>
  areaNames.find((area) => sectionsOf(area).includes(screen)) ?? null

/** The area that a key opens or closes; null where it does neither. */
export const areaOfKey = (key: string): Area | null => areaNames.find((area) => areaKeyNames[area] === key) ?? null

/** The section that an arrow leads to from a screen; null where it leads nowhere. */
export function sectionBeside(screen: Screen, key: string): Screen | null {
  const area = areaOf(screen)
  if (area === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return null
  const place = sectionsOf(area).indexOf(screen)
  return sectionsOf(area)[place + (key === 'ArrowRight' ? 1 : -1)] ?? null
}
