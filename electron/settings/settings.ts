import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import type { AlipaySettings } from '../channels/alipay/settings.ts'
import type { WechatSettings } from '../channels/wechat/settings.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelKind, ChannelPolicy } from '../till/policy.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'

/** A channel with every secret resolved; never logged, never shown. */
export type ResolvedChannel =
  | { readonly kind: 'wechat'; readonly settings: WechatSettings }
  | { readonly kind: 'alipay'; readonly settings: AlipaySettings }

/** What the till runs with: the configuration, checked, completed with defaults, its secrets resolved. */
export type Settings = {
  readonly configurationFile: string
  readonly configurationExists: boolean
  /** No configuration, or one without channels, means training. */
  readonly mode: 'training' | 'live'
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  readonly language: 'zh-CN' | 'en'
  readonly subject: string
  readonly amountLimitFen: Fen
  readonly passwordLikelyAboveFen: Readonly<Partial<Record<Wallet, Fen>>>
  /** Empty in training mode, where the training channels take their place. */
  readonly channels: readonly ResolvedChannel[]
  /** The scan guns that the main side reads; keyboard guns need no setting. */
  readonly scanners: readonly ScannerSettings[]
  readonly routes: Readonly<Partial<Record<Wallet, ChannelId>>>
  readonly policies: Readonly<
    Record<string, { readonly kind: ChannelKind; readonly policy: ChannelPolicy; readonly refundPolicy: RefundPolicy }>
  >
}
