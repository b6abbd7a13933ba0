import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import { dataFolder, runTill } from './till-process.fixture.ts'

test('each configured printer tells its condition and what to do about it', async (context) => {
  const [fine, empty, away] = await Promise.all([startFakePrinter(), startFakePrinter(), startFakePrinter()])
  context.after(() => Promise.all([fine, empty, away].map((fake) => fake.close())))
  empty.change({ paperOut: true })
  await away.refuse()
  const entry = (name: string, port: number) => ({
    kind: 'tcp',
    name,
    address: `127.0.0.1:${port}`,
    profile: 'generic-80',
  })
  const data = dataFolder(context, {
    printers: [
      entry('fine', fine.port),
      { ...entry('empty', empty.port), fallback: 'fine' },
      entry('away', away.port),
      { kind: 'device-file', path: '/dev/no-such-printer', profile: 'generic-58' },
    ],
  })
  const { exit, lines, last } = await runTill(context, ['printers'], { data })
  assert.equal(exit, 0)
  const printers = lines.filter((line) => line.type === 'printer' && line['configured'] === true)
  const told = (name: string) => printers.find((printer) => printer['name'] === name)
  assert.deepEqual(told('fine'), {
    type: 'printer',
    configured: true,
    name: 'fine',
    kind: 'tcp',
    address: `127.0.0.1:${fine.port}`,
    profile: 'generic-80',
    fallback: null,
    condition: { kind: 'ready', paperLow: false },
    because: null,
  })
  assert.deepEqual(told('empty')?.['condition'], { kind: 'paper-out' })
  assert.match(String(told('empty')?.['because']), /put a new roll in/)
  assert.deepEqual(told('away')?.['condition'], { kind: 'busy', cause: 'refused' })
  assert.match(String(told('/dev/no-such-printer')?.['because']), /not plugged in/)
  assert.equal(last?.type, 'result')
  assert.deepEqual([last?.['configured'], last?.['ready']], [4, 1])
  assert.equal(fine.paper().length, 0)
})

test('a configuration with a mistake is told with its field, and no printer is asked', async (context) => {
  const data = dataFolder(context, { printers: [{ kind: 'tcp', profile: 'generic-80' }] })
  const { exit, stdout, stderr } = await runTill(context, ['printers'], { data })
  assert.equal(exit, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /printers\[0\]\.address/)
})
