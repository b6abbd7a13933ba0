import { randomInt } from 'node:crypto'
import type { KeeperTime } from '../scanner/device/keeper-time.ts'
import type { PrinterBinding } from './binding/binding.ts'
import { realBinding } from './binding/real-binding.ts'
import { type LinePrinterParts, openLinePrinter } from './line-printer.ts'
import type { Printer } from './outcome.ts'
import type { PrinterAddress } from './printer-address.ts'
import type { PrinterProfile } from './printer-profile.ts'
import { openSpoolerPrinter } from './spooler-printer.ts'

export type { PrinterCondition } from './condition.ts'
export type { Printer, PrintOutcome, PrintProof } from './outcome.ts'
export type { PrinterAddress } from './printer-address.ts'
export type { PrinterProfile } from './printer-profile.ts'

/** What a printer needs from outside; tests bring their own. */
export type PrinterPorts = {
  readonly clock: KeeperTime
  /** This machine's hardware where it is left out. */
  readonly binding?: PrinterBinding
  /** Four printable characters that no job before has had; drawn by chance where it is left out. */
  readonly nextProcessId?: () => string
}

/**
 * A receipt printer at an address. Nothing is opened yet: each call connects, works and leaves. One object for each
 * printer, for as long as it is used: it remembers what the printer still owes an answer to.
 */
export function openPrinter(address: PrinterAddress, profile: PrinterProfile, ports: PrinterPorts): Printer {
  const { clock: time, binding = realBinding, nextProcessId = randomProcessId } = ports
  if (address.kind === 'spooler') {
    return openSpoolerPrinter({ spooler: binding.spooler, queue: address.queue, profile, time })
  }
  // Start bit, eight data bits, stop bit; a socket and USB are faster than any print head.
  const wireMs = (byteCount: number): number =>
    address.kind === 'serial' ? Math.ceil((byteCount * 10_000) / address.baudRate) : 0
  const open: LinePrinterParts['open'] = (listeners, signal) => binding.openLine(address, listeners, signal)
  return openLinePrinter({ open, profile, time, wireMs, nextProcessId })
}

/** `!` to `~`: what GS ( H takes, without the space. */
const randomProcessId = (): string => String.fromCharCode(...Array.from({ length: 4 }, () => randomInt(0x21, 0x7f)))
