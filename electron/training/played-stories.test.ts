import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createAlipayChannel } from '../channels/alipay/channel.ts'
import type { Channel, EncodingContext, HttpRequest, HttpResponse, PayRequest } from '../channels/channel.ts'
import { createWechatChannel } from '../channels/wechat/channel.ts'
import type { ChannelId, OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { type ChannelPolicy, defaultPolicies, policyWith } from '../till/policy.ts'
import { readBooks, readBreaches } from './books-reading.ts'
import { type PracticeWallet, practiceWallets, type Story, storiesOf } from './practice-code.ts'
import { type Clock, freshCode, send, startForTest } from './raw-client.fixture.ts'
import type { TrainingChannels } from './training-channels.ts'

/**
 * Every story through the till's own channels and a loop as plain as can be, in time that only this test moves: the
 * stories must end as design §8 says, by the official figures and by a window of 6 s, and the servers must find no
 * breach of the protocol.
 */

type Ending = 'paid' | 'failed' | 'closed' | 'refunded' | 'attention'

const endings: Readonly<Record<Story, Ending>> = {
  'pays-at-once': 'paid',
  'password-then-pays': 'paid',
  'password-never': 'closed',
  'balance-low': 'failed',
  'code-expired': 'failed',
  'system-error-then-paid': 'paid',
  'answer-lost-but-paid': 'paid',
  'pays-just-before-revoke': 'refunded',
  'revoke-needs-tries': 'closed',
  'revoke-refused-while-confirming': 'closed',
  'revoke-never-works': 'attention',
}

const shortWindow = {
  firstQueryMs: 500,
  pollMs: 500,
  windowMs: 6_000,
  revokeMinAgeMs: 2_000,
  revokeRetryMs: [500, 500, 1_000],
  requestTimeoutMs: 2_000,
}

const policies = {
  'the official figures': (wallet: PracticeWallet) => defaultPolicies[wallet],
  'a window of 6 s': (wallet: PracticeWallet) => policyWith(defaultPolicies[wallet], shortWindow),
} as const

function channelOf(wallet: PracticeWallet, { wechat, alipay }: TrainingChannels): Channel {
  if (wallet === 'wechat') {
    const { certificateAuthority, clientCertificate, ...rest } = wechat
    const connection = { certificateAuthority, clientCertificate }
    return createWechatChannel({ ...rest, id: 'wechat' as ChannelId, connection })
  }
  const { alipayPublicKey, certificateAuthority, ...rest } = alipay
  const verification = { mode: 'public-key', alipayPublicKey } as const
  return createAlipayChannel({ ...rest, id: 'alipay' as ChannelId, verification, connection: { certificateAuthority } })
}

/** The counter: one order, its clock, and the line to the servers. */
function openCounter(wallet: PracticeWallet, channels: TrainingChannels, clock: Clock) {
  const channel = channelOf(wallet, channels)
  const startMs = clock.wallMs
  let nonce = 0
  const context = (): EncodingContext => {
    nonce += 1
    return { wallMs: clock.wallMs, nonce: String(nonce).padStart(32, '0') }
  }
  const exchange = async (request: HttpRequest): Promise<HttpResponse | undefined> => {
    const { certificateAuthority: ca = '', clientCertificate } = channel.connection
    const certificate = request.clientCertificate ? clientCertificate : undefined
    const { url, method, headers, body } = request
    const answer = await send({ url, method, headers, body, ca, certificate })
    return answer === 'cut' ? undefined : { status: answer.status, headers: {}, body: Buffer.from(answer.body) }
  }
  return {
    channel,
    context,
    exchange,
    waitUntil: (ageMs: number) => (clock.wallMs = Math.max(clock.wallMs, startMs + ageMs)),
  }
}

async function play(
  wallet: PracticeWallet,
  story: Story,
  policy: ChannelPolicy,
  {
    channels,
    clock,
    orderNumber,
  }: { readonly channels: TrainingChannels; readonly clock: Clock; readonly orderNumber: string },
): Promise<Ending> {
  const { channel, context, exchange, waitUntil } = openCounter(wallet, channels, clock)
  const order: PayRequest = {
    orderNumber: orderNumber as OrderNumber,
    amountFen: fen(1234),
    payStartedWallMs: clock.wallMs,
    paymentCode: freshCode(wallet, story),
    subject: '示例便利店',
    store: { id: 'S001', name: '示例便利店' },
    till: { id: '01' },
    callerAddress: '127.0.0.1',
  }
  const query = async () => {
    const response = await exchange(channel.query.encode(order, context()))
    assert.ok(response !== undefined)
    return channel.query.decode(order, response)
  }
  const response = await exchange(channel.pay.encode(order, context()))
  const paying = response === undefined ? undefined : channel.pay.decode(order, response)
  if (paying?.kind === 'paid') return 'paid'
  if (paying?.kind === 'failed' || paying?.kind === 'failed-unless-query-differs') {
    return (await query()).kind === 'paid' ? 'paid' : 'failed'
  }
  for (const ageMs of [...policy.queryAgesMs, policy.windowMs]) {
    waitUntil(ageMs)
    const asked = await query()
    if (asked.kind === 'paid') return 'paid'
    if (asked.kind === 'closed') return 'closed'
  }
  for (const waitMs of [...policy.revokeRetryMs, 0]) {
    const answer = await exchange(channel.revoke.encode(order, context()))
    assert.ok(answer !== undefined)
    const revoked = channel.revoke.decode(order, answer)
    const asked = await query()
    if (revoked.kind === 'accepted') {
      assert.equal(asked.kind, 'closed', 'the query confirms the revoke')
      return asked.kind === 'closed' && asked.wasPaid === 'yes' ? 'refunded' : 'closed'
    }
    clock.wallMs += waitMs
  }
  return 'attention'
}

async function playAll(context: TestContext, wallet: PracticeWallet, policy: ChannelPolicy): Promise<void> {
  const { channels, clock, data } = await startForTest(context)
  // Four rounds: an answer's form goes by the order's place in the books, and each story shall meet several forms.
  for (let round = 0; round < 4; round += 1) {
    for (const story of storiesOf(wallet)) {
      const orderNumber = `S00101R${round}${story.replaceAll('-', '_')}`.slice(0, 32)
      const ending = await play(wallet, story, policy, { channels, clock, orderNumber })
      assert.equal(ending, endings[story], `${story}, round ${round}`)
      const book = readBooks(data, clock.wallMs).at(-1)
      assert.equal(book?.orderNumber, orderNumber)
      const kept = ending === 'paid' || ending === 'attention' ? 1234 : 0
      assert.equal(book && book.chargedFen - book.refundedFen, kept, story)
    }
  }
  assert.deepEqual(readBreaches(data), [])
}

for (const wallet of practiceWallets) {
  for (const [name, policyOf] of Object.entries(policies)) {
    test(`${wallet}: every story ends right by ${name}`, (context) => playAll(context, wallet, policyOf(wallet)))
  }
}
