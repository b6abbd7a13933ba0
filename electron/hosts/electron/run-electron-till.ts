import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, protocol } from 'electron'
import type { DesktopHost } from '../../assembly/desktop-host.ts'
import { placeOfError } from '../../assembly/place-of-error.ts'
import { openDoor } from '../door.ts'
import { readStartOptions, type Surroundings } from '../options.ts'
import type { OpenedTill, OpenTill, Report, TillService } from '../service.ts'
import { closeWithinLimit } from '../shutdown.ts'
import { type WaitingTill, waitForTill } from '../waiting-till.ts'
import { confineContents, refusePermissions } from './confinement.ts'
import { desktopKeys } from './desktop-keys.ts'
import { startUtilityProcess } from './device-process.ts'
import { createDisplayWindow, type DisplayWindow } from './display-window.ts'
import { keepKiosk } from './kiosk.ts'
import { registerPageScheme, servePage } from './page-protocol.ts'
import { electronUpdater } from './updates.ts'
import { openWindow } from './window.ts'
import { carryWindowCalls } from './window-calls.ts'

export type ElectronTillOptions = {
  readonly openTill: OpenTill
  readonly rendererDirectory: string
  readonly preloadFile: string
  /** The command line behind the program's name. */
  readonly args: readonly string[]
  readonly machine: Surroundings
  readonly report: Report
}

const title = 'Scantill 码上收'

/**
 * The till as an Electron application: everything that must come before `ready` happens in the call itself, the rest
 * follows (platform.md §10). Settles when the window is open, or when the application was told to leave.
 */
export async function runElectronTill(options: ElectronTillOptions): Promise<void> {
  const { openTill, rendererDirectory, preloadFile, args, machine, report } = options
  app.enableSandbox()
  registerPageScheme()
  // What comes before the window is there has nothing to show.
  let display: DisplayWindow | null = null
  confineContents(app, () => display?.open())
  Menu.setApplicationMenu(null)
  for (const silenced of ['disable-background-networking', 'disable-component-update', 'disable-sync']) {
    app.commandLine.appendSwitch(silenced)
  }

  const leave = (problem: string, exitCode: number): void => {
    report(problem)
    dialog.showErrorBox(title, problem)
    app.exit(exitCode)
  }

  const reading = readStartOptions(args, { strict: false, machine })
  if (!reading.ok) return leave(reading.problem, 2)
  const { dataDirectory, configFile } = reading.options
  app.setPath('userData', windowDirectory(dataDirectory))
  // The lock lies in the folder above: one till for each data folder.
  if (!app.requestSingleInstanceLock()) {
    report('The till is open already; its window comes to the front.')
    return app.exit(0)
  }
  let counter: BrowserWindow | null = null
  app.on('second-instance', () => counter && showWindow(counter))
  app.on('window-all-closed', () => app.quit())

  await app.whenReady()
  refusePermissions()
  const updater = electronUpdater()
  const kiosk = keepKiosk()
  const desktop: DesktopHost = { openUpdater: updater.open, keys: desktopKeys(), ...kiosk, quit: () => app.quit() }
  const open = (): Promise<OpenedTill> =>
    openTill({ dataDirectory, configFile, host: 'electron', startDeviceProcess: startUtilityProcess, desktop })
  const opened = await open().catch((error: unknown) => ({ bug: sentenceForBug(error) }))
  if ('bug' in opened) return leave(opened.bug, 4)
  if (!opened.ok) report(opened.problem)
  // A cashier in front of a window has no console: the window tells why, and can try again.
  const service = opened.ok ? opened.service : waitForTill(opened, open, report)
  quitAfterClosing(service, report, updater.end)
  servePage(protocol, rendererDirectory)
  const onBroken = (problem: string): void => {
    // The books first: the error's box holds everything up until someone has read it.
    void closeWithinLimit(service, report).then(() => leave(problem, 4))
  }
  const window = openWindow({ preloadFile, report, onBroken, isKiosk: kiosk.isKiosk() })
  counter = window
  kiosk.hold(window)
  const stop = carryWindowCalls(window, { door: openDoor(service, report), service, report })
  display = createDisplayWindow(window, report, kiosk.isKiosk())
  window.once('closed', () => {
    stop()
    // A display alone would keep the till from ending.
    display?.close()
  })
}

function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/**
 * Holds the application's end until the till has closed its books; a till that does not come to an end is left. `end` then
 * leaves, or starts an installer, whose own end of the application is let through.
 */
function quitAfterClosing(service: TillService | WaitingTill, report: Report, end: (exitCode: number) => void): void {
  let stage: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (stage === 'closed') return
    event.preventDefault()
    if (stage === 'closing') return
    stage = 'closing'
    void closeWithinLimit(service, report).then((closed) => {
      stage = 'closed'
      end('exitCode' in service ? service.exitCode() || closed : closed)
    })
  })
}

/**
 * Where Chromium keeps its own files: apart from the till's, inside of the data folder; in a temporary folder when the
 * data folder cannot be written, so that the window can say so.
 */
function windowDirectory(dataDirectory: string): string {
  const directory = join(dataDirectory, 'window', 'electron')
  try {
    mkdirSync(directory, { recursive: true })
    return directory
  } catch {
    return mkdtempSync(join(tmpdir(), 'scantill-window-'))
  }
}

function sentenceForBug(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_BUILTIN_MODULE') {
    return 'This Electron lacks node:sqlite, which keeps the books. Electron 40 or newer has it.'
  }
  return `The till could not be opened (${placeOfError(error)}).`
}
