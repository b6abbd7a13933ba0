import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'

/** The figures of one channel, with what the configuration sets laid over them, and what it can do. */
export type ChannelRules = {
  readonly definition: ChannelDefinition
  readonly policy: ChannelPolicy
  readonly refundPolicy: RefundPolicy
}

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
  readonly channels: readonly Channel[]
  /** The scan guns that the main side reads; keyboard guns need no setting. */
  readonly scanners: readonly ScannerSettings[]
  /** What is printed by itself, where there is a printer. */
  readonly printing: PrintingRules
  /** Each wallet's channels in the order in which they are tried. */
  /** The median time from key to key up to which keys in the window come from a gun. */
  readonly gunKeyGapMs: number
  readonly routes: Readonly<Partial<Record<Wallet, readonly ChannelId[]>>>
  /** By the channel's id; those of the training channels in training mode. */
  readonly policies: Readonly<Record<string, ChannelRules>>
}
