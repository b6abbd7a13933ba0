import { access, constants } from 'node:fs/promises'
import type { Binding, DeviceListeners, HidListing, Listing, Opening, OpeningProblem } from './binding.ts'
import { watchDeviceFile } from './device-file.ts'
import { wordsOf } from './driver-words.ts'

type NodeHid = typeof import('node-hid')

type Loading =
  | { readonly ok: true; readonly hid: NodeHid }
  | { readonly ok: false; readonly problem: { readonly kind: 'module-does-not-load'; readonly detail: string } }

let loading: Promise<Loading> | null = null

/** Loads node-hid when it is first wanted, so that a till without it still starts. */
function load(): Promise<Loading> {
  loading ??= import('node-hid')
    .then(({ default: hid }) => {
      // The package itself puts its compiled part off until the first call; this one asks no device.
      hid.getHidapiVersion()
      return { ok: true, hid } as const
    })
    .catch(
      (error: unknown) => ({ ok: false, problem: { kind: 'module-does-not-load', detail: wordsOf(error) } }) as const,
    )
  return loading
}

/** The HID half of the real binding: node-hid, and of it only what does not block (hardware.md §5). */
export const hidBinding = {
  async listHid(): Promise<Listing<HidListing>> {
    const loaded = await load()
    if (!loaded.ok) return loaded
    try {
      const found = await loaded.hid.devicesAsync()
      return { ok: true, devices: found.flatMap((device) => (device.path ? listingOf(device, device.path) : [])) }
    } catch (error) {
      return { ok: false, problem: { kind: 'listing-failed', detail: wordsOf(error) } }
    }
  },

  async openHid(path: string, listeners: DeviceListeners): Promise<Opening> {
    const loaded = await load()
    if (!loaded.ok) return loaded
    const refused = await accessProblem(path)
    if (refused) return { ok: false, problem: refused }
    try {
      const device = await loaded.hid.HIDAsync.open(path)
      let open = true
      const close = async (): Promise<void> => {
        if (!open) return
        open = false
        await device.close().catch(() => undefined)
      }
      device.on('data', (bytes: Buffer) => {
        if (open) listeners.onData(bytes)
      })
      // Without a listener an unplug would end the process. The value is a string, and no close event follows.
      device.on('error', () => {
        if (!open) return
        void close()
        listeners.onGone()
      })
      return { ok: true, device: { close, isThere: await watchDeviceFile(path) } }
    } catch (error) {
      return { ok: false, problem: { kind: 'failed', detail: wordsOf(error) } }
    }
  },
} satisfies Pick<Binding, 'listHid' | 'openHid'>

type Device = Awaited<ReturnType<NodeHid['devicesAsync']>>[number]

function listingOf(device: Device, path: string): HidListing {
  const { vendorId, productId, serialNumber, manufacturer, product, usagePage, usage } = device
  return {
    path,
    name: [manufacturer, product].filter(Boolean).join(' ').trim() || 'unnamed device',
    vendorId,
    productId,
    serialNumber: serialNumber || null,
    usagePage: usagePage ?? null,
    usage: usage ?? null,
  }
}

/** Linux tells by the device file what hidapi's own error does not. */
async function accessProblem(path: string): Promise<OpeningProblem | null> {
  if (process.platform !== 'linux' || !path.startsWith('/dev/')) return null
  try {
    await access(path, constants.R_OK | constants.W_OK)
    return null
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { kind: missing ? 'absent' : 'no-access', detail: wordsOf(error) }
  }
}
