import type { DesktopKeys } from '../settings/sealed/desktop-key.ts'
import type { OpenUpdater } from './update-keeper.ts'

/** What only a program of its own can do for the till; behind a browser nobody can. */
export type DesktopHost = {
  readonly openUpdater: OpenUpdater
  /** The desktop's own store of keys. */
  readonly keys: DesktopKeys
  /** From now on the till is all that the screen shows, and its window does not close. */
  enterKiosk(): void
  leaveKiosk(): void
  isKiosk(): boolean
  /** Ends the till as its window's close does: the books first. */
  quit(): void
}
