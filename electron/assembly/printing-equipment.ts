import { openPrinter, type PrinterCondition, type PrintOutcome } from '../../native/printer/printer.ts'
import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'
import type {
  ConfiguredPrinter,
  DrawerDevice,
  PrinterDevice,
  PrinterNow,
  PrinterOutcome,
} from '../runner/print-ports.ts'
import type { Settings } from '../settings/settings.ts'
import type { PrintingEquipment } from './printing.ts'
import type { ReceiptDesk } from './receipt-desk.ts'

/** The printers that the configuration names, the drawer at one of them, and the shop's templates for them. */
export function configuredEquipment({ printers }: Settings, { render }: ReceiptDesk): PrintingEquipment {
  const opened = printers.map(configuredPrinter)
  return { printers: opened.map(({ printer }) => printer), render, drawer: opened.find(({ drawer }) => drawer)?.drawer }
}

function configuredPrinter({ name, address, transport, fallback, silenceMeansPrinted }: PrinterSettings): {
  readonly printer: ConfiguredPrinter
  readonly drawer: DrawerDevice | undefined
} {
  const opened = openPrinter(address, transport, { clock: systemKeeperTime })
  const device: PrinterDevice = {
    condition: async (signal) => printerNow(await opened.condition(signal)),
    print: async (bytes, signal) => printerOutcome(await opened.print(bytes, signal)),
    close: () => opened.close(),
  }
  return {
    printer: { name, device, fallback, silenceIsEnough: silenceMeansPrinted },
    // Through the printer's own turns, so that no pulse falls into a receipt.
    drawer: transport.drawer
      ? { pulse: async (signal) => printerOutcome(await opened.pulseDrawer(signal)) }
      : undefined,
  }
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
