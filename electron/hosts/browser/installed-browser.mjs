// Plain JavaScript without packages: the preflight runs this under the system's Node 20, before anything is installed.
import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** Names under which Linux distributions put a Chromium-family browser on PATH, best first. */
const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]

/** Chromium without windows: the lighter one for tests, no use to a person. */
const linuxWindowless = 'chromium-headless-shell'

/** Folders that are looked at even when PATH leaves them out. */
const linuxFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin']

const macPrograms = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/**
 * @typedef {{ readonly kind: 'found', readonly path: string }
 *   | { readonly kind: 'override-missing', readonly path: string }
 *   | { readonly kind: 'none' }} BrowserSearch
 */

/**
 * Every path at which a Chromium, Chrome or Edge may stand on this machine, best first (platform order: Chromium
 * before Chrome before Edge on Linux, Chrome first elsewhere).
 *
 * @param {string} platform as `process.platform`
 * @param {Readonly<Record<string, string | undefined>>} environment as `process.env`
 * @returns {readonly string[]}
 */
export function browserCandidates(platform, environment) {
  if (platform === 'win32') {
    const folders = [environment['ProgramFiles'], environment['ProgramFiles(x86)'], environment['LOCALAPPDATA']]
    return windowsPrograms.flatMap((program) =>
      folders.flatMap((folder) => (folder ? [win32.join(folder, program)] : [])),
    )
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(environment['HOME'] ? [posix.join(environment['HOME'], 'Applications')] : [])]
    return macPrograms.flatMap((program) => folders.map((folder) => posix.join(folder, program)))
  }
  return linuxNames.flatMap((name) => linuxPaths(name, environment))
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {readonly string[]}
 */
function linuxPaths(name, environment) {
  const onPath = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return [...new Set([...onPath, ...linuxFolders])].map((folder) => posix.join(folder, name))
}

/**
 * @typedef {{
 *   readonly platform?: string,
 *   readonly environment?: Readonly<Record<string, string | undefined>>,
 *   readonly exists?: (path: string) => boolean,
 * }} Machine the machine to look at; this one by default
 */

/**
 * The browser that shows the till where Electron is missing.
 *
 * `SCANTILL_BROWSER` goes before everything else. When it names a file that is not there the answer is
 * `override-missing` and nothing else is tried: whoever set it wants that browser.
 *
 * @param {Machine} [machine]
 * @returns {BrowserSearch}
 */
export function findInstalledBrowser(machine = {}) {
  const { platform = process.platform, environment = process.env } = machine
  return search(machine, browserCandidates(platform, environment))
}

/**
 * The browser that runs the end-to-end tests: as `findInstalledBrowser`, but one without windows goes before the others.
 *
 * @param {Machine} [machine]
 * @returns {BrowserSearch}
 */
export function findTestBrowser(machine = {}) {
  const { platform = process.platform, environment = process.env } = machine
  const windowless = platform === 'linux' ? linuxPaths(linuxWindowless, environment) : []
  return search(machine, [...windowless, ...browserCandidates(platform, environment)])
}

/**
 * @param {Machine} machine
 * @param {readonly string[]} candidates
 * @returns {BrowserSearch}
 */
function search({ environment = process.env, exists = existsSync }, candidates) {
  const override = environment['SCANTILL_BROWSER']
  if (override) {
    return exists(override) ? { kind: 'found', path: override } : { kind: 'override-missing', path: override }
  }
  const path = candidates.find((candidate) => exists(candidate))
  return path === undefined ? { kind: 'none' } : { kind: 'found', path }
}
