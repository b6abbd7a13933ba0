// `npm start [-- --data DIR] [--config FILE]`: builds what is out of date and opens the till (design §7): in Electron
// where its binary is or can be fetched within a short time, else in a browser's window, else at an address that is
// printed.
//
// SCANTILL_HOST=browser asks for the browser host; SCANTILL_BROWSER names its program; SCANTILL_NO_ELECTRON_DOWNLOAD=1
// never tries to fetch Electron.
import { spawn } from 'node:child_process'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findInstalledBrowser } from '../electron/hosts/browser/installed-browser.mjs'
import { onBug } from '../electron/hosts/bug.ts'
import { choiceSentence, chooseHost, type HostChoice, hasDisplay } from '../electron/hosts/choose-host.ts'
import { fetchElectron, fetchLimitMs, findElectron, mayFetchElectron } from '../electron/hosts/electron-binary.ts'
import { readStartOptions, type StartOptions, surroundings } from '../electron/hosts/options.ts'
import { build } from './build.ts'

const root = dirname(import.meta.dirname)
const environment = process.env
const { platform } = process
const asRoot = process.getuid?.() === 0

/** One Ctrl+C can arrive twice: from the terminal, and passed on by npm. */
const sameSignalMs = 1500

/** Ends everything in order at the first signal, and at once when someone insists. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  let firstMs = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        firstMs = performance.now()
        stop.abort()
      } else if (performance.now() - firstMs > sameSignalMs) {
        process.exit(130)
      }
    })
  }
  return stop.signal
}

/** The machine as it is, after one try to fetch Electron where that is worth it. */
async function lookAround(): Promise<HostChoice | { readonly problem: string }> {
  const display = hasDisplay(platform, environment)
  const browserWanted = environment['SCANTILL_HOST'] === 'browser'
  const search = findInstalledBrowser()
  if (search.kind === 'override-missing')
    return { problem: `SCANTILL_BROWSER names ${search.path}, which is not there.` }
  const browser = search.kind === 'found' ? search.path : null
  const electron = findElectron(root, environment, platform)
  if (electron === null && display && !browserWanted && mayFetchElectron(root, environment, Date.now())) {
    console.log(`Electron is not here yet; fetching it once, for ${fetchLimitMs / 1000} s at most …`)
    await fetchElectron(root, Date.now())
  }
  return chooseHost({ electron: findElectron(root, environment, platform), display, browser, browserWanted })
}

/** Runs the built application in Electron and answers its exit code. */
function runElectron(program: string, { dataDirectory, configFile }: StartOptions, stop: AbortSignal): Promise<number> {
  // Some terminals set this; it would make Electron a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...itsEnvironment } = environment
  const sandbox = asRoot && platform === 'linux' ? ['--no-sandbox'] : []
  const config = configFile === null ? [] : ['--config', configFile]
  const child = spawn(program, [...sandbox, root, '--data', dataDirectory, ...config], {
    stdio: 'inherit',
    env: itsEnvironment,
  })
  stop.addEventListener('abort', () => child.kill('SIGTERM'))
  return new Promise((done) => {
    child.once('error', () => {
      console.error(`Electron could not be started from ${program}. SCANTILL_HOST=browser opens the till without it.`)
      done(4)
    })
    child.once('exit', (code) => done(code ?? (stop.aborted ? 0 : 4)))
  })
}

/** The till as it was built: its hundreds of sources would take twice as long to load. */
async function builtTill() {
  // Compiled modules, kept from start to start.
  enableCompileCache(join(root, '.cache', 'compiled'))
  const address = (name: string): string => pathToFileURL(join(root, 'dist', 'cli', name)).href
  const open: typeof import('../electron/open-till.ts') = await import(address('open-till.js'))
  const show: typeof import('../electron/hosts/browser/run-browser-till.ts') = await import(
    address('run-browser-till.js')
  )
  return { openTill: open.openTill, runBrowserTill: show.runBrowserTill }
}

async function start(args: readonly string[], stop: AbortSignal): Promise<number> {
  const reading = readStartOptions(args, { strict: true, machine: surroundings() })
  if (!reading.ok) {
    console.error(reading.problem)
    return 2
  }
  const choice = await lookAround()
  if ('problem' in choice) {
    console.error(choice.problem)
    return 2
  }
  try {
    await build({ targets: choice.host === 'electron' ? ['renderer', 'electron'] : ['renderer', 'cli'] })
  } catch (error) {
    console.error(`The till could not be built.\n${error instanceof Error ? error.message : ''}`)
    return 4
  }
  const sentence = choiceSentence(choice)
  if (sentence !== null) console.log(sentence)
  if (choice.host === 'electron') return await runElectron(choice.program, reading.options, stop)
  const { openTill, runBrowserTill } = await builtTill()
  return await runBrowserTill({
    ...reading.options,
    openTill,
    rendererDirectory: join(root, 'dist', 'renderer'),
    browser: choice.window === 'app' ? choice.program : null,
    platform,
    root: asRoot,
    say: (line) => console.log(line),
    report: (line) => console.error(line),
    stop,
  })
}

onBug((sentence) => {
  console.error(sentence)
  process.exit(4)
})
process.exit(await start(process.argv.slice(2), stopOnSignals()))
