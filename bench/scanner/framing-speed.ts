import type { Framer } from '../../native/scanner/framing/framer.ts'
import { createHidPosFramer } from '../../native/scanner/framing/hid-pos-framer.ts'
import { createKeyboardFramer } from '../../native/scanner/framing/keyboard-framer.ts'
import { createLineFramer } from '../../native/scanner/framing/line-framer.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'

const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' } as const
const code = '281234567890123456'

/** What one scan of a payment code is on each way, piece by piece. */
const ways: readonly { readonly name: string; readonly framer: Framer; readonly pieces: readonly Uint8Array[] }[] = [
  { name: 'HID POS, one report', framer: createHidPosFramer('plain'), pieces: [hidReport()] },
  { name: 'serial, in one piece', framer: createLineFramer(line), pieces: [Buffer.from(`${code}\r`)] },
  {
    name: 'serial, byte by byte',
    framer: createLineFramer(line),
    pieces: [...`${code}\r`].map((each) => Buffer.from(each)),
  },
  { name: 'keyboard reports', framer: createKeyboardFramer(line), pieces: keyReports() },
]

function hidReport(): Uint8Array {
  const report = new Uint8Array(64)
  report.set([2, code.length])
  report.set(Buffer.from(code), 2)
  return report
}

function keyReports(): readonly Uint8Array[] {
  const usages = [...[...code].map((digit) => (digit === '0' ? 0x27 : 0x1d + Number(digit))), 0x28]
  return usages.flatMap((usage) => [Uint8Array.from([0, 0, usage, 0, 0, 0, 0, 0]), new Uint8Array(8)])
}

/** Microseconds from a scan's first piece to the framed code, each way, as a table. */
export function framingSpeedTable(scans: number): string {
  const rows = ways.map(({ name, framer, pieces }) => {
    const tookUs = Array.from({ length: scans }, (_, index) => {
      const startedMs = performance.now()
      for (const piece of pieces) framer.take(piece, index * 1_000)
      return (performance.now() - startedMs) * 1_000
    })
    const sorted = ascending(tookUs)
    return [name, quantile(sorted, 0.5).toFixed(1), quantile(sorted, 0.99).toFixed(1)]
  })
  return markdownTable(['way', 'p50 µs', 'p99 µs'], rows)
}
