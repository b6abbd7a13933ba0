import type { OrderStatus } from '../till/order/order.ts'
import type { RevokeEffect } from '../till/outcome.ts'
import { type PracticeWallet, practiceStories, type Story } from './practice-code.ts'
import { type ServerManners, type ServerName, serverManners, serverNames, storiesOfServer } from './server-name.ts'

/** How an order of a story must end: the status, and what the revoke came to where there was one. */
export type StoryEnd = {
  readonly status: Extract<OrderStatus, 'paid' | 'failed' | 'revoked' | 'attention'>
  readonly revokeEffect: RevokeEffect | null
}

const paid: StoryEnd = { status: 'paid', revokeEffect: null }
const failed: StoryEnd = { status: 'failed', revokeEffect: null }
const closed: StoryEnd = { status: 'revoked', revokeEffect: 'closed' }
const refunded: StoryEnd = { status: 'revoked', revokeEffect: 'refunded' }
const attention: StoryEnd = { status: 'attention', revokeEffect: null }

/** What a story must come to (design §8). */
const ends = {
  'pays-at-once': paid,
  'password-then-pays': paid,
  'password-never': closed,
  'balance-low': failed,
  'code-expired': failed,
  'system-error-then-paid': paid,
  'answer-lost-but-paid': paid,
  'pays-just-before-revoke': refunded,
  'revoke-needs-tries': closed,
  'revoke-refused-while-confirming': closed,
  'revoke-never-works': attention,
} as const satisfies Readonly<Record<Story, StoryEnd>>

/** Where a channel cannot do better. */
const ownEnds: Readonly<Partial<Record<ServerName, Readonly<Partial<Record<Story, StoryEnd>>>>>> = {
  // The reference marks NOT_ENOUGH as one query decides; the order then reads PAYERROR and is revoked. No money moves.
  'wechat-v3': { 'balance-low': closed },
  // It has no revoke, and its ends prove nothing (jeepay.md §5, §6): without a payment a person decides.
  jeepay: {
    'password-never': attention,
    'balance-low': attention,
    'code-expired': attention,
    'pays-just-before-revoke': attention,
    'revoke-needs-tries': attention,
    'revoke-refused-while-confirming': attention,
  },
}

/** A story on a channel, by the code of a wallet that the channel takes. */
export type ChannelStory = {
  readonly channel: ServerName
  readonly wallet: PracticeWallet
  readonly story: Story
  readonly end: StoryEnd
}

/** Every story that each channel can tell, the channel's wallets in turn. */
export const channelStories: readonly ChannelStory[] = serverNames.flatMap((channel) =>
  storiesOfServer(channel).map((story): ChannelStory => {
    const { wallets }: ServerManners = serverManners[channel]
    const wallet = wallets[practiceStories.indexOf(story) % wallets.length]
    if (wallet === undefined) throw new RangeError(`${channel} takes no wallet's codes`)
    return { channel, wallet, story, end: ownEnds[channel]?.[story] ?? ends[story] }
  }),
)

/** How the story must end on the channel. Throws a RangeError where the channel cannot tell it. */
export function storyEnd(channel: ServerName, story: Story): StoryEnd {
  const found = channelStories.find((each) => each.channel === channel && each.story === story)
  if (found === undefined) throw new RangeError(`${channel} cannot tell ${story}`)
  return found.end
}

/**
 * One story of each channel, another one for each; from round to round they move on, so that `practiceStories.length`
 * rounds have all of them. A channel that cannot tell its turn's story tells the next one.
 */
export function storiesOfRound(round: number): readonly ChannelStory[] {
  return serverNames.map((channel, place) => {
    const told = channelStories.filter((each) => each.channel === channel)
    const wanted = practiceStories[(round + 4 * place) % practiceStories.length]
    const found = told.find(({ story }) => story === wanted) ?? told[(round + place) % told.length]
    if (found === undefined) throw new RangeError(`${channel} tells no story`)
    return found
  })
}

/** The variable that asks for the stories of another day's round. */
export const roundVariable = 'SCANTILL_STORY_ROUND'

const dayMs = 86_400_000

/** The round of stories to play: the variable's number, else the day's, so that a failure comes back on the same day. */
export function storyRound(environment: Readonly<Record<string, string | undefined>>, wallMs: number): number {
  const asked = environment[roundVariable]
  if (asked === undefined || asked === '') return Math.floor(wallMs / dayMs)
  if (!/^\d{1,6}$/.test(asked)) throw new RangeError(`${roundVariable} is not a whole number: ${asked}`)
  return Number(asked)
}
