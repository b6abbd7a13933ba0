import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { textsOfZip } from '../exports/zip.fixture.ts'
import { makePracticeCode } from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { assembleTill } from './assemble.ts'
import { logFolderIn } from './diagnostic-log.ts'
import { noGuns } from './no-guns.fixture.ts'
import { createAnnouncer, createTillService } from './service.ts'
import { version } from './version.ts'

const manager = { staffNumber: '1', pin: '730519' }

async function open(context: TestContext) {
  const data = mkdtempSync(join(tmpdir(), 'system-'))
  copyTrainingKeys(data)
  const place = { dataDirectory: data, configFile: null, environment: {} }
  const assembly = await assembleTill(place, { onChange: () => undefined, onReadiness: () => undefined })
  assert.ok(assembly.ok)
  const service = createTillService(assembly.till, 'browser', createAnnouncer(), noGuns)
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  return {
    data,
    service,
    support: (proof: typeof manager | null) => service.call('system.support-file', { manager: proof }),
  }
}

test('the system is told, and the support file holds what is open and no digits of a code or of a key', async (context) => {
  const { data, service, support } = await open(context)
  const state = await service.call('system.state', null)
  assert.equal(state.version, version)
  assert.equal(state.dataDirectory, data)
  assert.equal(state.sealedStore, 'none')
  assert.ok(state.freeBytes !== null && state.freeBytes > 0)

  const code = makePracticeCode('wechat', 'password-never', '0000000007')
  const taken = await service.call('sale.scan', {
    amountText: '7.00',
    scan: code,
    saleId: null,
    anotherCustomer: false,
  })
  assert.ok(taken.kind === 'started')
  const key = '-----BEGIN PRIVATE KEY-----\\nPlantedKeyBody\\n-----END PRIVATE KEY-----'
  mkdirSync(logFolderIn(data), { recursive: true })
  writeFileSync(join(logFolderIn(data), 'till.jsonl'), `{"event":"opened","stray":"${code}","key":"${key}"}\n`)
  const made = await support(null)
  assert.ok(made.kind === 'done', JSON.stringify(made))
  assert.equal(dirname(made.path), join(data, 'support'))
  const archive = readFileSync(made.path)
  assert.equal(archive.length, made.bytes)
  const texts = textsOfZip(archive)
  assert.match(texts.get('open.jsonl') ?? '', new RegExp(`"orderNumber":"${taken.order.orderNumber}"`))
  assert.match(texts.get('state.json') ?? '', /"readiness"/)
  assert.match(texts.get('logs/till.jsonl') ?? '', /"event":"opened"/)
  for (const text of texts.values()) {
    assert.doesNotMatch(text, new RegExp(`PlantedKeyBody|${code}|${taken.order.maskedCode.replaceAll('*', '\\*')}`))
  }
})

test('where there is staff a manager makes the support file', async (context) => {
  const { service, support } = await open(context)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  await service.call('staff.lock', null)
  assert.deepEqual(await support(null), { kind: 'manager-needed' })
  assert.equal((await support({ ...manager, pin: '000000' })).kind, 'pin-wrong')
  assert.equal((await support(manager)).kind, 'done')
})

test('a disk that takes no support file says so', async (context) => {
  const { data, support } = await open(context)
  // A file where the folder should be stops the superuser too.
  writeFileSync(join(data, 'support'), '')
  assert.equal((await support(null)).kind, 'not-written')
})
