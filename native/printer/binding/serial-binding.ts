import { wordsOf } from '../../scanner/binding/driver-words.ts'
import { openingProblem } from '../../scanner/binding/serial-binding.ts'
import type { PrinterAddress } from '../printer-address.ts'
import type { LineListeners, LineOpening, OpeningProblem } from './binding.ts'

type SerialAddress = Extract<PrinterAddress, { readonly kind: 'serial' }>

let loading: Promise<typeof import('serialport')> | null = null

/**
 * A printer at a serial port. The package loads when the first such printer is opened; where it does not load, that printer
 * is offline and the others work.
 */
export async function openSerialLine(
  { path, baudRate, flow }: SerialAddress,
  { onData, onGone }: LineListeners,
  signal: AbortSignal,
): Promise<LineOpening> {
  loading ??= import('serialport')
  let serial: typeof import('serialport')
  try {
    serial = await loading
  } catch (error) {
    return { ok: false, problem: { kind: 'module-does-not-load', detail: wordsOf(error) } }
  }
  try {
    const flowControl = { rtscts: flow === 'rts-cts', xon: flow === 'xon-xoff', xoff: flow === 'xon-xoff' }
    // Every opening makes an instance of its own: a former one keeps stale bytes (hardware.md §4).
    const port = new serial.SerialPort({ path, baudRate, ...flowControl, autoOpen: false })
    let isOver = false
    const over = Promise.withResolvers<false>()
    const leave = (): void => {
      if (isOver) return
      isOver = true
      over.resolve(false)
      if (port.isOpen) port.close(() => undefined)
    }
    const gone = (detail: string): void => {
      if (isOver) return
      leave()
      onGone(detail)
    }
    // An open port that nobody reads never notices that it was pulled out.
    port.on('data', (bytes: Buffer) => {
      if (!isOver) onData(bytes)
    })
    const error = await new Promise<Error | null>((resolve) => port.open(resolve))
    if (error) return { ok: false, problem: problemOf(error) }
    port.on('error', (problem: Error) => gone(problem.message))
    port.on('close', () => gone('the port is closed'))
    if (signal.aborted) {
      leave()
      return { ok: false, problem: { kind: 'no-connection', detail: 'given up' } }
    }
    return {
      ok: true,
      line: {
        write: (bytes) =>
          isOver
            ? Promise.resolve(false)
            : Promise.race([
                new Promise<boolean>((resolve) => port.write(Buffer.from(bytes), (problem) => resolve(!problem))),
                over.promise,
              ]),
        end: () =>
          new Promise((resolve) => {
            if (isOver || !port.isOpen) return resolve()
            isOver = true
            over.resolve(false)
            port.close(() => resolve())
          }),
        abandon: leave,
      },
    }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}

/** The driver's words mean the same for a printer as for a scan gun. */
function problemOf(error: unknown): OpeningProblem {
  const { kind, detail } = openingProblem(error)
  return { kind: kind === 'busy' ? 'in-use' : kind, detail }
}
