import type { UpdateHindrance } from '../till/updates/update-gate.ts'
import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

export type { UpdateHindrance } from '../till/updates/update-gate.ts'

/** What the program itself has to say: nothing of it is about money. Behind a browser there is never an update or a kiosk. */
export type DesktopState = {
  /** A new version that is downloaded; `hindrances` says what must come to its end before, and is empty where it may go in. */
  readonly update: { readonly version: string; readonly hindrances: readonly UpdateHindrance[] } | null
  /** Whether the till is all that the screen shows and cannot be closed. */
  readonly isKiosk: boolean
}

/** What came of a wish about the program. */
export type DesktopResult =
  | { readonly kind: 'done' }
  /** No new version waits, or the till does not run in kiosk mode. */
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'not-now'; readonly hindrances: readonly UpdateHindrance[] }
  | ManagerRefusal

/** The calls about the program; part of `Calls`. */
export type DesktopCalls = {
  'desktop.state': { readonly request: null; readonly reply: DesktopState }
  /** Closes the till, puts the new version in place and starts it; only where nothing holds it. */
  'desktop.install-update': {
    readonly request: { readonly manager: ManagerProof | null }
    readonly reply: DesktopResult
  }
  /** Leaves the full screen until the next start: the window can be closed then. */
  'desktop.leave-kiosk': { readonly request: { readonly manager: ManagerProof | null }; readonly reply: DesktopResult }
}
