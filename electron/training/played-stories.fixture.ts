import assert from 'node:assert/strict'
import type { Channel, EncodingContext, HttpRequest, HttpResponse, PayRequest } from '../channels/channel.ts'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { type ChannelPolicy, policyWith } from '../till/policy.ts'
import { readBooks, readBreaches } from './books-reading.ts'
import type { PracticeWallet, Story } from './practice-code.ts'
import { type Clock, freshCode, send } from './raw-client.fixture.ts'

/**
 * For tests only: stories through a till's own channel and a loop as plain as can be, in time that only the test moves.
 * The stories must end as design §8 says, and the servers must find no breach of the protocol.
 */

export type Ending = 'paid' | 'failed' | 'closed' | 'refunded' | 'attention'

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

/** How a story ends on a channel of its own manners, and what the merchant keeps by the books then. */
export type OwnEnding = { readonly ending: Ending; readonly keeps: 'the payment' | 'nothing' }

/** A policy in which every story is over within seconds. */
const shortWindow = {
  firstQueryMs: 500,
  pollMs: 500,
  windowMs: 6_000,
  revokeMinAgeMs: 2_000,
  revokeRetryMs: [500, 500, 1_000],
  requestTimeoutMs: 2_000,
}

/** Through whom, with whose codes and by which figures. */
export type Played = {
  readonly channel: Channel
  readonly wallet: PracticeWallet
  readonly policy: ChannelPolicy
  readonly clock: Clock
  /** The data folder whose books judge. */
  readonly data: string
  /** Where the channel's stories end otherwise than design §8 says. */
  readonly endings?: Readonly<Partial<Record<Story, OwnEnding>>>
}

/** Fresh for each request of a run, also where the clock stands still between two orders. */
let nonce = 0

/** The counter: one order, its clock, and the line to the servers. */
function openCounter(channel: Channel, clock: Clock) {
  const startMs = clock.wallMs
  const context = (): EncodingContext => {
    nonce += 1
    return { wallMs: clock.wallMs, nonce: String(nonce).padStart(32, '0') }
  }
  const exchange = async (request: HttpRequest): Promise<HttpResponse | undefined> => {
    const { certificateAuthority: ca = '', clientCertificate } = channel.connection
    const certificate = request.clientCertificate ? clientCertificate : undefined
    const { url, method, headers, body } = request
    const answer = await send({ url, method, headers, body, ca, certificate })
    return answer === 'cut'
      ? undefined
      : { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) }
  }
  return {
    context,
    exchange,
    waitUntil: (ageMs: number) => (clock.wallMs = Math.max(clock.wallMs, startMs + ageMs)),
  }
}

async function play({ channel, wallet, clock, policy }: Played, story: Story, orderNumber: string): Promise<Ending> {
  const { context, exchange, waitUntil } = openCounter(channel, clock)
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
    const asked = await query()
    // Who cannot tell does not confirm a refusal.
    if (asked.kind !== 'unknown') return asked.kind === 'paid' ? 'paid' : 'failed'
  }
  for (const ageMs of [...policy.queryAgesMs, policy.windowMs]) {
    waitUntil(ageMs)
    const asked = await query()
    if (asked.kind === 'paid') return 'paid'
    if (asked.kind === 'closed') return 'closed'
  }
  if (policy.canRevoke === false) return 'attention'
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

/**
 * Plays the stories, four rounds of them: an answer's form may go by the order's place in the books, and each story shall
 * meet several forms. `mark` keeps the order numbers of several calls on one data folder apart.
 */
export async function playStories(played: Played, stories: readonly Story[], mark = 'R'): Promise<void> {
  const { clock, data, endings: own = {} } = played
  for (let round = 0; round < 4; round += 1) {
    for (const story of stories) {
      const orderNumber = `S00101${mark}${round}${story.replaceAll('-', '')}`.slice(0, 32)
      const ending = await play(played, story, orderNumber)
      assert.equal(ending, own[story]?.ending ?? endings[story], `${story}, round ${round}`)
      const book = readBooks(data, clock.wallMs).at(-1)
      assert.equal(book?.orderNumber, orderNumber)
      const keeps = own[story]?.keeps ?? (ending === 'paid' || ending === 'attention' ? 'the payment' : 'nothing')
      const kept = keeps === 'the payment' ? 1234 : 0
      assert.equal(book && book.chargedFen - book.refundedFen, kept, story)
    }
  }
  assert.deepEqual(readBreaches(data), [])
}

/** The channel's own figures, and a window of 6 s laid over them. */
export const playedPolicies = (official: ChannelPolicy): Readonly<Record<string, ChannelPolicy>> => ({
  'the official figures': official,
  'a window of 6 s': policyWith(official, shortWindow),
})
