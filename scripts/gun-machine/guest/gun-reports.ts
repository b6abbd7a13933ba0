/** The bytes that guns send, made from the makers' documents (hardware.md §3.1, §3.3), not from the till's layouts. */

const reportBytes = 64
const dataBytes = 56

function scannedData(part: Uint8Array, head: Uint8Array, more: boolean, marker: number): Uint8Array {
  // Firmware leaves behind the data what stood there before.
  const report = new Uint8Array(reportBytes).fill(0x37)
  report[0] = 0x02
  report[1] = part.length
  report.set(head, 2)
  report.set(part, 2 + head.length)
  report[reportBytes - 2] = marker
  report[reportBytes - 1] = more ? 1 : 0
  return report
}

/** The reports of one code; `symbology` is the AIM identifier behind its `]`, null for a make that sends none. */
export function scanReports(text: string, symbology: string | null): readonly Uint8Array[] {
  const data = Buffer.from(text, 'utf8')
  const head = symbology === null ? new Uint8Array() : Buffer.from(`]${symbology}`, 'latin1')
  const parts = Array.from({ length: Math.max(1, Math.ceil(data.length / dataBytes)) }, (_, index) =>
    data.subarray(index * dataBytes, (index + 1) * dataBytes),
  )
  return parts.map((part, index) => scannedData(part, head, index < parts.length - 1, 0))
}

const usageOf = (character: string): { readonly usage: number; readonly shift: boolean } => {
  if (character === '\r') return { usage: 0x28, shift: false }
  const letter = character.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0)
  if (letter >= 0 && letter < 26) return { usage: 0x04 + letter, shift: character !== character.toLowerCase() }
  const digit = Number(character)
  return { usage: digit === 0 ? 0x27 : 0x1d + digit, shift: false }
}

/** The boot reports of a keyboard gun that types letters and digits: each key down, then all up. */
export function keyReports(text: string): readonly Uint8Array[] {
  return [...text].flatMap((character) => {
    const { usage, shift } = usageOf(character)
    return [Uint8Array.from([shift ? 0x02 : 0, 0, usage, 0, 0, 0, 0, 0]), new Uint8Array(8)]
  })
}

/** A payment code that no wallet gave out: Alipay's form, counted on. */
export const paymentCode = (count: number): string => `28${String(count).padStart(16, '0')}`
