import { test } from 'node:test'
import { wechatV3Policy } from '../../channels/wechat-v3/policy.ts'
import { playedPolicies, playStories } from '../played-stories.fixture.ts'
import { storiesOfServer } from '../server-name.ts'
import { channelTo, startWechatV3 } from './wechat-v3-till.fixture.ts'

for (const [name, policy] of Object.entries(playedPolicies(wechatV3Policy))) {
  test(`wechat v3: every story ends right by ${name}`, async (context) => {
    const { started, server, clock, data } = await startWechatV3(context)
    const channel = channelTo(server, started.certificateAuthority)
    await playStories({ channel, wallet: 'wechat', policy, clock, data }, storiesOfServer('wechat-v3'))
  })
}
