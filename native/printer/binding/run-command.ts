import { spawn } from 'node:child_process'
import { wordsOf } from '../../scanner/binding/driver-words.ts'

/** A program of the system with its arguments as a list: nothing is put together to a command line. */
export type SystemCommand = {
  readonly program: string
  readonly parameters: readonly string[]
  /** On its standard input. */
  readonly input?: Uint8Array
  /** Added to the few names of the environment that a program needs. */
  readonly environment?: Readonly<Record<string, string>>
  /** Called before the first byte of the input leaves this process. */
  readonly onInput?: () => void
}

export type CommandEnd =
  | { readonly kind: 'ended'; readonly exit: number; readonly stdout: string; readonly stderr: string }
  /** It was never started. */
  | { readonly kind: 'not-started'; readonly detail: string }
  /** Stopped by the signal, or killed by another one: what it did until then is not known. */
  | { readonly kind: 'stopped'; readonly detail: string }

export type RunCommand = (command: SystemCommand, signal: AbortSignal) => Promise<CommandEnd>

/** More than any spooler's program says. */
const outputMax = 1024 * 1024

/** What the system's programs need; the till's own environment may hold secrets. */
const environmentNames: readonly string[] = [
  'PATH',
  'HOME',
  'SystemRoot',
  'SYSTEMROOT',
  'windir',
  'TEMP',
  'TMP',
  'CUPS_SERVER',
]

/** Runs a program of the system to its end. Never rejects. */
export const runCommand: RunCommand = (command, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'not-started', detail: 'given up' })
    const own = environmentNames.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    const child = spawn(command.program, [...command.parameters], {
      env: { ...Object.fromEntries(own), ...command.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const onStopped = (): void => void child.kill('SIGKILL')
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        if (said[stream].length < outputMax) said[stream] += text
      })
    }
    // A program that reads nothing of its input tells by how it ends.
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'not-started', detail: wordsOf(error) })
    })
    child.on('close', (exit, by) => {
      signal.removeEventListener('abort', onStopped)
      resolve(exit === null ? { kind: 'stopped', detail: `stopped by ${by}` } : { kind: 'ended', exit, ...said })
    })
    child.on('spawn', () => {
      signal.addEventListener('abort', onStopped)
      command.onInput?.()
      child.stdin.end(command.input ?? '')
    })
  })
