import { type FoundPrinter, findPrinters } from '../../native/printer/find-printers.ts'
import type { PrinterCondition } from '../../native/printer/printer.ts'
import type { FoundPrinterView, SetupResult } from '../api/contract.ts'
import { type PrinterConfiguration, printerSettings } from '../settings/printer-schema.ts'
import type { Configuration } from '../settings/schema.ts'
import type { ConfigurationChange } from '../settings/write-configuration.ts'
import { conditionOf } from './printer-condition.ts'

/** A system's program that lists for longer than this hangs. */
const listingMs = 10_000
/** A printer that says nothing for so long is silent, or not there. */
const askingMs = 10_000

/** What is plugged in or set up in the system; printers in the network cannot be found. */
export async function foundPrinters(): Promise<readonly FoundPrinterView[]> {
  const { printers } = await findPrinters(AbortSignal.timeout(listingMs))
  return printers.map(foundPrinterView)
}

function foundPrinterView({ name, address, isPrinter, because }: FoundPrinter): FoundPrinterView {
  const at = address.kind === 'spooler' ? address.queue : address.path
  return { name, kind: address.kind, at, isSure: isPrinter === 'yes', isUsable: because === null }
}

/** Whether the printer can be reached at all; paper that is missing is no reason not to save it. Prints nothing. */
export async function triedPrinter(
  printer: PrinterConfiguration,
): Promise<Extract<SetupResult, { readonly kind: 'printer-failed' }> | null> {
  const condition: PrinterCondition = await conditionOf(printerSettings(printer), AbortSignal.timeout(askingMs))
  return condition.kind === 'offline' ? { kind: 'printer-failed', cause: condition.cause } : null
}

/** Where in the list a printer stands that bears this name, or else its address; -1 where none does. */
export const placeOfPrinter = ({ printers }: Configuration, label: string): number =>
  printers.findIndex((each) => printerSettings(each).name === label)

/** The printer in its place, or at the list's end. */
export const printerChange = (
  { printers }: Configuration,
  printer: PrinterConfiguration,
  at: number,
): ConfigurationChange =>
  printers.length === 0
    ? { field: ['printers'], value: [printer] }
    : { field: ['printers', at < 0 ? printers.length : at], value: printer }
