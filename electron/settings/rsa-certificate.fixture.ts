import { createPublicKey, sign } from 'node:crypto'

/** DER of a tag; the contents here are shorter than 64 KiB. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const name = (commonName: string): Buffer =>
  der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName)))))
const time = (wallMs: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(wallMs).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
const sha256WithRsa = Buffer.from('300d06092a864886f70d01010b0500', 'hex')

/** A plain RSA certificate as PEM, signed by the issuer: what Alipay's certificate mode is made of. */
export function rsaCertificate(parts: {
  readonly subject: string
  readonly privateKey: string
  readonly issuer: { readonly subject: string; readonly privateKey: string }
  readonly serial: number
  readonly fromMs: number
  readonly toMs: number
}): string {
  const { subject, privateKey, issuer, serial, fromMs, toMs } = parts
  const body = der(
    0x30,
    der(0x02, Buffer.from([serial & 0x7f])),
    sha256WithRsa,
    name(issuer.subject),
    der(0x30, time(fromMs), time(toMs)),
    name(subject),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, issuer.privateKey))
  const lines =
    der(0x30, body, sha256WithRsa, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
