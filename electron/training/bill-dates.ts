import { shanghaiDayStartMs } from '../till/time.ts'

const dayMs = 86_400_000

/** A day of a bill by the wallet's clock. */
export type BillDates = { readonly date: string; readonly fromMs: number; readonly toMs: number }

/**
 * The day that a bill is asked for, as `yyyyMMdd` or `yyyy-MM-dd`; undefined where it is no date, or not yet begun. A real
 * wallet has no bill of today; the training servers have what moved so far, because a rehearsal cannot wait for tomorrow.
 * `beginsAtHour` of the day before is where the wallet's day begins; 0 is midnight.
 */
export function billDates(text: string, nowMs: number, beginsAtHour = 0): BillDates | undefined {
  const date = text.replaceAll('-', '')
  const parsedMs = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00+08:00`)
  if (!/^\d{8}$/.test(date) || !Number.isFinite(parsedMs)) return undefined
  const midnightMs = shanghaiDayStartMs(parsedMs)
  const fromMs = beginsAtHour === 0 ? midnightMs : midnightMs - dayMs + beginsAtHour * 3_600_000
  return fromMs > nowMs ? undefined : { date, fromMs, toMs: fromMs + dayMs }
}
