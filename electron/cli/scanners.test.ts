import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPseudoTerminal, withoutPseudoTerminal } from '../../native/scanner/pseudo-terminal.fixture.ts'
import { dataFolder, runTill } from './till-process.fixture.ts'

test('a configured port is used when it is there, and a missing one says why not', {
  skip: withoutPseudoTerminal,
}, async (context) => {
  const line = await openPseudoTerminal()
  context.after(() => line.unplug())
  const absent = '/dev/no-such-gun'
  const data = dataFolder(context, {
    scanners: [
      { kind: 'serial', path: line.path },
      { kind: 'serial', path: absent },
      { kind: 'serial', vendorId: 'ffff' },
    ],
  })
  const { exit, lines, last } = await runTill(context, ['scanners'], { data })
  assert.equal(exit, 0)
  const guns = lines.filter(({ type }) => type === 'scanner')
  const found = (path: string | null) => guns.find((gun) => gun['path'] === path)
  assert.deepEqual([found(line.path)?.['used'], found(line.path)?.['because']], [true, null])
  assert.equal(found(absent)?.['used'], false)
  assert.match(String(found(absent)?.['because']), /not plugged in/)
  assert.match(String(found(null)?.['because']), /not plugged in/)
  assert.equal(last?.type, 'result')
  assert.equal(last?.['used'], 1)
})

test('a configuration with a mistake is told with its field, and nothing is listed', async (context) => {
  const data = dataFolder(context, { scanners: [{ kind: 'serial' }] })
  const { exit, stdout, stderr } = await runTill(context, ['scanners'], { data })
  assert.equal(exit, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /scanners\[0\]\.path/)
})
