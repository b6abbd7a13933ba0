import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { PrinterDevice } from '../../../electron/runner/print-ports.ts'

/** GS r 1 behind the data: answered once everything before it is on paper (hardware.md §6.1). */
export const proofRequest = Uint8Array.of(0x1d, 0x72, 0x01)

const answerMs = 5_000

/** The least that a printer behind a socket can be: connects, sends, asks, and believes nothing but the answer. */
export function socketPrinter(port: number): PrinterDevice {
  const open = async (): Promise<Socket | null> => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const opened = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false)
    return opened ? socket : null
  }
  return {
    condition: async () => {
      const socket = await open()
      socket?.destroy()
      return socket === null ? { kind: 'offline' } : { kind: 'ready' }
    },
    print: async (bytes) => {
      const socket = await open()
      if (socket === null) return { kind: 'not-sent', condition: { kind: 'offline' } }
      const { promise, resolve } = Promise.withResolvers<boolean>()
      socket.once('data', () => resolve(true))
      socket.once('close', () => resolve(false))
      socket.setTimeout(answerMs, () => socket.destroy())
      socket.write(Buffer.concat([bytes, proofRequest]))
      const isProven = await promise
      socket.destroy()
      if (isProven) return { kind: 'printed', proof: 'status-after-data' }
      return { kind: 'unconfirmed', bytesSent: bytes.length, condition: { kind: 'offline' } }
    },
    close: async () => undefined,
  }
}
