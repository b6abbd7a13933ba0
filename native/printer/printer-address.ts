/** Where a printer is, and by which way it is reached (hardware.md §6.2). */
export type PrinterAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'serial'
      readonly path: string
      readonly baudRate: number
      readonly flow: 'none' | 'rts-cts' | 'xon-xoff'
    }
  /** `/dev/usb/lpN`, or a link to it that a udev rule makes; the number itself is not stable. */
  | { readonly kind: 'device-file'; readonly path: string }
  /** A queue of the system's spooler: CUPS, or Windows with datatype RAW. */
  | { readonly kind: 'spooler'; readonly queue: string }

/** A printer to which bytes go and from which answers come. */
export type LineAddress = Exclude<PrinterAddress, { readonly kind: 'spooler' }>

/** An address as a person writes it. */
export function addressText(address: PrinterAddress): string {
  switch (address.kind) {
    case 'tcp':
      return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
    case 'serial':
    case 'device-file':
      return address.path
    case 'spooler':
      return address.queue
  }
}
