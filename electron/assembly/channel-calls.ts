import type { Calls, ChannelView, PolicyFigureView, PolicySetting } from '../api/contract.ts'
import type { ChannelRules, Settings } from '../settings/settings.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { AssembledTill } from './assemble.ts'
import { testChannel } from './test-channel.ts'

type ChannelCall = 'channels.list' | 'channels.test'

type ChannelCalls = {
  readonly [Name in ChannelCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

/** The calls of the screen for channels. */
export function channelCalls(till: Pick<AssembledTill, 'settings' | 'channels' | 'lines'>): ChannelCalls {
  return {
    'channels.list': async () => channelViews(till.settings),
    'channels.test': ({ channel }) => testChannel(till, channel as ChannelId),
  }
}

/** Every configured channel, in the order of the settings; everything comes of the definition and the figures. */
export function channelViews({ policies, routes }: Pick<Settings, 'policies' | 'routes'>): readonly ChannelView[] {
  return Object.entries(policies).map(([id, rules]) => {
    const { definition } = rules
    const { bill, endsAreProof, amountLimitFen } = definition.capability
    const wallets = (Object.keys(routes) as Wallet[]).filter((wallet) => routes[wallet]?.some((each) => each === id))
    return {
      id,
      kind: definition.kind,
      api: definition.api?.version ?? null,
      wallets,
      revoke: revokeOf(rules),
      refund: refundOf(rules),
      bill,
      endsAreProof,
      amountLimitFen,
      figures: figuresOf(rules),
    }
  })
}

function revokeOf({ definition, policy }: ChannelRules): ChannelView['revoke'] {
  const { revoke } = definition.capability
  if (revoke.kind === 'none') return null
  const { word, confirmedBy } = revoke
  return { word, confirmedBy, notBeforeMs: policy.revokeMinAgeMs, until: policy.revokeUntil }
}

function refundOf({ definition, refundPolicy }: ChannelRules): ChannelView['refund'] {
  const { refund } = definition.capability
  if (refund.kind === 'none') return null
  const { refundWindowMs, refundsPerOrder, refundRetryMs } = refundPolicy
  return {
    partial: refund.partial,
    windowMs: refundWindowMs,
    mostPerOrder: refundsPerOrder,
    gapMs: refundRetryMs.length === 0 ? null : Math.min(...refundRetryMs),
  }
}

const settingsOf = {
  withRevoke: ['queryAgesMs', 'pollMs', 'windowMs', 'revokeMinAgeMs', 'revokeRetryMs', 'requestTimeoutMs'],
  withoutRevoke: ['queryAgesMs', 'pollMs', 'windowMs', 'requestTimeoutMs'],
} as const satisfies Readonly<Record<string, readonly PolicySetting[]>>

function figuresOf({ definition, policy }: ChannelRules): readonly PolicyFigureView[] {
  const settings = definition.capability.revoke.kind === 'none' ? settingsOf.withoutRevoke : settingsOf.withRevoke
  return settings.map((setting) => ({
    setting,
    inForceMs: [policy[setting]].flat(),
    defaultMs: [definition.policy[setting]].flat(),
  }))
}
