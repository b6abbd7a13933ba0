import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import { certificateSerial, readCertificate, readPublicKey } from './keys.ts'

/** A WeChat Pay v3 channel with its keys already resolved (design §9). */
export type WechatV3Settings = {
  readonly id: ChannelId
  /** Address before `/v3/…`, for example `https://api.mch.weixin.qq.com`; the backup host is another one (wechat.md §1.1). */
  readonly baseUrl: string
  readonly appId: string
  readonly merchantId: string
  /** Serial of the merchant's API certificate, in hex. */
  readonly merchantSerial: string
  /** PEM of the key that belongs to it. */
  readonly merchantPrivateKey: string
  /** The WeChat Pay public key and its id, `PUB_KEY_ID_…` (§3.4). */
  readonly wechatpayPublicKey?: { readonly id: string; readonly key: string }
  /** PEM of the platform certificates, of one or several generations. */
  readonly platformCertificates: readonly string[]
  /** Provider mode (服务商): the merchant on whose behalf the provider calls (§2.1). */
  readonly subMerchantId?: string
  readonly subAppId?: string
  /** WeChat's own number of the store (`store_info.id`, §2.10). */
  readonly storeId?: string
  /** The merchant's code of the store (`store_info.out_id`); the till's own store id unless given. */
  readonly storeOutId?: string
  readonly connection: ConnectionSettings
}

/** The settings with their keys parsed once. */
export type WechatV3Identity = WechatV3Settings & {
  readonly privateKey: KeyObject
  /** Keys that answers may be signed with, by the value of `Wechatpay-Serial`. */
  readonly platformKeys: ReadonlyMap<string, KeyObject>
}

/** Parses the keys. Throws when one does not parse: the settings must have passed the check. */
export function wechatV3Identity(settings: WechatV3Settings): WechatV3Identity {
  const { wechatpayPublicKey, platformCertificates } = settings
  const platformKeys = new Map<string, KeyObject>()
  for (const pem of platformCertificates) {
    const certificate = readCertificate(pem)
    if (certificate === undefined) throw new TypeError('a platform certificate does not parse')
    platformKeys.set(certificateSerial(certificate), certificate.publicKey)
  }
  if (wechatpayPublicKey !== undefined) {
    const key = readPublicKey(wechatpayPublicKey.key)
    if (key === undefined) throw new TypeError('the WeChat Pay public key does not parse')
    platformKeys.set(wechatpayPublicKey.id, key)
  }
  return {
    ...settings,
    merchantSerial: settings.merchantSerial.toUpperCase(),
    privateKey: createPrivateKey(settings.merchantPrivateKey),
    platformKeys,
  }
}
