/** How one channel is polled and revoked; every figure can be set in the configuration's `policy` (design §9). */
export type ChannelPolicy = {
  /**
   * Ages of an order, counted from its pay request, at which it is queried while nobody knows the result; ascending.
   * Past the last one the order is queried every `pollMs`; the default schedules end at the window's end.
   */
  readonly queryAgesMs: readonly number[]
  /** The smallest gap between two queries of one order. */
  readonly pollMs: number
  /** The order's age at which the till stops waiting: one last query, then the revoke (M7). */
  readonly windowMs: number
  /** The order's age before which no revoke is sent (I7). */
  readonly revokeMinAgeMs: number
  /** Waits between the tries of a revoke; one try more than there are waits, then a person must look (M15). */
  readonly revokeRetryMs: readonly number[]
  /** How long one request may take in all. */
  readonly requestTimeoutMs: number
  /** Until when the channel takes a revoke at all (M9); the countdown of the desk for doubtful orders. */
  readonly revokeUntil: RevokeUntil
  /** Set where the channel has no revoke: at the window's end the order is a person's, and no revoke is ever sent. */
  readonly canRevoke?: false
}

/** The end of the time in which an order can be revoked. */
export type RevokeUntil =
  /** Counted from the pay request. */
  | { readonly kind: 'age'; readonly ageMs: number }
  /** This hour of the Shanghai day on which the order was paid; 24 is midnight. */
  | { readonly kind: 'hour-of-day'; readonly hour: number }

/** What a configuration may set of a policy; what it leaves out stays at the default. */
export type PolicyOverride = {
  readonly [Setting in Exclude<keyof ChannelPolicy, 'queryAgesMs' | 'revokeUntil' | 'canRevoke'>]?:
    | ChannelPolicy[Setting]
    | undefined
} & { readonly firstQueryMs?: number | undefined }

/** A channel's figure with the place that it comes from. */
export type PolicySource = { readonly setting: keyof ChannelPolicy; readonly source: string }

/**
 * The policy of a channel with what the configuration sets laid over it.
 *
 * `firstQueryMs` or `pollMs`, once set, replace the default schedule by a plain one: a first query, then one every
 * `pollMs` until the window ends.
 */
export function policyWith(base: ChannelPolicy, override: PolicyOverride | undefined): ChannelPolicy {
  if (!override) return base
  const { firstQueryMs, ...figures } = override
  const set = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined))
  const merged: ChannelPolicy = { ...base, ...set }
  if (firstQueryMs !== undefined || override.pollMs !== undefined) {
    return { ...merged, queryAgesMs: [firstQueryMs ?? base.queryAgesMs[0] ?? merged.pollMs] }
  }
  if (merged.windowMs >= base.windowMs) return merged
  const within = merged.queryAgesMs.filter((plannedMs) => plannedMs < merged.windowMs)
  return { ...merged, queryAgesMs: [...within, merged.windowMs] }
}
