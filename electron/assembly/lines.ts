import type { Channel } from '../channels/channel.ts'
import { contactOf, contactOfProbe } from '../runner/contact.ts'
import { type LineWatch, type Probe, watchLines } from '../runner/line-watch.ts'
import type { ChannelDirectory, Exchange, ExchangeResult } from '../runner/ports.ts'
import type { ChannelId } from '../till/ids.ts'
import { type ClockOffset, watchClock } from './clock-offset.ts'
import { probeChannel } from './probe-channel.ts'
import { systemAlarms, systemClock } from './system-time.ts'

/** The lines to the channels: the watched exchange, what is known, and the first look at each. */
export type Lines = LineWatch & {
  /** Resolves when the first connection to the channel was tried, and a failed one was looked into once more. */
  firstLook(channel: ChannelId): Promise<void>
  clockOffsetMs(): number | null
}

export type LinesParts = {
  /** Unwatched. */
  readonly exchange: Exchange
  readonly channels: ChannelDirectory
  readonly ids: readonly ChannelId[]
  readonly storeId: string
  /** Opens a connection ahead of time; answers why it could not, or null. */
  readonly warm: (channel: Channel) => Promise<Exclude<ExchangeResult, { kind: 'answered' }> | null>
  readonly onChange: () => void
  readonly onBack: (channel: ChannelId) => void
}

/** A first connection that takes longer than this is one failure; the next request decides. */
const warmTimeoutMs = 2_000

/** Watches the lines to all channels, and opens a connection to each: the first customer must not wait for a handshake. */
export function openLines({ exchange, channels, ids, storeId, warm, onChange, onBack }: LinesParts): Lines {
  const clockOffset: ClockOffset = watchClock(exchange, systemClock, onChange)

  const probe: Probe = async (id, timeoutMs) => {
    const channel = channels.find(id)?.channel
    if (!channel) return null
    const startedMs = systemClock.now().monotonicMs
    const { result, outcome } = await probeChannel(channel, clockOffset.exchange, storeId, timeoutMs)
    const times = { startedMs, endedMs: systemClock.now().monotonicMs }
    return contactOfProbe(result, outcome, clockOffset.offsetMs(), times)
  }

  const watch = watchLines({
    exchange: clockOffset.exchange,
    channels: ids,
    probe,
    clock: systemClock,
    alarms: systemAlarms,
    onChange,
    onBack,
  })

  const look = async (id: ChannelId): Promise<void> => {
    const channel = channels.find(id)?.channel
    if (!channel) return
    const startedMs = systemClock.now().monotonicMs
    const late = Promise.withResolvers<Exclude<ExchangeResult, { kind: 'answered' }>>()
    const cancel = systemAlarms.set(startedMs + warmTimeoutMs, () =>
      late.resolve({ kind: 'not-sent', reason: 'connect-timeout', detail: 'WARM_TIMEOUT' }),
    )
    const failure = await Promise.race([warm(channel), late.promise])
    cancel()
    const contact = failure && contactOf(failure, { startedMs, endedMs: systemClock.now().monotonicMs })
    if (!contact) return
    watch.note(id, contact)
    await watch.probe(id)
  }
  const looks = new Map(ids.map((id) => [id, look(id)]))

  return {
    ...watch,
    firstLook: (id) => looks.get(id) ?? Promise.resolve(),
    clockOffsetMs: () => clockOffset.offsetMs(),
  }
}
