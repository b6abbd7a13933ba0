import type { Branded } from '../brand.ts'
import { shanghaiDate, shanghaiOffsetMs } from '../time.ts'

/** The day that a shift's money is counted to, `yyyyMMdd`. */
export type BusinessDay = Branded<string, 'BusinessDay'>

const hourMs = 3_600_000

/** The latest hour at which a business day may begin; a later one would be the day before's. */
export const latestCutOverHour = 12

/**
 * The business day (营业日) of a moment: Shanghai's date, but what happens before the cut-over hour still belongs to the
 * day before. A bar that closes at 3 with a cut-over at 5 has one day a night.
 */
export function businessDay(wallMs: number, cutOverHour: number): BusinessDay {
  return shanghaiDate(wallMs - cutOverHour * hourMs) as BusinessDay
}

/** The wall time at which the business day `yyyyMMdd` begins. */
export function businessDayStartMs(day: string, cutOverHour: number): number {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, date) - shanghaiOffsetMs + cutOverHour * hourMs
}

/** How a shift's day stands to today's. */
export type DayOfShift =
  | { readonly kind: 'today' }
  /** Nobody closed it on its day: a forgotten shift. */
  | { readonly kind: 'forgotten'; readonly businessDay: BusinessDay }
  /** The clock says a day before the shift's own: it was set back, or the shift was opened with it ahead. */
  | { readonly kind: 'clock-behind'; readonly businessDay: BusinessDay }

/** Says whether an open shift is of today. Days compare as texts, because they are written year first. */
export function dayOfShift(day: BusinessDay, today: BusinessDay): DayOfShift {
  if (day === today) return { kind: 'today' }
  return { kind: day < today ? 'forgotten' : 'clock-behind', businessDay: day }
}

/**
 * The day of a shift that begins now. Never before the last one's: a clock that was set back over midnight must not put
 * money into a day that may be counted and gone.
 */
export function dayForNewShift(today: BusinessDay, last: BusinessDay | null): BusinessDay {
  return last !== null && last > today ? last : today
}
