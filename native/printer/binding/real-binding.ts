import type { PrinterBinding } from './binding.ts'
import { cupsSpooler } from './cups-spooler.ts'
import { openDeviceFileLine } from './device-file-binding.ts'
import { runCommand } from './run-command.ts'
import { openSerialLine } from './serial-binding.ts'
import { openTcpLine } from './tcp-binding.ts'
import { windowsSpooler } from './windows-spooler.ts'

/** This machine's hardware, and its spooler. */
export const realBinding: PrinterBinding = {
  openLine: async (address, listeners, signal) => {
    switch (address.kind) {
      case 'tcp':
        return openTcpLine(address, listeners, signal)
      case 'serial':
        return openSerialLine(address, listeners, signal)
      case 'device-file':
        return openDeviceFileLine(address.path, listeners, signal)
    }
  },
  spooler: process.platform === 'win32' ? windowsSpooler(runCommand) : cupsSpooler(runCommand),
}
