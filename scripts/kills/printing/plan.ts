import { type PrintCrashPoint, printCrashPoints } from '../../../electron/crash-points/print-points.ts'
import type { Story } from '../../../electron/training/practice-code.ts'
import type { Stall } from './paper-machine.ts'

/** Where a till dies: at a point that it kills itself at, or where the printer sees it and the lab kills from outside. */
export type PrintKillPlace = PrintCrashPoint | `printer.${Stall}`

/** One sale at the counter, whose till dies while it prints; and the refund that follows a paid one, if any. */
export type PrintKill = { readonly place: PrintKillPlace; readonly story: Story; readonly refundFen: number | null }

export const printKillPlaces: readonly PrintKillPlace[] = [
  ...printCrashPoints.map(({ name }) => name),
  'printer.mid-data',
  'printer.data-there',
]

const tales: readonly Omit<PrintKill, 'place'>[] = [
  { story: 'pays-at-once', refundFen: null },
  { story: 'password-never', refundFen: null },
  { story: 'pays-at-once', refundFen: 100 },
  { story: 'revoke-never-works', refundFen: null },
]

/** So many kills, the places in turn, and every place under every tale in the course of time. */
export function printPlan(kills: number): readonly PrintKill[] {
  const { length } = printKillPlaces
  return Array.from({ length: kills }, (_, index) => {
    const place = printKillPlaces[index % length] ?? 'printer.mid-data'
    const tale = tales[((index % length) + Math.floor(index / length)) % tales.length] ?? {
      story: 'pays-at-once',
      refundFen: null,
    }
    return { place, ...tale }
  })
}

export const shortPrintPlan = printPlan(printKillPlaces.length)
export const longPrintPlan = printPlan(500)
