import type { ChannelId } from '../till/ids.ts'
import type { AwayNow } from './line-watch.ts'

/**
 * The first channel of a wallet that is not away, or why the first of them is. It is asked before anything of the payment
 * is sent: only so may a later channel take it in the place of one before it.
 */
export async function firstReachable(
  channels: readonly ChannelId[],
  confirmAway: (channel: ChannelId) => Promise<AwayNow | null>,
): Promise<{ readonly channel: ChannelId } | { readonly away: AwayNow }> {
  let first: AwayNow | null = null
  for (const channel of channels) {
    const away = await confirmAway(channel)
    if (away === null) return { channel }
    first ??= away
  }
  if (first === null) throw new Error('a wallet without a channel')
  return { away: first }
}
