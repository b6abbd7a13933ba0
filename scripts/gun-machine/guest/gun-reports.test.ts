import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Framer } from '../../../native/scanner/framing/framer.ts'
import { createHidPosFramer } from '../../../native/scanner/framing/hid-pos-framer.ts'
import { createKeyboardFramer } from '../../../native/scanner/framing/keyboard-framer.ts'
import { scanText } from '../../../native/scanner/framing/scan-text.ts'
import { difference } from './compare.ts'
import { keyReports, paymentCode, scanReports } from './gun-reports.ts'
import { bootKeyboard, scannerWithIdentifier, scannerWithoutIdentifier } from './report-descriptors.ts'

const read = (framer: Framer, reports: readonly Uint8Array[]): readonly string[] =>
  reports
    .flatMap((report) => framer.take(report, 0))
    .map((framing) =>
      framing.kind === 'scan' ? `${framing.scan.symbology} ${scanText(framing.scan)}` : framing.reason,
    )

test('what the virtual guns send is what the till’s framers read, though each was written from the documents alone', () => {
  const text = fc.stringMatching(/^[0-9a-z码上收]{1,200}$/)
  fc.assert(
    fc.property(text, (code) => {
      assert.deepEqual(read(createHidPosFramer('aim'), scanReports(code, 'Q1')), [`Q1 ${code}`])
      assert.deepEqual(read(createHidPosFramer('plain'), scanReports(code, null)), [`null ${code}`])
    }),
    { numRuns: 50 },
  )
  const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' } as const
  assert.deepEqual(read(createKeyboardFramer(line), keyReports('Sku0123456789zZ\r')), ['null Sku0123456789zZ'])
})

/** Bits of all input reports together: report size times report count at each input item (HID 1.11 §6.2.2). */
function inputBits(descriptor: Uint8Array): number {
  let bits = 0
  let size = 0
  let count = 0
  for (let at = 0; at < descriptor.length; ) {
    const prefix = descriptor[at] ?? 0
    const length = [0, 1, 2, 4][prefix & 3] ?? 0
    const value = descriptor[at + 1] ?? 0
    if ((prefix & 0xfc) === 0x74) size = value
    if ((prefix & 0xfc) === 0x94) count = value
    if ((prefix & 0xfc) === 0x80) bits += size * count
    at += 1 + length
  }
  return bits
}

test('the descriptors tell of reports as long as those that are sent', () => {
  const [report] = scanReports(paymentCode(1), 'Q1')
  const [keys] = keyReports('1')
  for (const descriptor of [scannerWithIdentifier, scannerWithoutIdentifier]) {
    assert.equal(1 + inputBits(descriptor) / 8, report?.length)
  }
  assert.equal(inputBits(bootKeyboard) / 8, keys?.length)
})

test('what is missing, doubled, changed or out of order is told without a code', () => {
  const sent = [1, 2, 3].map(paymentCode)
  const [one = '', two = '', three = ''] = sent
  assert.equal(difference(sent, [one, two, three]), null)
  assert.equal(difference(sent, [one, two]), '2 arrived of 3: the 3. is missing')
  assert.equal(difference(sent, [one, three]), '2 arrived of 3: in place of the 2. came the 3.')
  assert.match(difference(sent, [one, one, two, three]) ?? '', /in place of the 2\. came the 1\./)
  assert.match(difference(sent, [one, two, three, three]) ?? '', /one that nobody sent came last/)
  assert.match(
    difference(sent, [one, two.slice(1), three]) ?? '',
    /is none that was sent, it has 17 characters in place of 18/,
  )
})
