import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { channelDefinitions } from '../../electron/channels/registry.ts'
import { serverNames } from '../../electron/training/server-name.ts'
import { storiesOfRound, storyRound } from '../../electron/training/story-ends.ts'
import { openCommandLineLab } from './command-line.ts'

const lab = await openCommandLineLab()
let closing: Promise<readonly string[]> | undefined
const closeLab = (): Promise<readonly string[]> => {
  closing ??= lab.close()
  return closing
}
after(closeLab)

test('there is a server for every channel of the registry', () => {
  assert.deepEqual(lab.channels.toSorted(), serverNames.toSorted())
  assert.equal(channelDefinitions.length, serverNames.length)
})

const round = storyRound(process.env, Date.now())

describe(`round ${round}: a story on each channel by the command line, against servers in another process`, {
  concurrency: 4,
}, () => {
  for (const told of storiesOfRound(round)) {
    test(`${told.channel} ${told.wallet} ${told.story}`, async () => {
      assert.deepEqual((await lab.play(told)).disagreements, [])
    })
  }
})

test('no server found a breach, no code left a trace, and train ends when it is interrupted', async () => {
  assert.deepEqual(await closeLab(), [])
})
