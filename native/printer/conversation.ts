import type { KeeperTime } from '../scanner/device/keeper-time.ts'
import type { OpenLine } from './binding/binding.ts'
import { type Answer, createAnswerReader } from './framing/answer-reader.ts'
import { processIdRequest, queuedStatusRequest, type RealTimeQuestion, realTimeRequest } from './framing/requests.ts'
import { type PrinterSigns, queuedPaperSigns, reportSigns } from './framing/status-bytes.ts'

/** What came of a question. `ended`: the line is gone, or the job's time is over. */
export type Reply<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ended' }

/** Talk with one printer over one open line: one question at a time, and every byte is accounted for. */
export type Conversation = {
  /** What the printer sent. */
  readonly hear: (bytes: Uint8Array) => void
  /** The line is gone or the time is over: whoever waits is answered at once. */
  readonly end: () => void
  readonly ask: (question: RealTimeQuestion, limitMs: number) => Promise<Reply<number>>
  readonly askQueued: (limitMs: number) => Promise<Reply<Pick<PrinterSigns, 'paperOut' | 'paperLow'>>>
  readonly askProcessId: (id: string, limitMs: number) => Promise<Reply<string>>
  /** Waits for a time; what comes meanwhile was not asked for. */
  readonly listen: (ms: number) => Promise<void>
  /** How many real-time answers came that nobody waited for. */
  readonly unasked: () => number
  /** Whether something was heard that no such printer says: then none of its answers proves anything. */
  readonly hasGarbage: () => boolean
  /** The latest report that came by itself. */
  readonly report: () => PrinterSigns | null
}

type Waiting = { readonly hear: (answer: Answer) => boolean; readonly end: () => void }

export function createConversation(line: OpenLine, time: KeeperTime): Conversation {
  const reader = createAnswerReader()
  let waiting: Waiting | null = null
  let ended = false
  let unasked = 0
  let hasGarbage = false
  let report: PrinterSigns | null = null

  const take = (answer: Answer): void => {
    if (answer.kind === 'garbage') hasGarbage = true
    else if (answer.kind === 'automatic') report = reportSigns(answer.bytes)
    else if (waiting?.hear(answer) !== true && answer.kind === 'real-time') unasked += 1
  }

  /** Asks and waits for the first answer that `read` makes something of. */
  const question = async <Value>(
    request: Uint8Array | null,
    read: (answer: Answer) => Value | null,
    limitMs: number,
  ): Promise<Reply<Value>> => {
    if (ended) return { kind: 'ended' }
    const { promise, resolve } = Promise.withResolvers<Reply<Value>>()
    const cancel = time.after(limitMs, () => resolve({ kind: 'nothing' }))
    waiting = {
      hear: (answer) => {
        const value = read(answer)
        if (value === null) return false
        resolve({ kind: 'answered', value })
        // What comes in the same piece is no longer the answer to this question.
        waiting = null
        return true
      },
      end: () => resolve({ kind: 'ended' }),
    }
    // Not awaited: a line that takes nothing must not outlast the limit.
    if (request) void line.write(request).then((taken) => (taken ? undefined : resolve({ kind: 'ended' })))
    const reply = await promise
    cancel()
    waiting = null
    return reply
  }

  return {
    hear: (bytes) => {
      if (!ended) for (const answer of reader.take(bytes, time.nowMs())) take(answer)
    },
    end: () => {
      ended = true
      waiting?.end()
    },
    ask: (asked, limitMs) =>
      question(realTimeRequest(asked), (answer) => (answer.kind === 'real-time' ? answer.byte : null), limitMs),
    askQueued: (limitMs) =>
      question(
        queuedStatusRequest,
        (answer) => (answer.kind === 'queued' ? queuedPaperSigns(answer.byte) : null),
        limitMs,
      ),
    askProcessId: (id, limitMs) =>
      question(
        processIdRequest(id),
        (answer) => (answer.kind === 'process-id' && answer.id === id ? id : null),
        limitMs,
      ),
    listen: async (ms) => void (await question(null, () => null, ms)),
    unasked: () => unasked,
    hasGarbage: () => hasGarbage,
    report: () => report,
  }
}
