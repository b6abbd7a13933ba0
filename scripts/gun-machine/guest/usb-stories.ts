import { setTimeout as sleep } from 'node:timers/promises'
import { listDevices } from '../../../native/scanner/device/list-devices.ts'
import { pollMs, reopenMs } from '../../../native/scanner/device/scanner-keeper.ts'
import { Failed, mustBeSame } from './compare.ts'
import { paymentCode, scanReports } from './gun-reports.ts'
import { scannerWithIdentifier } from './report-descriptors.ts'
import { anyHidPos, serialOf } from './settings.ts'
import { check, figure } from './tell.ts'
import { makeUsbGun, type UsbGun } from './usb-gun.ts'
import { type WatchedScanners, watchScanners } from './watched-scanners.ts'

const identity = {
  vendorId: 0x0c2e,
  productId: 0x0b6a,
  serialNumber: 'VG0001',
  manufacturer: 'Virtual',
  product: 'Two-Mode Gun',
} as const

/** By the second poll after it was plugged in a gun is found, and the first wait before a try may come on top. */
const reopenLimitMs = 2 * pollMs + (reopenMs[0] ?? 0)

const codeCount = 200
const burstCount = 200
const plugRounds = 6
/** Until half a code has surely reached the till, and long before its rest is given up (`partialMs`, `unterminatedMs`). */
const halfCodeMs = 50
const symbologies = ['Q1', 'C0', 'E0', 'd1'] as const
const terminators = ['\r', '\n', '\r\n', '\t'] as const
const kinds = ['hid', 'serial'] as const

type Kind = (typeof kinds)[number]
type Counter = { readonly next: () => string }

/** Codes that never repeat. */
function countedCodes(): Counter {
  let count = 0
  return {
    next: () => {
      count += 1
      return paymentCode(count)
    },
  }
}

const isUsed = (scanners: WatchedScanners, kind: string): boolean =>
  scanners.devices().some((device) => device.kind === kind && device.state === 'connected')

const textsOf = ({ scans }: WatchedScanners, kind?: Kind): readonly string[] =>
  scans.filter(({ deviceId }) => kind === undefined || deviceId.startsWith(kind)).map(({ text }) => text)

type Parts = { readonly gun: UsbGun; readonly scanners: WatchedScanners; readonly codes: Counter }

const sendOn = ({ gun }: Parts, kind: Kind, code: string): Promise<void> =>
  kind === 'hid' ? gun.sendReports(...scanReports(code, 'Q1')) : gun.sendSerial(`${code}\r`)

/** One code each way; answers both. */
async function oneEach(parts: Parts): Promise<readonly string[]> {
  const { scanners, codes } = parts
  const sent: string[] = []
  for (const kind of kinds) {
    const code = codes.next()
    sent.push(code)
    await sendOn(parts, kind, code)
    await scanners.until(`a code of the ${kind} gun`, () => scanners.scans.some(({ text }) => text === code))
  }
  return sent
}

/** The stories of a gun on the USB bus: HID POS and serial at once. */
export async function usbStories(): Promise<void> {
  const gun = makeUsbGun(identity, scannerWithIdentifier)
  const scanners = watchScanners([anyHidPos, serialOf(identity.vendorId)])
  const parts: Parts = { gun, scanners, codes: countedCodes() }
  const bothUsed = (): boolean => kinds.every((kind) => isUsed(scanners, kind))

  await check('absent-told', async () => {
    const toldAbsent = (): boolean =>
      scanners.devices().length === 2 && scanners.devices().every(({ state }) => state === 'absent')
    await scanners.until('both told as absent', toldAbsent)
    return 'HID POS and serial: absent'
  })
  await check('found', async () => {
    await gun.plug()
    const tookMs = await scanners.until('both connected', bothUsed, reopenLimitMs)
    return `${scanners
      .devices()
      .map(({ name, path }) => `${name} at ${path}`)
      .join(', ')}; after ${tookMs.toFixed(0)} ms`
  })
  await check('listed', listed)
  await check('hid-codes', () => hidCodes(parts))
  await check('hid-burst', () => hidBurst(parts))
  await check('hid-long', () => hidLong(parts))
  await check('serial-codes', () => serialCodes(parts))
  await check('both-at-once', () => bothAtOnce(parts))
  await replugging(parts, bothUsed)
  await check('wiggle', () => wiggle(parts))
  await check('process-killed', () => processKilled(parts, bothUsed))
  await check('scanned-meanwhile', () => scannedMeanwhile(parts, bothUsed))
  await scanners.close()
  gun.unplug()
}

async function listed(): Promise<string> {
  const plugged = await listDevices()
  if (plugged === null) throw new Failed('the listing process ended without an answer')
  const { hid, serial } = plugged
  if (!hid.ok || !serial.ok) throw new Failed('a list could not be made')
  const isOurs = (device: {
    vendorId: number | null
    productId: number | null
    serialNumber: string | null
  }): boolean =>
    device.vendorId === identity.vendorId &&
    device.productId === identity.productId &&
    device.serialNumber === identity.serialNumber
  const scanner = hid.devices.find((device) => isOurs(device) && device.usagePage === 0x8c && device.usage === 2)
  const port = serial.devices.find(isOurs)
  if (scanner === undefined) throw new Failed(`no such scanner among ${JSON.stringify(hid.devices)}`)
  if (port === undefined) throw new Failed(`no such port among ${JSON.stringify(serial.devices)}`)
  return `${scanner.name}, usage page 0x8c usage 0x02, ${scanner.path}; ${port.name}, ${port.path}`
}

async function hidCodes({ gun, scanners, codes }: Parts): Promise<string> {
  scanners.forget()
  const sent: string[] = []
  const tookMs: number[] = []
  for (let index = 0; index < codeCount; index += 1) {
    const code = codes.next()
    sent.push(code)
    const startedMs = performance.now()
    await gun.sendReports(...scanReports(code, symbologies[index % symbologies.length] ?? null))
    await scanners.until(`code ${index + 1}`, () => scanners.scans.length > index)
    tookMs.push((scanners.scans.at(-1)?.atMs ?? 0) - startedMs)
  }
  mustBeSame(sent, textsOf(scanners, 'hid'), 'codes')
  const expected = sent.map((_, index) => symbologies[index % symbologies.length] ?? '')
  mustBeSame(
    expected,
    scanners.scans.map(({ symbology }) => symbology ?? 'none'),
    'symbologies',
  )
  figure('hid-latency', tookMs)
  return `${sent.length} codes, ${symbologies.length} symbologies, ${scanners.drops.length} dropped`
}

async function hidBurst({ gun, scanners, codes }: Parts): Promise<string> {
  scanners.forget()
  const sent = Array.from({ length: burstCount }, () => codes.next())
  const startedMs = performance.now()
  await gun.sendReports(...sent.flatMap((code) => scanReports(code, 'Q1')))
  await scanners.until('the burst', () => scanners.scans.length >= sent.length)
  mustBeSame(sent, textsOf(scanners, 'hid'), 'codes')
  return `${sent.length} codes in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`
}

async function hidLong({ gun, scanners }: Parts): Promise<string> {
  scanners.forget()
  const counted = (length: number): string => Array.from({ length }, (_, index) => index % 10).join('')
  const sent = [56, 57, 112, 113, 300, 1_000, 3_000].map(counted)
  // Chinese characters are three bytes each, and 56 is no multiple of three: reports cut them.
  sent.push('码上收'.repeat(40), `fp01${'发票号'.repeat(25)}`)
  const reports = sent.map((text) => scanReports(text, 'Q1'))
  for (const each of reports) await gun.sendReports(...each)
  await scanners.until('the long codes', () => scanners.scans.length >= sent.length)
  mustBeSame(sent, textsOf(scanners, 'hid'), 'codes')
  return `${sent.length} codes of 56 to 3000 bytes in ${reports.flat().length} reports`
}

async function serialCodes({ gun, scanners, codes }: Parts): Promise<string> {
  scanners.forget()
  const sent: string[] = []
  const tookMs: number[] = []
  for (let index = 0; index < codeCount; index += 1) {
    const code = codes.next()
    sent.push(code)
    const startedMs = performance.now()
    await gun.sendSerial(`${code}${terminators[index % terminators.length]}`)
    await scanners.until(`code ${index + 1}`, () => scanners.scans.length > index)
    tookMs.push((scanners.scans.at(-1)?.atMs ?? 0) - startedMs)
  }
  mustBeSame(sent, textsOf(scanners, 'serial'), 'codes')
  figure('serial-latency', tookMs)
  return `${sent.length} codes, ${scanners.drops.length} dropped`
}

/** A gun reads ten times a second at most; these are sent as soon as the former code of the same gun has arrived. */
async function bothAtOnce(parts: Parts): Promise<string> {
  const { scanners, codes } = parts
  scanners.forget()
  const sent: Record<Kind, string[]> = { hid: [], serial: [] }
  const fire = async (kind: Kind): Promise<void> => {
    for (let index = 0; index < 100; index += 1) {
      const code = codes.next()
      sent[kind].push(code)
      await sendOn(parts, kind, code)
      await scanners.until(`code ${index + 1} of the ${kind} gun`, () => textsOf(scanners, kind).length > index)
    }
  }
  await Promise.all(kinds.map(fire))
  for (const kind of kinds) mustBeSame(sent[kind], textsOf(scanners, kind), kind)
  return '100 codes from each'
}

/** Sends half a code on both, pulls the gun out, waits until that is told, plugs it in again; many times. */
async function replugging(parts: Parts, bothUsed: () => boolean): Promise<void> {
  const { gun, scanners, codes } = parts
  scanners.forget()
  const sent: string[] = []
  const lostMs: Record<Kind, number[]> = { hid: [], serial: [] }
  const backMs: Record<Kind, number[]> = { hid: [], serial: [] }
  const each = async (
    times: Record<Kind, number[]>,
    what: string,
    holds: (kind: Kind) => boolean,
    act: () => Promise<void> | void,
  ): Promise<void> => {
    const startedMs = performance.now()
    await act()
    const wait = async (kind: Kind): Promise<void> => {
      const leftMs = startedMs + reopenLimitMs - performance.now()
      await scanners.until(`${kind} ${what}`, () => holds(kind), leftMs)
      times[kind].push(performance.now() - startedMs)
    }
    await Promise.all(kinds.map(wait))
  }
  await check('replugged', async () => {
    for (let round = 0; round < plugRounds; round += 1) {
      sent.push(...(await oneEach(parts)))
      const [half] = scanReports(codes.next().repeat(4), 'Q1')
      if (half !== undefined) await gun.sendReports(half)
      await gun.sendSerial(codes.next().slice(0, 9))
      await sleep(halfCodeMs)
      await each(lostMs, 'told as lost', (kind) => !isUsed(scanners, kind), gun.unplug)
      await each(backMs, 'reopened', (kind) => isUsed(scanners, kind), gun.plug)
    }
    await scanners.until('both connected', bothUsed)
    sent.push(...(await oneEach(parts)))
    for (const kind of kinds) {
      figure(`${kind}-lost`, lostMs[kind])
      figure(`${kind}-reopened`, backMs[kind])
    }
    return `${plugRounds} times, each within ${reopenLimitMs} ms; a code each way after each`
  })
  await check('half-codes', async () => {
    mustBeSame(sent, textsOf(scanners), 'codes')
    const reasons = [...new Set(scanners.drops.map(({ reason }) => reason))].sort().join(', ')
    for (const kind of kinds) {
      const told = scanners.drops.filter(({ deviceId }) => deviceId.startsWith(kind)).length
      if (told !== plugRounds)
        throw new Failed(`of ${plugRounds} halves of the ${kind} gun ${told} were told as dropped`)
    }
    return `${2 * plugRounds} halves: none became a code, each was told as ${reasons}`
  })
}

/** What a gun scans before its port is open again waits in the gun or is lost; it must not arrive in parts. */
async function wiggle(parts: Parts): Promise<string> {
  const { gun, scanners, codes } = parts
  const wasLost = (kind: Kind): boolean =>
    scanners.states.some((told) => told.kind === kind && told.state === 'connecting')
  const tookMs: number[] = []
  for (let round = 0; round < 4; round += 1) {
    scanners.forget()
    const early: string[] = []
    gun.unplug()
    await gun.plug()
    for (const kind of kinds) {
      const code = codes.next()
      early.push(code)
      await sendOn(parts, kind, code)
    }
    const reopened = (): boolean => kinds.every((kind) => wasLost(kind) && isUsed(scanners, kind))
    tookMs.push(await scanners.until('both reopened', reopened, reopenLimitMs))
    const sent = await oneEach(parts)
    const others = textsOf(scanners).filter((text) => !sent.includes(text))
    if (others.some((text, index) => !early.includes(text) || others.indexOf(text) !== index)) {
      throw new Failed('a code came that nobody scanned, or one came twice')
    }
    const told = scanners.states.filter(({ state }) => state !== 'connected' && state !== 'connecting')
    if (told.length > 0) throw new Failed(`a cashier was told ${told.map(({ state }) => state).join(', ')}`)
  }
  return `${tookMs.length} times, back after ${Math.max(...tookMs).toFixed(0)} ms at most; never told as lost`
}

async function processKilled(parts: Parts, bothUsed: () => boolean): Promise<string> {
  const { scanners } = parts
  const tookMs: number[] = []
  const sent: string[] = []
  scanners.forget()
  for (let round = 0; round < 3; round += 1) {
    const startedMs = performance.now()
    scanners.signal('SIGKILL')
    await scanners.until('told as ended', () => !bothUsed())
    await scanners.until('both connected again', bothUsed)
    tookMs.push(performance.now() - startedMs)
    sent.push(...(await oneEach(parts)))
  }
  mustBeSame(sent, textsOf(scanners), 'codes')
  figure('process-restarted', tookMs)
  return '3 times; a code each way after each'
}

/** Nobody reads the gun while the process is dead: the code waits in the gun, or is lost. */
async function scannedMeanwhile(parts: Parts, bothUsed: () => boolean): Promise<string> {
  const { scanners, codes } = parts
  scanners.forget()
  const waiting: string[] = []
  scanners.signal('SIGKILL')
  await scanners.until('told as ended', () => !bothUsed())
  for (const kind of kinds) {
    const code = codes.next()
    waiting.push(code)
    await sendOn(parts, kind, code)
  }
  await scanners.until('both connected again', bothUsed)
  const sent = await oneEach(parts)
  const strange = textsOf(scanners).filter((text) => !waiting.includes(text) && !sent.includes(text))
  if (strange.length > 0) throw new Failed(`${strange.length} codes that nobody scanned`)
  const arrived = kinds.filter((_, index) => textsOf(scanners).includes(waiting[index] ?? ''))
  return `arrived later from: ${arrived.join(', ') || 'neither'}; nothing else came`
}
