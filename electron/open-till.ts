import type { AssembledTill } from './assembly/assemble.ts'
import { assembleTill } from './assembly/assemble.ts'
import { orderView } from './assembly/order-view.ts'
import { probeChannel } from './assembly/probe-channel.ts'
import { openingProblemSentence } from './assembly/problem-sentence.ts'
import { createAnnouncer, createTillService, readinessOf } from './assembly/service.ts'
import { systemClock } from './assembly/system-time.ts'
import type { OpenedTill, OpenTillOptions } from './hosts/service.ts'
import type { ChannelId } from './till/ids.ts'

/** Opens the till for a window: everything that a former run left open is taken up at once. */
export async function openTill(options: OpenTillOptions): Promise<OpenedTill> {
  const announcer = createAnnouncer()
  let opened: AssembledTill | null = null
  const assembly = await assembleTill(
    { dataDirectory: options.dataDirectory, configFile: options.configFile, environment: process.env },
    {
      onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
      onReadiness: () => {
        if (opened) announcer.tell('readiness.changed', readinessOf(opened))
      },
    },
  )
  if (!assembly.ok) {
    const { sentence, exitCode } = openingProblemSentence(assembly.problem)
    return { ok: false, problem: sentence, exitCode }
  }
  opened = assembly.till
  const service = createTillService(opened, options.host, announcer)
  const resumed = await opened.runner.resume()
  if ('problem' in resumed) {
    await opened.close()
    const { sentence, exitCode } = openingProblemSentence({ kind: 'ledger', problem: resumed.problem })
    return { ok: false, problem: sentence, exitCode }
  }
  probeChannels(opened)
  return { ok: true, service }
}

/** Tells the readiness line about each channel before the first customer, and not after. */
function probeChannels({ channels, health, settings }: AssembledTill): void {
  for (const [id, { policy }] of Object.entries(settings.policies)) {
    const configured = channels.find(id as ChannelId)
    if (configured) void probeChannel(configured.channel, health, settings.store.id, policy.requestTimeoutMs)
  }
}
