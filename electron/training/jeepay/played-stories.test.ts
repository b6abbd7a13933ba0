import { test } from 'node:test'
import { jeepayPolicy } from '../../channels/jeepay/policy.ts'
import { type OwnEnding, playedPolicies, playStories } from '../played-stories.fixture.ts'
import { type PracticeWallet, type Story, storiesOf } from '../practice-code.ts'
import { serverManners, storiesOfServer } from '../server-name.ts'
import { channelTo, startJeepay } from './jeepay-till.fixture.ts'

const toPerson = { ending: 'attention', keeps: 'nothing' } as const

/** Where other channels revoke or believe a failure, a person looks: Jeepay has no revoke, and its failed proves nothing. */
const endings: Readonly<Partial<Record<Story, OwnEnding>>> = {
  'password-never': toPerson,
  'balance-low': toPerson,
  'code-expired': toPerson,
  'pays-just-before-revoke': toPerson, // nobody revokes, so nobody pays
  'revoke-needs-tries': toPerson,
  'revoke-refused-while-confirming': toPerson,
  'revoke-never-works': toPerson,
}

/** Alipay's "unknown" is a failure to Jeepay, which then does not record that the money came (jeepay.md §5). */
const ofWallet: Readonly<Record<PracticeWallet, typeof endings>> = {
  wechat: endings,
  unionpay: endings,
  alipay: { ...endings, 'system-error-then-paid': { ending: 'attention', keeps: 'the payment' } },
}

for (const wallet of serverManners.jeepay.wallets) {
  const policies = Object.entries(playedPolicies(jeepayPolicy))
  // One wallet's codes by both policies; those of the others go the same way.
  for (const [name, policy] of wallet === 'wechat' ? policies : policies.slice(-1)) {
    test(`jeepay with codes of ${wallet}: every story ends right by ${name}`, async (context) => {
      const { started, server, clock, data } = await startJeepay(context)
      const channel = channelTo(server, started.certificateAuthority)
      const stories = storiesOfServer('jeepay').filter((story) => storiesOf(wallet).includes(story))
      await playStories({ channel, wallet, policy, clock, data, endings: ofWallet[wallet] }, stories)
    })
  }
}
