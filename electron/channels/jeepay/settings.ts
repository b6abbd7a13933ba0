import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'

/** A Jeepay application with its secret already resolved (design §9). */
export type JeepaySettings = {
  readonly id: ChannelId
  /** Address before `/api/pay/unifiedOrder`, for example `https://pay.example.com`; Jeepay itself listens on 9216. */
  readonly baseUrl: string
  /** The merchant at Jeepay, for example `M1621873433`. */
  readonly mchNo: string
  readonly appId: string
  /** The application's secret (AppSecret): signs both ways. */
  readonly appSecret: string
  readonly connection: ConnectionSettings
}
