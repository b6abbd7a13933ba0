import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { storyEnd } from '../training/story-ends.ts'
import { channelStoriesTable, playEveryChannel } from './play-every-channel.ts'

test('every story of every channel ends as it must, books and ledger agree, and the page tells it', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'every-channel-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const played = await playEveryChannel(folder)
  for (const { channel, wallet, story, status, revokeEffect } of played) {
    assert.deepEqual({ status, revokeEffect }, storyEnd(channel, story), `${channel} ${wallet} ${story}`)
  }
  const page = readFileSync(new URL('../../docs/channel-stories.md', import.meta.url), 'utf8')
  assert.ok(page.includes(channelStoriesTable(played)), 'docs/channel-stories.md is stale: run npm run docs:stories')
})
