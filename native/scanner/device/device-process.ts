import { realBinding } from '../binding/real-binding.ts'
import { scanText } from '../framing/scan-text.ts'
import { machineMs, systemKeeperTime } from './keeper-time.ts'
import { type FromDevices, parseToDevices } from './messages.ts'
import { createScannerKeeper, type ScannerKeeper } from './scanner-keeper.ts'

/**
 * The device process: the only one that loads drivers. It runs as Electron's utility process or as a child process of
 * Node, is told once what to watch, and ends with the till. Nothing here writes a scan to a file or a stream (I11).
 */

/** The utility process's way to the main side; Electron's types are not known here. */
type ParentPort = {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown
  readonly postMessage: (message: FromDevices) => void
}

const parentPort = (process as typeof process & { readonly parentPort?: ParentPort | null }).parentPort ?? null

function send(message: FromDevices): void {
  if (parentPort) parentPort.postMessage(message)
  else process.send?.(message, () => undefined)
}

let keeper: ScannerKeeper | null = null

function hear(value: unknown): void {
  const message = parseToDevices(value)
  if (message?.type === 'list') return void list()
  if (message === null || keeper !== null) return
  keeper = createScannerKeeper({
    binding: realBinding,
    time: systemKeeperTime,
    settings: message.settings,
    onScan: (deviceId, scan) => {
      const { symbology, end, tookMs } = scan
      send({ type: 'scan', deviceId, text: scanText(scan), symbology, end, tookMs, readAtMs: machineMs() })
    },
    onDropped: (deviceId, reason) => send({ type: 'dropped', deviceId, reason }),
    onDevices: (devices) => send({ type: 'devices', devices }),
    onPolled: () => send({ type: 'alive' }),
  })
  void keeper.poll()
}

async function list(): Promise<void> {
  const [hid, serial] = await Promise.all([realBinding.listHid(), realBinding.listSerial()])
  send({ type: 'lists', hid, serial })
}

async function leave(): Promise<void> {
  await keeper?.stop()
  process.exit(0)
}

// A driver's error that nobody took: the main side starts the process anew. The error's text stays untold, as it may
// quote what was being read (I11).
process.on('uncaughtException', () => process.exit(70))
process.on('unhandledRejection', () => process.exit(70))

if (parentPort) {
  parentPort.on('message', ({ data }) => hear(data))
} else {
  process.on('message', hear)
  // The till is gone, however it went: its devices are free for the next one.
  process.on('disconnect', () => void leave())
}
// Ctrl+C reaches the whole group; the till lets go of its devices when it has closed its books.
process.on('SIGINT', () => undefined)
