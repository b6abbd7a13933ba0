import type { KeyObject } from 'node:crypto'
import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import type { IcbcAnswerDigest, IcbcSignType } from './sign.ts'

/** The calls' paths; each is part of what is signed (icbc.md §1, §4). */
export const icbcDefaultPaths = {
  payPath: '/api/qrcode/V2/pay',
  queryPath: '/api/qrcode/query/V5',
  reversePath: '/api/qrcode/V2/reverse',
  rejectPath: '/api/qrcode/V2/reject',
  rejectQueryPath: '/api/qrcode/reject/query/V3',
} as const

export type IcbcPathName = keyof typeof icbcDefaultPaths
export type IcbcPaths = Readonly<Record<IcbcPathName, string>>

/** An ICBC QR channel with its secrets already resolved (design §9). Keys are PEM or bare base64. */
export type IcbcSettings = {
  readonly id: ChannelId
  /** Scheme and host alone, for example `https://gw.open.icbc.com.cn`. */
  readonly baseUrl: string
  readonly appId: string
  /** 12 digits (特约商户) or 15 (特约部门). */
  readonly merchantId: string
  readonly privateKey: string
  /** The gateway's public key. */
  readonly icbcPublicKey: string
  readonly signType: IcbcSignType
  /** What the gateway may sign its answers with; SHA-1 by all that is known (icbc.md §4). */
  readonly answerDigest: IcbcAnswerDigest
  readonly paths: IcbcPaths
  /** Operator's number, sent with reversals and refunds. */
  readonly operId?: string
  /** Return codes of a pay call that the bank has confirmed as refusals; none is documented (icbc.md §5 P4). */
  readonly refusalCodes: readonly string[]
  readonly connection: ConnectionSettings
}

/** The settings with the keys parsed, once per channel. */
export type IcbcIdentity = {
  readonly settings: IcbcSettings
  readonly privateKey: KeyObject
  readonly icbcPublicKey: KeyObject
}

/** Parses the keys. Throws when one does not parse: `checkIcbcSettings` names it beforehand. */
export function icbcIdentity(settings: IcbcSettings): IcbcIdentity {
  const privateKey = readPrivateKey(settings.privateKey)
  if (privateKey === undefined) throw new TypeError('privateKey is not an RSA private key')
  const icbcPublicKey = readPublicKey(settings.icbcPublicKey)
  if (icbcPublicKey === undefined) throw new TypeError('icbcPublicKey is not an RSA public key')
  return { settings, privateKey, icbcPublicKey }
}
