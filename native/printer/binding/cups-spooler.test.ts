import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemKeeperTime } from '../../scanner/device/keeper-time.ts'
import { startFakePrinter } from '../fake-printer.fixture.ts'
import { forEver, receipt } from '../line-printer.fixture.ts'
import { openPrinter } from '../printer.ts'
import { genericProfile } from '../printer-profile.ts'
import { startCups, withoutCups } from './cups-server.fixture.ts'
import { cupsSpooler } from './cups-spooler.ts'
import { runCommand } from './run-command.ts'

test('a real CUPS: bytes arrive as they are, a dead printer’s job is taken back, a stopped queue gets none', {
  skip: withoutCups,
}, async (context) => {
  const cups = await startCups()
  context.after(() => cups.stop())
  const fake = await startFakePrinter()
  const dead = await startFakePrinter()
  context.after(() => Promise.all([fake.close(), dead.close()]))
  await dead.refuse()
  cups.addRawQueue('counter', fake.port)
  cups.addRawQueue('dead', dead.port)
  cups.addRawQueue('stopped', fake.port)
  cups.stopQueue('stopped')
  const spooler = cupsSpooler((command, signal) =>
    runCommand({ ...command, environment: { ...command.environment, CUPS_SERVER: cups.socket } }, signal),
  )
  const binding = { spooler, openLine: () => assert.fail('no line') }
  const printerAt = (queue: string) =>
    openPrinter({ kind: 'spooler', queue }, { ...genericProfile, proofMs: 3_000 }, { clock: systemKeeperTime, binding })

  assert.deepEqual(await spooler.queues(forEver), { ok: true, queues: ['counter', 'dead', 'stopped'] })
  // Bytes that a filter would change.
  const all = Uint8Array.from([...receipt('已打印'), ...Array(256).keys()])
  const bytesSent = all.length
  assert.deepEqual(await printerAt('counter').print(all, forEver), {
    kind: 'unconfirmed',
    bytesSent,
    condition: { kind: 'silent' },
  })
  assert.ok(Buffer.from(fake.paper()).includes(Buffer.from(receipt('已打印'))))
  assert.deepEqual(await printerAt('dead').print(all, forEver), {
    kind: 'unconfirmed',
    bytesSent,
    condition: { kind: 'busy', cause: 'working' },
  })
  const received = dead.receivedBytes()
  await dead.accept()
  const stopped = await printerAt('stopped').print(all, forEver)
  assert.ok(stopped.kind === 'not-sent' && stopped.condition.kind === 'offline', JSON.stringify(stopped))
  assert.equal(stopped.condition.cause, 'queue-stopped')
  const absent = await printerAt('nobody').condition(forEver)
  assert.ok(absent.kind === 'offline' && absent.cause === 'absent', JSON.stringify(absent))
  // Nothing burst out of the dead printer's queue when it came back.
  assert.equal(dead.receivedBytes(), received)
})
