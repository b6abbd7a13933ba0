import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { proofRequest } from './socket-printer.ts'

/** Where the machine stands still for ever: within the data, or with all of it on paper and no answer given. */
export type Stall = 'mid-data' | 'data-there'

/** A printer in another process than the till: what it printed outlives every till that it printed for. */
export type PaperMachine = {
  readonly port: number
  /** The first line of every whole sheet, in the order in which they came out. */
  readonly sheets: readonly string[]
  /** How many sheets were torn: begun and never finished. */
  torn(): number
  /** The next document meets this, once; tells when it has come to it. */
  stallNext(stall: Stall, onStalled: () => void): void
  close(): void
}

/** How much comes out before a machine stalls in the midst of the data. */
const bytesBeforeStall = 24

export async function startPaperMachine(): Promise<PaperMachine> {
  const sheets: string[] = []
  const sockets = new Set<Socket>()
  let torn = 0
  let next: { readonly stall: Stall; readonly onStalled: () => void } | null = null

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    let received = Buffer.alloc(0)
    let isStalled = false
    socket.on('data', (chunk) => {
      if (isStalled) return
      received = Buffer.concat([received, chunk])
      if (next?.stall === 'mid-data' && received.length >= bytesBeforeStall) {
        isStalled = true
        torn += 1
        stand()
        return
      }
      const end = received.indexOf(proofRequest)
      if (end < 0) return
      sheets.push(received.subarray(0, received.indexOf('\n')).toString('utf8'))
      if (next?.stall === 'data-there') {
        isStalled = true
        stand()
      } else socket.write(Uint8Array.of(0))
    })
  })
  const stand = (): void => {
    const stalled = next
    next = null
    stalled?.onStalled()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server that listens on a port has an address of this kind.
    port: (server.address() as AddressInfo).port,
    sheets,
    torn: () => torn,
    stallNext(stall, onStalled) {
      next = { stall, onStalled }
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
