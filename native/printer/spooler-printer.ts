import { drawerPulse } from '../drawer/pulse.ts'
import type { KeeperTime } from '../scanner/device/keeper-time.ts'
import type { QueueState, Spooler } from './binding/spooler.ts'
import { conditionOfSigns, type PrinterCondition, takesJobs } from './condition.ts'
import type { Printer, PrintOutcome } from './outcome.ts'
import type { PrinterProfile } from './printer-profile.ts'
import { createTurns } from './turns.ts'

/** How often the spooler is asked whether it is done with a job. */
const askAgainMs = 500

export type SpoolerPrinterParts = {
  readonly spooler: Spooler
  readonly queue: string
  readonly profile: PrinterProfile
  readonly time: KeeperTime
}

/**
 * A printer behind the system's spooler. No job is ever proved: “done” of a spooler means that the bytes went on. A job
 * that it keeps is taken back, so that no old receipt comes out when the printer is switched on (hardware.md §10).
 */
export function openSpoolerPrinter({ spooler, queue, profile, time }: SpoolerPrinterParts): Printer {
  const inTurn = createTurns()
  const closing = new AbortController()

  /** Runs `work` below a limit; the signal that it gets ends with the limit, the caller or the printer. */
  const within = async <Result>(
    callersSignal: AbortSignal,
    limitMs: number,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    const limit = new AbortController()
    const cancel = time.after(limitMs, () => limit.abort())
    try {
      return await work(AbortSignal.any([callersSignal, closing.signal, limit.signal]))
    } finally {
      cancel()
    }
  }

  const condition = async (signal: AbortSignal): Promise<PrinterCondition> => {
    if (signal.aborted) return { kind: 'busy', cause: 'interrupted' }
    return conditionOf(await spooler.queueState(queue, signal))
  }

  /** Waits until the spooler is done with a job; takes it back when that takes too long. */
  const follow = async (jobId: string, signal: AbortSignal): Promise<PrinterCondition> => {
    const untilMs = time.nowMs() + profile.proofMs
    while (time.nowMs() < untilMs && !signal.aborted) {
      if ((await spooler.jobState(queue, jobId, signal)) === 'gone') return conditionOf(await state())
      await pause(askAgainMs, signal)
    }
    // Not with the job's signal: what is stopped must be taken back as well.
    await within(neverStopped, profile.proofMs, (own) => spooler.cancel(queue, jobId, own))
    const found = conditionOf(await state())
    return found.kind === 'silent' || found.kind === 'ready' ? { kind: 'busy', cause: 'working' } : found
  }

  const state = (): Promise<QueueState> =>
    within(neverStopped, profile.answerMs * 5, (own) => spooler.queueState(queue, own))

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const over = (): void => {
        cancel()
        signal.removeEventListener('abort', over)
        resolve()
      }
      const cancel = time.after(ms, over)
      signal.addEventListener('abort', over)
    })

  const send = async (bytes: Uint8Array, signal: AbortSignal, onFirstByte?: () => void): Promise<PrintOutcome> => {
    const before = await condition(signal)
    if (!takesJobs(before)) return { kind: 'not-sent', condition: before }
    let mayHaveLeft = false
    const submission = await spooler.submit(queue, bytes, signal, () => {
      mayHaveLeft = true
      onFirstByte?.()
    })
    switch (submission.kind) {
      case 'refused':
        // By its own word it has nothing; but the caller was told that a byte may leave.
        return mayHaveLeft
          ? { kind: 'unconfirmed', bytesSent: 0, condition: stopped(submission.detail) }
          : { kind: 'not-sent', condition: stopped(submission.detail) }
      case 'unknown': {
        const condition = stopped(submission.detail)
        return mayHaveLeft
          ? { kind: 'unconfirmed', bytesSent: bytes.length, condition }
          : { kind: 'not-sent', condition }
      }
      case 'accepted':
        return {
          kind: 'unconfirmed',
          bytesSent: bytes.length,
          condition: await follow(submission.jobId, signal),
        }
    }
  }

  return {
    condition: (signal) => inTurn(() => within(signal, profile.jobMs, condition)),
    print: (bytes, signal, onFirstByte) =>
      inTurn(() => within(signal, profile.jobMs, (own) => send(bytes, own, onFirstByte))),
    pulseDrawer: (signal) =>
      inTurn(async () => {
        const { drawer } = profile
        if (drawer === null) return { kind: 'not-sent', condition: { kind: 'error', cause: 'no-drawer' } }
        return within(signal, profile.jobMs, (own) => send(drawerPulse(drawer), own))
      }),
    async close() {
      closing.abort()
      await inTurn(async () => undefined)
    },
  }
}

const neverStopped = new AbortController().signal

const stopped = (detail: string): PrinterCondition => ({ kind: 'offline', cause: 'queue-stopped', detail })

function conditionOf(state: QueueState): PrinterCondition {
  switch (state.kind) {
    case 'open':
      return state.signs === null ? { kind: 'silent' } : conditionOfSigns(state.signs)
    case 'stopped':
      return stopped(state.detail)
    case 'absent':
    case 'no-spooler':
      return { kind: 'offline', cause: state.kind, detail: state.detail }
    case 'unknown':
      return { kind: 'offline', cause: 'failed', detail: state.detail }
  }
}
