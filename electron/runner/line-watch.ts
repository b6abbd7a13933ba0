import type { ChannelId } from '../till/ids.ts'
import {
  type AwayReason,
  type Contact,
  hearContact,
  lastHeardMs,
  networkAway,
  type Reachability,
  unheard,
} from '../till/reachability.ts'
import { contactOf } from './contact.ts'
import type { Alarms, Clock, Exchange } from './ports.ts'

/** A channel that cannot be used now, as a probe of this moment confirmed. */
export type AwayNow = { readonly channel: ChannelId; readonly reason: AwayReason; readonly sinceWallMs: number }

/**
 * Asks a channel about an order that cannot exist, over the exchange that it is given; null tells nothing (the till is
 * stopping). Charges nobody and never throws.
 */
export type Probe = (channel: ChannelId, timeoutMs: number) => Promise<Contact | null>

export type LineWatchParts = {
  /** Unwatched. */
  readonly exchange: Exchange
  readonly channels: readonly ChannelId[]
  readonly probe: Probe
  readonly clock: Clock
  readonly alarms: Alarms
  /** Told when what is known of a channel changed its kind or reason. */
  readonly onChange: () => void
  /** Told when a channel that was away can be reached again. */
  readonly onBack: (channel: ChannelId) => void
}

/** Knows which channels can be reached, before the next customer and not after (till/reachability.ts). */
export type LineWatch = {
  /** The same exchange, watched: every request of the till tells about its channel at no cost. */
  readonly exchange: Exchange
  of(channel: ChannelId): Reachability
  /** Since when a channel is away, in wall time; null when it is not. */
  away(channel: ChannelId): AwayNow | null
  /** Why the whole network is gone; null when it is not. */
  network(): AwayReason | null
  /** Takes what was learnt without an exchange, such as a connection that could not be opened ahead of time. */
  note(channel: ChannelId, contact: Contact): void
  /** Keeps asking from now on, so that the words are right when nobody pays too. */
  start(): void
  /** Somebody is about to use the till: asks again where the last word is bad or old. */
  refresh(): void
  /** Probes a channel once; at the same time only one is under way. */
  probe(channel: ChannelId): Promise<void>
  /** Whether a channel is away at this moment: what was known, and one fresh quick probe that says so too. */
  confirmAway(channel: ChannelId): Promise<AwayNow | null>
  /** Sets no more alarms; probes under way may still end. */
  stop(): void
}

/**
 * When the watch asks by itself, in milliseconds. While the till is used a good word is 60 s old at most; away channels
 * are asked 2, 4, 8, 16 and then every 30 s; a doubt is settled after one second.
 */
export const watchTimes = {
  idleMs: 60_000,
  /** A word that is older than this is asked for again when somebody is about to use the till. */
  freshMs: 10_000,
  /** After this long without any payment the till rests, and a good word may be five minutes old. */
  restsAfterMs: 900_000,
  restingMs: 300_000,
  awayMs: [2_000, 4_000, 8_000, 16_000, 30_000],
  /** The smallest gap between two probes of one channel, whoever wants them. */
  gapMs: 1_000,
  probeTimeoutMs: 5_000,
  quickProbeTimeoutMs: 2_000,
} as const

type Line = {
  known: Reachability
  probing: Promise<void> | null
  probedMs: number
  /** Failed probes in a row while it was away. */
  failures: number
  cancelAlarm: () => void
}

/** Makes the watch; it asks nobody until it is started or told to. */
export function watchLines(parts: LineWatchParts): LineWatch {
  const { clock, alarms } = parts
  const lines = new Map<ChannelId, Line>()
  for (const id of parts.channels) {
    lines.set(id, {
      known: unheard,
      probing: null,
      probedMs: Number.NEGATIVE_INFINITY,
      failures: 0,
      cancelAlarm: () => undefined,
    })
  }
  let running = false
  let usedMs = clock.now().monotonicMs
  const nowMs = (): number => clock.now().monotonicMs

  const note = (id: ChannelId, contact: Contact): void => {
    const line = lines.get(id)
    if (!line) return
    const before = line.known
    line.known = hearContact(before, contact)
    if (line.known.kind !== 'away') line.failures = 0
    if (nameOf(before) !== nameOf(line.known)) parts.onChange()
    if (before.kind === 'away' && line.known.kind === 'reachable') parts.onBack(id)
    schedule(id, line)
  }

  const probe = (id: ChannelId): Promise<void> => {
    const line = lines.get(id)
    if (!line) return Promise.resolve()
    line.probing ??= runProbe(id, line)
    return line.probing
  }

  const runProbe = async (id: ChannelId, line: Line): Promise<void> => {
    line.cancelAlarm()
    line.probedMs = nowMs()
    const contact = await parts.probe(id, watchTimes.probeTimeoutMs)
    line.probing = null
    if (line.known.kind === 'away') line.failures += 1
    if (contact) note(id, contact)
    else schedule(id, line)
  }

  /** When the channel is asked next, if nothing is heard of it meanwhile. */
  const nextProbeMs = (line: Line): number => {
    const { known } = line
    const earliestMs = line.probedMs + watchTimes.gapMs
    switch (known.kind) {
      case 'unheard':
      case 'doubtful':
        return earliestMs
      case 'away':
        return known.heardMs + (watchTimes.awayMs[line.failures] ?? 30_000)
      case 'reachable': {
        const rests = nowMs() - usedMs > watchTimes.restsAfterMs
        return Math.max(earliestMs, known.heardMs + (rests ? watchTimes.restingMs : watchTimes.idleMs))
      }
    }
  }

  const schedule = (id: ChannelId, line: Line): void => {
    line.cancelAlarm()
    if (!running || line.probing !== null) return
    line.cancelAlarm = alarms.set(nextProbeMs(line), () => {
      // Something may have been heard since the alarm was set.
      if (nextProbeMs(line) <= nowMs()) void probe(id)
      else schedule(id, line)
    })
  }

  const exchange: Exchange = async (channel, request, requestTimeoutMs) => {
    usedMs = nowMs()
    const startedMs = usedMs
    const result = await parts.exchange(channel, request, requestTimeoutMs)
    const contact = contactOf(result, { startedMs, endedMs: nowMs() })
    if (contact) note(channel.id, contact)
    return result
  }

  const away = (id: ChannelId): AwayNow | null => {
    const known = lines.get(id)?.known ?? unheard
    if (known.kind !== 'away') return null
    const { wallMs, monotonicMs } = clock.now()
    return { channel: id, reason: known.reason, sinceWallMs: Math.round(wallMs - (monotonicMs - known.sinceMs)) }
  }

  const start = (): void => {
    running = true
    for (const [id, line] of lines) if (line.known.kind === 'unheard') void probe(id)
    for (const [id, line] of lines) schedule(id, line)
  }

  const refresh = (): void => {
    usedMs = nowMs()
    for (const [id, { known, probedMs }] of lines) {
      const isOld = usedMs - (lastHeardMs(known) ?? Number.NEGATIVE_INFINITY) >= watchTimes.freshMs
      const isDue = known.kind !== 'reachable' || isOld
      if (running && isDue && usedMs - probedMs >= watchTimes.gapMs) void probe(id)
    }
  }

  const confirmAway = async (id: ChannelId): Promise<AwayNow | null> => {
    usedMs = nowMs()
    if (away(id) === null) return null
    // Beside a probe that may be under way: that one has more patience, and a customer waits here.
    const contact = await parts.probe(id, watchTimes.quickProbeTimeoutMs)
    if (contact) note(id, contact)
    return away(id)
  }

  return {
    exchange,
    of: (id) => lines.get(id)?.known ?? unheard,
    away,
    network: () => networkAway([...lines.values()].map(({ known }) => known)),
    note,
    start,
    refresh,
    probe,
    confirmAway,
    stop: () => {
      running = false
      for (const line of lines.values()) line.cancelAlarm()
    },
  }
}

/** What of a channel's word the screen shows: a change of it is news. */
const nameOf = (known: Reachability): string =>
  known.kind === 'doubtful' || known.kind === 'away' ? `${known.kind} ${known.reason}` : known.kind
