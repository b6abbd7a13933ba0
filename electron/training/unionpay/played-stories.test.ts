import { test } from 'node:test'
import { unionpayPolicy } from '../../channels/unionpay/policy.ts'
import { playedPolicies, playStories } from '../played-stories.fixture.ts'
import { storiesOfServer } from '../server-name.ts'
import { channelTo, startUnionpay } from './unionpay-till.fixture.ts'

for (const [name, policy] of Object.entries(playedPolicies(unionpayPolicy))) {
  test(`unionpay: every story ends right by ${name}`, async (context) => {
    const { started, server, clock, data } = await startUnionpay(context)
    const channel = channelTo(server, started.certificateAuthority)
    await playStories({ channel, wallet: 'unionpay', policy, clock, data }, storiesOfServer('unionpay'))
  })
}
