import { createAlipayChannel } from '../channels/alipay/channel.ts'
import type { Channel } from '../channels/channel.ts'
import { createWechatChannel } from '../channels/wechat/channel.ts'
import type { ChannelDirectory, ConfiguredChannel } from '../runner/ports.ts'
import type { Settings } from '../settings/settings.ts'
import type { ChannelId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { TrainingChannels } from '../training/training-channels.ts'

/** The configured channels, or those of training mode, ready to encode and decode. */
export function openChannels(settings: Settings, training: TrainingChannels | null): ChannelDirectory {
  const channels = training ? trainingChannelsOf(training) : settings.channels
  const directory = new Map<ChannelId, ConfiguredChannel>(
    channels.map((channel) => {
      const ownLimitFen = settings.policies[channel.id]?.definition.capability.amountLimitFen
      const amountLimitFen = fen(Math.min(settings.amountLimitFen, ownLimitFen ?? Number.POSITIVE_INFINITY))
      const account = settings.policies[channel.id]?.account
      return [channel.id, { channel, amountLimitFen, ...(account === undefined ? {} : { account }) }]
    }),
  )
  return { find: (id) => directory.get(id) }
}

function trainingChannelsOf({ wechat, alipay }: TrainingChannels): readonly Channel[] {
  const { certificateAuthority, clientCertificate, ...wechatRest } = wechat
  const { alipayPublicKey, certificateAuthority: alipayAuthority, ...alipayRest } = alipay
  return [
    createWechatChannel({
      ...wechatRest,
      id: 'wechat' as ChannelId,
      connection: { certificateAuthority, clientCertificate },
    }),
    createAlipayChannel({
      ...alipayRest,
      id: 'alipay' as ChannelId,
      verification: { mode: 'public-key', alipayPublicKey },
      connection: { certificateAuthority: alipayAuthority },
    }),
  ]
}
