import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { ledgerFileName } from '../ledger/ledger-file.ts'
import { fen } from '../till/money.ts'
import { trainingKeyFiles } from '../training/authority.ts'
import { makePracticeCode } from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { assembleTill, settingsAt } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import { createAnnouncer, createTillService } from './service.ts'

const manager = { staffNumber: '1', pin: '730519' }

/** A fresh till in training mode, with its training wallets as the other side. */
async function freshTill(context: TestContext, configurationText?: string) {
  const data = mkdtempSync(join(tmpdir(), 'set-up-'))
  copyTrainingKeys(data)
  if (configurationText !== undefined) writeFileSync(join(data, 'config.json'), configurationText)
  const place = { dataDirectory: data, configFile: null, environment: {} }
  const assembly = await assembleTill(place, { onChange: () => undefined, onReadiness: () => undefined })
  assert.ok(assembly.ok)
  const { till } = assembly
  const service = createTillService(till, 'browser', createAnnouncer(), noGuns)
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  assert.ok(till.training)
  const files = trainingKeyFiles(data)
  const text = (path: string): string => readFileSync(path, 'utf8')
  const { gateway, appId } = till.training.alipay
  const channel = {
    id: 'alipay',
    kind: 'alipay',
    api: null,
    texts: { gateway, appId },
    secrets: { ca: text(files.certificateAuthority) },
    withFiles: true,
    isUntested: false,
    manager,
  }
  const take = (name: string, content: string, isFirst: boolean) =>
    service.call('setup.take-file', {
      kind: 'alipay',
      api: null,
      isFirst,
      file: { name, base64: Buffer.from(content).toString('base64') },
    })
  const keys = { own: text(files.alipayAppPrivateKey), theirs: text(files.alipayPlatformPublicKey) }
  const configuration = (): string => readFileSync(join(data, 'config.json'), 'utf8')
  return { data, place, service, till, channel, take, keys, configuration }
}

test('a fresh till is set up: manager, store, a channel that was tested; keys lie in files of their own', async (context) => {
  const { data, place, service, channel, take, keys, configuration } = await freshTill(context)
  const where = { storeId: 'S007', storeName: '便利店', tillId: '02', language: 'en', manager } as const
  assert.deepEqual(await service.call('setup.save-place', where), { kind: 'no-manager-yet' })
  const first = await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  assert.equal(first.kind, 'done')
  assert.deepEqual(await service.call('setup.save-place', { ...where, tillId: '#' }), {
    kind: 'fields',
    problems: [{ field: 'tillId', problem: 'is not 1 to 4 letters and digits' }],
  })
  assert.equal((await service.call('setup.save-place', where)).kind, 'saved')

  await take('b.pem', keys.theirs, true)
  const told = await take('a.pem', keys.own, false)
  assert.deepEqual(
    told.files.map(({ role, field }) => [role, field]),
    [
      ['public-key', 'alipayPublicKey'],
      ['own-private-key', 'appPrivateKey'],
    ],
  )
  const wrongPin = { ...channel, manager: { ...manager, pin: '918273' } }
  assert.equal((await service.call('setup.save-channel', wrongPin)).kind, 'pin-wrong')
  assert.deepEqual(await service.call('setup.save-channel', channel), {
    kind: 'saved',
    file: join(data, 'config.json'),
  })

  const db = new DatabaseSync(join(data, ledgerFileName), { readOnly: true })
  const words = db.prepare("SELECT payload FROM journal WHERE type = 'override-given' ORDER BY sequence").all()
  db.close()
  const reasons = words.map(({ payload }) => String(payload))
  assert.equal(reasons.length, 2, 'one word for each change that was made, none for one that was not')
  assert.match(reasons[0] ?? '', /change-settings.*store, till, language: S007 02 en/)
  assert.match(reasons[1] ?? '', /channel alipay, tested: gateway, appId, ca, key files/)

  const pem = /-----BEGIN/
  assert.doesNotMatch(configuration(), pem)
  const folder = join(data, 'keys')
  assert.equal(readdirSync(folder).length, 3)
  for (const name of readdirSync(folder)) {
    assert.match(readFileSync(join(folder, name), 'utf8'), pem)
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
  }
  const next = await settingsAt(place)
  assert.ok(next.ok)
  assert.equal(next.settings.mode, 'live')
  assert.deepEqual(next.settings.store, { id: 'S007', name: '便利店' })
  assert.deepEqual(next.settings.routes, { alipay: ['alipay'] })
  const state = await service.call('setup.state', null)
  assert.deepEqual(state?.channels[0]?.secrets, ['appPrivateKey', 'alipayPublicKey'])
  assert.doesNotMatch(JSON.stringify(state), pem)
})

test('a channel whose answers do not verify is saved by a manager’s word only; what is left out stays', async (context) => {
  const { data, service, till, channel, take, keys, configuration } = await freshTill(context)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  const { publicKey: stranger } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await take('key', keys.own, true)
  const missing = await service.call('setup.save-channel', channel)
  assert.equal(missing.kind, 'fields')
  await take('public', stranger, false)
  const failed = await service.call('setup.save-channel', channel)
  assert.equal(failed.kind, 'test-failed')
  assert.equal(failed.kind === 'test-failed' && failed.reason, 'unverifiable')
  assert.throws(configuration, { code: 'ENOENT' })
  assert.throws(() => readdirSync(join(data, 'keys')), { code: 'ENOENT' })
  assert.equal((await service.call('setup.save-channel', { ...channel, isUntested: true })).kind, 'saved')

  await take('public', keys.theirs, true)
  const better = await service.call('setup.save-channel', { ...channel, secrets: {} })
  assert.equal(better.kind, 'saved', 'private key and authority stay as they were')
  assert.equal((JSON.parse(configuration()) as { readonly channels: readonly unknown[] }).channels.length, 1)

  const clash = await service.call('setup.save-channel', { ...channel, kind: 'backend', texts: {}, secrets: {} })
  assert.deepEqual(clash, {
    kind: 'fields',
    problems: [{ field: 'id', problem: 'is the name of a channel of another kind' }],
  })
  assert.equal(till.settings.mode, 'training', 'the running till goes on as it is')
})

test('a change that the till could not start with is not written', async (context) => {
  const asBefore = '{"policy":{"wechat":{"windowMs":5000}}}'
  const { service, channel, take, keys, configuration } = await freshTill(context, asBefore)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  await take('a', keys.own, true)
  await take('b', keys.theirs, false)
  const result = await service.call('setup.save-channel', channel)
  assert.equal(result.kind, 'configuration-problem')
  assert.match(result.kind === 'configuration-problem' ? result.problem : '', /policy\.wechat: no channel has this id/)
  assert.equal(configuration(), asBefore)
})

test('a channel that has orders is never another account’s: those of training count, and so does another address', async (context) => {
  const { service, till, channel, take, keys, configuration } = await freshTill(context)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  await take('a', keys.own, true)
  await take('b', keys.theirs, false)
  assert.equal((await service.call('setup.save-channel', channel)).kind, 'saved')
  const moved = {
    ...channel,
    isUntested: true,
    withFiles: false,
    texts: { ...channel.texts, appId: '2021000000000009' },
  }
  assert.equal((await service.call('setup.save-channel', moved)).kind, 'saved', 'nobody was charged by it yet')
  assert.equal((await service.call('setup.save-channel', { ...moved, texts: channel.texts })).kind, 'saved')

  const taken = await till.runner.take({
    scan: makePracticeCode('alipay', 'pays-at-once', '0000000911'),
    amountFen: fen(1_234),
    saleId: null,
    anotherCustomer: true,
  })
  assert.ok(taken.kind === 'started')
  await till.runner.settled(taken.order.orderNumber)
  const asBefore = configuration()
  const refused = { kind: 'channel-has-orders', id: 'alipay' }
  assert.deepEqual(await service.call('setup.save-channel', moved), refused)
  const elsewhere = { ...moved, texts: { ...channel.texts, gateway: 'http://127.0.0.1:9/gateway.do' } }
  assert.deepEqual(await service.call('setup.save-channel', elsewhere), refused)
  assert.equal(configuration(), asBefore)
  const newKeys = { ...channel, isUntested: true, withFiles: false }
  assert.equal((await service.call('setup.save-channel', newKeys)).kind, 'saved', 'keys may change')
})

test('the name of a training channel that has orders is not given to a real one', async (context) => {
  const { service, till, channel, take, keys } = await freshTill(context)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  const taken = await till.runner.take({
    scan: makePracticeCode('alipay', 'pays-at-once', '0000000912'),
    amountFen: fen(1_234),
    saleId: null,
    anotherCustomer: true,
  })
  assert.ok(taken.kind === 'started')
  await till.runner.settled(taken.order.orderNumber)
  await take('a', keys.own, true)
  await take('b', keys.theirs, false)
  assert.deepEqual(await service.call('setup.save-channel', channel), { kind: 'channel-has-orders', id: 'alipay' })
  assert.equal((await service.call('setup.save-channel', { ...channel, id: 'alipay-2' })).kind, 'saved')
})
