import assert from 'node:assert/strict'
import { test } from 'node:test'
import { practiceStories } from './practice-code.ts'
import { serverManners, serverNames, storiesOfServer } from './server-name.ts'
import { channelStories, roundVariable, storiesOfRound, storyEnd, storyRound } from './story-ends.ts'

test('each channel tells every story that it can, by codes of all its wallets', () => {
  for (const channel of serverNames) {
    const told = channelStories.filter((each) => each.channel === channel)
    assert.deepEqual(
      told.map(({ story }) => story),
      storiesOfServer(channel),
    )
    assert.deepEqual(new Set(told.map(({ wallet }) => wallet)), new Set<string>(serverManners[channel].wallets))
  }
})

test('a channel’s own end stands in the place of the usual one', () => {
  assert.deepEqual(storyEnd('wechat', 'balance-low'), { status: 'failed', revokeEffect: null })
  assert.deepEqual(storyEnd('wechat-v3', 'balance-low'), { status: 'revoked', revokeEffect: 'closed' })
  assert.throws(() => storyEnd('alipay', 'revoke-refused-while-confirming'), RangeError)
})

test('eleven rounds leave no story of any channel out, wherever they begin', () => {
  for (const from of [0, 20_000]) {
    const played = practiceStories.flatMap((_story, round) => storiesOfRound(from + round))
    assert.deepEqual(
      new Set(played.map(({ channel, story }) => `${channel} ${story}`)),
      new Set(channelStories.map(({ channel, story }) => `${channel} ${story}`)),
    )
    assert.deepEqual(
      storiesOfRound(from).map(({ channel }) => channel),
      serverNames,
    )
  }
})

test('the round is the day’s, or the one that is asked for', () => {
  assert.equal(storyRound({}, 3 * 86_400_000 + 1), 3)
  assert.equal(storyRound({ [roundVariable]: '7' }, 0), 7)
  assert.throws(() => storyRound({ [roundVariable]: 'soon' }, 0), RangeError)
})
