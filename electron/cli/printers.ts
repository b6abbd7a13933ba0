import { realpath } from 'node:fs/promises'
import { type FindingProblem, type FoundPrinter, findPrinters } from '../../native/printer/find-printers.ts'
import type { PrinterAddress } from '../../native/printer/printer.ts'
import { addressText } from '../../native/printer/printer-address.ts'
import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { settingsAt } from '../assembly/assemble.ts'
import { conditionOf } from '../assembly/printer-condition.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { noAccessWords, printerConditionWords, settingOfFound } from './printer-words.ts'
import type { CommandContext } from './session.ts'

/** A system's program that lists for longer than this hangs. */
const listingMs = 10_000

/**
 * `printers`: each configured printer with its condition, which it is asked for, and what else is plugged in or set up in
 * the system, with the entry that takes it into use. Prints nothing.
 */
export async function printers({ place, output, interrupted }: CommandContext): Promise<ExitCode> {
  const reading = await settingsAt(place)
  if (!reading.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: reading.problems })
    output.say(sentence)
    return exitCode
  }
  const configured = reading.settings.printers
  const [conditions, found] = await Promise.all([
    Promise.all(configured.map((printer) => conditionOf(printer, interrupted))),
    findPrinters(AbortSignal.any([interrupted, AbortSignal.timeout(listingMs)])),
  ])

  let ready = 0
  for (const [index, printer] of configured.entries()) {
    const condition = conditions[index] ?? { kind: 'silent' }
    if (condition.kind === 'ready') ready += 1
    const { name, address, profile, fallback } = printer
    const words = printerConditionWords(condition, address)
    const line = { name, kind: address.kind, address: addressText(address), profile, fallback, condition }
    const because = condition.kind === 'ready' ? null : words
    output.line(
      { type: 'printer', configured: true, ...line, because },
      `${condition.kind.padEnd(10)}  ${address.kind.padEnd(11)}  ${named(name, address)}: ${words}`,
    )
  }

  for (const problem of found.problems) {
    const because = listingWords(problem)
    output.line({ type: 'listing', source: problem.source, ok: false, because }, because)
  }
  const others = await notConfigured(found.printers, configured)
  for (const printer of others) {
    const { name, address, isPrinter, because: reason } = printer
    const setting = settingOfFound(printer)
    const because = reason === null ? null : noAccessWords(address)
    const line = { name, kind: address.kind, address: addressText(address), isPrinter, usable: reason === null }
    const what = isPrinter === 'yes' ? 'not used' : 'a port'
    const words = because ?? `to use it add ${JSON.stringify(setting)}`
    output.line(
      { type: 'printer', configured: false, ...line, setting, because },
      `${what.padEnd(10)}  ${address.kind.padEnd(11)}  ${named(name, address)}: ${words}`,
    )
  }
  const counts = { configured: configured.length, ready, found: others.length }
  const network = 'A printer in the network cannot be found: its own test print, by its feed button, tells the address.'
  output.line(
    { type: 'result', ...counts },
    `${counts.configured} configured, ${ready} ready, ${counts.found} more found. ${network}`,
  )
  return exitCodes.done
}

const named = (name: string, address: PrinterAddress): string => {
  const where = addressText(address)
  return name === where ? where : `${name} (${where})`
}

/** What was found and no entry means, whichever of its names that uses. */
async function notConfigured(
  found: readonly FoundPrinter[],
  configured: readonly PrinterSettings[],
): Promise<readonly FoundPrinter[]> {
  const known = new Set(await Promise.all(configured.map(({ address }) => identityOf(address))))
  const identities = await Promise.all(found.map(({ address }) => identityOf(address)))
  return found.filter((_printer, index) => !known.has(identities[index] ?? ''))
}

async function identityOf(address: PrinterAddress): Promise<string> {
  if (!('path' in address)) return `${address.kind} ${addressText(address)}`
  return `path ${await realpath(address.path).catch(() => address.path)}`
}

function listingWords({ source, detail }: FindingProblem): string {
  return source === 'spooler'
    ? `No queues of the system, because its spooler cannot be asked (${detail}).`
    : `No serial ports, because they cannot be listed (${detail}).${/udevadm/.test(detail) ? ' Run: sudo apt-get install udev' : ''}`
}
