import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { openPseudoTerminal } from '../scanner/pseudo-terminal.fixture.ts'
import { createFakePrinterMachine, type FakePrinterMachine } from './fake-printer-machine.fixture.ts'

/** What every fake printer can be made to do, whatever way it is reached. */
export type FakePrinter = Pick<
  FakePrinterMachine,
  'change' | 'paper' | 'text' | 'pulses' | 'cuts' | 'hasReceived' | 'receivedBytes'
>

/** A fake printer at a TCP port of this machine. */
export type FakeTcpPrinter = FakePrinter & {
  readonly host: string
  readonly port: number
  /** The connection breaks when so many bytes more have come. */
  readonly resetAfter: (bytes: number) => void
  /** Accepts connections and reads nothing any more. */
  readonly stall: () => void
  /** Nobody listens at the port any more. */
  readonly refuse: () => Promise<void>
  /** Listens again, at the same port. */
  readonly accept: () => Promise<void>
  readonly clients: () => number
  readonly close: () => Promise<void>
}

/** Starts one on 127.0.0.1; `port` 0 takes any that is free. */
export async function startFakePrinter(port = 0): Promise<FakeTcpPrinter> {
  const machine = createFakePrinterMachine()
  const sockets = new Set<Socket>()
  let clients = 0
  let bytesUntilReset = Number.POSITIVE_INFINITY
  let isStalled = false

  const server = createServer((socket) => {
    clients += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => void sockets.delete(socket))
    machine.connect((bytes) => void socket.write(bytes))
    if (isStalled) return void socket.pause()
    socket.on('data', (bytes: Buffer) => {
      machine.receive(bytes.subarray(0, bytesUntilReset))
      bytesUntilReset -= bytes.length
      if (bytesUntilReset <= 0) {
        bytesUntilReset = Number.POSITIVE_INFINITY
        socket.resetAndDestroy()
      }
    })
  })
  const listen = async (wanted: number): Promise<number> => {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
    return address.port
  }
  const refuse = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const own = await listen(port)
  return {
    ...machine,
    host: '127.0.0.1',
    port: own,
    resetAfter: (bytes) => {
      bytesUntilReset = bytes
    },
    stall: () => {
      isStalled = true
    },
    refuse,
    accept: async () => void (await listen(own)),
    clients: () => clients,
    close: refuse,
  }
}

/** A fake printer at a serial line or a device file without hardware. */
export async function startFakePrinterAtTerminal(): Promise<
  FakePrinter & { readonly path: string; readonly unplug: () => Promise<void> }
> {
  const machine = createFakePrinterMachine()
  const terminal = await openPseudoTerminal({ onReceived: machine.receive })
  machine.connect(terminal.sendBytes)
  return { ...machine, path: terminal.path, unplug: terminal.unplug }
}
