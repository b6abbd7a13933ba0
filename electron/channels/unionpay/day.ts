import { shanghaiDayStartMs } from '../../till/time.ts'

const hourMs = 3_600_000
/** The UnionPay day ends at 23:00 in Shanghai (unionpay.md §7). */
export const unionpayDayEndHour = 23

/** The wall time at which the UnionPay day that holds `wallMs` ends; it began 24 hours before. */
export function unionpayDayEndMs(wallMs: number): number {
  const cutMs = shanghaiDayStartMs(wallMs) + unionpayDayEndHour * hourMs
  return wallMs < cutMs ? cutMs : cutMs + 24 * hourMs
}
