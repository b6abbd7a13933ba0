import type { ChannelTest } from '../api/contract.ts'
import { contactOfProbe } from '../runner/contact.ts'
import type { ChannelId } from '../till/ids.ts'
import type { AssembledTill } from './assemble.ts'
import { probeChannel } from './probe-channel.ts'
import { systemClock } from './system-time.ts'

/**
 * Asks a channel about an order that cannot exist, within the time of its policy, and tells what that means for it. The
 * lines hear of it too, so that a channel which works again is no longer held for away. Charges nobody and never throws.
 */
export async function testChannel(
  { settings, channels, lines }: Pick<AssembledTill, 'settings' | 'channels' | 'lines'>,
  id: ChannelId,
): Promise<ChannelTest> {
  const channel = channels.find(id)?.channel
  const rules = settings.policies[id]
  if (channel === undefined || rules === undefined) return { kind: 'no-such-channel' }
  const startedMs = systemClock.now().monotonicMs
  const timeoutMs = rules.policy.requestTimeoutMs
  const { result, outcome } = await probeChannel(channel, lines.exchange, settings.store.id, timeoutMs)
  const endedMs = systemClock.now().monotonicMs
  const contact = contactOfProbe(result, outcome, lines.clockOffsetMs(), { startedMs, endedMs })
  if (contact !== null) lines.note(id, contact)
  if (contact?.kind === 'understood') return { kind: 'works', tookMs: Math.round(endedMs - startedMs) }
  const said =
    result.kind === 'answered' ? (outcome?.evidence.code ?? outcome?.kind ?? result.kind) : String(result.reason)
  return contact?.kind === 'failed' ? { kind: 'failed', reason: contact.reason, said } : { kind: 'unclear', said }
}
