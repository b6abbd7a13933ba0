import { chmodSync, chownSync } from 'node:fs'
import { plainUser } from '../users.ts'
import { Failed, mustBeSame } from './compare.ts'
import { keyReports, paymentCode, scanReports } from './gun-reports.ts'
import { bootKeyboard, scannerWithIdentifier, scannerWithoutIdentifier } from './report-descriptors.ts'
import { anyHidPos, keyboardOf } from './settings.ts'
import { check, figure } from './tell.ts'
import { type HidGun, plugHidGun } from './uhid-gun.ts'
import { type WatchedScanners, watchScanners } from './watched-scanners.ts'

const newland = { name: 'Newland-like Gun', vendorId: 0x1eab, productId: 0x1a10, serialNumber: 'N1' } as const
const unknown = { name: 'Nameless Gun', vendorId: 0x1234, productId: 0x0010, serialNumber: 'U1' } as const
const twin = { name: 'Cheap Gun', vendorId: 0x2dd6, productId: 0x0011, serialNumber: '' } as const
const keyboard = { name: 'Keyboard Gun', vendorId: 0x05e0, productId: 0x1200, serialNumber: 'K1' } as const

/** Reports that the kernel keeps for a reader that does not read (HIDRAW_BUFFER_SIZE of linux/hidraw.h, one stays free). */
const ringReports = 63

const usedCount = (scanners: WatchedScanners): number =>
  scanners.devices().filter(({ state }) => state === 'connected').length

/** Sends codes one after the other; answers how long each took from its last report to the till. */
async function sendCodes(
  scanners: WatchedScanners,
  gun: HidGun,
  codes: readonly string[],
  reportsOf: (code: string) => readonly Uint8Array[],
): Promise<readonly number[]> {
  const before = scanners.scans.length
  const tookMs: number[] = []
  for (const [index, code] of codes.entries()) {
    const reports = reportsOf(code)
    const startedMs = performance.now()
    gun.send(...reports)
    await scanners.until(`code ${index + 1}`, () => scanners.scans.length > before + index)
    tookMs.push((scanners.scans.at(-1)?.atMs ?? 0) - startedMs)
  }
  return tookMs
}

const codesFrom = (start: number, length: number): readonly string[] =>
  Array.from({ length }, (_, index) => paymentCode(start + index))

const textsOf = ({ scans }: WatchedScanners): readonly string[] => scans.map(({ text }) => text)

/** Plugs a gun in, waits until it is used, and pulls it out when the story is over. */
async function withGun(
  scanners: WatchedScanners,
  guns: readonly HidGun[],
  story: () => Promise<string>,
): Promise<string> {
  scanners.forget()
  try {
    await scanners.until(`${guns.length} guns connected`, () => usedCount(scanners) === guns.length)
    return await story()
  } finally {
    for (const gun of guns) gun.unplug()
    await scanners.until('the guns are gone', () => usedCount(scanners) === 0)
  }
}

/** The stories of HID guns of several makes, on no bus. */
export async function hidStories(): Promise<void> {
  const scanners = watchScanners([anyHidPos, keyboardOf(keyboard.vendorId)])
  await check('no-identifier', () => {
    const gun = plugHidGun(newland, scannerWithoutIdentifier)
    return withGun(scanners, [gun], async () => {
      const codes = codesFrom(10_000, 200)
      figure('uhid-latency', await sendCodes(scanners, gun, codes, (code) => scanReports(code, null)))
      mustBeSame(codes, textsOf(scanners), 'codes')
      return `${codes.length} codes`
    })
  })
  await check('unknown-make', () => {
    const gun = plugHidGun(unknown, scannerWithIdentifier)
    return withGun(scanners, [gun], async () => {
      const codes = codesFrom(20_000, 100)
      await sendCodes(scanners, gun, codes, (code) => scanReports(code, 'Q1'))
      mustBeSame(codes, textsOf(scanners), 'codes')
      if (scanners.scans.some(({ symbology }) => symbology !== 'Q1')) throw new Failed('a symbology is wrong')
      return `${codes.length} codes with symbology`
    })
  })
  await check('two-alike', () => twoAlike(scanners))
  await check('keyboard', () => {
    const gun = plugHidGun(keyboard, bootKeyboard)
    return withGun(scanners, [gun], async () => {
      const codes = [...codesFrom(40_000, 100), 'Sku7Abc000Zz']
      await sendCodes(scanners, gun, codes, (code) => keyReports(`${code}\r`))
      mustBeSame(codes, textsOf(scanners), 'codes')
      return `${codes.length} codes, key by key`
    })
  })
  await check('overflow', () => overflow(scanners))
  await scanners.close()
  await check('no-permission', noPermission)
}

async function twoAlike(scanners: WatchedScanners): Promise<string> {
  const guns = [plugHidGun(twin, scannerWithIdentifier), plugHidGun(twin, scannerWithIdentifier)] as const
  return withGun(scanners, guns, async () => {
    const sent = codesFrom(30_000, 100)
    for (const [index, code] of sent.entries()) {
      await sendCodes(scanners, guns[index % 2 === 0 ? 0 : 1], [code], (text) => scanReports(text, 'Q1'))
    }
    mustBeSame(sent, textsOf(scanners), 'codes')
    const names = [0, 1].map((rest) =>
      scanners.scans.filter((_, index) => index % 2 === rest).map((scan) => scan.deviceId),
    )
    const [one, other] = names.map((ids) => new Set(ids))
    if (one?.size !== 1 || other?.size !== 1 || [...one][0] === [...other][0]) throw new Failed('names are mixed up')
    return `${sent.length} codes, each under its gun’s own name`
  })
}

async function overflow(scanners: WatchedScanners): Promise<string> {
  const gun = plugHidGun(unknown, scannerWithIdentifier)
  return withGun(scanners, [gun], async () => {
    const sent = codesFrom(50_000, 100)
    scanners.signal('SIGSTOP')
    for (const code of sent) gun.send(...scanReports(code, 'Q1'))
    scanners.signal('SIGCONT')
    const last = paymentCode(59_999)
    await scanners.until('what the kernel kept', () => scanners.scans.length >= ringReports)
    gun.send(...scanReports(last, 'Q1'))
    await scanners.until('a code afterwards', () => textsOf(scanners).includes(last))
    const kept = textsOf(scanners).length - 1
    mustBeSame([...sent.slice(0, kept), last], textsOf(scanners), 'codes')
    return `of ${sent.length} in one go while the process stood still, the first ${kept} arrived`
  })
}

async function noPermission(): Promise<string> {
  const gun = plugHidGun(newland, scannerWithoutIdentifier)
  const scanners = watchScanners([anyHidPos], plainUser.userId)
  try {
    await scanners.until('told as not permitted', () => scanners.devices().some(({ state }) => state === 'no-access'))
    const path = scanners.devices()[0]?.path ?? ''
    chownSync(path, plainUser.userId, plainUser.groupId)
    chmodSync(path, 0o600)
    await scanners.until('connected', () => usedCount(scanners) === 1)
    const codes = codesFrom(60_000, 10)
    await sendCodes(scanners, gun, codes, (code) => scanReports(code, null))
    mustBeSame(codes, textsOf(scanners), 'codes')
    return 'as a user without rights: no-access, then connected'
  } finally {
    gun.unplug()
    await scanners.close()
  }
}
