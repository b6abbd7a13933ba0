import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CannotGoOn, lastLines } from './progress.mjs'

/** @typedef {import('./progress.mjs').Run} Run */

/** @typedef {'ready' | 'missing' | 'outdated'} PackagesState */

/**
 * The stamp that a finished installation leaves in node_modules: which lock file it was made from.
 *
 * @param {string} lockText package-lock.json
 */
export function stampOf(lockText) {
  return `${createHash('sha256').update(lockText).digest('hex')}\n`
}

/**
 * Whether the installed packages are those of the lock file.
 *
 * The stamp decides. Without one (installed by hand) npm's own record of the installation, the hidden lock file that
 * it writes when it is done, is compared package by package; optional packages of other systems may be missing.
 *
 * @param {{ readonly lockText: string, readonly stamp?: string | undefined, readonly recordText?: string | undefined }} found
 * @returns {PackagesState}
 */
export function packagesState({ lockText, stamp, recordText }) {
  if (stamp === stampOf(lockText)) return 'ready'
  if (recordText === undefined) return 'missing'
  const wanted = lockedVersions(lockText)
  const installed = lockedVersions(recordText)
  for (const [path, { version, optional }] of wanted) {
    const found = installed.get(path)
    if (found === undefined ? !optional : found.version !== version) return 'outdated'
  }
  return 'ready'
}

/**
 * @param {string} lockText
 * @returns {Map<string, { readonly version: unknown, readonly optional: boolean }>}
 */
function lockedVersions(lockText) {
  /** @type {{ packages?: Record<string, { version?: string, optional?: boolean }> }} */
  const lock = JSON.parse(lockText)
  return new Map(
    Object.entries(lock.packages ?? {})
      .filter(([path]) => path !== '')
      .map(([path, { version, optional }]) => [path, { version, optional: optional === true }]),
  )
}

/**
 * What to try when npm failed, told from what it wrote.
 *
 * @param {string} output
 * @returns {readonly string[]}
 */
export function adviceForNpm(output) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ERR_SOCKET_TIMEOUT|ENETUNREACH/.test(output)) {
    return [
      'The package registry cannot be reached. Check the network; behind a proxy set HTTPS_PROXY.',
      'In a closed network point npm at your mirror: npm config set registry <address>',
      'Then run the same command again.',
    ]
  }
  if (/ENOSPC/.test(output)) return ['The disk is full: the packages need about 600 MB. Free some and run it again.']
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return ['This folder cannot be written. Use a folder that belongs to you, without sudo, and run it again.']
  }
  if (/EUSAGE|in sync/.test(output)) {
    return [
      'package.json and package-lock.json disagree. Run npm install, look at what changed, and commit the lock file.',
    ]
  }
  if (/EINTEGRITY|E404|ETARGET|notarget/.test(output)) {
    return ['The registry lacks a version of the lock file, or has another one. Try the default registry, then npm ci.']
  }
  return ['Run npm ci by hand to see everything it says.']
}

/**
 * What npm said went wrong, without the usage text that it adds to some errors.
 *
 * @param {string} output
 * @returns {readonly string[]}
 */
export function npmErrorLines(output) {
  const errors = output
    .split(/\r?\n/)
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trimEnd())
  const usage = errors.findIndex((line) => /^(Clean install a project|Usage:)/.test(line))
  const said = errors
    .slice(0, usage === -1 ? errors.length : usage)
    .filter((line) => line !== '' && !/^\s+at /.test(line))
  return said.length === 0 ? lastLines(output) : said.slice(0, 12)
}

/**
 * How npm is started: the npm that runs this script if there is one, else the one on PATH.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} platform
 * @returns {{ readonly command: string, readonly args: readonly string[] }}
 */
export function npmCommand(environment, platform) {
  const running = environment['npm_execpath']
  if (running?.endsWith('.js')) return { command: process.execPath, args: [running] }
  return { command: platform === 'win32' ? 'npm.cmd' : 'npm', args: [] }
}

/** @param {string} path */
const textOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/**
 * Installs what the lock file lists, unless it is installed already; the usual case costs reading two files.
 *
 * @param {{ readonly root: string, readonly run: Run, readonly step: string,
 *   readonly environment?: Readonly<Record<string, string | undefined>>, readonly platform?: string }} context
 *   `step` is the progress text's beginning, like "1/3"
 * @returns {Promise<'known' | 'fresh'>} `known`: an earlier preflight left its stamp, Node was checked then
 * @throws {CannotGoOn} when npm fails
 */
export async function ensurePackages({ root, run, step, environment = process.env, platform = process.platform }) {
  const stampPath = join(root, 'node_modules', '.scantill-packages')
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = textOf(stampPath)
  if (stamp === stampOf(lockText)) return 'known'
  const recordText = textOf(join(root, 'node_modules', '.package-lock.json'))
  const state = packagesState({ lockText, stamp, recordText })
  if (state !== 'ready') {
    const npm = npmCommand(environment, platform)
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    // All of them are development packages: an environment set to production must not leave them out.
    const result = await run(npm.command, [...npm.args, 'ci', '--include=dev', '--include=optional', ...quiet], {
      label: `${step} ${state === 'missing' ? 'packages' : 'packages (the lock file changed)'}`,
    })
    if (!result.ok) {
      throw new CannotGoOn(`The packages could not be installed: ${result.problem}.`, {
        lines: npmErrorLines(result.output),
        advice: adviceForNpm(result.output),
      })
    }
  }
  writeFileSync(stampPath, stampOf(lockText))
  return 'fresh'
}

/**
 * Where the package `node` puts its program. npm's `.bin/node` leads to it.
 *
 * @param {string} root
 * @param {string} [platform]
 */
export function nodeProgram(root, platform = process.platform) {
  return join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * Makes sure that the Node which package.json asks for is there and runs: the package `node` fetches its program in
 * an install script, which `--ignore-scripts` and some policies skip.
 *
 * @param {{ readonly root: string, readonly run: Run, readonly step: string, readonly fresh: boolean,
 *   readonly environment?: Readonly<Record<string, string | undefined>>, readonly platform?: string }} context
 *   `fresh`: not checked since the last installation, so the program is started once to see its version
 * @returns {Promise<string>} the program's path
 * @throws {CannotGoOn} when it cannot be had
 */
export async function ensureNode({ root, run, step, fresh, environment = process.env, platform = process.platform }) {
  const program = nodeProgram(root, platform)
  /** @type {{ devDependencies: { node: string } }} */
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const wanted = `v${devDependencies.node}`
  const works = async () => {
    if (!existsSync(program)) return false
    const answer = await run(program, ['--version'])
    return answer.ok && answer.output.trim() === wanted
  }
  if (fresh ? await works() : existsSync(program)) return program

  const npm = npmCommand(environment, platform)
  const result = await run(
    npm.command,
    [...npm.args, 'rebuild', 'node', '--no-ignore-scripts', '--foreground-scripts', '--loglevel=error'],
    { label: `${step} Node ${devDependencies.node}` },
  )
  if (await works()) return program
  // The stamp must not outlive a broken installation: the next start looks at everything again.
  rmSync(join(dirname(dirname(dirname(program))), '.scantill-packages'), { force: true })
  throw new CannotGoOn(`Node ${devDependencies.node} could not be installed into this folder.`, {
    lines: lastLines(result.output),
    advice: [
      'npm rebuild node --foreground-scripts',
      'If install scripts are switched off (npm config get ignore-scripts), allow them for the package "node".',
      ...(result.ok ? [] : adviceForNpm(result.output)),
    ],
  })
}
