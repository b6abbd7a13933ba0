import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The Node that runs `.ts` files and has node:sqlite as this project needs them. */
export const nodeMajorWanted = 24

/** @param {string} version as `process.versions.node` */
export function isProjectNode(version) {
  return Number.parseInt(version, 10) === nodeMajorWanted
}

/**
 * Runs a script under the project's Node: in this process when it is that Node already, else in a child that shares
 * the terminal, and whose end becomes the end of this process.
 *
 * In this process the script is imported with `process.argv` as if it had been started alone; only
 * `import.meta.main` would differ, so scripts must not rely on it.
 *
 * @param {string} program the project's Node
 * @param {string} script absolute path
 * @param {readonly string[]} scriptArguments
 */
export async function runUnderProjectNode(program, script, scriptArguments) {
  if (isProjectNode(process.versions.node)) {
    process.argv = [process.execPath, script, ...scriptArguments]
    await import(pathToFileURL(script).href)
    return
  }
  const path = [join(program, '..', '..', '..', '.bin'), process.env['PATH']].join(delimiter)
  const child = spawn(program, [script, ...scriptArguments], { stdio: 'inherit', env: { ...process.env, PATH: path } })
  // Whoever stops a single process sends SIGTERM: it is passed on. SIGINT and SIGHUP come from a terminal, which sends
  // them to the child as well; passed on, they would arrive twice, and twice means "at once" to a till that is stopping.
  const passOn = () => child.kill('SIGTERM')
  const wait = () => {}
  process.on('SIGTERM', passOn).on('SIGINT', wait).on('SIGHUP', wait)
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal === null ? code : 128 + constants.signals[signal]))
  })
  process.off('SIGTERM', passOn).off('SIGINT', wait).off('SIGHUP', wait)
}
