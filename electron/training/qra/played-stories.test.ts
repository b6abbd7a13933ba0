import { test } from 'node:test'
import { qraPolicy } from '../../channels/qra/policy.ts'
import { playedPolicies, playStories } from '../played-stories.fixture.ts'
import { storiesOf } from '../practice-code.ts'
import { serverManners, storiesOfServer } from '../server-name.ts'
import { channelTo, startGateway } from './qra-till.fixture.ts'

/** One wallet's codes by both policies; those of the others go the same way, so one policy shows that they are taken. */
const whole = 'wechat'

for (const wallet of serverManners.qra.wallets) {
  const policies = Object.entries(playedPolicies(qraPolicy))
  for (const [name, policy] of wallet === whole ? policies : policies.slice(-1)) {
    const signType = wallet === 'alipay' ? 'RSA_1_256' : 'MD5'
    test(`qra with codes of ${wallet}, ${signType}: every story ends right by ${name}`, async (context) => {
      const { started, server, clock, data } = await startGateway(context)
      const channel = channelTo(server, started.certificateAuthority, signType)
      const stories = storiesOfServer('qra').filter((story) => storiesOf(wallet).includes(story))
      await playStories({ channel, wallet, policy, clock, data }, stories)
    })
  }
}
