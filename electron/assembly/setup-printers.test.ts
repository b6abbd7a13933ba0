import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { WantedPrinter } from '../api/contract.ts'
import { printerSchema } from '../settings/printer-schema.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { assembleTill, settingsAt } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import { readPrinter } from './printer-draft.ts'
import { createAnnouncer, createTillService } from './service.ts'

const manager = { staffNumber: '1', pin: '730519' }

async function openTill(context: TestContext, configuration: unknown) {
  const data = mkdtempSync(join(tmpdir(), 'set-up-printers-'))
  copyTrainingKeys(data)
  const file = join(data, 'config.json')
  writeFileSync(file, JSON.stringify(configuration, null, 2))
  const place = { dataDirectory: data, configFile: null, environment: {} }
  const assembly = await assembleTill(place, { onChange: () => undefined, onReadiness: () => undefined })
  assert.ok(assembly.ok)
  const service = createTillService(assembly.till, 'browser', createAnnouncer(), noGuns)
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  const first = await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  assert.equal(first.kind, 'done')
  const save = (printer: WantedPrinter, before: string | null = null, isUntested = false) =>
    service.call('setup.save-printer', { before, printer, isUntested, manager })
  const remove = (label: string) => service.call('setup.remove-printer', { label, manager })
  const configured = async () => {
    const reading = await settingsAt(place)
    assert.ok(reading.ok, JSON.stringify(reading))
    return reading.settings.printers
  }
  return { service, save, remove, configured, text: () => readFileSync(file, 'utf8'), till: assembly.till }
}

/** Something that takes a connection where a printer would. */
async function listening(context: TestContext): Promise<string> {
  const server = createServer((socket) => void socket.resume().on('error', () => undefined))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => server.close())
  // A server that listens has an address of this form.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const wanted: WantedPrinter = { name: '', kind: 'tcp', at: '', profile: 'generic-80', drawer: false }

test('a printer is asked how it is, saved with a manager’s word, and there at the next start', async (context) => {
  const at = await listening(context)
  const { service, save, configured, till } = await openTill(context, {})
  assert.deepEqual(await save({ ...wanted, name: '前台', at, drawer: true }), {
    kind: 'saved',
    file: till.settings.configurationFile,
  })
  const [printer] = await configured()
  assert.equal(printer?.name, '前台')
  assert.deepEqual(printer?.address, { kind: 'tcp', host: '127.0.0.1', port: Number(at.split(':')[1]) })
  assert.ok(printer?.transport.drawer)
  const state = await service.call('setup.state', null)
  assert.deepEqual(state?.printers, [{ ...wanted, label: '前台', name: '前台', at, drawer: true }])
  assert.ok(state?.printerProfiles.includes('generic-80'))
  const journaled = await till.reader.overrides({ limit: 1 })
  assert.ok(journaled.ok)
  assert.equal(journaled.value.items[0]?.override.reason, 'settings printer 前台, tested')
})

test('one that cannot be reached is not saved, unless a manager wants it so', async (context) => {
  const { save, configured, text } = await openTill(context, {})
  const before = text()
  const away: WantedPrinter = { ...wanted, kind: 'device-file', at: '/dev/usb/lp-of-nobody' }
  assert.deepEqual(await save(away), { kind: 'printer-failed', cause: 'absent' })
  assert.equal(text(), before)
  assert.equal((await save(away, null, true)).kind, 'saved')
  assert.equal((await configured())[0]?.name, '/dev/usb/lp-of-nobody')
})

test('what the form does not show stays as its owner wrote it', () => {
  const pulse = { pin: 5, onMs: 120, offMs: 500 }
  const line = { kind: 'serial', path: '/dev/ttyS9', profile: 'generic-80', baudRate: 19_200 }
  const written = printerSchema.parse({ ...line, drawer: pulse, fallback: 'kitchen' })
  const moved: WantedPrinter = { name: ' desk ', kind: 'serial', at: '/dev/ttyS8', profile: 'generic-58', drawer: true }
  const kept = readPrinter(moved, written)
  assert.deepEqual(kept, {
    ok: true,
    printer: { ...written, path: '/dev/ttyS8', profile: 'generic-58', name: 'desk' },
  })
  // Another way of connection has no line speed any more.
  assert.deepEqual(readPrinter({ ...moved, kind: 'tcp', at: '192.0.2.8', drawer: false }, written), {
    ok: true,
    printer: {
      kind: 'tcp',
      address: '192.0.2.8',
      profile: 'generic-58',
      name: 'desk',
      fallback: 'kitchen',
      drawer: false,
    },
  })
  const fieldsOf = (wanted: WantedPrinter): readonly string[] => {
    const draft = readPrinter(wanted, null)
    return draft.ok ? [] : draft.problems.map(({ field }) => field).toSorted()
  }
  assert.deepEqual(fieldsOf({ ...moved, kind: 'tcp', at: 'not an address', profile: 'none' }), ['at', 'profile'])
  assert.deepEqual(fieldsOf({ ...moved, kind: 'device-file', at: 'lp0', name: '-' }), ['at', 'name'])
})

test('a printer goes alone, and not while another one falls back on it', async (context) => {
  const kitchen = { kind: 'tcp', address: '192.0.2.7', profile: 'generic-58', name: 'kitchen', paper: 58 }
  const desk = { kind: 'tcp', address: '192.0.2.8', profile: 'generic-80', name: 'desk', fallback: 'kitchen' }
  const { remove, configured, text } = await openTill(context, {
    shifts: { cutOverHour: 5 },
    printers: [desk, kitchen],
  })
  const stillNeeded = await remove('kitchen')
  assert.ok(stillNeeded.kind === 'configuration-problem', JSON.stringify(stillNeeded))
  assert.match(stillNeeded.problem, /fallback/)
  assert.equal((await remove('desk')).kind, 'saved')
  assert.deepEqual(
    (await configured()).map(({ name }) => name),
    ['kitchen'],
  )
  assert.match(text(), /"cutOverHour": 5/)
  assert.deepEqual(await remove('desk'), { kind: 'no-such-printer' })
})
