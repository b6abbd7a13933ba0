import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { markdownTable } from '../figures/markdown-table.ts'
import { makeBill } from './made-bill.ts'

const reader = new URL('../bill-reader.ts', import.meta.url).pathname
const ways = ['ours', 'udsv', 'csv-parse'] as const

type Reading = { readonly rows: number; readonly elapsedMs: number; readonly cpuMs: number; readonly peakMb: number }

/** Reads the same made bill in each way, in turn, each time in a process of its own; the best of the rounds counts. */
export async function billThroughputTable(directory: string, lines: number, rounds: number): Promise<string> {
  const folder = await mkdtemp(join(directory, 'scantill-bill-'))
  try {
    const file = join(folder, 'bill.csv')
    await makeBill(file, lines)
    const best = new Map<string, Reading>()
    for (let round = 0; round < rounds; round++) {
      for (const way of ways) {
        const reading = await readBy(way, file, lines)
        const known = best.get(way)
        if (known === undefined || reading.cpuMs < known.cpuMs) best.set(way, reading)
      }
    }
    const ours = best.get('ours')
    const rows = ways.map((way) => {
      const { rows: count, elapsedMs, cpuMs, peakMb } = best.get(way) ?? { rows: 0, elapsedMs: 0, cpuMs: 0, peakMb: 0 }
      const faster = cpuMs / (ours?.cpuMs ?? 1)
      return [
        way,
        count,
        elapsedMs.toFixed(0),
        cpuMs.toFixed(0),
        faster.toFixed(1),
        peakMb.toFixed(0),
        ((ours?.peakMb ?? 0) / peakMb).toFixed(2),
      ].map(String)
    })
    const { size } = await stat(file)
    const head = ['way', 'rows', 'ms', 'CPU ms', 'CPU against ours', 'peak MB', 'our memory against it']
    return `${lines} lines, ${Math.round(size / 1e6)} MB, best of ${rounds}.\n\n${markdownTable(head, rows)}`
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Reads one long bill as the till does: the others hold the whole file, which is longer than a string may be. */
export async function longBillTable(directory: string, lines: number): Promise<string> {
  const folder = await mkdtemp(join(directory, 'scantill-bill-'))
  try {
    const file = join(folder, 'bill.csv')
    await makeBill(file, lines)
    const { rows, elapsedMs, cpuMs, peakMb } = await readBy('ours', file, lines)
    const { size } = await stat(file)
    const row = [rows, elapsedMs.toFixed(0), cpuMs.toFixed(0), peakMb.toFixed(0)].map(String)
    return `${lines} lines, ${Math.round(size / 1e6)} MB.\n\n${markdownTable(['rows', 'ms', 'CPU ms', 'peak MB'], [row])}`
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function readBy(way: string, file: string, lines: number): Promise<Reading> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=8192',
    reader,
    way,
    file,
    String(lines),
  ])
  // Written by the process above and by nothing else.
  return JSON.parse(stdout) as Reading
}
