import {
  type CrashMoment,
  type CrashPoint,
  type CrashRequest,
  crashMoments,
  crashPoints,
  crashRequests,
} from '../../electron/crash-points/crash-points.ts'
import { type PracticeWallet, practiceWallets, type Story, storiesOf } from '../../electron/training/practice-code.ts'

/** One story at the counter with a kill in it, and perhaps a second one while the till recovers. */
export type Kill = {
  readonly point: CrashPoint
  readonly occurrence: number
  readonly wallet: PracticeWallet
  readonly story: Story
  /** Where the first `recover` dies; null lets it come to its end. */
  readonly againAt: CrashPoint | null
}

/** A kill in words, for a test's name and a table's row. */
export function killName({ point, occurrence, wallet, story, againAt }: Kill): string {
  const again = againAt === null ? '' : `, recover killed at ${againAt}`
  return `${wallet}, ${story}: killed at ${point}${occurrence === 1 ? '' : ` (${occurrence}.)`}${again}`
}

/** Stories that come to a request; the money moves in the first of each, and not, or back, in the others. */
const storiesFor: Readonly<Record<CrashRequest, readonly [Story, Story, ...Story[]]>> = {
  pay: ['pays-at-once', 'password-never', 'answer-lost-but-paid'],
  query: ['pays-just-before-revoke', 'password-never'],
  revoke: ['pays-just-before-revoke', 'revoke-needs-tries', 'password-never'],
}

/** Each point once, wallets and stories in turn; for every check. */
export const shortPlan: readonly Kill[] = crashPoints.map(({ name, request }, index) => {
  const stories = storiesFor[request]
  return {
    point: name,
    occurrence: 1,
    wallet: practiceWallets[index % 2] ?? 'alipay',
    story: stories[Math.floor(index / 2) % 2] ?? stories[0],
    againAt: null,
  }
})

const moments = Object.keys(crashMoments) as CrashMoment[]

/** Every point under every story that comes to it, then later occurrences, then kills while the till recovers. */
export const longPlan: readonly Kill[] = practiceWallets.flatMap((wallet): readonly Kill[] => {
  const first = crashPoints.flatMap(({ name: point, request }) =>
    storiesFor[request]
      .filter((story) => storiesOf(wallet).includes(story))
      .map((story): Kill => ({ point, occurrence: 1, wallet, story, againAt: null })),
  )
  const later = moments.flatMap((moment): readonly Kill[] => [
    { point: `query.${moment}`, occurrence: 2, wallet, story: 'password-never', againAt: null },
    { point: `revoke.${moment}`, occurrence: 2, wallet, story: 'revoke-needs-tries', againAt: null },
    { point: `revoke.${moment}`, occurrence: 3, wallet, story: 'revoke-needs-tries', againAt: null },
  ])
  const again = crashRequests
    .filter((request) => request !== 'pay')
    .flatMap((request) =>
      moments.map((moment): Kill => {
        const story: Story = request === 'query' ? 'password-never' : 'pays-just-before-revoke'
        return { point: 'pay.booked', occurrence: 1, wallet, story, againAt: `${request}.${moment}` }
      }),
    )
  return [...first, ...later, ...again]
})
