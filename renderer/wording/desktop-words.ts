import type { UpdateHindrance } from '../../electron/api/contract.ts'

/** The words about the program itself: new versions, and the full screen. */
export type DesktopWords = {
  readonly title: string
  readonly ready: (version: string) => string
  /** That nothing happens by itself while somebody works. */
  readonly whenItGoesIn: string
  readonly install: string
  readonly installing: string
  /** What is asked of the manager who gives the PIN. */
  readonly allowInstall: (version: string) => string
  readonly notNow: string
  readonly hindrances: Readonly<Record<UpdateHindrance, string>>
  readonly kiosk: string
  readonly leaveKiosk: string
  readonly allowLeave: string
  readonly left: string
  readonly lost: string
}
