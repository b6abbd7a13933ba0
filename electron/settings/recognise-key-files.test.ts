import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import yazl from 'yazl'
import { filesOfArchive } from './key-archive.ts'
import { recogniseKeyFiles } from './recognise-key-files.ts'
import { rsaCertificate } from './rsa-certificate.fixture.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const [own, other] = [pair(), pair()]
const certificate = (subject: string, of: { privateKey: string }, issuer: { subject: string; privateKey: string }) =>
  rsaCertificate({
    subject,
    privateKey: of.privateKey,
    issuer,
    serial: 17,
    fromMs: 1_700_000_000_000,
    toMs: 1_900_000_000_000,
  })
const authority = { subject: 'Authority', privateKey: other.privateKey }
const files = {
  ownCertificate: certificate('Shop', own, authority),
  otherCertificate: certificate('Wallet', other, { subject: 'Middle', privateKey: other.privateKey }),
  root: certificate('Authority', other, authority),
}

const given = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })

const zip = async (entries: Readonly<Record<string, string>>): Promise<Buffer> => {
  const archive = new yazl.ZipFile()
  for (const [name, text] of Object.entries(entries)) archive.addBuffer(Buffer.from(text), name)
  archive.end()
  const pieces: Buffer[] = []
  for await (const piece of archive.outputStream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

test('what a file is comes of its content: misleading names change nothing', async () => {
  const bare = own.privateKey.replace(/-----.*-----|\s/g, '')
  const told = await recogniseKeyFiles([
    given('apiclient_key.pem', files.ownCertificate),
    given('apiclient_cert.pem', own.privateKey),
    given('a.txt', bare),
    given('b', other.publicKey),
    given('c', own.publicKey),
    given('d', files.otherCertificate),
    given('e', `${files.root}\n${files.root}`),
    given('f.p12', '\u0001\u0002'),
  ])
  assert.deepEqual(
    told.map(({ role }) => role),
    [
      'own-certificate',
      'own-private-key',
      'own-private-key',
      'public-key',
      'own-public-key',
      'certificate',
      'root-certificates',
      'other',
    ],
  )
  assert.equal(told[0]?.certificate?.subject, 'Shop')
  assert.equal(told[0]?.certificate?.serialHex, '11')
})

test('a certificate of another key is told from the merchant’s own, whichever comes first', async () => {
  const lone = [given('cert', files.ownCertificate)]
  assert.equal((await recogniseKeyFiles(lone))[0]?.role, 'certificate')
  assert.equal((await recogniseKeyFiles([...lone, given('key', other.privateKey)]))[0]?.role, 'certificate')
  assert.equal((await recogniseKeyFiles([...lone, given('key', own.privateKey)]))[0]?.role, 'own-certificate')
})

test('the zip of a wallet’s tool is opened, folders and all', async () => {
  const archive = await zip({
    '证书/apiclient_cert.pem': files.ownCertificate,
    '证书/apiclient_key.pem': own.privateKey,
  })
  const told = await recogniseKeyFiles([{ name: 'WXCertUtil.zip', bytes: archive }])
  assert.deepEqual(
    told.map(({ name, role }) => [name, role]),
    [
      ['apiclient_cert.pem', 'own-certificate'],
      ['apiclient_key.pem', 'own-private-key'],
    ],
  )
})

test('an archive that is cut short, or would unpack to more than keys are, gives nothing', async () => {
  const archive = await zip({ 'key.pem': own.privateKey })
  assert.equal((await filesOfArchive(archive))?.length, 1)
  assert.equal(await filesOfArchive(archive.subarray(0, archive.length - 30)), null)
  assert.equal(await filesOfArchive(await zip({ bomb: 'a'.repeat(5_000_000) })), null)
})
