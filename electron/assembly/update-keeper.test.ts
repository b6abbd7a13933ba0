import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepUpdates, type OpenUpdater, type UpdateNews } from './update-keeper.ts'

const source = { url: 'https://updates.shop.invalid', channel: 'latest', everyMs: 6 * 3_600_000 }

function world() {
  const seen = { checks: 0, installs: [] as unknown[] }
  let tell: (news: UpdateNews) => void = () => assert.fail('not opened')
  const open: OpenUpdater = (_source, onNews) => {
    tell = onNews
    return {
      check: () => {
        seen.checks += 1
      },
      installAfterClosing: (wanted) => void seen.installs.push(wanted),
    }
  }
  return { seen, open, tell: (news: UpdateNews) => tell(news) }
}

test('it asks at the start and every so many hours, until it is closed', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { seen, open } = world()
  const keeper = keepUpdates(source, open, () => undefined)
  assert.equal(seen.checks, 0)
  keeper.start()
  keeper.start()
  t.mock.timers.tick(2 * source.everyMs)
  assert.equal(seen.checks, 3)
  keeper.close()
  t.mock.timers.tick(2 * source.everyMs)
  assert.equal(seen.checks, 3)
})

test('without a server, or in a host that cannot, nobody is ever asked', () => {
  const open: OpenUpdater = () => assert.fail('asked')
  keepUpdates(null, open, () => undefined).start()
  const keeper = keepUpdates(source, undefined, () => undefined)
  keeper.start()
  keeper.installAfterClosing()
  assert.equal(keeper.ready(), null)
})

test('what is ready stays so when a later look fails; it goes in only when told', () => {
  const { seen, open, tell } = world()
  const told: UpdateNews[] = []
  const keeper = keepUpdates(source, open, (news) => void told.push(news))
  keeper.start()
  keeper.installAfterClosing()
  assert.deepEqual(seen.installs, [])
  tell({ kind: 'ready', version: '0.2.0' })
  tell({ kind: 'failed', detail: 'ENOTFOUND' })
  assert.equal(keeper.ready(), '0.2.0')
  assert.equal(told.length, 2)
  assert.deepEqual(seen.installs, [])
  keeper.installAfterClosing()
  keeper.restartAfterwards()
  keeper.installAfterClosing()
  assert.deepEqual(seen.installs, [{ restart: false }, { restart: true }])
  keeper.close()
})
