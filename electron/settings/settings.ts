import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import type { Retention } from '../ledger/backup/retention.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import type { Limits } from '../till/staff/rights.ts'
import type { CertificateTerm } from './certificates.ts'
import type { PosSettings } from './pos-schema.ts'
import type { KeyKeeper } from './sealed/settle-desktop-key.ts'

/** The figures of one channel, with what the configuration sets laid over them, and what it can do. */
export type ChannelRules = {
  readonly definition: ChannelDefinition
  readonly account: string
  readonly policy: ChannelPolicy
  readonly refundPolicy: RefundPolicy
}

/** A shop's update server, the name of its channel there, and how often it is asked. */
export type UpdateSource = { readonly url: string; readonly channel: string; readonly everyMs: number }

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
  /** Until when the certificates of the channels are good. */
  readonly certificates: readonly CertificateTerm[]
  /** The scan guns that the main side reads; keyboard guns need no setting. */
  readonly scanners: readonly ScannerSettings[]
  /** What is printed by itself, where there is a printer. */
  readonly printing: PrintingRules
  /** Whether a sale's receipt has a QR code of a signed text. */
  readonly signedReceipts: boolean
  /** When the customer's window opens, and what it speaks; `both` is Chinese with English below it. */
  readonly customerDisplay: {
    readonly open: 'at-start' | 'by-hand'
    readonly language: 'zh-CN' | 'en' | 'both'
  }
  /** The median time from key to key up to which keys in the window come from a gun. */
  readonly gunKeyGapMs: number
  readonly sound: { readonly on: boolean; readonly tonesPercent: number; readonly voicePercent: number }
  /** The receipt printers, in the order of the configuration; the first one is the till's own. */
  readonly printers: readonly PrinterSettings[]
  /** What people may do without a manager, and after which idle time the till locks itself; null is never. */
  readonly staff: { readonly idleLockMs: number | null; readonly limits: Limits }
  /** From which hour on a moment belongs to its own business day. */
  readonly shifts: { readonly cutOverHour: number }
  /** The local interface for the shop's own POS; null where it is off. */
  readonly pos: PosSettings | null
  /** How many backups of the ledger are kept. */
  readonly backups: Retention
  /** Where new versions of the program come from; null where the till asks nobody. */
  readonly updates: UpdateSource | null
  /** Who keeps the key of the sealed store. */
  readonly secretsKey: KeyKeeper
  /** Whether the till is all that the screen shows. */
  readonly kiosk: boolean
  /** Each wallet's channels in the order in which they are tried. */
  readonly routes: Readonly<Partial<Record<Wallet, readonly ChannelId[]>>>
  /** By the channel's id; those of the training channels in training mode. */
  readonly policies: Readonly<Record<string, ChannelRules>>
}
