import type { Page } from '@playwright/test'
import type { CallMessage } from '../electron/api/wire.ts'

/** Where the script below keeps every scene that the counter showed, in order. */
type Observed = { scenesShown?: string[] }

/** What was noticed about a page from its first moment on. */
export type Watch = {
  /** Broken policies, errors of the page and of its console. A sound page has none. */
  readonly problems: string[]
  /** Everything that the page wrote to its console. */
  readonly consoleTexts: string[]
  /** Every address that the page stood at. */
  readonly addresses: string[]
}

/** What runs in the page before its own code: it tells of broken policies, and notes the scenes, the shortest too. */
function observe(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    reportError(new Error(`policy broken: ${violatedDirective} ${blockedURI}`))
  })
  const shown: string[] = []
  Object.assign(window, { scenesShown: shown } satisfies Observed)
  const note = (): void => {
    const scene = document.querySelector('main.counter')?.getAttribute('data-scene')
    if (scene && scene !== shown.at(-1)) shown.push(scene)
  }
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributeFilter: ['data-scene'] })
}

/** Begins to watch a page; to be called before it goes anywhere. What goes over the bridge as a scan is put in `scanned`. */
export async function watchPage(page: Page, scanned: Set<string>): Promise<Watch> {
  const watch: Watch = { problems: [], consoleTexts: [], addresses: [] }
  page.on('console', (message) => {
    watch.consoleTexts.push(message.text())
    if (message.type() === 'error') watch.problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => watch.problems.push(`page: ${error.message}`))
  page.on('crash', () => watch.problems.push('the page crashed'))
  page.on('request', (request) => watch.addresses.push(request.url()))
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      // The window is our own; both ends are compiled against the wire's types.
      const message = JSON.parse(String(payload)) as CallMessage
      if (message.name !== 'sale.scan') return
      const { scan } = message.request
      scanned.add(typeof scan === 'string' ? scan : scan.held)
    }),
  )
  await page.addInitScript(observe)
  return watch
}

/** The scenes that the counter of this page has shown since it was loaded. */
export const scenesShown = (page: Page): Promise<readonly string[]> =>
  // The page's window as the script above left it.
  page.evaluate(() => (window as Observed).scenesShown ?? [])
