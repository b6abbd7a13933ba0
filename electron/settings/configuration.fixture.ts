import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { writeCertificate } from '../training/certificate.ts'
import { loadSettings } from './load-settings.ts'
import type { SettingsProblem } from './problem.ts'
import { rsaCertificate } from './rsa-certificate.fixture.ts'
import { type SealedSecrets, sealedSecretsOf } from './sealed/sealed-secrets.ts'

export const wallMs = Date.UTC(2026, 10, 23, 4)
const dayMs = 86_400_000

const rsa = (modulusLength = 2048) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const app = rsa()
const alipay = rsa()
const root = rsa()
const rootName = { subject: 'root of this run', privateKey: root.privateKey }
const certify = (subject: string, privateKey: string, serial: number) =>
  rsaCertificate({
    subject,
    privateKey,
    issuer: rootName,
    serial,
    fromMs: wallMs - dayMs,
    toMs: wallMs + 30 * dayMs,
  })
const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const merchant = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const issue = (kind: 'authority' | 'client', publicKey: typeof merchant.publicKey, validDays: number) =>
  writeCertificate({
    kind,
    subject: 'test',
    publicKey,
    issuer: { subject: 'authority of this run', ...authority },
    serial: randomBytes(16),
    notBeforeMs: wallMs - 2 * dayMs,
    notAfterMs: wallMs + validDays * dayMs,
  })

/** Everything that is secret or must not be echoed, by the name of its file; made in this run. */
export const files: Readonly<Record<string, string>> = {
  'api-key.txt': randomBytes(16).toString('hex'),
  'api-key-short.txt': 'too-short-to-be-an-api-key',
  'app-private.pem': app.privateKey,
  'app-public.pem': app.publicKey,
  'app-private-short.pem': rsa(1024).privateKey,
  'alipay-public.pem': alipay.publicKey,
  'app-cert.pem': certify('application', app.privateKey, 2),
  'alipay-cert.pem': certify('alipay', alipay.privateKey, 3),
  'alipay-root.pem': certify(rootName.subject, root.privateKey, 1),
  'authority.pem': issue('authority', authority.publicKey, 30),
  'client-cert.pem': issue('client', merchant.publicKey, 30),
  'client-cert-expired.pem': issue('client', merchant.publicKey, -1),
  'client-key.pem': merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  'client-key-of-another.pem': authority.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  'garbage.pem': 'this is no key at all',
  'empty.pem': '\n',
}

export const wechat = {
  id: 'wechat',
  kind: 'wechat',
  appId: 'wx5ca17111000000aa',
  merchantId: '1600000000',
  apiKey: { file: 'api-key.txt' },
  clientCert: { file: 'client-cert.pem' },
  clientKey: { file: 'client-key.pem' },
}
export const alipayChannel = {
  id: 'alipay',
  kind: 'alipay',
  appId: '2021000000000001',
  appPrivateKey: { file: 'app-private.pem' },
  alipayPublicKey: { file: 'alipay-public.pem' },
}

export const alipayWithCertificates = {
  id: 'alipay',
  kind: 'alipay',
  appId: '2021000000000001',
  appPrivateKey: { file: 'app-private.pem' },
  appCert: { file: 'app-cert.pem' },
  alipayCert: { file: 'alipay-cert.pem' },
  alipayRootCert: { file: 'alipay-root.pem' },
}

/** For configurations that name none. */
export const noSealedSecrets: SealedSecrets = async () => ({ ok: false, message: 'there is no sealed store here' })

/** Writes a configuration with all the files beside it, reads it, and removes everything after the test. */
export async function load(
  context: TestContext,
  configuration: unknown,
  environment: Readonly<Record<string, string>> = {},
  atWallMs = wallMs,
) {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const path = join(folder, 'config.json')
  writeFileSync(path, typeof configuration === 'string' ? configuration : JSON.stringify(configuration))
  return loadSettings({
    path,
    required: true,
    environment,
    sealed: sealedSecretsOf(folder, environment),
    wallMs: atWallMs,
  })
}

/** The complaints about a configuration that must have some: `field: message`, and none of them may hold a secret. */
export async function complaints(
  context: TestContext,
  configuration: unknown,
  environment = {},
  atWallMs = wallMs,
): Promise<readonly string[]> {
  const reading = await load(context, configuration, environment, atWallMs)
  if (reading.ok) return []
  return reading.problems.map(({ file, field, message }: SettingsProblem) => {
    if (!file.endsWith('config.json')) throw new Error(`the file is not named: ${file}`)
    const line = `${field}: ${message}`
    for (const secret of Object.values(files)) {
      if (secret.trim() !== '' && line.includes(secret.trim().slice(0, 40)))
        throw new Error(`a secret is told at ${field}`)
    }
    return line
  })
}
