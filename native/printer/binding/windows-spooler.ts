import { noSigns, type PrinterSigns } from '../framing/status-bytes.ts'
import type { CommandEnd, RunCommand } from './run-command.ts'
import type { QueueState, Spooler } from './spooler.ts'
import { windowsSpoolerScript } from './windows-spooler-script.ts'

/** UTF-16 in base64: the form in which PowerShell takes a program that no shell has to quote. */
const encodedScript = Buffer.from(windowsSpoolerScript, 'utf16le').toString('base64')
const parameters = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encodedScript]

type Action = 'queues' | 'state' | 'submit' | 'job' | 'cancel'

/**
 * The Windows spooler with datatype RAW. A queue's name goes by the environment and never into a command (hardware.md §6.2).
 * Not tried on Windows yet.
 */
export function windowsSpooler(run: RunCommand): Spooler {
  const act = (
    action: Action,
    signal: AbortSignal,
    { queue = '', jobId = '' }: { readonly queue?: string; readonly jobId?: string },
    input: { readonly input?: Uint8Array; readonly onInput?: () => void } = {},
  ): Promise<CommandEnd> =>
    run(
      {
        program: 'powershell.exe',
        parameters,
        environment: { SCANTILL_ACTION: action, SCANTILL_QUEUE: queue, SCANTILL_JOB: jobId },
        ...input,
      },
      signal,
    )

  return {
    queues: async (signal) => {
      const end = await act('queues', signal, {})
      if (end.kind !== 'ended') return { ok: false, detail: end.detail }
      if (end.exit !== 0) return { ok: false, detail: detailOf(end) }
      const lines = end.stdout.split(/\r?\n/).filter((line) => line.startsWith('queue '))
      return { ok: true, queues: lines.map((line) => line.slice('queue '.length)) }
    },

    queueState: async (queue, signal) => {
      const end = await act('state', signal, { queue })
      if (end.kind === 'not-started') return { kind: 'no-spooler', detail: end.detail }
      const { word, rest } = saidBy(end)
      if (word === 'absent') return { kind: 'absent', detail: rest }
      if (word !== 'state') return { kind: 'unknown', detail: rest || detailOf(end) }
      const [attributes = 0, status = 0] = rest.split(' ').map(Number)
      return stateOf(attributes, status)
    },

    submit: async (queue, bytes, signal, onFirstByte) => {
      const end = await act('submit', signal, { queue }, { input: bytes, onInput: onFirstByte })
      if (end.kind === 'not-started') return { kind: 'refused', detail: end.detail }
      const { word, rest } = saidBy(end)
      if (word === 'accepted' && /^\d+$/.test(rest)) return { kind: 'accepted', jobId: rest }
      if (word === 'absent' || word === 'refused') return { kind: 'refused', detail: rest }
      return { kind: 'unknown', detail: rest || detailOf(end) }
    },

    jobState: async (queue, jobId, signal) => {
      const { word } = saidBy(await act('job', signal, { queue, jobId }))
      return word === 'waiting' || word === 'gone' ? word : 'unknown'
    },

    cancel: async (queue, jobId, signal) => saidBy(await act('cancel', signal, { queue, jobId })).word === 'cancelled',
  }
}

/** The one line that the program says; anything else is nothing. */
function saidBy(end: CommandEnd): { readonly word: string; readonly rest: string } {
  const line = end.kind === 'ended' && end.exit === 0 ? (end.stdout.split(/\r?\n/)[0] ?? '') : ''
  const [word = '', ...rest] = line.split(' ')
  return { word, rest: rest.join(' ') }
}

function detailOf(end: CommandEnd): string {
  if (end.kind !== 'ended') return end.detail
  return `${end.stdout} ${end.stderr}`.replace(/\s+/g, ' ').trim().slice(0, 300)
}

/** PRINTER_ATTRIBUTE_WORK_OFFLINE: set for a USB printer that is unplugged, while its queue can still be opened. */
const workOffline = 0x400

/** The PRINTER_STATUS bits of winspool.h that a receipt printer's driver may set. */
const statusBits = {
  paused: 0x1,
  error: 0x2,
  pendingDeletion: 0x4,
  paperJam: 0x8,
  paperOut: 0x10,
  paperProblem: 0x40,
  offline: 0x80,
  notAvailable: 0x1000,
  userIntervention: 0x10_0000,
  doorOpen: 0x40_0000,
  serverOffline: 0x200_0000,
} as const

function stateOf(attributes: number, status: number): QueueState {
  const has = (...names: readonly (keyof typeof statusBits)[]): boolean =>
    names.some((name) => (status & statusBits[name]) !== 0)
  if ((attributes & workOffline) !== 0 || has('offline', 'notAvailable', 'serverOffline')) {
    return { kind: 'stopped', detail: 'the printer is offline' }
  }
  if (has('paused', 'pendingDeletion')) return { kind: 'stopped', detail: 'the queue is paused' }
  const signs: PrinterSigns = {
    ...noSigns,
    coverOpen: has('doorOpen'),
    paperOut: has('paperOut'),
    error: has('paperJam', 'paperProblem', 'userIntervention') ? 'recoverable' : has('error') ? 'unnamed' : null,
  }
  return { kind: 'open', signs: Object.values(signs).some(Boolean) ? signs : null }
}
