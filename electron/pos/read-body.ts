import type { IncomingMessage } from 'node:http'
import { failed, type PosResult } from './failure.ts'

/** More than any request needs. */
export const mostBodyBytes = 16 * 1024

/**
 * The JSON body of a request. An empty one is an empty object. Nothing of the text is ever quoted: it may hold a payment
 * code (I11).
 */
export async function readBody(request: IncomingMessage): Promise<PosResult<unknown>> {
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) return failed('body-too-large')
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length
      // Read to its end, which the time-out bounds: a request that is left in the middle takes its answer with it.
      if (bytes <= mostBodyBytes) pieces.push(piece)
    }
  } catch {
    return failed('body-not-whole')
  }
  if (bytes > mostBodyBytes) return failed('body-too-large')
  if (bytes === 0) return { ok: true, value: {} }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return failed('json-only')
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))) }
  } catch {
    return failed('bad-request', { field: '' })
  }
}
