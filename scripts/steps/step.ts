import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'

/** Whether processes stand in groups that a terminal and the scheduler know. */
const hasGroups = process.platform !== 'win32'

export const projectRoot = dirname(dirname(import.meta.dirname))

/** One program that is run as part of a check, under this same Node. */
export type Step = {
  readonly name: string
  /** A JavaScript or TypeScript file relative to the project's root, and its arguments. */
  readonly script: string
  readonly scriptArguments?: readonly string[]
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>
  /** `on-failure` keeps the output back unless the step fails; `always` passes it on as it comes. */
  readonly show: 'on-failure' | 'always'
  /** It takes only what the steps beside it leave of the processor. */
  readonly inBackground?: boolean
}

export type StepResult = { readonly name: string; readonly passed: boolean; readonly seconds: number }

/** Runs a step to its end and prints one line with its outcome; a step that cannot be started has failed. */
export function runStep(step: Step): Promise<StepResult> {
  const { name, script, scriptArguments = [], environment = {}, show, inBackground = false } = step
  const startedMs = performance.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, script), ...scriptArguments], {
      cwd: projectRoot,
      stdio: ['ignore', show === 'always' ? 'inherit' : 'pipe', show === 'always' ? 'inherit' : 'pipe'],
      env: { ...process.env, ...environment, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
      // A group of its own, which `yieldToOthers` can weigh.
      detached: inBackground && hasGroups,
    })
    const noLongerTied = inBackground && hasGroups ? tieToThisProcess(child) : () => undefined
    if (inBackground && child.pid !== undefined) yieldToOthers(child.pid)
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const end = (passed: boolean): void => {
      const seconds = (performance.now() - startedMs) / 1000
      if (!passed && output !== '') process.stdout.write(output.endsWith('\n') ? output : `${output}\n`)
      console.log(`${passed ? '✔' : '✖'} ${name}, ${seconds.toFixed(1)} s`)
      resolve({ name, passed, seconds })
    }
    child.once('error', (error) => {
      output += `${error.message}\n`
      end(false)
    })
    child.once('close', (code) => {
      noLongerTied()
      end(code === 0)
    })
  })
}

/** A group of its own hears nothing of a terminal's Ctrl-C: it is passed on. Answers what unties the two again. */
function tieToThisProcess(child: ChildProcess): () => void {
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    process.exit(1)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}

/**
 * Lets a process take only what others leave. Linux weighs groups of processes against each other before it looks into
 * them, and a browser that a test starts is a group of its own: so the group must give way as well.
 */
function yieldToOthers(pid: number): void {
  setPriority(pid, constants.priority.PRIORITY_LOW)
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW))
  } catch {
    // Not Linux, or without such groups: the priority above is all there is.
  }
}

/** Prints what failed, or that all passed, and sets the exit code. */
export function conclude(subject: string, results: readonly StepResult[]): void {
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
  // Since the process began: steps run side by side.
  const seconds = performance.now() / 1000
  if (failed.length === 0) {
    console.log(`\n${subject}: all ${results.length} steps passed, ${seconds.toFixed(0)} s`)
    return
  }
  console.log(`\n${subject}: ${failed.length} of ${results.length} steps failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
