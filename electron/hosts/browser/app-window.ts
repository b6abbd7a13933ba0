import { type ChildProcess, spawn } from 'node:child_process'

export type AppWindowOptions = {
  /** Chromium, Chrome or Edge. */
  readonly program: string
  readonly address: string
  /** The window's own; with a profile that is open elsewhere the browser would hand the address over and leave. */
  readonly profileDirectory: string
  readonly platform: NodeJS.Platform
  /** Chromium's sandbox does not work for root. */
  readonly root: boolean
}

/** How an app window came to its end. */
export type WindowEnd =
  | { readonly kind: 'closed' }
  /** It ended with an error, or could not be started. */
  | { readonly kind: 'failed' }

export type AppWindow = {
  readonly ended: Promise<WindowEnd>
  /** Ends the browser, with its children, by force after a while. */
  close(): Promise<void>
}

/** The browser's arguments for a window of the till alone that calls nobody (platform.md §4). */
export function appWindowArguments(options: Omit<AppWindowOptions, 'program'>): readonly string[] {
  const { address, profileDirectory, platform, root } = options
  return [
    `--app=${address}`,
    `--user-data-dir=${profileDirectory}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-background-mode',
    '--disable-component-update',
    '--disable-extensions',
    // The customer's display opens at the start, with nobody's click before it.
    '--disable-popup-blocking',
    '--hide-crash-restore-bubble',
    '--autoplay-policy=no-user-gesture-required',
    '--window-size=1280,800',
    '--window-position=0,0',
    '--lang=zh-CN',
    // No question for the desktop's keyring: there is no password to keep.
    ...(platform === 'linux' ? ['--password-store=basic'] : []),
    ...(root ? ['--no-sandbox', '--test-type', '--disable-gpu', '--disable-dev-shm-usage'] : []),
  ]
}

const killAfterMs = 5000

/** Variables that may hold what the till's configuration calls secret; a browser needs none of them. */
const secretName = /^SCANTILL_|KEY|SECRET|TOKEN|PASS/i

/** What the browser gets of the till's environment. */
export const browserEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !secretName.test(name)))

/** Opens the window. What the browser prints is not shown: it is noise to a cashier. */
export function openAppWindow(options: AppWindowOptions): AppWindow {
  // A group of its own, so that a wrapper script and the browser behind it end together.
  const grouped = options.platform !== 'win32'
  const child = spawn(options.program, appWindowArguments(options), {
    stdio: 'ignore',
    detached: grouped,
    env: browserEnvironment(process.env),
  })
  const ended = new Promise<WindowEnd>((done) => {
    child.once('error', () => done({ kind: 'failed' }))
    child.once('exit', (code) => done({ kind: code === 0 ? 'closed' : 'failed' }))
  })
  // However this process ends: a window without its till must not stay open.
  const endWithUs = (): void => signal(child, grouped, 'SIGKILL')
  process.once('exit', endWithUs)
  void ended.then(() => process.off('exit', endWithUs))
  return {
    ended,
    async close() {
      signal(child, grouped, 'SIGTERM')
      const force = setTimeout(() => signal(child, grouped, 'SIGKILL'), killAfterMs)
      await ended
      clearTimeout(force)
    },
  }
}

function signal(child: ChildProcess, grouped: boolean, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (grouped) process.kill(-child.pid, name)
    else child.kill(name)
  } catch {
    // It ended by itself in this moment.
  }
}
