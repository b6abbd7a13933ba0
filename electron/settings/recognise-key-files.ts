import { type KeyObject, X509Certificate } from 'node:crypto'
import type { KeyRole } from '../channels/definition.ts'
import { isSamePair, readPrivateKey, readPublicKey } from '../channels/rsa-keys.ts'
import { filesOfArchive, type GivenFile } from './key-archive.ts'

/** What a file is, by its content alone; a name is only shown. */
export type KeyFile = {
  readonly name: string
  /** `other`: no key and no certificate, such as the PKCS#12 container that lies beside them, or a text. */
  readonly role: KeyRole | 'other'
  /** PEM, or bare base64; empty for what is of no use. */
  readonly text: string
  /** Of a certificate. */
  readonly certificate?: { readonly subject: string; readonly serialHex: string; readonly validToWallMs: number }
}

type Read = {
  readonly name: string
  readonly text: string
  readonly privateKey?: KeyObject
  readonly publicKey?: KeyObject
  readonly certificates?: readonly X509Certificate[]
}

const blocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * Tells what each file is, archives unpacked. A certificate or public key is the merchant's own where it belongs to a
 * private key among them, so files are looked at together: those that came before go in again with the new ones.
 */
export async function recogniseKeyFiles(given: readonly GivenFile[]): Promise<readonly KeyFile[]> {
  const unpacked = await Promise.all(
    given.map(async (file) => (isArchive(file.bytes) ? ((await filesOfArchive(file.bytes)) ?? [file]) : [file])),
  )
  const read = unpacked.flat().map(readFile)
  const own = read.flatMap(({ privateKey }) => privateKey ?? [])
  return read.map((file): KeyFile => {
    const { name, text, privateKey, publicKey, certificates } = file
    if (privateKey) return { name, role: 'own-private-key', text }
    if (publicKey) {
      return { name, role: own.some((key) => isSamePair(key, publicKey)) ? 'own-public-key' : 'public-key', text }
    }
    const first = certificates?.[0]
    if (certificates === undefined || first === undefined) return { name, role: 'other', text: '' }
    return {
      name,
      role: own.some((key) => isSamePair(key, first.publicKey))
        ? 'own-certificate'
        : certificates.every(isRoot)
          ? 'root-certificates'
          : 'certificate',
      text,
      certificate: {
        subject: commonName(first),
        serialHex: first.serialNumber,
        validToWallMs: first.validToDate.getTime(),
      },
    }
  })
}

const isArchive = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))

function readFile({ name, bytes }: GivenFile): Read {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
  const privateKey = readPrivateKey(text)
  if (privateKey) return { name, text, privateKey }
  const publicKey = readPublicKey(text)
  if (publicKey) return { name, text, publicKey }
  const certificates = readCertificates(text, bytes)
  return certificates === null ? { name, text: '' } : { name, text: pemOf(certificates), certificates }
}

/** In PEM, one or several, or one in DER. */
function readCertificates(text: string, bytes: Buffer): readonly X509Certificate[] | null {
  try {
    const pem = text.match(blocks)
    if (pem) return pem.map((each) => new X509Certificate(each))
    return [new X509Certificate(bytes)]
  } catch {
    return null
  }
}

const pemOf = (certificates: readonly X509Certificate[]): string =>
  certificates.map((each) => each.toString().trim()).join('\n')

const isRoot = ({ subject, issuer }: X509Certificate): boolean => subject === issuer

const commonName = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject ?? '')?.[1] ?? subject ?? ''
