import { createHash } from 'node:crypto'
import type { ChannelDefinition } from './definition.ts'

/** The fields that say whose account a channel is: what a provider gave the merchant, which no rotation of keys changes. */
const identities = ['appId', 'merchantId', 'mchNo', 'subMerchantId', 'subAppId'] as const
/** Where nothing else says it: a shop's own backend is known by where it is. */
const addresses = ['gateway', 'baseUrl'] as const

/** The account of training mode, whatever port its servers have today. */
export const trainingAccount = 'training'

/**
 * A mark of the account that a channel of the configuration stands for; equal for equal accounts. Each order keeps it, so
 * that nobody else's account is asked about the order: that one would know of none, and the till would believe that
 * nobody was charged.
 */
export function accountOf(
  { kind, fields }: Pick<ChannelDefinition, 'kind' | 'fields'>,
  configured: Readonly<Record<string, unknown>>,
): string {
  const ids = identities.map((name) => saidIn(fields, configured, name))
  const says = ids.some((id) => id !== null) ? ids : addressOf({ fields }, configured)
  return createHash('sha256')
    .update(JSON.stringify([kind, ...says]))
    .digest('hex')
    .slice(0, 16)
}

/** Where the channel of the configuration is: a provider's sandbox may know an account of the same ids, and not its orders. */
export const addressOf = (
  { fields }: Pick<ChannelDefinition, 'fields'>,
  configured: Readonly<Record<string, unknown>>,
): readonly unknown[] => addresses.map((name) => saidIn(fields, configured, name))

function saidIn(
  fields: ChannelDefinition['fields'],
  configured: Readonly<Record<string, unknown>>,
  name: string,
): unknown {
  const field = fields[name]
  return configured[name] ?? (field?.kind === 'text' ? field.default : undefined) ?? null
}
