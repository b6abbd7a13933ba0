import type { OpenUpdater } from './update-keeper.ts'

/** What only a program of its own can do for the till; behind a browser nobody can. */
export type DesktopHost = {
  readonly openUpdater: OpenUpdater
  /** From now on the till is all that the screen shows, and its window does not close. */
  enterKiosk(): void
  leaveKiosk(): void
  isKiosk(): boolean
  /** Ends the till as its window's close does: the books first. */
  quit(): void
}
