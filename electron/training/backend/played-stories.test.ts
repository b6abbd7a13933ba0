import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backendDefinition } from '../../channels/backend/definition.ts'
import type { Channel } from '../../channels/channel.ts'
import type { ChannelId } from '../../till/ids.ts'
import { playedPolicies, playStories } from '../played-stories.fixture.ts'
import { storiesOf } from '../practice-code.ts'
import { type Clock, dataFolder } from '../raw-client.fixture.ts'
import { serverManners, storiesOfServer } from '../server-name.ts'
import { startTrainingServers } from '../start-training-servers.ts'
import { backendServer } from './server.ts'

for (const wallet of serverManners.backend.wallets) {
  for (const [name, policy] of Object.entries(playedPolicies(backendDefinition.policy))) {
    test(`backend, ${wallet}: every story ends right by ${name}`, async (context) => {
      const data = dataFolder(context)
      const clock: Clock = { wallMs: 1_772_326_815_000 }
      const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [backendServer])
      context.after(() => started.close())
      const { configuration, keys } = started.servers[0] ?? assert.fail('no server')
      const { baseUrl, keyId } = configuration
      const opening = backendDefinition.open(
        { texts: { baseUrl: String(baseUrl), keyId: String(keyId), key: keys['key.txt'] }, lists: {} },
        { id: 'backend' as ChannelId, certificateAuthority: started.certificateAuthority, wallMs: Date.now() },
      )
      assert.ok(opening.ok)
      const channel: Channel = opening.channel
      const stories = storiesOfServer('backend').filter((story) => storiesOf(wallet).includes(story))
      await playStories({ channel, wallet, policy, clock, data }, stories)
    })
  }
}
