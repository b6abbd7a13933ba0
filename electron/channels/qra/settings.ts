import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import type { QraSigningKey, QraVerifyingKey } from './sign.ts'

/** How the merchant signs, and how the gateway's answers are verified (swiftpass.md §4). */
export type QraSigning =
  | { readonly signType: 'MD5'; readonly apiKey: string }
  | {
      readonly signType: 'RSA_1_256' | 'RSA_1_1'
      readonly merchantPrivateKey: string
      readonly platformPublicKey: string
    }

/** A SwiftPass-form channel with its secrets already resolved (design §9). Keys are PEM or bare base64. */
export type QraSettings = {
  readonly id: ChannelId
  /** The one address of all calls, for example `https://qra.95516.com/pay/gateway`. */
  readonly gateway: string
  /** Where bills are had, by contract (§1); without it a bill comes as a file. */
  readonly billGateway?: string
  /** `QRA…` of 15 characters at UnionPay, 12 digits at SwiftPass, by contract at banks. */
  readonly merchantId: string
  readonly signing: QraSigning
  /** Agent or group that signs for the merchant; whose key that is, is agreed with the provider (§2). */
  readonly signAgentno?: string
  readonly groupno?: string
  /** Who refunds; the merchant number where absent (§2). */
  readonly opUserId?: string
  /**
   * Whether an answer that says "ended" without naming the order counts. Which fields such answers have is not
   * documented; the cautious one is `unverifiable`.
   */
  readonly unnamedEnds: 'unverifiable' | 'accepted'
  /**
   * What `trade_state` REFUND of an order in doubt means. It may be how a reversed payment reads (§7, unconfirmed), or a
   * refund by somebody else, of a part; the cautious one is `unknown`.
   */
  readonly refundState: 'unknown' | 'closed'
  readonly connection: ConnectionSettings
}

/** The settings with the keys parsed, once per channel. */
export type QraIdentity = {
  readonly settings: QraSettings
  readonly signingKey: QraSigningKey
  readonly verifyingKey: QraVerifyingKey
}

/** Parses the keys. Throws when one does not parse: `checkQraSettings` names it beforehand. */
export function qraIdentity(settings: QraSettings): QraIdentity {
  const { signing } = settings
  if (signing.signType === 'MD5') return { settings, signingKey: signing, verifyingKey: signing }
  const { signType } = signing
  const privateKey = readPrivateKey(signing.merchantPrivateKey)
  if (privateKey === undefined) throw new TypeError('merchantPrivateKey is not an RSA private key')
  const publicKey = readPublicKey(signing.platformPublicKey)
  if (publicKey === undefined) throw new TypeError('platformPublicKey is not an RSA public key')
  return { settings, signingKey: { signType, privateKey }, verifyingKey: { signType, publicKey } }
}
