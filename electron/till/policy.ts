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
}

/** The end of the time in which an order can be revoked. */
export type RevokeUntil =
  /** Counted from the pay request. */
  | { readonly kind: 'age'; readonly ageMs: number }
  /** This hour of the Shanghai day on which the order was paid; 24 is midnight. */
  | { readonly kind: 'hour-of-day'; readonly hour: number }

/** What a configuration may set of a policy; what it leaves out stays at the default. */
export type PolicyOverride = {
  readonly [Setting in Exclude<keyof ChannelPolicy, 'queryAgesMs' | 'revokeUntil'>]?: ChannelPolicy[Setting] | undefined
} & { readonly firstQueryMs?: number | undefined }

/** A default figure with the place that it comes from. */
export type PolicySource = { readonly setting: keyof ChannelPolicy; readonly source: string }

/** The channel kinds that have a payment loop today. */
export type ChannelKind = 'wechat' | 'alipay'

/** The official figures of each channel, as policy; where sources differ, the cautious one. */
export const defaultPolicies = {
  wechat: {
    queryAgesMs: [5_500, 8_500, 11_500, 14_500, 18_000, 22_500, 30_000, 45_000],
    pollMs: 3_000,
    windowMs: 45_000,
    revokeMinAgeMs: 15_000,
    revokeRetryMs: [2_000, 4_000, 8_000, 15_000, 30_000, 60_000],
    requestTimeoutMs: 10_000,
    revokeUntil: { kind: 'age', ageMs: 7 * 24 * 3_600_000 },
  },
  alipay: {
    queryAgesMs: [5_500, 8_500, 11_500, 14_500, 17_500, 21_000, 26_500, 36_000, 60_000],
    pollMs: 3_000,
    windowMs: 60_000,
    revokeMinAgeMs: 0,
    revokeRetryMs: [2_000, 2_000, 4_000, 8_000, 15_000, 30_000],
    requestTimeoutMs: 10_000,
    revokeUntil: { kind: 'hour-of-day', hour: 24 },
  },
} as const satisfies Record<ChannelKind, ChannelPolicy>

/** Where the default figures come from; `doctor` and the docs print them beside the figures. */
export const policySources = {
  wechat: [
    { setting: 'queryAgesMs', source: 'wechat.md §5: first query not before 5 s; spacing by docs/decisions/0008' },
    { setting: 'pollMs', source: 'our own floor; WeChat documents no limit for the query' },
    { setting: 'windowMs', source: 'wechat.md §5: 45 s (pay page 2025-08-14)' },
    { setting: 'revokeMinAgeMs', source: 'wechat.md §5: not before 15 s after the pay call (reverse page)' },
    { setting: 'revokeRetryMs', source: 'wechat.md §4.4 stop rule (design)' },
    { setting: 'requestTimeoutMs', source: 'wechat.md §5: up to 30 s; shorter, because asking beats waiting' },
    { setting: 'revokeUntil', source: 'wechat.md §4.4: within 7 days (REVERSE_EXPIRE after)' },
  ],
  alipay: [
    {
      setting: 'queryAgesMs',
      source: 'alipay.md §4: first query after 5 s, gaps of 3–6 s; spacing by docs/decisions/0008',
    },
    { setting: 'pollMs', source: 'alipay.md §4: 3 s' },
    { setting: 'windowMs', source: 'alipay.md §4: about 60 s (polling page 2021)' },
    { setting: 'revokeMinAgeMs', source: 'alipay.md: no minimum age documented' },
    { setting: 'revokeRetryMs', source: 'alipay.md §4: retries for at least one minute' },
    { setting: 'requestTimeoutMs', source: 'alipay.md §4: pay 10–15 s, query and cancel 5–10 s' },
    { setting: 'revokeUntil', source: 'mission M9: the same day; another page says 24 h, and the earlier counts' },
  ],
} as const satisfies Record<ChannelKind, readonly PolicySource[]>

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
