import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { callNames } from '../../api/schema.ts'
import { placeOfError } from '../../assembly/place-of-error.ts'
import type { Door } from '../door.ts'
import { forwardEvents } from '../events.ts'
import type { Report, TillService } from '../service.ts'
import { isPageAddress } from './page-origin.ts'

export type WindowCallsOptions = {
  readonly door: Door
  readonly service: TillService
  readonly report: Report
}

/**
 * Carries the contract between the till and its one window: a channel for each call's name and each event's name.
 * Answers how to end it.
 */
export function carryWindowCalls(window: BrowserWindow, { door, service, report }: WindowCallsOptions): () => void {
  for (const name of callNames) {
    ipcMain.handle(name, (event, request: unknown) => door.answer(name, request, isFromPage(event, window)))
  }
  const stopEvents = forwardEvents(service, (name, event) => {
    if (window.isDestroyed()) return
    try {
      window.webContents.send(name, event)
    } catch (error) {
      // The page is just going, or the value cannot be cloned, which is a bug: neither may end the till.
      report(`event ${name} lost: ${placeOfError(error)}`)
    }
  })
  return () => {
    stopEvents()
    for (const name of callNames) ipcMain.removeHandler(name)
  }
}

/**
 * Whether a call comes from the till's page in the main frame of the till's window. A frame that has navigated away is
 * null, and one that is gone throws when it is looked at: both are refused.
 */
export function isFromPage(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  try {
    if (window.isDestroyed() || event.sender !== window.webContents) return false
    const frame = event.senderFrame
    return frame !== null && frame === window.webContents.mainFrame && isPageAddress(frame.url)
  } catch {
    return false
  }
}
