import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/** A serial line without hardware: what is sent comes out of the port at `path`, until it is unplugged. */
export type PseudoTerminal = {
  readonly path: string
  readonly send: (text: string) => void
  readonly sendBytes: (bytes: Uint8Array) => void
  readonly unplug: () => Promise<void>
}

const program = '/usr/bin/script'

/** Why there can be no pseudo-terminal here, or false: the form that node:test takes as `skip`. */
export const withoutPseudoTerminal: string | false =
  process.platform === 'linux' && existsSync(program) ? false : 'needs Linux and the program script (util-linux)'

/**
 * Makes one by the program `script`, which every Debian has; no rights are needed. `onReceived` hears what is written into
 * the port. The line is raw, so that bytes pass as they are.
 */
export async function openPseudoTerminal({
  onReceived = () => undefined,
}: {
  readonly onReceived?: (bytes: Uint8Array) => void
} = {}): Promise<PseudoTerminal> {
  const inside = 'stty raw -echo; tty; exec sleep 600'
  const child = spawn(program, ['-qfec', inside, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const path = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString('utf8').trim()))
  })
  child.stdout.on('data', onReceived)
  return {
    path,
    send: (text) => void child.stdin.write(text, 'latin1'),
    sendBytes: (bytes) => void child.stdin.write(bytes),
    unplug: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
