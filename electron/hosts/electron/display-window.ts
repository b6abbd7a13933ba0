import { BrowserWindow, type Rectangle, screen } from 'electron'
import type { Report } from '../service.ts'
import { displayAddress } from './page-origin.ts'
import { pagePreferences } from './window.ts'

/** How often a display that crashed is loaded again before it is left closed: the counter does without it. */
const crashesMax = 5

export type DisplayWindow = {
  /** Opens the customer's window, or shows the one that is there; the counter keeps the keyboard. */
  readonly open: () => void
  readonly close: () => void
}

/**
 * The window for the customer: it fills a screen that the counter's window is not on, and is an ordinary window where
 * there is one screen only. It has no preload, and no call from it is answered (window-calls.ts).
 */
export function createDisplayWindow(counter: BrowserWindow, report: Report, isKiosk: boolean): DisplayWindow {
  let window: BrowserWindow | null = null

  const make = (): BrowserWindow => {
    const made = new BrowserWindow({
      ...placeFor(counter),
      show: false,
      title: '顾客屏 Customer display',
      backgroundColor: '#eef3f9',
      webPreferences: pagePreferences(isKiosk),
    })
    made.once('ready-to-show', () => made.showInactive())
    made.once('closed', () => {
      if (window === made) window = null
    })
    const load = (): void => {
      made.loadURL(displayAddress).catch(() => {
        report('the page of the customer display is missing')
        if (!made.isDestroyed()) made.destroy()
      })
    }
    let crashes = 0
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return
      crashes += 1
      report(`the customer display ended (${reason})`)
      if (crashes > crashesMax) made.destroy()
      else load()
    })
    load()
    return made
  }

  return {
    open: () => {
      if (counter.isDestroyed()) return
      if (window === null) window = make()
      else window.showInactive()
    },
    close: () => {
      if (window !== null && !window.isDestroyed()) window.destroy()
    },
  }
}

/** The whole of another screen, or a window beside nothing. */
function placeFor(counter: BrowserWindow): Partial<Rectangle> & { readonly fullscreen?: true } {
  const own = screen.getDisplayMatching(counter.getBounds())
  const other = screen.getAllDisplays().find(({ id }) => id !== own.id)
  return other === undefined ? { width: 1024, height: 768 } : { ...other.bounds, fullscreen: true }
}
