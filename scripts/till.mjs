// `npm run -s till -- COMMAND …`: the command line (electron/cli) under the project's own Node. Plain JavaScript, so
// that a clone without packages, or the system's older Node, ends in a clear sentence. Nothing but the command itself
// writes to stdout: with --json every line there is an object.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runUnderProjectNode } from './preflight/hand-over.mjs'
import { nodeProgram } from './preflight/packages.mjs'

const internalError = 4

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = nodeProgram(root)

/** @param {string} what */
function refuse(what) {
  process.stderr.write(`${what} Run "npm ci" in ${root}, then the same command again.\n`)
  process.exitCode = internalError
}

if (!existsSync(program)) {
  refuse("Scantill's packages are not installed.")
} else {
  try {
    await runUnderProjectNode(program, join(root, 'electron', 'cli', 'main.ts'), process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    refuse(`A part of Scantill is missing: ${error.message}.`)
  }
}
