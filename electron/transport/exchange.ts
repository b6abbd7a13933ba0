import type { Dispatcher } from 'undici'
import type { HttpResponse } from '../channels/channel.ts'
import { errorCode, type NoAnswer, type NotSent, notSentReason, type TransportResult } from './result.ts'

export type ExchangeLimits = {
  /** From the call to the last byte of the answer. */
  readonly requestTimeoutMs: number
  /** From the call to the moment the request is written; ends as `not-sent`. */
  readonly connectTimeoutMs: number
  readonly replyBytesMax: number
}

/** Hears that the request is about to be written, and that all of it was handed to the socket. */
export type OnWire = (moment: 'before-write' | 'written') => void

/**
 * One request on a dispatcher, watched from the outside: settles once, at the first of answer, failure, time-out, limit
 * or abort. What is reported as `not-sent` is stopped before a byte of it is written, and nothing is written twice: when
 * the client below would start the request a second time, it is cut off and reported as `connection-lost`.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
  place: string,
  signal: AbortSignal | undefined,
  onWire?: OnWire,
): Promise<TransportResult> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined
    let settled = false
    const chunks: Buffer[] = []
    let bytes = 0
    let head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined

    const settle = (result: TransportResult): void => {
      if (settled) return
      settled = true
      clearTimeout(connectTimer)
      clearTimeout(requestTimer)
      signal?.removeEventListener('abort', onAbort)
      if (result.kind === 'answered') afterRelease(() => resolve(result))
      else {
        resolve(result)
        controller?.abort(new Error('settled'))
      }
    }
    const fail = (notSent: NotSent['reason'], noAnswer: NoAnswer['reason'], code: string): void =>
      settle(
        controller === undefined
          ? { kind: 'not-sent', reason: notSent, detail: `${code} at ${place}` }
          : { kind: 'no-answer', reason: noAnswer, detail: `${code} at ${place}` },
      )
    const onAbort = (): void => fail('aborted', 'aborted', 'ABORTED')
    const connectTimer = setTimeout(
      () => {
        if (controller === undefined) fail('connect-timeout', 'timeout', 'CONNECT_TIMEOUT')
      },
      Math.min(limits.connectTimeoutMs, limits.requestTimeoutMs),
    )
    const requestTimer = setTimeout(
      () => fail('connect-timeout', 'timeout', 'REQUEST_TIMEOUT'),
      limits.requestTimeoutMs,
    )
    if (signal?.aborted === true) {
      onAbort()
      return
    }
    signal?.addEventListener('abort', onAbort)

    dispatcher.dispatch(options, {
      onRequestStart(started) {
        const isFirstStart = controller === undefined
        if (isFirstStart && !settled) {
          controller = started
          onWire?.('before-write')
          return
        }
        started.abort(new Error('settled'))
        settle({ kind: 'no-answer', reason: 'connection-lost', detail: `NOT_REPLAYED at ${place}` })
      },
      onRequestSent() {
        onWire?.('written')
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return
        head = { status, headers: flatHeaders(headers) }
        if (Number(head.headers['content-length'] ?? 0) > limits.replyBytesMax) tooLarge()
      },
      onResponseData(_controller, chunk) {
        if (settled) return
        bytes += chunk.length
        if (bytes > limits.replyBytesMax) tooLarge()
        else chunks.push(chunk)
      },
      onResponseEnd() {
        if (head === undefined) fail('refused', 'connection-lost', 'NO_HEAD')
        else settle({ kind: 'answered', response: responseOf(head, chunks) })
      },
      onResponseError(_controller, error) {
        fail(notSentReason(error), 'connection-lost', errorCode(error))
      },
    })

    function tooLarge(): void {
      chunks.length = 0
      fail('refused', 'reply-too-large', 'REPLY_TOO_LARGE')
    }
  })
}

/**
 * Undici frees a connection two turns of the event loop after the answer's end; whoever sends again at once, as a revoke
 * does right after its last query, would get a new connection and a new handshake before that.
 */
const afterRelease = (then: () => void): void => {
  setImmediate(() => setImmediate(then))
}

const responseOf = (
  head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  chunks: readonly Buffer[],
): HttpResponse => ({ ...head, body: new Uint8Array(Buffer.concat(chunks)) })

const flatHeaders = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> => {
  const flat: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}
