import { noSigns, type PrinterSigns } from '../framing/status-bytes.ts'
import type { CommandEnd, RunCommand } from './run-command.ts'
import type { QueueState, Spooler } from './spooler.ts'

/** The programs answer in the words of a language; in C's they can be read. */
const environment = { LC_ALL: 'C' }

/** What `lp` takes as a queue's name and `lpstat` as one name of a list. */
const isQueueName = (queue: string): boolean => /^[^-\s,/#?'"][^\s,/#?'"]*$/.test(queue)

/**
 * CUPS, by its own programs (macOS, Linux): `lp -o raw` hands the bytes over as they are. “Accepted” means queued; what its
 * driver says of paper and cover is all that comes back (hardware.md §6.2).
 */
export function cupsSpooler(run: RunCommand): Spooler {
  const ask = (program: string, parameters: readonly string[], signal: AbortSignal): Promise<CommandEnd> =>
    run({ program, parameters, environment }, signal)

  return {
    queues: async (signal) => {
      const end = await ask('lpstat', ['-e'], signal)
      if (end.kind !== 'ended') return { ok: false, detail: end.detail }
      if (end.exit !== 0) return { ok: false, detail: wordsOf(end) }
      return { ok: true, queues: end.stdout.split('\n').filter((line) => line !== '') }
    },

    queueState: async (queue, signal) => {
      if (!isQueueName(queue)) return { kind: 'absent', detail: 'no name of a queue' }
      const end = await ask('lpstat', ['-l', '-p', queue, '-a', queue], signal)
      if (end.kind === 'not-started') return { kind: 'no-spooler', detail: end.detail }
      if (end.kind === 'stopped') return { kind: 'unknown', detail: end.detail }
      if (end.exit === 0) return stateOf(queue, end.stdout)
      // Without a scheduler every queue is unknown; its own question tells the two apart.
      const scheduler = await ask('lpstat', ['-r'], signal)
      const isRunning = scheduler.kind === 'ended' && /scheduler is running/.test(scheduler.stdout)
      return { kind: isRunning ? 'absent' : 'no-spooler', detail: wordsOf(end) }
    },

    submit: async (queue, bytes, signal, onFirstByte) => {
      if (!isQueueName(queue)) return { kind: 'refused', detail: 'no name of a queue' }
      const parameters = ['-d', queue, '-o', 'raw', '-t', 'scantill']
      const end = await run({ program: 'lp', parameters, environment, input: bytes, onInput: onFirstByte }, signal)
      if (end.kind === 'not-started') return { kind: 'refused', detail: end.detail }
      if (end.kind === 'stopped') return { kind: 'unknown', detail: end.detail }
      if (end.exit !== 0) return { kind: 'refused', detail: wordsOf(end) }
      const jobId = /^request id is (\S+-\d+) /m.exec(end.stdout)?.[1]
      return jobId ? { kind: 'accepted', jobId } : { kind: 'unknown', detail: wordsOf(end) }
    },

    jobState: async (queue, jobId, signal) => {
      const end = await ask('lpstat', ['-W', 'not-completed', '-o', queue], signal)
      if (end.kind !== 'ended' || end.exit !== 0) return 'unknown'
      return end.stdout.split('\n').some((line) => line.split(/\s/)[0] === jobId) ? 'waiting' : 'gone'
    },

    cancel: async (_queue, jobId, signal) => {
      const end = await ask('cancel', [jobId], signal)
      return end.kind === 'ended' && end.exit === 0
    },
  }
}

const wordsOf = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string =>
  `${stderr} ${stdout}`.replace(/\s+/g, ' ').trim().slice(0, 300)

function stateOf(queue: string, text: string): QueueState {
  const lines = text.split('\n')
  const of = (head: string): string | null =>
    lines
      .find((line) => line.startsWith(head))
      ?.slice(head.length)
      .trim() ?? null
  const state = of(`printer ${queue} `)
  if (state === null) return { kind: 'unknown', detail: 'the spooler says nothing of this queue' }
  if (state.startsWith('disabled')) return { kind: 'stopped', detail: state }
  if (of(`${queue} not accepting`) !== null) return { kind: 'stopped', detail: 'takes no jobs' }
  return { kind: 'open', signs: signsOf((of('\tAlerts:') ?? '').split(/[\s,]+/)) }
}

/** `printer-state-reasons` of RFC 8011 §5.4.12, each with or without the gravity behind it; null where none is known. */
function signsOf(alerts: readonly string[]): PrinterSigns | null {
  const names = alerts.map((alert) => alert.replace(/-(report|warning|error)$/, ''))
  const has = (...wanted: readonly string[]): boolean => wanted.some((name) => names.includes(name))
  const signs: PrinterSigns = {
    ...noSigns,
    coverOpen: has('cover-open', 'door-open', 'interlock-open'),
    paperOut: has('media-empty', 'media-needed'),
    paperLow: has('media-low'),
    error: has('media-jam') ? 'recoverable' : null,
  }
  return Object.values(signs).some(Boolean) ? signs : null
}
