import { app, BrowserWindow } from 'electron'
import type { Report } from '../service.ts'
import { pageAddress } from './page-origin.ts'

/** How often a page that crashed is loaded again before the till gives up on it. */
const crashesMax = 5

/** What every page of the till is confined by; the display's has no preload, so that it has no way to the till at all. */
export const pagePreferences = (isKiosk: boolean): Electron.WebPreferences => ({
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Its dictionaries would be fetched from the network.
  spellcheck: false,
  // The end of a payment is heard without a click before it.
  autoplayPolicy: 'no-user-gesture-required',
  devTools: !app.isPackaged && !isKiosk,
})

export type WindowOptions = {
  /** The bundled preload, one CommonJS file. */
  readonly preloadFile: string
  readonly report: Report
  /** The whole screen, without a frame and without developer tools. */
  readonly isKiosk: boolean
  /** The page cannot be shown; the sentence says why. */
  readonly onBroken: (problem: string) => void
}

/** Opens the till's one window on its page; it shows itself when there is something to see. */
export function openWindow({ preloadFile, report, onBroken, isKiosk }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    kiosk: isKiosk,
    title: 'Scantill 码上收',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: preloadFile,
      ...pagePreferences(isKiosk),
    },
  })
  window.once('ready-to-show', () => window.show())

  let crashes = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    crashes += 1
    report(`the page ended (${reason}) and is loaded again`)
    if (crashes > crashesMax) onBroken('The page of the till keeps ending. Start the till again.')
    else load()
  })
  const load = (): void => {
    window.loadURL(pageAddress).catch(() => onBroken('The page of the till is missing. Install the till again.'))
  }
  load()
  return window
}
