import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import { companiesOf, readCertificates, readPrivateKey } from './certificate.ts'

/** A UnionPay QR channel with its secrets already resolved (design §9); message version 5.1.0, signMethod 01. */
export type UnionpaySettings = {
  readonly id: ChannelId
  /** Scheme and host, for example `https://gateway.95516.com`. */
  readonly baseUrl: string
  /** Where reconciliation files are had, for example `https://filedownload.95516.com/` (unionpay.md §1). */
  readonly fileUrl: string
  /** Where queries go: sources differ (unionpay.md §1). */
  readonly queryPath: 'queryTrans.do' | 'backTransReq.do'
  /** `merId`, 15 letters and digits. */
  readonly merchantId: string
  /** `termId`, 8 letters and digits. */
  readonly terminalId?: string
  readonly merchantPrivateKey: string
  /** Serial number of the merchant's signing certificate, decimal. */
  readonly certId: string
  /** PEM of the certificates that answers must come under: UnionPay's middle and root, or the answers' very own. */
  readonly unionpayCert: string
  readonly channelType: '07' | '08'
  /** A till is never called back; the samples send a placeholder (unionpay.md §2.2). */
  readonly backUrl: string
  /** Whether `00` to a pay request is believed without a query (unionpay.md §6 P1). */
  readonly trustPay00: boolean
  /** What returns a whole payment on its own UnionPay day: a refund, or an undo (消费撤销). */
  readonly sameDayFullRefund: 'refund' | 'undo'
  readonly connection: ConnectionSettings
}

/** The settings with key and certificates parsed, once per channel. */
export type UnionpayIdentity = {
  readonly settings: UnionpaySettings
  readonly privateKey: KeyObject
  readonly ownPublicKey: KeyObject
  readonly anchors: readonly X509Certificate[]
  /** See `companiesOf`. */
  readonly companies: readonly string[]
}

/** Parses key and certificates. Throws when one does not parse: `checkUnionpaySettings` names it beforehand. */
export function unionpayIdentity(settings: UnionpaySettings): UnionpayIdentity {
  const privateKey = readPrivateKey(settings.merchantPrivateKey)
  if (privateKey === undefined) throw new TypeError('merchantPrivateKey is not an RSA private key')
  const anchors = readCertificates(settings.unionpayCert)
  if (anchors === undefined) throw new TypeError('unionpayCert is not a certificate')
  return {
    settings,
    privateKey,
    ownPublicKey: createPublicKey(privateKey),
    anchors,
    companies: companiesOf(settings.baseUrl),
  }
}
