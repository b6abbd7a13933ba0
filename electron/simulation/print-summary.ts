import type { CommandOptions } from './command-options.ts'
import { faultKinds } from './faults.ts'
import { findings } from './findings.ts'
import type { Summary } from './run-seeds.ts'
import { wireFaultTables } from './simulated-channel.ts'
import { channelsText } from './store-channels.ts'

export const rateOf = (count: number, seconds: number): string => `${Math.round(count / seconds)} orders a second`

/** Prints the table of faults, the endings, the known findings and the speed. */
export function printSummary(
  command: CommandOptions,
  summary: Summary,
  seconds: number,
  print: (line: string) => void,
): void {
  print('')
  for (const kind of faultKinds) print(`${kind.padEnd(34)}${String(summary.faults[kind]).padStart(9)}`)
  printOwnFaults(summary, print)
  print('')
  const endings = Object.entries(summary.endings).sort()
  const byChannel = Object.entries(summary.ordersByChannel).sort()
  print(`orders by channel: ${byChannel.map(([channel, count]) => `${channel} ${count}`).join(', ')}`)
  print(`endings: ${endings.map(([status, count]) => `${status} ${count}`).join(', ')}`)
  for (const finding of Object.values(findings)) {
    const seeds = [...(summary.known[finding.name] ?? [])].sort((left, right) => left - right)
    const first = seeds.slice(0, 5).join(', ')
    if (seeds.length > 0) print(`known finding in ${seeds.length} runs (${first}): ${finding.sentence}`)
  }
  const { seeds, orders, events } = summary
  const days = `${seeds * command.days} store-days`
  print(`${days}, ${orders} orders, ${events} events in ${seconds.toFixed(1)} s: ${rateOf(orders, seconds)}`)
}

/** How often each answer of each channel's own table was told; channels that no seed had are left out. */
function printOwnFaults({ ordersByChannel, tellings }: Summary, print: (line: string) => void): void {
  for (const [channel, table] of wireFaultTables) {
    const orders = ordersByChannel[channel] ?? 0
    if (orders === 0) continue
    print('')
    print(`${channel}, ${orders} orders, its own answers:`)
    for (const { name } of table)
      print(`  ${name.padEnd(60)}${String(tellings[channel]?.[name]?.told ?? 0).padStart(7)}`)
  }
}

/** Prints the first failing runs with what they broke first. */
export function printFailures(failures: Summary['failures'], print: (line: string) => void): void {
  for (const { seed, channels, breaches } of failures.slice(0, 5)) {
    const [first] = breaches
    print(
      `seed ${seed}, ${channelsText(channels)}, broke ${first?.rule}: ${first?.orderNumber} ${first?.sentence} (${breaches.length} in all)`,
    )
  }
}
