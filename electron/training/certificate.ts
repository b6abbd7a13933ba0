import { createHash, type KeyObject, sign } from 'node:crypto'

/**
 * X.509 certificates for the loopback servers, written as DER by hand: one algorithm (ECDSA P-256 with SHA-256), three
 * kinds, no parser. RFC 5280 names the parts; Node's own X509Certificate and TLS read the result back in the tests.
 */

export type CertificateRequest = {
  readonly kind: 'authority' | 'server' | 'client'
  /** Common name of the holder. */
  readonly subject: string
  readonly publicKey: KeyObject
  /** Common name and keys of who signs; for an authority, its own. */
  readonly issuer: { readonly subject: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  /** 16 random bytes; unique for each certificate of an issuer. */
  readonly serial: Uint8Array
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const octets = (content: Uint8Array): Buffer => der(0x04, content)
const bits = (unused: number, content: Uint8Array): Buffer => der(0x03, Buffer.from([unused]), content)
const yes = der(0x01, Buffer.from([0xff]))

/**
 * A positive integer of a fixed length. The top bit of the first byte is set, so that the zero before it (which keeps
 * the number from being read as negative) is never one too many.
 */
const integer = (bytes: Uint8Array): Buffer => der(0x02, Buffer.from([0x00, (bytes[0] ?? 0) | 0x80]), bytes.subarray(1))

/** An object identifier; the first two arcs share a byte. */
const identifier = (text: string): Buffer => {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const arcs = rest.flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return der(0x06, Buffer.from([first * 40 + second, ...arcs]))
}

/** UTCTime, good to 2049 (RFC 5280 §4.1.2.5.1). */
const time = (wallMs: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(wallMs).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))

const name = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(identifier('2.5.4.3'), der(0x0c, Buffer.from(commonName, 'utf8')))))

const extension = (id: string, critical: boolean, value: Uint8Array): Buffer =>
  sequence(identifier(id), ...(critical ? [yes] : []), octets(value))

const keyIdentifier = (publicKey: KeyObject): Buffer =>
  createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()

/** keyUsage bits: 0x06 = keyCertSign + cRLSign, 0x80 = digitalSignature (RFC 5280 §4.2.1.3). */
const usage = (kind: CertificateRequest['kind']): Buffer =>
  kind === 'authority' ? bits(1, Buffer.from([0x06])) : bits(7, Buffer.from([0x80]))

const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const

const loopbackNames = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))

const extensionsOf = ({ kind, publicKey, issuer }: CertificateRequest): readonly Buffer[] => [
  extension('2.5.29.19', true, kind === 'authority' ? sequence(yes) : sequence()),
  extension('2.5.29.15', true, usage(kind)),
  ...(kind === 'authority' ? [] : [extension('2.5.29.37', false, sequence(identifier(purposes[kind])))]),
  ...(kind === 'server' ? [extension('2.5.29.17', false, loopbackNames)] : []),
  extension('2.5.29.14', false, octets(keyIdentifier(publicKey))),
  extension('2.5.29.35', false, sequence(der(0x80, keyIdentifier(issuer.publicKey)))),
]

/** A signed certificate as PEM. The keys must be EC P-256. */
export function writeCertificate(request: CertificateRequest): string {
  const algorithm = sequence(identifier('1.2.840.10045.4.3.2'))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    integer(request.serial),
    algorithm,
    name(request.issuer.subject),
    sequence(time(request.notBeforeMs), time(request.notAfterMs)),
    name(request.subject),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensionsOf(request))),
  )
  const signature = sign('sha256', body, request.issuer.privateKey)
  const lines =
    sequence(body, algorithm, bits(0, signature))
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
