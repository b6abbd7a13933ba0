import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { PracticeWallet } from './practice-code.ts'
import type { ServedChannel } from './start-every-server.ts'

/** `till train` as a process of its own: every training server, outside of whatever till pays there. */
export type TrainingProcess = {
  /** Where books and keys lie. */
  readonly dataDirectory: string
  /** The `config.json` that it prints for a till in another data folder. */
  readonly configuration: {
    readonly channels: readonly ServedChannel[]
    readonly routes: Readonly<Partial<Record<PracticeWallet, string>>>
  }
  /** Interrupts it as a person does, and answers its exit code. */
  stop(): Promise<number | null>
}

/**
 * Starts the command line's `train` on a data folder and waits for its configuration. `program` is the built command
 * line. Rejects, with what it said, when it ends before that.
 */
export async function startTrainingProcess(program: string, dataDirectory: string): Promise<TrainingProcess> {
  const child = spawn(process.execPath, [program, 'train', '--data', dataDirectory, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-2_000)
  })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), closed.then(() => null)])
  if (first === null) throw new Error(`till train ended: ${said}`)
  // The first line is our own command's, in the form that `train` gives it.
  const { configuration } = JSON.parse(String(first[0])) as Pick<TrainingProcess, 'configuration'>
  return {
    dataDirectory,
    configuration,
    stop: async () => {
      child.kill('SIGINT')
      const [exit] = await closed
      return typeof exit === 'number' ? exit : null
    },
  }
}
