import { createAlipayChannel } from '../channels/alipay/channel.ts'
import type { Channel } from '../channels/channel.ts'
import { createWechatChannel } from '../channels/wechat/channel.ts'
import type { ChannelDirectory, ConfiguredChannel } from '../runner/ports.ts'
import type { ResolvedChannel, Settings } from '../settings/settings.ts'
import { assertNever } from '../till/brand.ts'
import type { ChannelId } from '../till/ids.ts'
import type { TrainingChannels } from '../training/training-channels.ts'

/** The configured channels, or those of training mode, ready to encode and decode. */
export function openChannels(settings: Settings, training: TrainingChannels | null): ChannelDirectory {
  const resolved = training ? trainingChannelsOf(training) : settings.channels
  const { amountLimitFen } = settings
  const directory = new Map<ChannelId, ConfiguredChannel>(
    resolved.map((each) => [each.settings.id, { channel: channelOf(each), amountLimitFen }]),
  )
  return { find: (id) => directory.get(id) }
}

function channelOf(resolved: ResolvedChannel): Channel {
  switch (resolved.kind) {
    case 'wechat':
      return createWechatChannel(resolved.settings)
    case 'alipay':
      return createAlipayChannel(resolved.settings)
    default:
      return assertNever(resolved, 'channel kind')
  }
}

function trainingChannelsOf({ wechat, alipay }: TrainingChannels): readonly ResolvedChannel[] {
  const { certificateAuthority, clientCertificate, ...wechatRest } = wechat
  const { alipayPublicKey, certificateAuthority: alipayAuthority, ...alipayRest } = alipay
  return [
    {
      kind: 'wechat',
      settings: { ...wechatRest, id: 'wechat' as ChannelId, connection: { certificateAuthority, clientCertificate } },
    },
    {
      kind: 'alipay',
      settings: {
        ...alipayRest,
        id: 'alipay' as ChannelId,
        verification: { mode: 'public-key', alipayPublicKey },
        connection: { certificateAuthority: alipayAuthority },
      },
    },
  ]
}
