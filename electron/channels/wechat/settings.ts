import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'
import type { WechatSignType } from './sign.ts'

/** A WeChat Pay v2 channel with its secrets already resolved (design §9). */
export type WechatSettings = {
  readonly id: ChannelId
  /** Address before `/pay/micropay`, for example `https://api.mch.weixin.qq.com`. */
  readonly baseUrl: string
  readonly appId: string
  readonly merchantId: string
  /** Provider mode (服务商): the merchant on whose behalf the provider calls (wechat.md §2.1). */
  readonly subMerchantId?: string
  readonly subAppId?: string
  /** The APIv2 key, 32 characters. */
  readonly apiKey: string
  readonly signType: WechatSignType
  readonly connection: ConnectionSettings
}
