import { existsSync, readFileSync } from 'node:fs'
import { findTestBrowser } from '../../electron/hosts/browser/installed-browser.mjs'
import { CannotGoOn, lastLines } from './progress.mjs'

/**
 * @typedef {import('./progress.mjs').Run} Run
 * @typedef {import('../../electron/hosts/browser/installed-browser.mjs').BrowserSearch} BrowserSearch
 *
 * @typedef {{
 *   readonly platform: string,
 *   readonly root: boolean,
 *   readonly apt: boolean,
 *   readonly system: string,
 * }} Machine `system` is /etc/os-release, empty where there is none
 */

/** @returns {Machine} */
export function thisMachine() {
  return {
    platform: process.platform,
    root: process.getuid?.() === 0,
    apt: existsSync('/usr/bin/apt-get'),
    system: existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
  }
}

/**
 * Whether apt may and can bring a browser: root on Debian or a child of it. Not on Ubuntu and its children, where the
 * package `chromium` is an empty one that leads to a snap.
 *
 * @param {Machine} machine
 */
export function aptBringsBrowser({ platform, root, apt, system }) {
  const names = [...system.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap((match) =>
    (match[1] ?? '').replaceAll('"', '').split(/\s+/),
  )
  return platform === 'linux' && root && apt && names.includes('debian') && !names.includes('ubuntu')
}

/**
 * What a person can do who has to bring the browser.
 *
 * @param {Machine} machine
 * @returns {readonly string[]}
 */
export function browserAdvice({ platform, apt, system }) {
  const ubuntu = /ubuntu/.test(system)
  const own = 'If one is installed elsewhere, name its program: SCANTILL_BROWSER=/path/to/browser npm test'
  if (platform !== 'linux') return ['Install Google Chrome or Microsoft Edge and run it again.', own]
  if (apt && !ubuntu) {
    return ['sudo apt-get install --no-install-recommends chromium fonts-wqy-microhei', own]
  }
  return ['Install Chromium, Google Chrome or Microsoft Edge from your distribution and run it again.', own]
}

/** Debian 12 and newer; it starts and runs lighter than the whole browser. */
const windowlessPackage = 'chromium-headless-shell'
const wholePackage = 'chromium'

const patientApt = ['-o', 'DPkg::Lock::Timeout=300', '-y', '-q']

/**
 * The browser for the end-to-end tests: an installed one, else on Debian as root the one that apt brings; with it a
 * font that has Chinese characters, without which screenshots show boxes.
 *
 * @param {{
 *   readonly run: Run,
 *   readonly step: string,
 *   readonly say: (line: string) => void,
 *   readonly machine?: Machine,
 *   readonly find?: () => BrowserSearch,
 * }} context
 * @returns {Promise<string>} the browser's path
 * @throws {CannotGoOn} when there is none and it cannot be installed from here
 */
export async function ensureBrowser({ run, step, say, machine = thisMachine(), find = findTestBrowser }) {
  const found = find()
  if (found.kind === 'override-missing') {
    throw new CannotGoOn(`SCANTILL_BROWSER names ${found.path}, which is not there.`, {
      advice: ['Correct SCANTILL_BROWSER, or unset it to have the usual places searched.'],
    })
  }
  const mayInstall = aptBringsBrowser(machine)
  if (found.kind === 'none' && !mayInstall) {
    throw new CannotGoOn('No Chromium, Chrome or Edge was found; the end-to-end tests need one.', {
      advice: browserAdvice(machine),
    })
  }
  const fontMissing = machine.platform === 'linux' && !(await hasChineseFont(run))
  const packages = [
    ...(found.kind === 'none' ? [windowlessPackage] : []),
    ...(fontMissing && mayInstall ? ['fonts-wqy-microhei'] : []),
  ]
  if (fontMissing && !mayInstall) {
    say(
      `${step} no font with Chinese characters is installed: screenshots will show boxes (fonts-wqy-microhei has them)`,
    )
  }
  if (packages.length > 0) await aptInstall({ run, step, machine, packages })

  const browser = find()
  if (browser.kind === 'found') return browser.path
  throw new CannotGoOn('The browser was installed but cannot be found.', { advice: browserAdvice(machine) })
}

/** @param {Run} run */
async function hasChineseFont(run) {
  const list = await run('fc-list', [':lang=zh', 'family'])
  return list.ok && list.output.trim() !== ''
}

/** @param {{ run: Run, step: string, machine: Machine, packages: readonly string[] }} context */
async function aptInstall({ run, step, machine, packages }) {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  const what = packages.includes(windowlessPackage) ? 'browser for the tests' : 'font with Chinese characters'
  // A list that is a little old is no reason to stop; whether the packages can be had shows at once.
  const update = await run('apt-get', [...patientApt, 'update'], { label: `${step} package lists`, environment })
  /** @param {readonly string[]} names */
  const installed = (names) =>
    run('apt-get', [...patientApt, 'install', '--no-install-recommends', ...names], {
      label: `${step} ${what}`,
      environment,
    })
  let install = await installed(packages)
  if (!install.ok && packages.includes(windowlessPackage)) {
    // An older Debian, or a child of it, has the whole browser only.
    install = await installed(packages.map((name) => (name === windowlessPackage ? wholePackage : name)))
  }
  if (install.ok) return
  throw new CannotGoOn(`apt-get could not install ${packages.join(' and ')}: ${install.problem}.`, {
    lines: [...(update.ok ? [] : lastLines(update.output, 4)), ...lastLines(install.output)],
    advice: ['Check the network and /etc/apt/sources.list, then run it again.', ...browserAdvice(machine)],
  })
}
