import { constants } from 'node:fs'
import { access, readdir, readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Listing, SerialListing } from '../scanner/binding/binding.ts'
import { realBinding as scannerBinding } from '../scanner/binding/real-binding.ts'
import { realBinding } from './binding/real-binding.ts'
import type { QueueListing } from './binding/spooler.ts'
import type { PrinterAddress } from './printer-address.ts'

/** Something that is plugged in, or set up in the system, and is or may be a printer. */
export type FoundPrinter = {
  readonly name: string
  readonly address: Exclude<PrinterAddress, { readonly kind: 'tcp' }>
  /** A serial port may be anything. */
  readonly isPrinter: 'yes' | 'maybe'
  /** Why it cannot be used as it is; null for one that can, as far as its file tells. */
  readonly because: 'no-access' | null
}

/** A place that could not be looked at. */
export type FindingProblem = { readonly source: 'serial-ports' | 'spooler'; readonly detail: string }

export type FoundPrinters = {
  readonly printers: readonly FoundPrinter[]
  readonly problems: readonly FindingProblem[]
}

/** Where to look; this machine where it is left out. */
export type PrinterPlaces = {
  readonly listSerial: () => Promise<Listing<SerialListing>>
  readonly queues: (signal: AbortSignal) => Promise<QueueListing>
  readonly devFolder: string
  readonly sysFolder: string
}

const thisMachine: PrinterPlaces = {
  listSerial: scannerBinding.listSerial,
  queues: realBinding.spooler.queues,
  devFolder: '/dev',
  sysFolder: '/sys',
}

/**
 * What is plugged in: device files of USB printers, serial ports by their stable names, and the queues of the spooler.
 * Printers in the network cannot be found, only tried. Opens nothing and never rejects.
 */
export async function findPrinters(signal: AbortSignal, places: Partial<PrinterPlaces> = {}): Promise<FoundPrinters> {
  const { listSerial, queues, devFolder, sysFolder } = { ...thisMachine, ...places }
  const [files, serial, queueList] = await Promise.all([
    deviceFiles(devFolder, sysFolder),
    listSerial(),
    queues(signal),
  ])
  const ports = serial.ok ? await serialPorts(serial.devices, devFolder) : []
  const inSpooler = (queueList.ok ? queueList.queues : []).map(
    (queue): FoundPrinter => ({ name: queue, address: { kind: 'spooler', queue }, isPrinter: 'yes', because: null }),
  )
  return {
    printers: [...files, ...ports, ...inSpooler],
    problems: [
      ...(serial.ok ? [] : [{ source: 'serial-ports', detail: serial.problem.detail } as const]),
      ...(queueList.ok ? [] : [{ source: 'spooler', detail: queueList.detail } as const]),
    ],
  }
}

/** USB printers of Linux's usblp, each once, by the link that a udev rule made where there is one (docs/printers.md). */
async function deviceFiles(devFolder: string, sysFolder: string): Promise<readonly FoundPrinter[]> {
  const links = await linksIn(join(devFolder, 'usb'))
  const numbered = [...new Set(links.values())].filter((path) => /^lp\d+$/.test(basename(path)))
  return Promise.all(
    numbered.map(async (target): Promise<FoundPrinter> => {
      const stable = [...links].find(([link, to]) => to === target && basename(link) !== basename(target))?.[0]
      const path = stable ?? target
      const name = (await nameOfPrinter(join(sysFolder, 'class/usbmisc', basename(target)))) ?? basename(target)
      return { name, address: { kind: 'device-file', path }, isPrinter: 'yes', because: await accessProblem(target) }
    }),
  )
}

/** MFG and MDL of the device's own IEEE 1284 id. */
async function nameOfPrinter(folder: string): Promise<string | null> {
  const id = await readFile(join(folder, 'device/ieee1284_id'), 'utf8').catch(() => '')
  const field = (...names: readonly string[]): string | undefined =>
    id
      .split(';')
      .map((each) => each.split(':'))
      .find(([key = '']) => names.includes(key.trim()))?.[1]
      ?.trim()
  const parts = [field('MFG', 'MANUFACTURER'), field('MDL', 'MODEL')].filter((part) => part !== undefined)
  return parts.length === 0 ? null : parts.join(' ')
}

async function serialPorts(devices: readonly SerialListing[], devFolder: string): Promise<readonly FoundPrinter[]> {
  const links = await linksIn(join(devFolder, 'serial/by-id'))
  return Promise.all(
    devices.map(async ({ path: port, name }): Promise<FoundPrinter> => {
      const path = [...links].find(([, target]) => target === port)?.[0] ?? port
      const address = { kind: 'serial', path, baudRate: 9_600, flow: 'rts-cts' } as const
      return { name, address, isPrinter: 'maybe', because: await accessProblem(port) }
    }),
  )
}

/** Each entry of a folder with what it leads to; none where there is no such folder, as on Windows. */
async function linksIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const pairs = await Promise.all(
    names.toSorted().map(async (name) => {
      const path = join(folder, name)
      return [path, await realpath(path).catch(() => path)] as const
    }),
  )
  return new Map(pairs)
}

/** Where devices are files, their rights tell; elsewhere only opening does. */
async function accessProblem(path: string): Promise<FoundPrinter['because']> {
  if (!path.startsWith('/')) return null
  return access(path, constants.R_OK | constants.W_OK).then(
    () => null,
    () => 'no-access',
  )
}
