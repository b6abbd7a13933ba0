import { spawnSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How the gun names itself on the bus. */
export type UsbIdentity = {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  readonly manufacturer: string
  readonly product: string
}

/** A gun on a virtual USB bus: HID POS and serial (CDC-ACM) in one, as real ones can be set to. */
export type UsbGun = {
  readonly plug: () => Promise<void>
  readonly unplug: () => void
  /** Sends reports as fast as the bus takes them; while nobody reads the first one waits in the gun. */
  readonly sendReports: (...reports: readonly Uint8Array[]) => Promise<void>
  readonly sendSerial: (text: string) => Promise<void>
}

const gadgets = '/sys/kernel/config/usb_gadget'
const controllers = '/sys/class/udc'
const hidFile = '/dev/hidg0'
const serialFile = '/dev/ttyGS0'
const idOf = (id: number): string => `0x${id.toString(16).padStart(4, '0')}`

/** What a gun's line answers while the former piece is under way, and while the bus does not know the gun yet. */
const notReady: readonly unknown[] = ['EAGAIN', 'ESHUTDOWN']

/** Writes all of it; a line that is not ready is tried again. Never blocks: the till's main side runs in this process. */
async function writeWhole(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && notReady.includes(error.code))) throw error
      await sleep(1)
    }
  }
}

async function openWhenThere(path: string): Promise<number> {
  while (!existsSync(path)) await sleep(5)
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
}

/**
 * Makes the gun by the kernel's gadget functions (Documentation/usb/gadget_configfs.rst, gadget_hid.rst, gadget_serial.rst)
 * on a controller that is wired to a bus of the same machine. It is not plugged in yet.
 */
export function makeUsbGun(identity: UsbIdentity, reportDescriptor: Uint8Array): UsbGun {
  const gun = join(gadgets, 'gun')
  const write = (path: string, value: string | Uint8Array): void => writeFileSync(join(gun, path), value)
  const makeFolder = (path: string): void => void mkdirSync(join(gun, path), { recursive: true })

  makeFolder('')
  write('idVendor', idOf(identity.vendorId))
  write('idProduct', idOf(identity.productId))
  makeFolder('strings/0x409')
  write('strings/0x409/serialnumber', identity.serialNumber)
  write('strings/0x409/manufacturer', identity.manufacturer)
  write('strings/0x409/product', identity.product)
  makeFolder('functions/hid.pos')
  write('functions/hid.pos/protocol', '0')
  write('functions/hid.pos/subclass', '0')
  write('functions/hid.pos/report_length', '64')
  write('functions/hid.pos/report_desc', reportDescriptor)
  makeFolder('functions/acm.serial')
  makeFolder('configs/c.1')
  symlinkSync(join(gun, 'functions/hid.pos'), join(gun, 'configs/c.1/hid.pos'))
  symlinkSync(join(gun, 'functions/acm.serial'), join(gun, 'configs/c.1/acm.serial'))

  let open: { readonly hid: number; readonly serial: number } | null = null
  const opened = (): { readonly hid: number; readonly serial: number } => {
    if (open === null) throw new Error('the gun is not plugged in')
    return open
  }
  return {
    async plug() {
      write('UDC', readdirSync(controllers)[0] ?? 'no controller')
      const serial = await openWhenThere(serialFile)
      // A terminal line would change line ends and send back what it hears.
      spawnSync('stty', ['-F', serialFile, 'raw', '-echo'])
      open = { hid: await openWhenThere(hidFile), serial }
    },
    unplug() {
      const { hid, serial } = opened()
      open = null
      write('UDC', '\n')
      for (const descriptor of [hid, serial]) closeSync(descriptor)
    },
    async sendReports(...reports) {
      for (const report of reports) await writeWhole(opened().hid, report)
    },
    sendSerial: (text) => writeWhole(opened().serial, Buffer.from(text, 'latin1')),
  }
}
