import type { Readiness, ReadinessState } from '../api/contract.ts'
import type { Channel } from '../channels/channel.ts'
import type { Clock, Exchange, ExchangeResult } from '../runner/ports.ts'
import type { ChannelId } from '../till/ids.ts'

/** What the last requests told about each channel, and about this machine's clock. */
export type ChannelHealth = {
  /** The same exchange, watched. */
  readonly exchange: Exchange
  channels(): Readiness['channels']
  clockOffsetMs(): number | null
}

/** Watches an exchange: a channel that answered is ready, one that could not be reached is in trouble. */
export function watchChannels(
  exchange: Exchange,
  ids: readonly ChannelId[],
  clock: Clock,
  onChange: () => void,
): ChannelHealth {
  const states = new Map<ChannelId, ReadinessState>(ids.map((id) => [id, 'checking']))
  let clockOffsetMs: number | null = null

  const note = (channel: Channel, result: ExchangeResult): void => {
    const state: ReadinessState = result.kind === 'answered' ? 'ready' : 'trouble'
    const offsetMs = result.kind === 'answered' ? offsetOf(result.response.headers.date, clock) : null
    const clockTurned = offsetMs !== null && isSkewed(offsetMs) !== isSkewed(clockOffsetMs)
    const changed = states.get(channel.id) !== state || clockTurned
    states.set(channel.id, state)
    clockOffsetMs = offsetMs ?? clockOffsetMs
    if (changed) onChange()
  }

  return {
    exchange: async (channel, request, requestTimeoutMs) => {
      const result = await exchange(channel, request, requestTimeoutMs)
      note(channel, result)
      return result
    },
    channels: () => [...states].map(([id, state]) => ({ id, state })),
    clockOffsetMs: () => clockOffsetMs,
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
