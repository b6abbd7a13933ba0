import { spawn } from 'node:child_process'
import { serialBinding } from '../../native/scanner/binding/serial-binding.ts'
import { machineMs } from '../../native/scanner/device/keeper-time.ts'
import { openScanners } from '../../native/scanner/scanners.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'

const port = { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' } as const
const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' } as const
const match = { vendorId: null, productId: null, serialNumber: null }

type Terminal = { readonly path: string; readonly send: (text: string) => void; readonly end: () => void }

/** A serial line without hardware, by the program `script` of every Linux. */
async function openTerminal(): Promise<Terminal> {
  const child = spawn('script', ['-qfec', 'tty; exec sleep 600', '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const path = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString('utf8').trim()))
  })
  return { path, send: (text) => void child.stdin.write(text), end: () => void child.kill('SIGKILL') }
}

type Way = (terminal: Terminal, onCode: () => void) => Promise<() => void>

/** Sends one code after the other, each once the former has arrived; milliseconds from writing until it is there. */
async function arrivals(codes: number, open: Way) {
  const terminal = await openTerminal()
  const tookMs: number[] = []
  let arrived = (): void => undefined
  const close = await open(terminal, () => arrived())
  for (let index = 0; index < codes; index += 1) {
    const startedMs = performance.now()
    await new Promise<void>((resolve) => {
      arrived = resolve
      terminal.send(`28${String(index).padStart(16, '0')}\r`)
    })
    tookMs.push(performance.now() - startedMs)
  }
  close()
  terminal.end()
  return ascending(tookMs)
}

/** The bare callback of the port, in this process: what the till's own share is measured against. */
const bare = (codes: number) =>
  arrivals(codes, async (terminal, onCode) => {
    const opening = await serialBinding.openSerial(terminal.path, port, {
      onData: (bytes) => {
        if (bytes.at(-1) !== 0x0d) return
        onCode()
      },
      onGone: () => undefined,
    })
    if (!opening.ok) throw new Error(opening.problem.detail)
    return () => void opening.device.close()
  })

/** Through the device process, the framer and the checked message; `hopsMs` gets the till's own share of each. */
const whole = (codes: number, hopsMs: number[]) =>
  arrivals(codes, async (terminal, onCode) => {
    const connected = Promise.withResolvers<void>()
    const scanners = openScanners({
      settings: [{ kind: 'serial', path: terminal.path, match, port, line }],
      onScan: ({ readAtMs }) => {
        hopsMs.push(machineMs() - readAtMs)
        onCode()
      },
      onDropped: () => undefined,
      onDevices: ([device]) => {
        if (device?.state === 'connected') connected.resolve()
      },
    })
    await connected.promise
    return scanners.close
  })

/** Codes over a pseudo-terminal, as a table; a sentence where there can be none. */
export async function arrivalTable(codes: number): Promise<string> {
  if (process.platform !== 'linux') return 'Needs a pseudo-terminal of Linux.'
  const hopsMs: number[] = []
  const ways = [
    ['bare callback of the port', await bare(codes)],
    ['to the main process, framed', await whole(codes, hopsMs)],
    ['of it, from the last byte read to the main process', ascending(hopsMs)],
  ] as const
  const rows = ways.map(([name, sorted]) => [name, quantile(sorted, 0.5).toFixed(2), quantile(sorted, 0.99).toFixed(2)])
  return markdownTable(['way', 'p50 ms', 'p99 ms'], rows)
}
