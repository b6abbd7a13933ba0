import { test } from 'node:test'
import { icbcPolicy } from '../../channels/icbc/policy.ts'
import { playedPolicies, playStories } from '../played-stories.fixture.ts'
import { storiesOf } from '../practice-code.ts'
import { serverManners, storiesOfServer } from '../server-name.ts'
import { channelTo, startBank } from './icbc-till.fixture.ts'

/** One wallet's codes by both policies; those of the others go the same way, so one policy shows that they are taken. */
const whole = 'unionpay'

for (const wallet of serverManners.icbc.wallets) {
  const policies = Object.entries(playedPolicies(icbcPolicy))
  for (const [name, policy] of wallet === whole ? policies : policies.slice(-1)) {
    test(`icbc with codes of ${wallet}: every story ends right by ${name}`, async (context) => {
      const { started, server, clock, data } = await startBank(context)
      const channel = channelTo(server, started.certificateAuthority)
      const stories = storiesOfServer('icbc').filter((story) => storiesOf(wallet).includes(story))
      await playStories({ channel, wallet, policy, clock, data }, stories)
    })
  }
}
