import { type PracticeWallet, type Story, storiesOf } from '../electron/training/practice-code.ts'
import { type ServerManners, type ServerName, serverManners, serverNames } from '../electron/training/server-name.ts'
import type { SceneName } from './words.ts'

/** A channel at a till, and the wallet whose codes go there. */
export type Lane = { readonly channel: ServerName; readonly wallet: PracticeWallet }

/** How one story ended at the counter, and what its channel's books say. */
export type ReportedStory = {
  readonly channel: ServerName
  readonly story: Story
  readonly scene: SceneName
  readonly chargedFen: number
  readonly refundedFen: number
}

const turned = <Value>(list: readonly Value[], by: number): readonly Value[] => {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

/**
 * As few tills as can have every channel, each wallet of a till going to another channel. From round to round the
 * channels that take several wallets' codes take their turns with them; where every story is to be told, with those wallets
 * that have them all.
 */
export function counterTills(round: number, mustTellAll: boolean): readonly (readonly Lane[])[] {
  const tills: Lane[][] = []
  const place = (channel: ServerName): void => {
    const { wallets }: ServerManners = serverManners[channel]
    const most = Math.max(...wallets.map((wallet) => storiesOf(wallet).length))
    const wanted = turned(wallets, round).filter((wallet) => !mustTellAll || storiesOf(wallet).length === most)
    const isFree = (till: readonly Lane[], wallet: PracticeWallet) => till.every((lane) => lane.wallet !== wallet)
    const till = tills.find((each) => wanted.some((wallet) => isFree(each, wallet))) ?? []
    const wallet = wanted.find((each) => isFree(till, each))
    if (wallet === undefined) throw new RangeError(`${channel} takes no wallet's codes`)
    if (till.length === 0) tills.push(till)
    till.push({ channel, wallet })
  }
  const isChoosy = (channel: ServerName): boolean => serverManners[channel].wallets.length === 1
  for (const channel of serverNames.filter(isChoosy)) place(channel)
  const others = serverNames.filter((channel) => !isChoosy(channel))
  for (const channel of turned(others, round)) place(channel)
  return tills
}
