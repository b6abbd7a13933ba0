import type { Readiness } from '../../electron/api/contract.ts'
import type { AwayReason, Wallet } from '../till/types.ts'

/** What the screen says of the lines when something is gone. */
export type LineTrouble = {
  /** The whole network, or some wallets. */
  readonly gone: 'network' | readonly Wallet[]
  readonly reason: AwayReason
  readonly sinceWallMs: number
  /** Wallets that can still be charged. */
  readonly working: readonly Wallet[]
  /** Orders that wait for a line. */
  readonly owed: number
}

/** The trouble with the lines; null when every channel may be tried. */
export function lineTrouble({ channels, networkAway, owed }: Readiness): LineTrouble | null {
  const away = channels.flatMap((channel) => (channel.away ? [{ ...channel.away, wallets: channel.wallets }] : []))
  const [first] = away
  if (!first) return null
  return {
    gone: networkAway ? 'network' : away.flatMap(({ wallets }) => wallets),
    reason: networkAway ?? first.reason,
    sinceWallMs: Math.min(...away.map(({ sinceWallMs }) => sinceWallMs)),
    working: workingWallets(channels),
    owed: owed.count,
  }
}

/** Wallets whose channel is not away. */
export function workingWallets(channels: Readiness['channels']): readonly Wallet[] {
  return channels.filter(({ away }) => away === null).flatMap(({ wallets }) => wallets)
}

/** How many channels are away. */
export const awayCount = (readiness: Readiness | undefined): number =>
  readiness?.channels.filter(({ away }) => away !== null).length ?? 0
