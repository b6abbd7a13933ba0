import type { ServerResponse } from 'node:http'
import type { PosResult } from './failure.ts'
import type { CollectionChange } from './history.ts'

/** A line of silence for proxies and for a client that wants to know whether the till is there (HTML, §9.2.7). */
const heartbeatMs = 15_000

/** A client that takes nothing for so long has gone; it resumes behind the last id that it took. */
const mostUnsentBytes = 64 * 1024

/** One client that follows one collection. */
export type EventStream = {
  /** Something may have changed. */
  look(): void
  close(): void
}

/** The id behind which a client resumes: its `Last-Event-ID`; 0 where it has none, or none of ours. */
export const lastIdOf = (header: string | string[] | undefined): number =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0

/**
 * Writes the changes behind `lastId` as server-sent events, and each that comes, until the collection's end. What is sent
 * is always read from what is durable, so that no change is sent twice or left out, whenever the client came.
 */
export function streamChanges(
  response: ServerResponse,
  lastId: number,
  changes: () => Promise<PosResult<readonly CollectionChange[]>>,
  onClose: () => void,
): EventStream {
  let sentId = lastId
  let isReading = false
  let mustReadAgain = false
  let isClosed = false
  const close = (): void => {
    if (isClosed) return
    isClosed = true
    clearInterval(heartbeat)
    response.end()
    onClose()
  }
  const write = (text: string): void => {
    if (isClosed) return
    response.write(text)
    if (response.writableLength > mostUnsentBytes) {
      response.destroy()
      close()
    }
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs)
  heartbeat.unref()
  response.on('close', close)
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  // At once, so that a client knows that it is heard.
  write('retry: 1000\n\n')

  const read = async (): Promise<void> => {
    const found = await changes()
    // The connection's end says it: the client comes again, and is told why there is no stream.
    if (!found.ok) return close()
    for (const { id, standing } of found.value) {
      if (id <= sentId) continue
      write(`id: ${id}\nevent: state\ndata: ${JSON.stringify(standing)}\n\n`)
      sentId = id
    }
    if (found.value.at(-1)?.standing.final === true) close()
  }
  const look = (): void => {
    mustReadAgain = true
    if (isReading) return
    isReading = true
    void (async () => {
      try {
        while (mustReadAgain && !isClosed) {
          mustReadAgain = false
          await read()
        }
      } catch {
        close()
      } finally {
        isReading = false
      }
    })()
  }
  look()
  return { look, close }
}
