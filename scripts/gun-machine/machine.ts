import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'

/** A virtual machine to run once. */
export type Machine = {
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
  readonly kernel: string
  readonly memoryDisk: string
  /** Where everything that the machine prints is kept. */
  readonly consoleFile: string
  /** A machine that hangs is ended then. */
  readonly limitMs: number
}

export type MachineEnd = {
  readonly output: string
  readonly how: 'switched-off' | 'timed-out' | 'failed'
  /** What the emulator itself said. */
  readonly problem: string
}

/**
 * The emulator's arguments. Always in software, because a /dev/kvm that is there proves nothing (hardware.md §9.1). The
 * machine's clock counts instructions, a nanosecond each, and jumps where all of its programs wait: a limit of time then
 * holds however busy this computer is, and the figures of two runs can be compared. Such a clock wants a single processor.
 */
export function machineArguments({ kernel, memoryDisk }: Pick<Machine, 'kernel' | 'memoryDisk'>): readonly string[] {
  return [
    ['-accel', 'tcg'],
    ['-icount', 'shift=0,sleep=off'],
    ['-rtc', 'clock=vm'],
    ['-cpu', 'max'],
    ['-smp', '1'],
    ['-m', '1536'],
    ['-nodefaults', '-no-user-config', '-no-reboot'],
    ['-display', 'none'],
    ['-serial', 'stdio'],
    ['-nic', 'none'],
    ['-kernel', kernel],
    ['-initrd', memoryDisk],
    ['-append', 'console=ttyS0 quiet loglevel=3 panic=1 mitigations=off rdinit=/init'],
  ].flat()
}

/** Starts the machine and answers when it has switched itself off, or the time is over; `onLine` hears each line. */
export function runMachine(machine: Machine, onLine: (line: string) => void): Promise<MachineEnd> {
  const { program, environment, consoleFile, limitMs } = machine
  return new Promise((resolve) => {
    const child = spawn(program, machineArguments(machine), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    })
    const file = createWriteStream(consoleFile)
    let output = ''
    let rest = ''
    let problem = ''
    let timedOut = false
    const limit = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, limitMs)
    const endWithUs = (): void => void child.kill('SIGKILL')
    process.once('exit', endWithUs)
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      file.write(piece)
      output += piece
      const lines = (rest + piece).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    })
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      problem = (problem + piece).slice(-2_000)
    })
    child.once('error', (error) => {
      problem += error.message
    })
    child.once('close', (code) => {
      clearTimeout(limit)
      process.off('exit', endWithUs)
      file.end()
      resolve({ output, how: timedOut ? 'timed-out' : code === 0 ? 'switched-off' : 'failed', problem: problem.trim() })
    })
  })
}
