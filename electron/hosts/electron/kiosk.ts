import { app, type BrowserWindow } from 'electron'
import type { DesktopHost } from '../../assembly/desktop-host.ts'

export type Kiosk = Pick<DesktopHost, 'enterKiosk' | 'leaveKiosk' | 'isKiosk'> & {
  /** Ties the kiosk to the till's window, which has then just been opened. */
  hold(window: BrowserWindow): void
}

/**
 * Keeps the till the only thing on its screen. In kiosk mode the window does not close for a key or a click (Alt+F4); the
 * application's own end (`app.quit`, a signal, the system that shuts down) closes it still.
 */
export function keepKiosk(): Kiosk {
  let isKiosk = false
  let isQuitting = false
  let held: BrowserWindow | null = null
  app.on('before-quit', () => {
    isQuitting = true
  })
  const change = (wanted: boolean): void => {
    isKiosk = wanted
    if (held !== null && !held.isDestroyed()) held.setKiosk(wanted)
  }
  return {
    enterKiosk: () => change(true),
    leaveKiosk: () => change(false),
    isKiosk: () => isKiosk,
    hold(window) {
      held = window
      window.on('close', (event) => {
        if (isKiosk && !isQuitting) event.preventDefault()
      })
    },
  }
}
