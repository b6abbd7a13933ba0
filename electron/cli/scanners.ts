import { access } from 'node:fs/promises'
import type { ListingProblem } from '../../native/scanner/binding/binding.ts'
import { realBinding } from '../../native/scanner/binding/real-binding.ts'
import { wantedDevices } from '../../native/scanner/device/wanted.ts'
import { settingsAt } from '../assembly/assemble.ts'
import { type FoundScanner, foundScanners } from '../assembly/found-scanners.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { type ExitCode, exitCodes } from './output.ts'
import type { CommandContext } from './session.ts'

/**
 * `scanners`: what is plugged in, a line each, whether the till reads it, and why not. Opens no device, so that it works
 * beside a running till.
 */
export async function scanners({ place, output }: CommandContext): Promise<ExitCode> {
  const reading = await settingsAt(place)
  if (!reading.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: reading.problems })
    output.say(sentence)
    return exitCode
  }
  const { settings } = reading
  const [hid, serial] = await Promise.all([realBinding.listHid(), realBinding.listSerial()])
  for (const [package_, list] of [
    ['node-hid', hid],
    ['serialport', serial],
  ] as const) {
    if (list.ok) continue
    const because = listingWords(package_, list.problem)
    output.line({ type: 'listing', package: package_, ok: false, because }, because)
  }

  const wanted = wantedDevices(settings.scanners, { hid, serial })
  const found = await foundScanners({ hid, serial }, settings.scanners)
  let used = 0
  for (const { because: reason, ...device } of found) {
    const isUsed = reason === null
    const because = isUsed ? null : notUsedWords({ ...device, because: reason })
    if (isUsed) used += 1
    output.line(
      { type: 'scanner', ...device, used: isUsed, because },
      `${isUsed ? 'used' : 'not used'}  ${device.kind.padEnd(8)}  ${device.path}  ${device.name}${because ? `: ${because}` : ''}`,
    )
  }

  // What the configuration asks for and no list shows; a port typed by hand may be there all the same.
  const missing = wanted.filter(({ path, settings: each }) =>
    path === null ? each.kind !== 'hid' : !found.some((device) => device.path === path),
  )
  for (const { settings: each, path } of missing) {
    const there = path !== null && (await isThere(path))
    if (there) used += 1
    const because = there ? null : 'the configuration asks for it, and it is not plugged in'
    const where = path ?? 'no such device'
    const nothing = { name: each.kind, vendorId: null, productId: null, serialNumber: null }
    output.line(
      { type: 'scanner', kind: each.kind, path, ...nothing, used: there, because },
      `${there ? 'used' : 'not used'}  ${each.kind.padEnd(8)}  ${where}${because ? `: ${because}` : ''}`,
    )
  }
  const wedge = 'Guns that type like a keyboard need no setting: the window takes them wherever the focus is.'
  output.line({ type: 'result', found: found.length, used }, `${found.length} found, ${used} used. ${wedge}`)
  return exitCodes.done
}

function notUsedWords({ kind, path, vendorId, productId, because }: FoundScanner): string {
  if (because === 'no-access') return noAccessWords(kind, path, vendorId)
  switch (kind) {
    case 'hid':
      return 'no entry of "scanners" in the configuration matches it; add {"kind": "hid"}'
    case 'keyboard':
      return `it is in keyboard mode, so the window reads it; set it to HID POS or USB-COM by a code of its manual for more (${vendorId}:${productId})`
    case 'serial':
      return 'no entry of "scanners" names it; if it is a gun, add {"kind": "serial", "path": …} with this path'
  }
}

/** The command that mends a missing right. */
function noAccessWords(kind: FoundScanner['kind'], path: string, vendorId: string | null): string {
  if (kind === 'serial') {
    return `no permission for ${path}; run: sudo usermod -aG dialout "$USER", then log out and in`
  }
  return `no permission for ${path}; install the udev rule for vendor ${vendorId} of docs/scanners.md, then plug it in again`
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}

function listingWords(package_: 'node-hid' | 'serialport', { kind, detail }: ListingProblem): string {
  const what = package_ === 'node-hid' ? 'HID guns' : 'serial ports'
  const hint = /libusb|libudev/.test(detail)
    ? ' Run: sudo apt-get install libusb-1.0-0 libudev1'
    : /udevadm/.test(detail)
      ? ' Run: sudo apt-get install udev'
      : ''
  const why = kind === 'module-does-not-load' ? `${package_} does not load here` : `${package_} could not list them`
  return `No ${what}, because ${why} (${detail}).${hint}`
}
