import type { Clock, Exchange } from '../runner/ports.ts'

/** What the channels' answers told about this machine's clock. */
export type ClockOffset = {
  /** The same exchange, watched. */
  readonly exchange: Exchange
  /** How far the machine's clock is ahead (or behind, negative); null as long as no answer told. */
  offsetMs(): number | null
}

/** Watches an exchange for the dates in its answers; `onTurn` hears when the clock turns right or wrong. */
export function watchClock(exchange: Exchange, clock: Clock, onTurn: () => void): ClockOffset {
  let offsetMs: number | null = null
  return {
    exchange: async (channel, request, requestTimeoutMs, onWire) => {
      const result = await exchange(channel, request, requestTimeoutMs, onWire)
      const told = result.kind === 'answered' ? offsetOf(result.response.headers.date, clock) : null
      const turned = told !== null && isSkewed(told) !== isSkewed(offsetMs)
      offsetMs = told ?? offsetMs
      if (turned) onTurn()
      return result
    },
    offsetMs: () => offsetMs,
  }
}

/** A channel tolerates five minutes at most (wechat.md §3.3); the warning comes well before. */
export const clockSkewWarningMs = 60_000

function isSkewed(offsetMs: number | null): boolean {
  return offsetMs !== null && Math.abs(offsetMs) > clockSkewWarningMs
}

function offsetOf(dateHeader: string | undefined, clock: Clock): number | null {
  const told = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader)
  return Number.isNaN(told) ? null : clock.now().wallMs - told
}
