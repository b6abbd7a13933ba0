import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { trainingFolder } from './books.ts'
import { writeCertificate } from './certificate.ts'

/** Keys and certificates of the training servers and of the till as their merchant; all PEM but the API key. */
export type TrainingKeys = {
  readonly certificateAuthority: string
  readonly serverCertificate: string
  readonly serverKey: string
  readonly merchantCertificate: string
  readonly merchantKey: string
  /** WeChat Pay's APIv2 key: 32 characters (wechat.md §3.1). */
  readonly wechatApiKey: string
  readonly alipayAppPrivateKey: string
  readonly alipayAppPublicKey: string
  /** What the training Alipay signs its answers with. */
  readonly alipayPlatformPrivateKey: string
  readonly alipayPlatformPublicKey: string
}

const fileNames = {
  certificateAuthority: 'authority.pem',
  serverCertificate: 'server-certificate.pem',
  serverKey: 'server-key.pem',
  merchantCertificate: 'merchant-certificate.pem',
  merchantKey: 'merchant-key.pem',
  wechatApiKey: 'wechat-api-key.txt',
  alipayAppPrivateKey: 'alipay-app-private.pem',
  alipayAppPublicKey: 'alipay-app-public.pem',
  alipayPlatformPrivateKey: 'alipay-platform-private.pem',
  alipayPlatformPublicKey: 'alipay-platform-public.pem',
} as const satisfies Record<keyof TrainingKeys, string>

const keyNames = Object.keys(fileNames) as readonly (keyof TrainingKeys)[] // the keys of the object literal above

const dayMs = 86_400_000
const validForMs = 730 * dayMs
/** A certificate that ends within this time is made anew at the next start. */
const renewBeforeMs = 30 * dayMs

const generate = promisify(generateKeyPair)

/**
 * The keys of a data folder: read when they are there, whole and valid, else made anew, all of them.
 *
 * `machineWallMs` is the machine's clock and not the story's: TLS judges certificates by it. The authority's own key is
 * not kept, so nobody can sign with it later. Throws when the disk refuses.
 */
export async function openTrainingKeys(dataDirectory: string, machineWallMs: number): Promise<TrainingKeys> {
  const kept = readKeys(dataDirectory)
  if (kept !== undefined && areSound(kept, machineWallMs)) return kept
  const keys = await makeKeys(machineWallMs)
  writeKeys(dataDirectory, keys)
  return keys
}

/** Where each key's file lies, for a configuration that names files (design §9). */
export function trainingKeyFiles(dataDirectory: string): Readonly<Record<keyof TrainingKeys, string>> {
  const folder = trainingFolder(dataDirectory)
  const entries = keyNames.map((key) => [key, join(folder, fileNames[key])] as const)
  return Object.fromEntries(entries) as Record<keyof TrainingKeys, string> // one entry for each key of TrainingKeys
}

function readKeys(dataDirectory: string): TrainingKeys | undefined {
  const files = trainingKeyFiles(dataDirectory)
  try {
    const entries = keyNames.map((key) => [key, readFileSync(files[key], 'utf8')] as const)
    return Object.fromEntries(entries) as TrainingKeys // one entry for each key of TrainingKeys
  } catch {
    return undefined // missing or unreadable: made anew, and then a disk that refuses says so
  }
}

function writeKeys(dataDirectory: string, keys: TrainingKeys): void {
  mkdirSync(trainingFolder(dataDirectory), { recursive: true, mode: 0o700 })
  const files = trainingKeyFiles(dataDirectory)
  for (const key of keyNames) {
    writeFileSync(`${files[key]}.new`, keys[key], { mode: 0o600, flush: true })
    renameSync(`${files[key]}.new`, files[key])
  }
}

/** Whether every key parses, the pairs belong together, and the certificates are valid now and for a while. */
function areSound(keys: TrainingKeys, machineWallMs: number): boolean {
  try {
    const authority = new X509Certificate(keys.certificateAuthority)
    const held = [
      [new X509Certificate(keys.serverCertificate), keys.serverKey],
      [new X509Certificate(keys.merchantCertificate), keys.merchantKey],
    ] as const
    return (
      /^[0-9A-Za-z]{32}$/.test(keys.wechatApiKey) &&
      isPair(keys.alipayAppPrivateKey, keys.alipayAppPublicKey) &&
      isPair(keys.alipayPlatformPrivateKey, keys.alipayPlatformPublicKey) &&
      isValidAt(authority, machineWallMs) &&
      held.every(
        ([certificate, key]) =>
          isValidAt(certificate, machineWallMs) &&
          certificate.verify(authority.publicKey) &&
          certificate.checkPrivateKey(createPrivateKey(key)),
      )
    )
  } catch {
    return false // does not parse
  }
}

const isPair = (privateKey: string, publicKey: string): boolean =>
  createPublicKey(createPrivateKey(privateKey)).equals(createPublicKey(publicKey))

const isValidAt = (certificate: X509Certificate, wallMs: number): boolean =>
  certificate.validFromDate.getTime() <= wallMs && wallMs + renewBeforeMs < certificate.validToDate.getTime()

const privatePem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()

async function makeKeys(machineWallMs: number): Promise<TrainingKeys> {
  const elliptic = () => generate('ec', { namedCurve: 'prime256v1' })
  const rsa = () => generate('rsa', { modulusLength: 2048 })
  const [app, platform, authority, server, merchant] = await Promise.all([
    rsa(),
    rsa(),
    elliptic(),
    elliptic(),
    elliptic(),
  ])
  const issuer = { subject: 'Scantill training authority', ...authority }
  const issue = (kind: 'authority' | 'server' | 'client', subject: string, publicKey: KeyObject): string =>
    writeCertificate({
      kind,
      subject,
      publicKey,
      issuer,
      serial: randomBytes(16),
      notBeforeMs: machineWallMs - dayMs,
      notAfterMs: machineWallMs + validForMs,
    })
  return {
    certificateAuthority: issue('authority', issuer.subject, authority.publicKey),
    serverCertificate: issue('server', 'Scantill training server', server.publicKey),
    serverKey: privatePem(server.privateKey),
    merchantCertificate: issue('client', 'Scantill training merchant', merchant.publicKey),
    merchantKey: privatePem(merchant.privateKey),
    wechatApiKey: randomBytes(16).toString('hex'),
    alipayAppPrivateKey: privatePem(app.privateKey),
    alipayAppPublicKey: publicPem(app.publicKey),
    alipayPlatformPrivateKey: privatePem(platform.privateKey),
    alipayPlatformPublicKey: publicPem(platform.publicKey),
  }
}
