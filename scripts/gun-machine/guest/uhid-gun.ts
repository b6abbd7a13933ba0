import { closeSync, constants, openSync, writeSync } from 'node:fs'

/** How a HID device names itself. */
export type HidIdentity = {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  /** Empty for a make that gives its guns no numbers. */
  readonly serialNumber: string
}

/** A HID device that is made of this process, on no bus. */
export type HidGun = { readonly send: (...reports: readonly Uint8Array[]) => void; readonly unplug: () => void }

// linux/uhid.h
const destroy = 1
const create2 = 11
const input2 = 12
const busUsb = 3
const nameBytes = 128
const placeBytes = 64
const descriptorBytesMax = 4096

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index)
  return bytes
}

const shorts = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index)
  return bytes
}

const padded = (bytes: Uint8Array, size: number): Buffer => Buffer.concat([bytes, Buffer.alloc(size - bytes.length)])

/** Plugs a HID device in, by the kernel's `uhid` (Documentation/hid/uhid.rst). */
export function plugHidGun(identity: HidIdentity, reportDescriptor: Uint8Array): HidGun {
  const { name, vendorId, productId, serialNumber } = identity
  const device = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK)
  writeSync(
    device,
    Buffer.concat([
      numbers(create2),
      padded(Buffer.from(name), nameBytes),
      padded(Buffer.from(`gun-${vendorId}-${productId}`), placeBytes),
      padded(Buffer.from(serialNumber), placeBytes),
      shorts(reportDescriptor.length, busUsb),
      numbers(vendorId, productId, 0, 0),
      padded(reportDescriptor, descriptorBytesMax),
    ]),
  )
  return {
    send(...reports) {
      for (const report of reports) writeSync(device, Buffer.concat([numbers(input2), shorts(report.length), report]))
    },
    unplug() {
      writeSync(device, numbers(destroy))
      closeSync(device)
    },
  }
}
