import { type App, type Session, session } from 'electron'
import { displayAddress, isPageAddress } from './page-origin.ts'

/**
 * Keeps every web content on the till's own page: no navigation, no redirect, no second window, no webview. Links to
 * elsewhere are not opened outside either: the till has none. A page that asks for the customer's display, by its exact
 * address, gets no window either: `onDisplayWanted` opens one that the page has no hold of.
 */
export function confineContents(app: Pick<App, 'on'>, onDisplayWanted: () => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuseForeign = (details: { readonly url: string; preventDefault(): void }): void => {
      if (!isPageAddress(details.url)) details.preventDefault()
    }
    contents.on('will-navigate', refuseForeign)
    contents.on('will-frame-navigate', refuseForeign)
    contents.on('will-redirect', refuseForeign)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (url === displayAddress) onDisplayWanted()
      return { action: 'deny' }
    })
  })
}

/** Refuses the page every permission and device; devices go through the main side, never WebHID or WebSerial. */
export function refusePermissions(pageSession: Session = session.defaultSession): void {
  pageSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  pageSession.setPermissionCheckHandler(() => false)
  pageSession.setDevicePermissionHandler(() => false)
}
