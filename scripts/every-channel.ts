// `npm run every-channel [-- --write]`: every story of every channel, by the built command line and at the counter in a
// browser, against training servers in a process of their own. Prints what each came to, with --write into
// docs/channel-stories.md too; ends with 1 on any disagreement. Some minutes on two cores.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChannelStory, channelStories } from '../electron/training/story-ends.ts'
import { build } from './build.ts'
import { type CommandLineReport, openCommandLineLab } from './every-channel/command-line.ts'
import { withStories } from './every-channel/stories-page.ts'
import { type CounterEnd, endsTable } from './every-channel/table.ts'
import { runStep } from './steps/step.ts'

const page = new URL('../docs/channel-stories.md', import.meta.url)
const words = process.argv.slice(2)
if (words.some((word) => word !== '--write')) {
  console.error('The only option is --write.')
  process.exit(2)
}

const nameOf = ({ channel, wallet, story }: ChannelStory): string => `${channel} ${wallet} ${story}`

/** Plays every story by the command line, four at a time: they wait most of the time. Answers the disagreements too. */
async function playCommandLine(): Promise<{
  readonly reports: readonly CommandLineReport[]
  readonly disagreements: readonly string[]
}> {
  const lab = await openCommandLineLab()
  const reports: CommandLineReport[] = []
  const waiting = channelStories.values()
  const work = async (): Promise<void> => {
    for (const told of waiting) reports.push(await lab.play(told))
  }
  let found: readonly string[] = []
  try {
    await Promise.all(Array.from({ length: 4 }, work))
  } finally {
    found = await lab.close()
  }
  const ofStories = reports.flatMap(({ told, disagreements }) =>
    disagreements.map((each) => `${nameOf(told)}: ${each}`),
  )
  return { reports, disagreements: [...ofStories, ...found] }
}

/** Plays every story at the counter; null where the story of the browser failed, which has then said so. */
async function playCounter(): Promise<readonly CounterEnd[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'every-channel-counter-'))
  const report = join(folder, 'ends.jsonl')
  try {
    const { passed } = await runStep({
      name: 'counter',
      script: 'scripts/end-to-end.ts',
      scriptArguments: ['e2e/every-channel.spec.ts'],
      environment: { SCANTILL_EVERY_CHANNEL_REPORT: report },
      show: 'always',
    })
    if (!passed) return null
    const lines = readFileSync(report, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as CounterEnd) // the spec's ReportedStory, of our own writing
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const startedMs = performance.now()
await build()
const { reports, disagreements } = await playCommandLine()
for (const each of disagreements) console.log(`✖ ${each}`)
console.log(`command line: ${reports.length} stories, ${disagreements.length} disagreements`)
const counter = await playCounter()
const commandLine = reports.map(({ told, ...end }) => ({ channel: told.channel, story: told.story, ...end }))
const table = endsTable(commandLine, counter ?? [])
console.log(table)
const missing = channelStories.filter(
  ({ channel, story }) => !counter?.some((each) => each.channel === channel && each.story === story),
)
const seconds = Math.round((performance.now() - startedMs) / 1000)
console.log(`counter: ${counter?.length ?? 0} stories, ${missing.length} missing; ${seconds} s in all`)
if (disagreements.length > 0 || counter === null || missing.length > 0) process.exitCode = 1
else if (words.includes('--write')) {
  writeFileSync(page, withStories(readFileSync(page, 'utf8'), 'command-line-and-counter', table))
}
