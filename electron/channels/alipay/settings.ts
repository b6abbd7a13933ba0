import type { KeyObject } from 'node:crypto'
import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { certificateSerial, readCertificates, rootCertificateSerial } from './certificate.ts'

/** How Alipay's answers are verified: by its public key, or by certificates (alipay.md §1.7); one or the other. */
export type AlipayVerification =
  | { readonly mode: 'public-key'; readonly alipayPublicKey: string }
  | {
      readonly mode: 'certificate'
      readonly appCertificate: string
      readonly alipayCertificate: string
      readonly alipayRootCertificate: string
    }

/** An Alipay V2 channel with its secrets already resolved (design §9). Keys are PEM or bare base64. */
export type AlipaySettings = {
  readonly id: ChannelId
  readonly gateway: string
  readonly appId: string
  readonly appPrivateKey: string
  readonly verification: AlipayVerification
  /** Service provider (服务商) calling on a merchant's behalf. */
  readonly appAuthToken?: string
  readonly connection: ConnectionSettings
}

/** The settings with keys and certificates parsed and serials computed, once per channel. */
export type AlipayIdentity = {
  readonly settings: AlipaySettings
  readonly privateKey: KeyObject
  readonly alipayPublicKey: KeyObject
  /** In certificate mode: what each request carries, and which certificate answers must name. */
  readonly certificates?: {
    readonly appCertificateSerial: string
    readonly rootCertificateSerial: string
    readonly alipayCertificateSerial: string
  }
}

/** Parses keys and certificates. Throws when one does not parse: `checkAlipaySettings` names it beforehand. */
export function alipayIdentity(settings: AlipaySettings): AlipayIdentity {
  const privateKey = readPrivateKey(settings.appPrivateKey)
  if (privateKey === undefined) throw new TypeError('appPrivateKey is not an RSA private key')
  const { verification } = settings
  if (verification.mode === 'public-key') {
    const alipayPublicKey = readPublicKey(verification.alipayPublicKey)
    if (alipayPublicKey === undefined) throw new TypeError('alipayPublicKey is not an RSA public key')
    return { settings, privateKey, alipayPublicKey }
  }
  const alipayPublicKey = readCertificates(verification.alipayCertificate)?.[0]?.publicKey
  if (alipayPublicKey === undefined) throw new TypeError('alipayCertificate is not a certificate')
  return {
    settings,
    privateKey,
    alipayPublicKey,
    certificates: {
      appCertificateSerial: certificateSerial(verification.appCertificate),
      rootCertificateSerial: rootCertificateSerial(verification.alipayRootCertificate),
      alipayCertificateSerial: certificateSerial(verification.alipayCertificate),
    },
  }
}
