import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartOptions } from '../options.ts'
import type { OpenedTill, OpenTill, Report, TillService } from '../service.ts'
import { closeWithinLimit } from '../shutdown.ts'
import { waitForTill } from '../waiting-till.ts'
import { type AppWindow, type AppWindowOptions, openAppWindow } from './app-window.ts'
import { type BrowserHost, startBrowserHost } from './browser-host.ts'

export type BrowserTillOptions = StartOptions & {
  readonly openTill: OpenTill
  readonly rendererDirectory: string
  /** The browser for the till's own window; null prints the address. */
  readonly browser: string | null
  readonly platform: NodeJS.Platform
  readonly root: boolean
  /** For a person: standard output. */
  readonly say: Report
  /** For what went wrong: standard error. */
  readonly report: Report
  /** Ctrl+C, a service manager, the end of the session. */
  readonly stop: AbortSignal
  readonly openWindow?: (options: AppWindowOptions) => AppWindow
  readonly waits?: WindowWaits
}

/** How long the absence of a page is borne before it means that the window is gone. */
export type WindowWaits = {
  /** A browser that handed the address to another one needs this long to show the page there. */
  readonly handOverMs: number
  /** A page that is loaded again is back within this time. */
  readonly reloadMs: number
  /** macOS keeps a browser running without a window: a till that no page has talked to for this long was closed. */
  readonly windowlessMs: number
}

const usualWaits: WindowWaits = { handOverMs: 5000, reloadMs: 1000, windowlessMs: 10_000 }

/**
 * The till in a browser, in this process, until its window is closed or `stop` comes; then the books are closed and the
 * process's exit code is answered: 0, or that of a till which could not be opened or closed (design §8).
 */
export async function runBrowserTill(options: BrowserTillOptions): Promise<number> {
  const { openTill, dataDirectory, configFile, report } = options
  const open = (): Promise<OpenedTill> => openTill({ dataDirectory, configFile, host: 'browser' })
  if (options.browser === null || options.stop.aborted) {
    const opened = await open()
    if (opened.ok) return await show(opened.service, options)
    // Without a window of its own whoever started the till reads the console.
    report(opened.problem)
    return opened.exitCode
  }
  // The books are opened while the browser starts, which takes longer.
  const waiting = waitForTill(null, open, report)
  const closed = await show(waiting, options)
  return waiting.exitCode() || closed
}

async function show(service: TillService, options: BrowserTillOptions): Promise<number> {
  const { rendererDirectory, report } = options
  const host = await startBrowserHost({ service, rendererDirectory, report })
  await untilDone(host, options)
  await host.close()
  return await closeWithinLimit(service, report)
}

async function untilDone(host: BrowserHost, options: BrowserTillOptions): Promise<void> {
  const { browser, say, report, stop } = options
  const stopped = aborted(stop)
  if (browser !== null && !stop.aborted) {
    const window = (options.openWindow ?? openAppWindow)({
      program: browser,
      address: host.address,
      profileDirectory: profileDirectory(options.dataDirectory),
      platform: options.platform,
      root: options.root,
    })
    void host.presence
      .whenConnected()
      .then(() => say('Scantill is open. Close its window or press Ctrl+C here to stop.'))
    const end = await Promise.race([stopped, windowGone(window, host, options)])
    await window.close()
    if (end !== 'failed') return
    report('The browser window could not be opened.')
  }
  say(`Open ${host.address}`)
  say('The address is good for one browser. Press Ctrl+C to stop.')
  await stopped
}

/**
 * When the till's window is gone. The program's end alone does not tell: a browser of a former start that still holds
 * the profile takes the address over, and the new one ends at once.
 */
async function windowGone(
  window: AppWindow,
  { presence }: BrowserHost,
  { platform, stop, waits = usualWaits }: BrowserTillOptions,
): Promise<'closed' | 'failed'> {
  const programEnded = async (): Promise<'closed' | 'failed'> => {
    const { kind } = await window.ended
    if (kind === 'failed' && !presence.everConnected) return 'failed'
    if (presence.connected || !presence.everConnected) {
      await presence.whenAlone(presence.everConnected ? waits.reloadMs : waits.handOverMs, stop)
    }
    return 'closed'
  }
  const pageGone = async (): Promise<'closed'> => {
    await presence.whenConnected()
    await presence.whenAlone(waits.windowlessMs, stop)
    return 'closed'
  }
  return await Promise.race(platform === 'darwin' ? [programEnded(), pageGone()] : [programEnded()])
}

function aborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((done) => {
    if (signal.aborted) done('stopped')
    else signal.addEventListener('abort', () => done('stopped'), { once: true })
  })
}

/** The browser's own files: in the data folder, or in a temporary one when that cannot be written. */
function profileDirectory(dataDirectory: string): string {
  const directory = join(dataDirectory, 'window', 'browser')
  try {
    mkdirSync(directory, { recursive: true })
    return directory
  } catch {
    return mkdtempSync(join(tmpdir(), 'scantill-window-'))
  }
}
