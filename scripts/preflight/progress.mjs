import { spawn } from 'node:child_process'

/**
 * @typedef {{ readonly ok: true, readonly output: string }
 *   | { readonly ok: false, readonly problem: string, readonly output: string }} RunResult
 *
 * @typedef {(command: string, args: readonly string[], options?: {
 *   readonly label?: string,
 *   readonly environment?: Readonly<Record<string, string>>,
 * }) => Promise<RunResult>} Run Runs a program to its end; with a `label` it shows progress lines meanwhile.
 */

const outputCharactersMax = 200_000
const lineEveryMs = 10_000
const redrawEveryMs = 1_000

/**
 * Runs programs quietly: their own output is kept, not shown; a labelled one shows "label … 24 s" while it runs.
 *
 * On a terminal that line is redrawn each second; elsewhere (a log) a new one is written every ten. What a program
 * wrote comes back as `output`, so that a failure can show its last lines. Never rejects: a program that is not there
 * is a failure with a `problem`, too.
 *
 * @param {{ readonly stream: { readonly isTTY?: boolean, write(text: string): unknown }, readonly folder: string }} to
 * @returns {Run}
 */
export function quietRunner({ stream, folder }) {
  return (command, args, { label, environment = {} } = {}) =>
    new Promise((resolve) => {
      const startedMs = performance.now()
      const elapsed = () => `${Math.round((performance.now() - startedMs) / 1000)} s`
      const child = spawn(command, args, {
        cwd: folder,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        // npm is a .cmd file on Windows, which only a shell can start; no argument comes from outside.
        shell: process.platform === 'win32' && command.endsWith('.cmd'),
      })
      let output = ''
      /** @param {Buffer} chunk */
      const keep = (chunk) => {
        output = (output + chunk.toString('utf8')).slice(-outputCharactersMax)
      }
      child.stdout.on('data', keep)
      child.stderr.on('data', keep)

      const terminal = stream.isTTY === true
      if (label !== undefined && !terminal) stream.write(`${label} …\n`)
      const draw = () => stream.write(terminal ? `\r${label} … ${elapsed()}` : `${label} … ${elapsed()}\n`)
      const ticking = label === undefined ? undefined : setInterval(draw, terminal ? redrawEveryMs : lineEveryMs)

      /** @param {string | undefined} problem */
      const end = (problem) => {
        clearInterval(ticking)
        if (label !== undefined) {
          const word = problem === undefined ? 'done' : 'failed'
          stream.write(`${terminal ? '\r' : ''}${label}: ${word}, ${elapsed()}\n`)
        }
        resolve(problem === undefined ? { ok: true, output } : { ok: false, problem, output })
      }
      child.once('error', (error) => end(error.message))
      child.once('close', (code, signal) => end(code === 0 ? undefined : `${command} ended with ${signal ?? code}`))
    })
}

/**
 * The last `count` lines of a program's output that say something.
 *
 * @param {string} output
 * @param {number} [count]
 * @returns {readonly string[]}
 */
export function lastLines(output, count = 12) {
  return output
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
}

/** A reason for which the preflight cannot go on, in words that say what to do. */
export class CannotGoOn extends Error {
  /**
   * @param {string} what one sentence: what is missing
   * @param {{ readonly lines?: readonly string[], readonly advice: readonly string[] }} more the last lines of the
   *   program that failed, and what to try, best first
   */
  constructor(what, { lines = [], advice }) {
    super(what)
    this.lines = lines
    this.advice = advice
  }

  /** The whole message for a person, several lines. */
  text() {
    return [
      '',
      this.message,
      ...this.lines.map((line) => `  | ${line}`),
      'What to try:',
      ...this.advice.map((line) => `  - ${line}`),
      '',
    ].join('\n')
  }
}
