const shanghaiOffsetMs = 8 * 3_600_000

const two = (value: number): string => String(value).padStart(2, '0')

/** `HH:MM:SS` in Asia/Shanghai, whatever the machine's zone is (design §5). */
export function clockText(wallMs: number): string {
  return new Date(wallMs + shanghaiOffsetMs).toISOString().slice(11, 19)
}

/** `HH:MM:SS.mmm` in Asia/Shanghai, for the journal. */
export function preciseClockText(wallMs: number): string {
  return new Date(wallMs + shanghaiOffsetMs).toISOString().slice(11, 23)
}

/** `yyyy-MM-dd` in Asia/Shanghai. */
export function dateText(wallMs: number): string {
  return new Date(wallMs + shanghaiOffsetMs).toISOString().slice(0, 10)
}

/** The time alone today, date and time otherwise (ux.md 23). */
export function momentText(wallMs: number, nowWallMs: number): string {
  const time = clockText(wallMs)
  return dateText(wallMs) === dateText(nowWallMs) ? time : `${dateText(wallMs)} ${time}`
}

/** A duration as `m:ss`, rounded down to whole seconds; never negative (ux.md 23). */
export function elapsedText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000))
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

/** Time left as `m:ss`, rounded up, so that `0:00` is shown only when nothing is left. */
export function timeLeftText(leftMs: number): string {
  return elapsedText(Math.ceil(Math.max(0, leftMs) / 1_000) * 1_000)
}
