import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Story, storiesOf } from '../electron/training/practice-code.ts'
import { channelStories, storiesOfRound, storyEnd, storyRound } from '../electron/training/story-ends.ts'
import { startTrainingProcess, type TrainingProcess } from '../electron/training/training-process.ts'
import { endScene, seeEnd, tellOrPark, walletSide, watch } from './every-channel-stories.ts'
import { counterTills, type Lane, type ReportedStory } from './every-channel-tills.ts'
import { expect, largeScreen, smallScreen, type Till, type TillOptions, test as tillTest } from './till.ts'
import { scenesShown } from './watch.ts'
import { endScenes, type SceneName } from './words.ts'

// Every channel at the counter, three of them behind each till, against servers in a process of their own: the end that
// each story must have, in the channel's own words. A few stories a day; `npm run every-channel` asks for all of them.

/** Where `npm run every-channel` wants each story's end written, a line each; it then wants all of them. */
const report = process.env['SCANTILL_EVERY_CHANNEL_REPORT']
const round = storyRound(process.env, Date.now())
const program = join(import.meta.dirname, '../dist/cli/main.js')

const test = tillTest.extend<object, { readonly training: TrainingProcess }>({
  training: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'scantill-story-wallets-'))
      const running = await startTrainingProcess(program, folder)
      await use(running)
      expect(await running.stop()).toBe(0)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

/** A revoke, or what stands in its place: the heart of a channel's words. */
const backStories = ['password-never', 'pays-just-before-revoke'] as const satisfies readonly Story[]

/**
 * What each channel of a till tells in this run, one that comes to its revoke among them. In a short run one channel of
 * each till tells its story of the round too.
 */
function storiesOfLane({ channel, wallet }: Lane, place: number, lanes: readonly Lane[]): readonly Story[] {
  const back = backStories[(round + place) % backStories.length] ?? 'password-never'
  const told = report === undefined ? storiesOfRound(round) : channelStories
  const own = told
    .filter((each) => each.channel === channel && storiesOf(wallet).includes(each.story))
    .map(({ story }) => story)
  const alsoOwn = report !== undefined || place === (round + 1) % lanes.length
  return [...new Set([back, ...(alsoOwn ? own : [])])]
}

async function openTill(
  open: (options: TillOptions) => Promise<Till>,
  training: TrainingProcess,
  lanes: readonly Lane[],
  number: number,
): Promise<Till> {
  const till = { id: `E${number}` }
  const store = { id: 'S001', name: '示例便利店' }
  return open({
    // Day by day each till has the other language and the other screen.
    language: (round + number) % 2 === 0 ? 'zh-CN' : 'en',
    size: (round + number) % 2 === 0 ? smallScreen : largeScreen,
    policy: { windowMs: 6_000, revokeMinAgeMs: 1_000 },
    configure: async () => ({
      store,
      till,
      channels: training.configuration.channels.filter(({ id }) => lanes.some(({ channel }) => channel === id)),
      routes: Object.fromEntries(lanes.map(({ channel, wallet }) => [wallet, channel])),
    }),
    judge: { books: training.dataDirectory, orderNumbersBegin: `${store.id}${till.id}` },
  })
}

/** Orders that wait aside at a time: as many as the strip shows well. */
const asideAtMost = 5

test('every channel: each story has its end at the counter, in the channel’s own words', async ({ open, training }) => {
  test.setTimeout(report === undefined ? 240_000 : 2_400_000)
  const tills = counterTills(round, report !== undefined)
  await Promise.all(
    tills.map(async (lanes, number) => {
      const till = await openTill(open, training, lanes, number)
      const told = lanes.flatMap((lane, place) => storiesOfLane(lane, place, lanes).map((story) => ({ lane, story })))
      // All ways are watched in the long run, and one of each till's in a short one.
      const watched = lanes.filter((_, place) => report !== undefined || place === round % lanes.length)
      const isWatched = ({ lane, story }: (typeof told)[number]): boolean =>
        watched.includes(lane) && backStories.some((back) => back === story)
      const ends: SceneName[] = []
      let sequence = 0
      const nextAmount = (): string => {
        sequence += 1
        return `${10 + sequence}.${String(sequence).padStart(2, '0')}`
      }
      const tell = (lane: Lane, story: Story, amount: string, orderNumber: string): void => {
        const end = endScene(storyEnd(lane.channel, story))
        ends.push(end)
        if (report === undefined) return
        const { chargedFen, refundedFen } = walletSide(training.dataDirectory, lane, orderNumber, amount)
        const line: ReportedStory = { channel: lane.channel, story, scene: end, chargedFen, refundedFen }
        appendFileSync(report, `${JSON.stringify(line)}\n`)
      }

      const aside = told.filter((each) => !isWatched(each))
      for (let from = 0; from < aside.length; from += asideAtMost) {
        const waiting: { readonly lane: Lane; readonly story: Story; readonly amount: string }[] = []
        for (const { lane, story } of aside.slice(from, from + asideAtMost)) {
          const amount = nextAmount()
          const orderNumber = await tellOrPark(till, lane, story, amount)
          if (orderNumber === null) waiting.push({ lane, story, amount })
          else tell(lane, story, amount, orderNumber)
        }
        for (const { lane, story, amount } of waiting)
          tell(lane, story, amount, await seeEnd(till, lane, story, amount))
      }
      for (const { lane, story } of told.filter(isWatched)) {
        const amount = nextAmount()
        tell(lane, story, amount, await watch(till, lane, story, amount))
      }
      const seen = (await scenesShown(till.page)).filter((scene) => endScenes.some((end) => end === scene))
      expect(seen, 'no other end was ever shown (I3, I4)').toEqual(ends)
    }),
  )
})
