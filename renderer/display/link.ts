import type { DisplayMessage } from './shown.ts'

/**
 * The way from the counter's page to the customer's, which goes one way: the display listens, and has nothing to say that
 * could act (decision 0034). Both pages are of one origin, which is the till's own.
 */
const channelName = 'scantill.customer-display'
/** Held by a page as long as it lives; the browser lets go of it when the page is gone, however it went. */
const counterLock = 'scantill.counter'
const displayLock = 'scantill.display'

const displayPage = 'display.html'

/** Says one word to whoever listens; costs nothing where nobody does. */
export function openLink(): (message: DisplayMessage) => void {
  const channel = new BroadcastChannel(channelName)
  return (message) => channel.postMessage(message)
}

/** Hears the counter; returns what ends it. */
export function listenToCounter(listener: (message: DisplayMessage) => void): () => void {
  const channel = new BroadcastChannel(channelName)
  // Only the till's own counter speaks here, compiled against the same type.
  channel.onmessage = ({ data }: MessageEvent<DisplayMessage>) => listener(data)
  return () => channel.close()
}

/** Marks this page as the counter, until it is gone. */
export function standAsCounter(): void {
  void navigator.locks.request(counterLock, () => new Promise<never>(() => {}))
}

/** Marks this page as the display, until it is gone; false where there is one already. */
export function standAsDisplay(): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(displayLock, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise<never>(() => {})
    })
  })
}

/** Comes when no counter's page is there any more; a reload's short absence counts too. */
export const counterGone = (): Promise<void> =>
  navigator.locks.request(counterLock, { mode: 'shared' }, () => undefined)

const isHeld = async (name: string): Promise<boolean> =>
  ((await navigator.locks.query()).held ?? []).some((lock) => lock.name === name)

export const isCounterThere = (): Promise<boolean> => isHeld(counterLock)
export const isDisplayOpen = (): Promise<boolean> => isHeld(displayLock)

/** Opens the display where it is not open; in Electron the main side takes the address and opens a window of its own. */
export async function openDisplay(): Promise<void> {
  if (await isDisplayOpen()) return
  // Without an opener the new page holds nothing of this one.
  window.open(displayPage, '_blank', 'noopener,popup,width=1024,height=768')
}
