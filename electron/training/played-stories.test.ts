import { test } from 'node:test'
import { createAlipayChannel } from '../channels/alipay/channel.ts'
import { alipayPolicy } from '../channels/alipay/policy.ts'
import type { Channel } from '../channels/channel.ts'
import { createWechatChannel } from '../channels/wechat/channel.ts'
import { wechatPolicy } from '../channels/wechat/policy.ts'
import type { ChannelId } from '../till/ids.ts'
import { playedPolicies, playStories } from './played-stories.fixture.ts'
import { type BuiltInWallet, practiceWallets, storiesOf } from './practice-code.ts'
import { startForTest } from './raw-client.fixture.ts'
import type { TrainingChannels } from './training-channels.ts'

function channelOf(wallet: BuiltInWallet, { wechat, alipay }: TrainingChannels): Channel {
  if (wallet === 'wechat') {
    const { certificateAuthority, clientCertificate, ...rest } = wechat
    const connection = { certificateAuthority, clientCertificate }
    return createWechatChannel({ ...rest, id: 'wechat' as ChannelId, connection })
  }
  const { alipayPublicKey, certificateAuthority, ...rest } = alipay
  const verification = { mode: 'public-key', alipayPublicKey } as const
  return createAlipayChannel({ ...rest, id: 'alipay' as ChannelId, verification, connection: { certificateAuthority } })
}

const policies = { wechat: wechatPolicy, alipay: alipayPolicy } as const

for (const wallet of practiceWallets) {
  for (const [name, policy] of Object.entries(playedPolicies(policies[wallet]))) {
    test(`${wallet}: every story ends right by ${name}`, async (context) => {
      const { channels, clock, data } = await startForTest(context)
      await playStories({ channel: channelOf(wallet, channels), wallet, policy, clock, data }, storiesOf(wallet))
    })
  }
}
