// `npm run docs:stories`: plays every story on every training server and writes down what each came to.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelStoriesPage, playEveryChannel } from '../electron/assembly/play-every-channel.ts'

const folder = mkdtempSync(join(tmpdir(), 'every-channel-'))
try {
  const page = channelStoriesPage(await playEveryChannel(folder))
  writeFileSync(new URL('../docs/channel-stories.md', import.meta.url), page)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
