import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { crashVariable } from '../../electron/crash-points/crash-switch.ts'
import { projectRoot } from '../steps/step.ts'

/** How a till process ended, and what it had printed until then. */
export type TillEnd = {
  readonly exit: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** It took longer than it may and was stopped. */
  readonly wasLate: boolean
}

/** A till that hangs is a failure of its kill, not of the whole run. */
const usualPatienceMs = 40_000

export type TillRun = {
  readonly data: string
  readonly input?: string
  /** Where it kills itself. */
  readonly crashAt?: string
  /** After this time it is stopped. */
  readonly patienceMs?: number
}

/** Runs the command line as a process of its own, to its end. */
export async function runTill(
  words: readonly string[],
  { data, input = '', crashAt, patienceMs = usualPatienceMs }: TillRun,
): Promise<TillEnd> {
  const { [crashVariable]: _inherited, ...environment } = process.env
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli/main.js'), ...words, '--data', data, '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...environment,
      NODE_COMPILE_CACHE: join(projectRoot, '.cache/compiled'),
      ...(crashAt === undefined ? {} : { [crashVariable]: crashAt }),
    },
  })
  let wasLate = false
  const limit = setTimeout(() => {
    wasLate = true
    child.kill('SIGTERM')
  }, patienceMs)
  const hard = setTimeout(() => child.kill('SIGKILL'), patienceMs + 5_000)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.on('error', () => undefined) // a till that is killed may leave before it has read everything
  child.stdin.end(input)
  const [exit, signal]: (number | NodeJS.Signals | null)[] = await once(child, 'close')
  clearTimeout(limit)
  clearTimeout(hard)
  return {
    exit: typeof exit === 'number' ? exit : null,
    signal: typeof signal === 'string' ? signal : null,
    stdout,
    stderr,
    wasLate,
  }
}
