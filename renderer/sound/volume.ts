/** A step of a volume, in percent. */
const stepPercent = 10

/** The volume one step louder or quieter, from 0 to 100 percent; null where it is at its end. */
export function nextPercent(percent: number, by: 1 | -1): number | null {
  const next = Math.min(100, Math.max(0, percent + by * stepPercent))
  return next === percent ? null : next
}
