import type { ServerName } from '../training/server-name.ts'
import type { WalletName } from './customers.ts'

/** A channel of a store, and the wallet whose codes go to it. */
export type StoreChannel = { readonly channel: ServerName; readonly codes: WalletName }
/** The two channels of a store; a little more than half of the customers have the first one's wallet. */
export type StoreChannels = readonly [StoreChannel, StoreChannel]

/** The two direct channels, as most seeds have them. */
export const directChannels: StoreChannels = [
  { channel: 'wechat', codes: 'wechat' },
  { channel: 'alipay', codes: 'alipay' },
]

/** What the other seeds have in turn: each channel at least twice, with each wallet that matters to it. */
const otherChannels: readonly StoreChannels[] = [
  [
    { channel: 'wechat-v3', codes: 'wechat' },
    { channel: 'qra', codes: 'alipay' },
  ],
  [
    { channel: 'icbc', codes: 'wechat' },
    { channel: 'jeepay', codes: 'alipay' },
  ],
  [
    { channel: 'unionpay', codes: 'unionpay' },
    { channel: 'backend', codes: 'alipay' },
  ],
  [
    { channel: 'qra', codes: 'wechat' },
    { channel: 'icbc', codes: 'alipay' },
  ],
  [
    { channel: 'jeepay', codes: 'wechat' },
    { channel: 'qra', codes: 'alipay' },
  ],
  [
    { channel: 'backend', codes: 'wechat' },
    { channel: 'jeepay', codes: 'alipay' },
  ],
  [
    { channel: 'wechat-v3', codes: 'wechat' },
    { channel: 'unionpay', codes: 'unionpay' },
  ],
]

/** One seed in so many has others than the direct channels. */
const seedsPerOther = 4

/** The channels of a seed's store. */
export function channelsOfSeed(seed: number): StoreChannels {
  const turn = Math.floor(seed / seedsPerOther)
  if (seed % seedsPerOther !== seedsPerOther - 1) return directChannels
  return otherChannels[turn % otherChannels.length] ?? directChannels
}

/** The channels as a seed's line names them. */
export function channelsText([first, second]: StoreChannels): string {
  return `${first.channel} (${first.codes}) and ${second.channel} (${second.codes})`
}
