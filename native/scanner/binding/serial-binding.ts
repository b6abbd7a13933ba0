import type { PortSettings } from '../scanner-settings.ts'
import type { Binding, DeviceListeners, Listing, Opening, OpeningProblem, SerialListing } from './binding.ts'
import { watchDeviceFile } from './device-file.ts'
import { wordsOf } from './driver-words.ts'

type SerialModule = typeof import('serialport')

type Loading =
  | { readonly ok: true; readonly serial: SerialModule }
  | { readonly ok: false; readonly problem: { readonly kind: 'module-does-not-load'; readonly detail: string } }

let loading: Promise<Loading> | null = null

/** Loads serialport when it is first wanted, so that a till without it still starts. */
function load(): Promise<Loading> {
  loading ??= import('serialport').then(
    (serial) => ({ ok: true, serial }) as const,
    (error: unknown) => ({ ok: false, problem: { kind: 'module-does-not-load', detail: wordsOf(error) } }) as const,
  )
  return loading
}

/** The serial half of the real binding. Every opening makes an instance of its own: a former one keeps stale bytes. */
export const serialBinding = {
  async listSerial(): Promise<Listing<SerialListing>> {
    const loaded = await load()
    if (!loaded.ok) return loaded
    try {
      const found = await loaded.serial.SerialPort.list()
      return { ok: true, devices: found.map(listingOf) }
    } catch (error) {
      // On Linux the package asks the program udevadm, which a small system may lack (hardware.md §4).
      return { ok: false, problem: { kind: 'listing-failed', detail: wordsOf(error) } }
    }
  },

  async openSerial(path: string, settings: PortSettings, listeners: DeviceListeners): Promise<Opening> {
    const loaded = await load()
    if (!loaded.ok) return loaded
    const { baudRate, dataBits, parity, stopBits, flowControl } = settings
    try {
      const port = new loaded.serial.SerialPort({
        path,
        baudRate,
        dataBits,
        parity,
        stopBits,
        rtscts: flowControl === 'hardware',
        xon: flowControl === 'software',
        xoff: flowControl === 'software',
        autoOpen: false,
      })
      const opened = Promise.withResolvers<Error | null>()
      let open = true
      const gone = (): void => {
        if (!open) return
        open = false
        // Never opened again: bytes and listeners of this instance end with it.
        if (port.isOpen) port.close(() => undefined)
        listeners.onGone()
      }
      port.on('data', (bytes: Buffer) => {
        if (open) listeners.onData(bytes)
      })
      port.open((error) => opened.resolve(error))
      const error = await opened.promise
      if (error) return { ok: false, problem: openingProblem(error) }
      port.on('error', gone)
      port.on('close', gone)
      const close = (): Promise<void> => {
        open = false
        return new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()))
      }
      return { ok: true, device: { close, isThere: await watchDeviceFile(path) } }
    } catch (error) {
      return { ok: false, problem: { kind: 'failed', detail: wordsOf(error) } }
    }
  },
} satisfies Pick<Binding, 'listSerial' | 'openSerial'>

type Port = Awaited<ReturnType<SerialModule['SerialPort']['list']>>[number]

function listingOf({ path, manufacturer, pnpId, vendorId, productId, serialNumber }: Port): SerialListing {
  return {
    path,
    name: manufacturer || pnpId || 'serial port',
    vendorId: hexadecimal(vendorId),
    productId: hexadecimal(productId),
    serialNumber: serialNumber || null,
  }
}

/** The list gives ids as hexadecimal text. */
function hexadecimal(text: string | undefined): number | null {
  return text !== undefined && /^[0-9a-fA-F]{1,4}$/.test(text) ? Number.parseInt(text, 16) : null
}

/** What the driver's words mean; Windows says "access denied" for a port that another program has open. */
export function openingProblem(error: unknown, platform: NodeJS.Platform = process.platform): OpeningProblem {
  const detail = wordsOf(error)
  if (/no such file|file not found|cannot find/i.test(detail)) return { kind: 'absent', detail }
  if (/cannot lock|resource temporarily unavailable|busy|in use/i.test(detail)) return { kind: 'busy', detail }
  if (/permission denied|access denied/i.test(detail)) {
    return { kind: platform === 'win32' ? 'busy' : 'no-access', detail }
  }
  return { kind: 'failed', detail }
}
