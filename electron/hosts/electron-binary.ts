import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Electron's binary, which comes from outside the package registry and may be missing (design §7). It is looked for on
 * the disk only: `require('electron')` would start a download that a filtered network never ends (platform.md §2).
 */

type Environment = Readonly<Record<string, string | undefined>>

const packageDirectory = (root: string): string => join(root, 'node_modules', 'electron')

/** Electron's program, or null. `ELECTRON_OVERRIDE_DIST_PATH` names a folder with a copy of one's own. */
export function findElectron(root: string, environment: Environment, platform: NodeJS.Platform): string | null {
  const named = readText(join(packageDirectory(root), 'path.txt'))?.trim()
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const program = override
    ? join(override, named || usualProgram(platform))
    : named
      ? join(packageDirectory(root), 'dist', named)
      : null
  return program !== null && existsSync(program) ? program : null
}

function usualProgram(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe'
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return 'electron'
}

/** Long enough for a good network, short enough for a person who waits. */
export const fetchLimitMs = 30_000
const retryAfterMs = 7 * 24 * 60 * 60 * 1000

type FailedFetch = { readonly version: string; readonly wallMs: number }

const markerFile = (root: string): string => join(root, '.cache', 'electron-download-failed.json')

/**
 * Whether it is worth trying to fetch Electron now: not where someone said no, not in CI, and not when the same version
 * could not be fetched within the last week.
 */
export function mayFetchElectron(root: string, environment: Environment, nowWallMs: number): boolean {
  const refusals = [
    'SCANTILL_NO_ELECTRON_DOWNLOAD',
    'ELECTRON_SKIP_BINARY_DOWNLOAD',
    'ELECTRON_OVERRIDE_DIST_PATH',
    'CI',
  ]
  if (refusals.some((name) => environment[name])) return false
  const version = electronVersion(root)
  if (version === null) return false
  const failed = readFailedFetch(root)
  return failed === null || failed.version !== version || Math.abs(nowWallMs - failed.wallMs) > retryAfterMs
}

/**
 * Runs Electron's own install script within a time limit and answers whether it came to a good end. A failed try is
 * remembered, so that the next start does not wait again. Its output is not shown.
 */
export async function fetchElectron(root: string, nowWallMs: number, limitMs: number = fetchLimitMs): Promise<boolean> {
  const fetched = await new Promise<boolean>((done) => {
    const script = join(packageDirectory(root), 'install.js')
    const child = spawn(process.execPath, [script], { stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' })
    child.once('error', () => done(false))
    child.once('exit', (code) => done(code === 0))
  })
  const marker = markerFile(root)
  if (fetched) {
    rmSync(marker, { force: true })
  } else {
    mkdirSync(dirname(marker), { recursive: true })
    const failed: FailedFetch = { version: electronVersion(root) ?? '', wallMs: nowWallMs }
    writeFileSync(marker, JSON.stringify(failed))
  }
  return fetched
}

function electronVersion(root: string): string | null {
  const manifest = readJson(join(packageDirectory(root), 'package.json'))
  return typeof manifest?.['version'] === 'string' ? manifest['version'] : null
}

function readFailedFetch(root: string): FailedFetch | null {
  const { version, wallMs } = readJson(markerFile(root)) ?? {}
  return typeof version === 'string' && typeof wallMs === 'number' ? { version, wallMs } : null
}

function readJson(file: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(readText(file) ?? '')
    // An object is all that is asked for here; its members are looked at one by one.
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null
  } catch {
    return null
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
