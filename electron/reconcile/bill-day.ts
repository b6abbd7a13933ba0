import type { BillFormat } from '../channels/bill-reading.ts'
import { shanghaiMomentMs } from '../till/reconcile/bill-record.ts'
import type { BookEntry } from '../till/reconcile/book.ts'
import type { DayPlace } from '../till/reconcile/book-table.ts'
import { shanghaiDate } from '../till/time.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** How far the till's clock and the channel's may be apart before a payment near midnight changes its day. */
const clockDoubtMs = 120_000

/** When a channel's day begins and ends, by the wall clock. */
export type BillDay = { readonly date: string; readonly beginsWallMs: number; readonly endsWallMs: number }

/** The channel's day of a date `yyyyMMdd`; null where there is no such date. */
export function billDay(date: string, format: Pick<BillFormat, 'dayBeginsAtHour'>): BillDay | null {
  if (!/^20\d{6}$/.test(date)) return null
  const midnightMs = shanghaiMomentMs(Number(date), 0)
  if (midnightMs === null) return null
  const beginsWallMs = format.dayBeginsAtHour === 0 ? midnightMs : midnightMs - dayMs + format.dayBeginsAtHour * hourMs
  return { date, beginsWallMs, endsWallMs: beginsWallMs + dayMs }
}

/** The date some days later, or earlier. */
export function neighbourDate(date: string, days: number): string {
  return shanghaiDate((shanghaiMomentMs(Number(date), 120_000) ?? 0) + days * dayMs)
}

/** Whether an entry's money moved within a day as far as the till's clock tells. */
export function placeInDay({ fromWallMs, toWallMs }: BookEntry, { beginsWallMs, endsWallMs }: BillDay): DayPlace {
  if (toWallMs < beginsWallMs - clockDoubtMs || fromWallMs >= endsWallMs + clockDoubtMs) return 'outside'
  const isInside = fromWallMs >= beginsWallMs + clockDoubtMs && toWallMs < endsWallMs - clockDoubtMs
  return isInside ? 'inside' : 'perhaps'
}
