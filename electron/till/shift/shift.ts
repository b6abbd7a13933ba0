import type { StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { ShiftEvent, ShiftOpened } from './event.ts'

/** Where a shift stands. */
export type ShiftStatus = 'open' | 'counting' | 'closed'

export const shiftStatuses = ['open', 'counting', 'closed'] as const satisfies readonly ShiftStatus[]

type Of<Type extends ShiftEvent['type']> = Omit<Extract<ShiftEvent, { readonly type: Type }>, 'type'>

export type HandOver = Of<'handed-over'>
export type Closing = Of<'closed'>
export type Supplement = Of<'supplemented'>

/** One shift of a till; the fold of its events, nothing else. */
export type Shift = Omit<ShiftOpened, 'type' | 'at' | 'cashier'> & {
  readonly status: ShiftStatus
  /** How many events made this state; the next append must name it. */
  readonly version: number
  readonly openedWallMs: number
  readonly openedBy: StaffNumber | null
  /** Who runs it now. */
  readonly cashier: StaffNumber | null
  readonly handOvers: readonly HandOver[]
  /** What was counted since counting began, first and second. */
  readonly counts: readonly Fen[]
  /** The Z report; written once. */
  readonly closing: Closing | null
  /** What was decided after the close, in the order of the journal. */
  readonly supplements: readonly Supplement[]
}
