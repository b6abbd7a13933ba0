import type {
  Binding,
  DeviceListeners,
  HidListing,
  Listing,
  ListingProblem,
  Opening,
  OpeningProblem,
  SerialListing,
} from './binding.ts'

/** Hardware that a test plugs in, pulls out and breaks. Data and unplugging reach the listeners at once. */
export function createMockBinding() {
  const hid: HidListing[] = []
  const serial: SerialListing[] = []
  const refusals = new Map<string, OpeningProblem>()
  const open = new Map<string, DeviceListeners>()
  const openings: string[] = []
  const removedFiles = new Set<string>()
  let serialListings = 0
  let listingProblem: ListingProblem | null = null

  const list = <Device>(devices: readonly Device[]): Promise<Listing<Device>> =>
    Promise.resolve(listingProblem ? { ok: false, problem: listingProblem } : { ok: true, devices: [...devices] })

  const openPath = async (path: string, listeners: DeviceListeners): Promise<Opening> => {
    openings.push(path)
    const refusal = refusals.get(path)
    if (refusal) return { ok: false, problem: refusal }
    if (![...hid, ...serial].some((device) => device.path === path)) {
      return { ok: false, problem: { kind: 'absent', detail: 'no such file or directory' } }
    }
    open.set(path, listeners)
    return {
      ok: true,
      device: { close: async () => void open.delete(path), isThere: async () => !removedFiles.has(path) },
    }
  }

  const binding: Binding = {
    listHid: () => list(hid),
    listSerial: () => {
      serialListings += 1
      return list(serial)
    },
    openHid: openPath,
    openSerial: (path, _settings, listeners) => openPath(path, listeners),
  }

  const remove = (devices: { readonly path: string }[], path: string): void => {
    const index = devices.findIndex((device) => device.path === path)
    if (index >= 0) devices.splice(index, 1)
  }

  return {
    binding,
    serialListings: (): number => serialListings,
    /** Every path that was tried, in order. */
    openings: openings as readonly string[],
    /** The device file goes, and neither an event nor a list tells. */
    removeFile: (path: string): void => void removedFiles.add(path),
    isOpen: (path: string): boolean => open.has(path),
    plugHid: (device: Partial<HidListing> & { readonly path: string }): void => {
      const gun = { name: 'Gun', vendorId: 0x1234, productId: 0x10, serialNumber: null, usagePage: 0x8c, usage: 2 }
      hid.push({ ...gun, ...device })
    },
    plugSerial: (device: Partial<SerialListing> & { readonly path: string }): void => {
      serial.push({ name: 'Port', vendorId: null, productId: null, serialNumber: null, ...device })
    },
    /** Pulls a device out; `silently` is a driver that does not tell (hardware.md §4). */
    unplug: (path: string, { silently = false } = {}): void => {
      remove(hid, path)
      remove(serial, path)
      const listeners = open.get(path)
      if (silently) return
      open.delete(path)
      listeners?.onGone()
    },
    refuse: (path: string, problem: OpeningProblem | null): void => {
      if (problem) refusals.set(path, problem)
      else refusals.delete(path)
    },
    breakListing: (problem: ListingProblem | null): void => {
      listingProblem = problem
    },
    send: (path: string, ...pieces: readonly Uint8Array[]): void => {
      for (const piece of pieces) open.get(path)?.onData(piece)
    },
  }
}
