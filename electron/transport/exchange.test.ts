import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Dispatcher } from 'undici'
import { exchange } from './exchange.ts'

const limits = { requestTimeoutMs: 20_000, connectTimeoutMs: 20_000, replyBytesMax: 100 }

/** A client below that does what a story says, and counts how often it was told to stop. */
class ToldDispatcher extends Dispatcher {
  aborts = 0
  readonly #story: (handler: Dispatcher.DispatchHandler, controller: Dispatcher.DispatchController) => void

  constructor(story: (handler: Dispatcher.DispatchHandler, controller: Dispatcher.DispatchController) => void) {
    super()
    this.#story = story
  }

  override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const controller: Dispatcher.DispatchController = {
      aborted: false,
      paused: false,
      reason: null,
      abort: () => {
        this.aborts += 1
      },
      pause: () => {},
      resume: () => {},
    }
    this.#story(handler, controller)
    return true
  }
}

const options: Dispatcher.DispatchOptions = { path: '/', method: 'POST', body: 'x' }

test('a request that the client below starts a second time is cut off before it is written', async () => {
  const dispatcher = new ToldDispatcher((handler, controller) => {
    handler.onRequestStart?.(controller, null)
    handler.onRequestStart?.(controller, null)
    handler.onResponseStart?.(controller, 200, {})
    handler.onResponseEnd?.(controller, {})
  })
  const result = await exchange(dispatcher, options, limits, 'https://pay.example.invalid', undefined)
  assert.deepEqual(result, {
    kind: 'no-answer',
    reason: 'connection-lost',
    detail: 'NOT_REPLAYED at https://pay.example.invalid',
  })
  assert.ok(dispatcher.aborts >= 1)
})

test('a request that was given up before it began is stopped when it begins after all', async () => {
  const stop = new AbortController()
  const dispatcher = new ToldDispatcher((handler, controller) => {
    stop.abort()
    handler.onRequestStart?.(controller, null)
  })
  const result = await exchange(dispatcher, options, limits, 'https://pay.example.invalid', stop.signal)
  assert.deepEqual([result.kind, 'reason' in result && result.reason], ['not-sent', 'aborted'])
  assert.equal(dispatcher.aborts, 1)
})

test('informational heads before the answer are passed over', async () => {
  const dispatcher = new ToldDispatcher((handler, controller) => {
    handler.onRequestStart?.(controller, null)
    handler.onResponseStart?.(controller, 103, { link: 'x' })
    handler.onResponseStart?.(controller, 200, { 'X-A': ['1', '2'] })
    handler.onResponseData?.(controller, Buffer.from('ok'))
    handler.onResponseEnd?.(controller, {})
  })
  const result = await exchange(dispatcher, options, limits, 'https://pay.example.invalid', undefined)
  assert.ok(result.kind === 'answered')
  assert.equal(result.response.status, 200)
  assert.deepEqual({ ...result.response.headers }, { 'x-a': '1, 2' })
})
