import { openPrinter, type PrinterCondition, type PrintOutcome } from '../../native/printer/printer.ts'
import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'
import { type ReceiptProfile, receiptProfileOf } from '../receipts/receipt-profiles.ts'
import { openReceiptRenderer } from '../receipts/receipt-renderer.ts'
import type { ConfiguredPrinter, PrinterDevice, PrinterNow, PrinterOutcome } from '../runner/print-ports.ts'
import type { Settings } from '../settings/settings.ts'
import type { DocumentRenderer } from './print-documents.ts'
import type { PrintingEquipment } from './printing.ts'
import { receiptOf } from './receipt-of.ts'

/** The printers that the configuration names, and the shop's templates for them. */
export function configuredEquipment(dataDirectory: string, settings: Settings): PrintingEquipment {
  return { printers: settings.printers.map(configuredPrinter), render: rendererFor(dataDirectory, settings) }
}

function configuredPrinter({
  name,
  address,
  transport,
  fallback,
  silenceMeansPrinted,
}: PrinterSettings): ConfiguredPrinter {
  const printer = openPrinter(address, transport, { clock: systemKeeperTime })
  const device: PrinterDevice = {
    condition: async (signal) => printerNow(await printer.condition(signal)),
    print: async (bytes, signal) => printerOutcome(await printer.print(bytes, signal)),
    close: () => printer.close(),
  }
  return { name, device, fallback, silenceIsEnough: silenceMeansPrinted }
}

function printerNow(condition: PrinterCondition): PrinterNow {
  switch (condition.kind) {
    case 'ready':
      return { kind: condition.kind, paperLow: condition.paperLow }
    case 'error':
    case 'busy':
    case 'offline':
      return { kind: condition.kind, cause: condition.cause }
    default:
      return { kind: condition.kind }
  }
}

function printerOutcome(outcome: PrintOutcome): PrinterOutcome {
  return outcome.kind === 'printed' ? outcome : { ...outcome, condition: printerNow(outcome.condition) }
}

/** The drawing profile of a configured printer, with what its entry says otherwise. */
function drawingProfile({ profile, paperMm, encoding }: PrinterSettings): ReceiptProfile {
  const drawing = receiptProfileOf({ profile, paper: paperMm ?? undefined, encoding: encoding ?? undefined })
  if (drawing === undefined) throw new Error(`no profile ${profile}: the settings let a printer through`)
  return drawing
}

function rendererFor(dataDirectory: string, settings: Settings): DocumentRenderer {
  const profiles = new Map(settings.printers.map((printer) => [printer.name, drawingProfile(printer)]))
  /** Templates and logo are read when the first paper is wanted: a payment's way does not wait for them. */
  let renderer: ReturnType<typeof openReceiptRenderer> | null = null
  return async ({ facts, copy, printedWallMs, printer }) => {
    const profile = profiles.get(printer)
    if (profile === undefined) throw new Error(`no printer ${printer}: the queue chose one that is not configured`)
    renderer ??= openReceiptRenderer(dataDirectory)
    return (await renderer).bytes(receiptOf(facts, { settings, copy, printedWallMs, profile }), profile)
  }
}
