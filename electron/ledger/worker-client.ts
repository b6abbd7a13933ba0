import { Worker } from 'node:worker_threads'
import { assertNever } from '../till/brand.ts'
import type { LedgerProblem, LedgerResult } from './ledger.ts'
import type { CallOutcome, WorkerReply, WorkerRequest } from './protocol.ts'

export type WorkerStart = {
  readonly url: URL
  readonly name: string
  readonly workerData: unknown
  /** What problems of the worker itself are told about. */
  readonly path: string
}

/** The asking side of one worker. */
export type WorkerClient<Call, Answers extends Record<string, unknown>> = {
  /**
   * Asks and waits for the answer of this very call. Always settles: a worker that dies answers every open call with a
   * `disk-error`, one that was closed with `closed`; a bug in the worker or in the call rejects.
   */
  ask<Method extends keyof Answers & string>(
    call: Call & { readonly method: Method },
    onProgress?: (done: number, total: number) => void,
  ): Promise<LedgerResult<Answers[Method]>>
  /** Lets open calls end, then stops the worker. */
  close(): Promise<void>
}

type Waiting = {
  readonly settle: (outcome: CallOutcome) => void
  readonly onProgress: ((done: number, total: number) => void) | undefined
}

/** Starts a worker and waits until it has opened its file, or says why it could not. */
export function startWorker<Call, Answers extends Record<string, unknown>>(
  start: WorkerStart,
): Promise<LedgerResult<WorkerClient<Call, Answers>>> {
  const { url, name, workerData, path } = start
  const worker = new Worker(url, { name, workerData })
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let ended: LedgerProblem | null = null
  let isClosing = false
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })

  const end = (problem: LedgerProblem): void => {
    ended ??= problem
    const open = [...waiting.values()]
    waiting.clear()
    for (const { settle } of open) settle({ kind: 'problem', problem: ended })
  }
  const send = (request: WorkerRequest<Call>): void => worker.postMessage(request)

  const client: WorkerClient<Call, Answers> = {
    ask: (call, onProgress) =>
      new Promise((resolve, reject) => {
        if (ended || isClosing) {
          resolve({ ok: false, problem: ended ?? { kind: 'closed' } })
          return
        }
        type Value = Answers[typeof call.method]
        const settle = (outcome: CallOutcome): void => {
          if (outcome.kind === 'bug') reject(new Error(`${name}: ${outcome.message}`))
          else if (outcome.kind === 'problem') resolve({ ok: false, problem: outcome.problem })
          // The worker answers each method with its own type; the number ties the answer to this call.
          else resolve({ ok: true, value: outcome.value as Value })
        }
        const id = nextId
        nextId += 1
        send({ type: 'call', id, call })
        waiting.set(id, { settle, onProgress })
      }),
    close: async () => {
      if (!isClosing && !ended) send({ type: 'close' })
      isClosing = true
      await exited
    },
  }

  return new Promise((resolve, reject) => {
    let refusal: LedgerProblem | null = null
    worker.on('message', (reply: WorkerReply) => {
      switch (reply.type) {
        case 'opened':
          if (reply.result.ok) resolve({ ok: true, value: client })
          else refusal = reply.result.problem
          break
        case 'answers':
          for (const { id, outcome } of reply.answers) {
            const call = waiting.get(id)
            waiting.delete(id)
            call?.settle(outcome)
          }
          break
        case 'progress':
          waiting.get(reply.id)?.onProgress?.(reply.done, reply.total)
          break
        default:
          assertNever(reply, `${name} reply`)
      }
    })
    worker.on('error', (error) => {
      end({ kind: 'disk-error', path, detail: `the ${name} stopped: ${error.name}` })
      reject(new Error(`the ${name} did not start: ${error.message}`, { cause: error }))
    })
    worker.on('exit', () => {
      end(isClosing ? { kind: 'closed' } : { kind: 'disk-error', path, detail: `the ${name} stopped` })
      // Only now is the data folder free again.
      if (refusal) resolve({ ok: false, problem: refusal })
      else reject(new Error(`the ${name} stopped before it was open`))
    })
  })
}
