import { z } from 'zod'
import type { ChannelDefinition } from '../channels/definition.ts'
import { channelDefinitions } from '../channels/registry.ts'
import { usualRetention } from '../ledger/backup/retention.ts'
import { latestCutOverHour } from '../till/shift/business-day.ts'
import { channelSchemaOf, identifier } from './channel-schema.ts'
import { posSchema } from './pos-schema.ts'
import { printerSchema } from './printer-schema.ts'
import { keyboardGunSchema, scannerSchema } from './scanner-schema.ts'

/**
 * The shape of `config.json` (design §9). Every object is strict: a misspelt field is refused by name, because a till
 * that ignores what its owner wrote starts in a half-configured state.
 */

const milliseconds = z.int().min(0).max(3_600_000)

const percent = z.int().min(0).max(100)

const policy = z.strictObject({
  firstQueryMs: milliseconds.min(1).optional(),
  pollMs: milliseconds.min(1).optional(),
  windowMs: milliseconds.min(1).optional(),
  revokeMinAgeMs: milliseconds.optional(),
  revokeRetryMs: z.array(milliseconds).min(1).max(50).optional(),
  requestTimeoutMs: milliseconds.min(1).optional(),
  /** How long after the payment a refund may begin; what the merchant agreed with the channel. At most two years. */
  refundWindowMs: z.int().min(1).max(63_072_000_000).optional(),
  refundRetryMs: z.array(milliseconds).min(1).max(50).optional(),
  refundAskMs: z.array(milliseconds.min(1)).min(1).max(50).optional(),
})

const wallet = z.enum(['wechat', 'alipay', 'unionpay', 'ecny', 'qq', 'bestpay', 'jd', 'alipay-face'])

const yuanText = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'expected yuan, such as "50.00"')

/** What people may do alone; what is left out is zero, so that nothing is allowed that nobody wanted. */
const staff = z.strictObject({
  /** Idle time after which the till locks itself; null: never. */
  idleLockMs: z.int().min(10_000).max(86_400_000).nullable().default(300_000),
  limits: z
    .strictObject({
      refundYuan: yuanText.default('0'),
      returnCashYuan: yuanText.default('0'),
      differenceYuan: yuanText.default('0'),
    })
    .prefault({}),
})

/** How loud this machine is; set on the screen (F12). */
const sound = z.strictObject({
  on: z.boolean().default(true),
  tonesPercent: percent.default(100),
  voicePercent: percent.default(100),
})

const shifts = z.strictObject({
  /** What happens before this hour still belongs to the business day before. */
  cutOverHour: z.int().min(0).max(latestCutOverHour).default(4),
})

const backups = z.strictObject({
  /** The newest ones, whatever they were made for. */
  newest: z.int().min(1).max(100).default(usualRetention.newest),
  /** The last one of each business day, for so many days. */
  days: z.int().min(0).max(3_650).default(usualRetention.days),
})

/** The second window, for the customer (docs/customer-display.md). */
const customerDisplay = z.strictObject({
  open: z.enum(['at-start', 'by-hand']).default('by-hand'),
  language: z.enum(['zh-CN', 'en', 'both']).default('both'),
})

/** An address that nobody on the way can answer for; plain http for this machine only. */
const updateAddress = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => /^https:/i.test(text) || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/i.test(text),
    'expected https',
  )

const updates = z.strictObject({
  /** The folder at the shop's update server that has the channel's file and the installers. */
  url: updateAddress,
  /** Which file is asked for: `latest` where it is left out. */
  channel: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'expected lower-case letters, digits and hyphens')
    .default('latest'),
  everyHours: z.int().min(1).max(168).default(6),
})

const configurationSchema = z.strictObject({
  store: z
    .strictObject({
      id: z.string().regex(/^[0-9A-Za-z]{2,8}$/, 'expected 2 to 8 letters and digits'),
      name: z.string().min(1).max(40),
    })
    .default({ id: 'S001', name: '示例便利店' }),
  till: z
    .strictObject({ id: z.string().regex(/^[0-9A-Za-z]{1,4}$/, 'expected 1 to 4 letters and digits') })
    .default({ id: '01' }),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** What customers read in their wallet's bill; the store's name where it is left out. */
  subject: z.string().min(1).max(40).optional(),
  /** The largest amount of one payment, in yuan. */
  amountLimitYuan: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, 'expected yuan, such as "50000.00"')
    .optional(),
  /** Above these yuan the cashier is told beforehand that the customer will likely have to confirm (M5). */
  passwordLikelyAboveYuan: z.partialRecord(wallet, z.string().regex(/^\d{1,9}(\.\d{1,2})?$/)).optional(),
  channels: z.array(channelSchemaOf(channelDefinitions)).default([]),
  /** A channel, or several in the order in which they are tried. */
  routes: z.partialRecord(wallet, z.union([identifier, z.array(identifier).min(1).max(5)])).optional(),
  policy: z.record(z.string(), policy).default({}),
  scanners: z.array(scannerSchema).max(20).optional(),
  keyboardGun: keyboardGunSchema.prefault({}),
  sound: sound.prefault({}),
  /** When receipts are printed: by themselves, only when somebody asks, or never. */
  printing: z.enum(['automatic', 'on-demand', 'off']).default('automatic'),
  /** Whether a revoked order prints that no money was taken, or that it goes back. */
  printRevocations: z.boolean().default(true),
  /** Whether a sale's receipt has a QR code that proves it without a server. */
  signedReceipts: z.boolean().default(false),
  printers: z.array(printerSchema).max(20).default([]),
  customerDisplay: customerDisplay.prefault({}),
  staff: staff.prefault({}),
  shifts: shifts.prefault({}),
  backups: backups.prefault({}),
  pos: posSchema.optional(),
  /** Where new versions come from, in Electron; left out, the till asks nobody. */
  updates: updates.optional(),
  /** Who keeps the key of the sealed store: whoever starts the till, or the desktop's own key store, in Electron. */
  secretsKey: z.enum(['passphrase', 'desktop']).default('passphrase'),
  /** Whether the till is all that the screen shows, in Electron. */
  kiosk: z.boolean().default(false),
})

/** The schema of a till that has these channel kinds; those of the registry where nothing is said. */
export const configurationSchemaOf = (definitions?: readonly ChannelDefinition[]): typeof configurationSchema =>
  definitions === undefined
    ? configurationSchema
    : configurationSchema.extend({ channels: z.array(channelSchemaOf(definitions)).default([]) })

export type Configuration = z.infer<typeof configurationSchema>
