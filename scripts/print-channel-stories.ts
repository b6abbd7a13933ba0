// `npm run docs:stories`: plays every story on every training server and writes down what each came to.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelStoriesTable, playEveryChannel } from '../electron/assembly/play-every-channel.ts'
import { withStories } from './every-channel/stories-page.ts'

const page = new URL('../docs/channel-stories.md', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'every-channel-'))
try {
  const table = channelStoriesTable(await playEveryChannel(folder))
  writeFileSync(page, withStories(readFileSync(page, 'utf8'), 'till', table))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
