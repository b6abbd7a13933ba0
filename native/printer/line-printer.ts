import { drawerPulse } from '../drawer/pulse.ts'
import type { KeeperTime } from '../scanner/device/keeper-time.ts'
import type { LineListeners, LineOpening, OpeningProblem, OpenLine } from './binding/binding.ts'
import { conditionOfOpening, type PrinterCondition, takesJobs } from './condition.ts'
import { type Conversation, createConversation } from './conversation.ts'
import { automaticStatusRequest } from './framing/requests.ts'
import type { Printer, PrintOutcome, PrintProof } from './outcome.ts'
import type { PrinterProfile } from './printer-profile.ts'
import { askCondition, createLineMemory, owedMs } from './status-questions.ts'
import { createTurns } from './turns.ts'

/** How long the far end is given to let go, so that what the system still holds reaches it. */
const lingerMs = 1_000
/** From the wish to the pulse: a drawer that opens later surprises whoever stands before it. */
const pulseMs = 5_000

export type LinePrinterParts = {
  readonly open: (listeners: LineListeners, signal: AbortSignal) => Promise<LineOpening>
  readonly profile: PrinterProfile
  readonly time: KeeperTime
  /** How long so many bytes are on the wire; 0 where the wire is faster than the printer. */
  readonly wireMs: (byteCount: number) => number
  /** Four printable characters that no job before has had. */
  readonly nextProcessId: () => string
}

/** One connection: opened late, closed early, and its whole life below one limit. */
type Session = {
  readonly line: OpenLine
  readonly conversation: Conversation
  /** What ended it, while it was used. */
  readonly endedBy: () => PrinterCondition | null
}

/**
 * A printer behind a socket, a serial port or a device file. Each call connects, asks, works and leaves, because most
 * printers serve one client at a time (hardware.md §6.1, §8).
 */
export function openLinePrinter({ open, profile, time, wireMs, nextProcessId }: LinePrinterParts): Printer {
  const memory = createLineMemory()
  const inTurn = createTurns()
  const closing = new AbortController()
  let troubleSinceMs: number | null = null

  const refusal = (problem: OpeningProblem): PrinterCondition => {
    troubleSinceMs ??= time.nowMs()
    return conditionOfOpening(problem, time.nowMs() - troubleSinceMs, profile.oneClient)
  }

  /** Connects, lets `work` use the line, and leaves, whatever happens. */
  const connected = async <Result>(
    callersSignal: AbortSignal,
    limitMs: number,
    work: (session: Session) => Promise<Result>,
    otherwise: (condition: PrinterCondition) => Result,
  ): Promise<Result> => {
    const stopped = AbortSignal.any([callersSignal, closing.signal])
    if (stopped.aborted) return otherwise({ kind: 'busy', cause: 'interrupted' })
    let conversation: Conversation | null = null
    let endedBy: PrinterCondition | null = null
    const endBy = (condition: PrinterCondition): void => {
      endedBy ??= condition
      conversation?.end()
    }
    const giveUp = new AbortController()
    let cancelLimit = time.after(profile.connectMs, () => giveUp.abort())
    const onStopped = (): void => {
      giveUp.abort()
      endBy({ kind: 'busy', cause: 'interrupted' })
    }
    stopped.addEventListener('abort', onStopped)
    // A driver may speak before the opening has told of itself.
    const early: Uint8Array[] = []
    try {
      const opening = await open(
        {
          onData: (bytes) => (conversation ? conversation.hear(bytes) : void early.push(bytes)),
          onGone: (detail) => endBy({ kind: 'offline', cause: 'connection-lost', detail }),
        },
        giveUp.signal,
      )
      cancelLimit()
      if (!opening.ok) return otherwise(endedBy ?? refusal(opening.problem))
      troubleSinceMs = null
      const { line } = opening
      conversation = createConversation(line, time)
      for (const bytes of early) conversation.hear(bytes)
      if (endedBy) conversation.end()
      cancelLimit = time.after(limitMs, () => {
        endBy({ kind: 'offline', cause: 'stopped-answering', detail: '' })
        // Whoever waits for the line to take bytes is answered as well.
        line.abandon()
      })
      stopped.addEventListener('abort', line.abandon)
      try {
        return await work({ line, conversation, endedBy: () => endedBy })
      } finally {
        cancelLimit()
        stopped.removeEventListener('abort', line.abandon)
        await letGo(line, endedBy !== null)
      }
    } finally {
      cancelLimit()
      stopped.removeEventListener('abort', onStopped)
    }
  }

  const letGo = async (line: OpenLine, isEnded: boolean): Promise<void> => {
    if (isEnded) return line.abandon()
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = time.after(lingerMs, resolve)
    await Promise.race([line.end(), promise])
    cancel()
    line.abandon()
  }

  const ask = async ({ line, conversation, endedBy }: Session): Promise<PrinterCondition> => {
    if (profile.automaticStatus) await line.write(automaticStatusRequest)
    const found = await askCondition(conversation, profile, memory)
    if (found === 'ended') return endedBy() ?? stoppedAnswering
    const isMute = found.kind === 'silent' && profile.realTimeStatus === 'always'
    return isMute ? stoppedAnswering : found
  }

  /**
   * Whether an answer to the GS r behind the data will prove it: the printer answers one before the data too, and no older
   * answer is on its way. Else a late one, of a job that waited for paper, would vouch for this job.
   */
  const settleQueued = async (conversation: Conversation): Promise<'settled' | 'no-proof' | 'working' | 'ended'> => {
    const reply = await conversation.askQueued(profile.answerMs)
    if (reply.kind === 'ended') return 'ended'
    if (reply.kind === 'nothing') {
      memory.owesQueued = true
      return memory.knowsQueued ? 'working' : 'no-proof'
    }
    if (memory.owesQueued) await conversation.listen(owedMs)
    memory.owesQueued = false
    memory.knowsQueued = true
    return 'settled'
  }

  const prove = async (
    conversation: Conversation,
    waitMs: number,
  ): Promise<{ readonly proof: PrintProof; readonly saysPaperOut: boolean } | null> => {
    if (profile.proof === 'process-id') {
      const reply = await conversation.askProcessId(nextProcessId(), waitMs)
      return reply.kind === 'answered' ? { proof: 'process-id', saysPaperOut: false } : null
    }
    memory.owesQueued = true
    const reply = await conversation.askQueued(waitMs)
    if (reply.kind !== 'answered') return null
    memory.owesQueued = false
    if (conversation.hasGarbage()) return null
    return { proof: 'status-after-data', saysPaperOut: reply.value.paperOut }
  }

  const send = async (
    session: Session,
    bytes: Uint8Array,
    proofMs: number,
    onFirstByte?: () => void,
  ): Promise<PrintOutcome> => {
    const { line, conversation, endedBy } = session
    const before = await ask(session)
    if (!takesJobs(before)) return { kind: 'not-sent', condition: before }
    let isProvable = profile.proof !== 'none' && before.kind === 'ready'
    if (isProvable && profile.proof === 'queued-status') {
      const settled = await settleQueued(conversation)
      if (settled === 'working') return { kind: 'not-sent', condition: { kind: 'busy', cause: 'working' } }
      isProvable = settled === 'settled'
    }
    const gone = endedBy()
    if (gone) return { kind: 'not-sent', condition: gone }

    onFirstByte?.()
    let bytesSent = 0
    const unconfirmed = (condition: PrinterCondition): PrintOutcome => ({ kind: 'unconfirmed', bytesSent, condition })
    for (let at = 0; at < bytes.length; at += profile.chunkBytes) {
      const chunk = bytes.subarray(at, at + profile.chunkBytes)
      // Counted before: of a piece that fails nobody can say how much left.
      bytesSent += chunk.length
      if (!(await line.write(chunk)) || endedBy()) return unconfirmed(endedBy() ?? stoppedAnswering)
    }
    const proof = isProvable ? await prove(conversation, proofMs + wireMs(bytes.length)) : null
    if (proof !== null && !proof.saysPaperOut) return { kind: 'printed', proof: proof.proof }
    if (endedBy()) return unconfirmed(endedBy() ?? stoppedAnswering)
    if (before.kind === 'silent') return unconfirmed({ kind: 'silent' })
    const after = await askCondition(conversation, profile, memory)
    // The bits of GS r differ between models; what DLE EOT says of the paper counts.
    if (proof !== null && after !== 'ended' && after.kind === 'ready') return { kind: 'printed', proof: proof.proof }
    // It answered before the data: now it is no model without a status.
    const isMute = after === 'ended' || after.kind === 'silent'
    return unconfirmed(isMute ? (endedBy() ?? stoppedAnswering) : after)
  }

  const notSent = (condition: PrinterCondition): PrintOutcome => ({ kind: 'not-sent', condition })

  return {
    condition: (signal) => inTurn(() => connected(signal, profile.jobMs, ask, (condition) => condition)),
    print: (bytes, signal, onFirstByte) =>
      inTurn(() => {
        const limitMs = profile.jobMs + wireMs(bytes.length)
        return connected(signal, limitMs, (session) => send(session, bytes, profile.proofMs, onFirstByte), notSent)
      }),
    pulseDrawer: (signal) =>
      inTurn(async () => {
        const { drawer } = profile
        if (drawer === null) return notSent({ kind: 'error', cause: 'no-drawer' })
        return connected(signal, pulseMs, (session) => send(session, drawerPulse(drawer), profile.answerMs), notSent)
      }),
    async close() {
      closing.abort()
      await inTurn(async () => undefined)
    },
  }
}

const stoppedAnswering: PrinterCondition = { kind: 'offline', cause: 'stopped-answering', detail: '' }
