import { assertNever } from './brand.ts'

/**
 * Whether a channel can be reached, decided from what came of its last requests. Pure; times are milliseconds of one
 * monotonic clock.
 *
 * Rules, chosen so that the word never flaps and a customer is never refused by a guess:
 * 1. One good answer makes a channel reachable, whatever was known before.
 * 2. A certain failure (`isCertain`: no route, no name) makes it away at once; any other makes it doubtful, and a
 *    second one makes it away only if it is independent: it began after the first had ended. Requests that were under
 *    way together and broke together are one failure.
 * 3. For `settlingMs` after a channel came back, a certain failure counts as any other, so that a line that comes and
 *    goes does not change the screen with each packet.
 * 4. A request that began before the last good answer arrived tells nothing when it fails: the answer is newer.
 * 5. An answer that only shows that the line works (`answered`) does not heal what is wrong behind the line: refused
 *    keys, a wrong clock, answers that cannot be verified. Only an understood answer does.
 */

/** Why a channel cannot be used; the screens and the command line have a sentence for each. */
export const awayReasons = [
  'no-network', // no route: cable, Wi-Fi or router
  'name-not-resolved', // DNS
  'refused', // the address refuses the connection
  'tls', // no secure connection: certificate, or something in between
  'timed-out', // no connection or no answer in time
  'connection-lost', // the connection broke before an answer
  'portal-page', // a page for a browser came instead: a login page of the network
  'channel-fault', // the channel's own servers say that they are out of order (HTTP 5xx)
  'unverifiable', // answers whose signature is missing or wrong
  'keys-refused', // the channel refuses our keys, certificate or permissions
  'clock-off', // this machine's clock is too far off for the channel, or for its certificate
] as const
export type AwayReason = (typeof awayReasons)[number]

/** What one request told about its channel. */
export type Contact = {
  readonly startedMs: number
  readonly endedMs: number
} & (
  | { readonly kind: 'understood' } // a whole answer that was read, verified, and is one that the channel should give
  | { readonly kind: 'answered' } // a whole answer that nobody has looked into yet
  | { readonly kind: 'failed'; readonly reason: AwayReason }
)

export type Reachability =
  /** Nothing was heard yet. */
  | { readonly kind: 'unheard' }
  /** `healedMs`: when it came back from being away; null when it was not away before. */
  | { readonly kind: 'reachable'; readonly heardMs: number; readonly healedMs: number | null }
  /** One failure that another request may disprove; a payment may be tried. */
  | {
      readonly kind: 'doubtful'
      readonly reason: AwayReason
      readonly sinceMs: number
      readonly heardMs: number
      readonly healedMs: number | null
      readonly lastGoodMs: number | null
    }
  /** It cannot be used; `sinceMs` is when the first of the failures ended. */
  | { readonly kind: 'away'; readonly reason: AwayReason; readonly sinceMs: number; readonly heardMs: number }

/** What is known before any request. */
export const unheard: Reachability = { kind: 'unheard' }

/** How long a channel that came back is not yet trusted to be away again by one failure. */
export const settlingMs = 30_000

const certain: ReadonlySet<AwayReason> = new Set(['no-network', 'name-not-resolved'])
const behindTheLine: ReadonlySet<AwayReason> = new Set(['unverifiable', 'keys-refused', 'clock-off'])
const ofTheConnection: ReadonlySet<AwayReason> = new Set([
  'no-network',
  'name-not-resolved',
  'refused',
  'tls',
  'timed-out',
  'connection-lost',
  'portal-page',
])

/** What is known of a channel after one more request (rules 1 to 5). */
export function hearContact(known: Reachability, contact: Contact): Reachability {
  switch (contact.kind) {
    case 'understood':
      return reachableAfter(known, contact.endedMs)
    case 'answered':
      return isBehindTheLine(known) ? { ...known, heardMs: contact.endedMs } : reachableAfter(known, contact.endedMs)
    case 'failed':
      return afterFailure(known, contact)
    default:
      return assertNever(contact, 'contact')
  }
}

type Troubled = Extract<Reachability, { readonly kind: 'doubtful' | 'away' }>

const isBehindTheLine = (known: Reachability): known is Troubled =>
  (known.kind === 'doubtful' || known.kind === 'away') && behindTheLine.has(known.reason)

function reachableAfter(known: Reachability, heardMs: number): Reachability {
  const healedMs = known.kind === 'away' ? heardMs : known.kind === 'unheard' ? null : known.healedMs
  return { kind: 'reachable', heardMs, healedMs }
}

function afterFailure(known: Reachability, contact: Extract<Contact, { readonly kind: 'failed' }>): Reachability {
  const { reason, startedMs, endedMs } = contact
  switch (known.kind) {
    case 'away':
      return { ...known, reason, heardMs: endedMs }
    case 'doubtful': {
      if (known.lastGoodMs !== null && startedMs < known.lastGoodMs) return known
      const isIndependent = startedMs >= known.sinceMs
      if (!isIndependent && !countsAtOnce(reason, known.healedMs, endedMs)) return { ...known, heardMs: endedMs }
      return { kind: 'away', reason, sinceMs: known.sinceMs, heardMs: endedMs }
    }
    case 'unheard':
    case 'reachable': {
      const lastGoodMs = known.kind === 'reachable' ? known.heardMs : null
      const healedMs = known.kind === 'reachable' ? known.healedMs : null
      if (lastGoodMs !== null && startedMs < lastGoodMs) return known
      const trouble = { reason, sinceMs: endedMs, heardMs: endedMs }
      if (countsAtOnce(reason, healedMs, endedMs)) return { kind: 'away', ...trouble }
      return { kind: 'doubtful', ...trouble, healedMs, lastGoodMs }
    }
    default:
      return assertNever(known, 'reachability')
  }
}

const countsAtOnce = (reason: AwayReason, healedMs: number | null, atMs: number): boolean =>
  certain.has(reason) && (healedMs === null || atMs - healedMs >= settlingMs)

/** When something was last heard of a channel, good or bad; null when never. */
export function lastHeardMs(known: Reachability): number | null {
  return known.kind === 'unheard' ? null : known.heardMs
}

/**
 * Whether the whole network is gone, and why: every channel is away for reasons of the connection. A single channel that
 * is away proves it only by a reason that names the network itself; its own servers may be what is gone.
 */
export function networkAway(channels: readonly Reachability[]): AwayReason | null {
  const away = channels.filter((known) => known.kind === 'away')
  const [first] = away
  if (first === undefined || away.length < channels.length) return null
  if (away.some(({ reason }) => !ofTheConnection.has(reason))) return null
  const named = away.find(({ reason }) => certain.has(reason))
  if (away.length === 1 && named === undefined) return null
  return (named ?? first).reason
}
