import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { copyFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { test } from 'node:test'
import { openTrainingKeys, trainingKeyFiles } from './authority.ts'
import { dataFolder } from './raw-client.fixture.ts'

const dayMs = 86_400_000

test('keys are made once and read after that', async (context) => {
  const data = dataFolder(context)
  const made = await openTrainingKeys(data, Date.now())
  assert.deepEqual(await openTrainingKeys(data, Date.now()), made)
  assert.equal(made.wechatApiKey.length, 32)
})

test('two data folders have nothing in common', async (context) => {
  const [one, other] = await Promise.all([
    openTrainingKeys(dataFolder(context), Date.now()),
    openTrainingKeys(dataFolder(context), Date.now()),
  ])
  for (const [name, value] of Object.entries(one)) assert.ok(!Object.values(other).includes(value), name)
})

test('certificates: the server is 127.0.0.1, the merchant a client, both of the authority', async (context) => {
  const keys = await openTrainingKeys(dataFolder(context), Date.now())
  const authority = new X509Certificate(keys.certificateAuthority)
  const server = new X509Certificate(keys.serverCertificate)
  const merchant = new X509Certificate(keys.merchantCertificate)
  assert.ok(authority.ca && !server.ca && !merchant.ca)
  assert.ok(authority.verify(authority.publicKey) && server.checkIssued(authority) && merchant.checkIssued(authority))
  assert.ok(server.verify(authority.publicKey) && merchant.verify(authority.publicKey))
  assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1')
  assert.equal(server.checkIP('127.0.0.2'), undefined)
  assert.deepEqual([server.keyUsage, merchant.keyUsage], [['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.2']])
  assert.notEqual(server.serialNumber, merchant.serialNumber)
})

test('keys that are missing, damaged, mixed up, soon over or of the future are made anew, all of them', async (context) => {
  const data = dataFolder(context)
  const files = trainingKeyFiles(data)
  let current = await openTrainingKeys(data, Date.now())
  const renewedAt = async (machineWallMs: number): Promise<void> => {
    const next = await openTrainingKeys(data, machineWallMs)
    for (const [name, value] of Object.entries(current)) assert.ok(!Object.values(next).includes(value), name)
    current = next
  }
  rmSync(files.merchantKey)
  await renewedAt(Date.now())
  copyFileSync(files.serverKey, files.merchantKey)
  await renewedAt(Date.now())
  truncateSync(files.alipayPlatformPrivateKey, 100)
  await renewedAt(Date.now())
  truncateSync(files.wechatApiKey, 31)
  await renewedAt(Date.now())
  assert.deepEqual(await openTrainingKeys(data, Date.now() + 690 * dayMs), current)
  await renewedAt(Date.now() + 710 * dayMs)
  await renewedAt(Date.now())
})

test('nobody else on the machine can read the keys', { skip: process.platform === 'win32' }, async (context) => {
  const data = dataFolder(context)
  await openTrainingKeys(data, Date.now())
  for (const file of Object.values(trainingKeyFiles(data))) assert.equal(statSync(file).mode & 0o777, 0o600)
})
