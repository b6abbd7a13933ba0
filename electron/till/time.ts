/**
 * A moment as both clocks saw it (design §5).
 *
 * `wallMs` (Unix milliseconds) is for what is printed and signed; it may jump. `monotonicMs` is for elapsed time; it
 * never runs back but starts anew with each process.
 */
export type Moment = {
  readonly wallMs: number
  readonly monotonicMs: number
}

/** Asia/Shanghai is UTC+8 all year. */
export const shanghaiOffsetMs = 8 * 3_600_000

const two = (value: number): string => String(value).padStart(2, '0')

/** Calendar fields of a wall time in Asia/Shanghai (UTC+8, no summer time), whatever the machine's zone is. */
export function shanghaiCalendar(wallMs: number): {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
  readonly second: string
} {
  const shifted = new Date(wallMs + shanghaiOffsetMs)
  return {
    year: String(shifted.getUTCFullYear()),
    month: two(shifted.getUTCMonth() + 1),
    day: two(shifted.getUTCDate()),
    hour: two(shifted.getUTCHours()),
    minute: two(shifted.getUTCMinutes()),
    second: two(shifted.getUTCSeconds()),
  }
}

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai: Alipay's `timestamp` (alipay.md §1.2) and what people read. */
export function shanghaiDateTime(wallMs: number): string {
  const { year, month, day, hour, minute, second } = shanghaiCalendar(wallMs)
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}

/** ISO 8601 with milliseconds and Shanghai's offset, for journals and the command line's `at`. */
export function shanghaiIso(wallMs: number): string {
  const milliseconds = String(((wallMs % 1000) + 1000) % 1000).padStart(3, '0')
  return `${shanghaiDateTime(wallMs).replace(' ', 'T')}.${milliseconds}+08:00`
}

/** `yyyyMMddHHmmss` in Asia/Shanghai: WeChat Pay v2's time format (wechat.md §2.1). */
export function shanghaiCompact(wallMs: number): string {
  const { year, month, day, hour, minute, second } = shanghaiCalendar(wallMs)
  return `${year}${month}${day}${hour}${minute}${second}`
}

/** The business date `yyyyMMdd` of a wall time in Asia/Shanghai. */
export function shanghaiDate(wallMs: number): string {
  const { year, month, day } = shanghaiCalendar(wallMs)
  return `${year}${month}${day}`
}

/** The wall time at which the Shanghai day that holds `wallMs` began. */
export function shanghaiDayStartMs(wallMs: number): number {
  const dayMs = 24 * 3_600_000
  return Math.floor((wallMs + shanghaiOffsetMs) / dayMs) * dayMs - shanghaiOffsetMs
}
