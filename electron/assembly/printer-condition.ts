import { openPrinter, type PrinterCondition } from '../../native/printer/printer.ts'
import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'

/** Asks one printer how it is; a printer that prints for another till at this moment is “busy”. Prints nothing. */
export async function conditionOf(
  { address, transport }: Pick<PrinterSettings, 'address' | 'transport'>,
  interrupted: AbortSignal,
): Promise<PrinterCondition> {
  const printer = openPrinter(address, transport, { clock: systemKeeperTime })
  try {
    return await printer.condition(interrupted)
  } finally {
    await printer.close()
  }
}
