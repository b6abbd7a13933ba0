import type { OrderNumber, ShiftId, StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Moment } from '../time.ts'
import type { Act } from './act.ts'
import type { Role } from './rights.ts'

/** Why a person was added or a PIN set without a manager's proof: there was nobody who could give one. */
export type WithoutProof =
  /** The first manager of the till. */
  | 'first-manager'
  /** The till's single manager's PIN, from before there was staff, became a person's. */
  | 'taken-over'
  /** No manager's PIN is left in the data folder; whoever owns the machine set a new one. */
  | 'pins-lost'

/** The proof of a change of staff, or why there is none. */
export type StaffProof = ManagerProof | { readonly kind: 'none'; readonly because: WithoutProof }

/** What a person begins with. */
export type PersonAdded = {
  readonly type: 'added'
  readonly at: Moment
  readonly number: StaffNumber
  readonly name: string
  readonly role: Role
  readonly pinId: string | null
  readonly proof: StaffProof
}

/** Who wanted what when a manager's PIN was asked for, beside the proof: who, what and why (I15). */
export type Override = {
  readonly act: Act
  /** Who was signed in; null where nobody was. */
  readonly cashier: StaffNumber | null
  readonly reason: string
  readonly amountFen?: Fen
  readonly orderNumber?: OrderNumber
  readonly shiftId?: ShiftId
}

/** How a sign-in ended. */
export type SignOutCause = 'by-hand' | 'switched' | 'idle' | 'till-closed'

/** What can happen to a person after being added. All of it stands in the journal; the person is the fold of it. */
export type StaffEvent =
  | { readonly type: 'renamed'; readonly at: Moment; readonly name: string; readonly proof: ManagerProof }
  | { readonly type: 'role-changed'; readonly at: Moment; readonly role: Role; readonly proof: ManagerProof }
  /** From here on this setting of the PIN counts. A person who knows the present one may set it too. */
  | {
      readonly type: 'pin-set'
      readonly at: Moment
      readonly pinId: string
      readonly proof: StaffProof | { readonly kind: 'own-pin'; readonly pinId: string }
    }
  | { readonly type: 'left'; readonly at: Moment; readonly proof: ManagerProof }
  | { readonly type: 'returned'; readonly at: Moment; readonly proof: ManagerProof }
  | { readonly type: 'signed-in'; readonly at: Moment; readonly pinId: string }
  | { readonly type: 'signed-out'; readonly at: Moment; readonly cause: SignOutCause }
  /** Wrong PINs locked the person out; one entry a lock, so that ten thousand wrong tries do not flood the journal. */
  | { readonly type: 'locked-out'; readonly at: Moment; readonly wrongTries: number; readonly untilWallMs: number }
  /** This manager allowed an act of somebody else; written before the act is done. */
  | { readonly type: 'override-given'; readonly at: Moment; readonly override: Override; readonly proof: ManagerProof }

export type StaffEventType = StaffEvent['type']

export const staffEventTypes = [
  'renamed',
  'role-changed',
  'pin-set',
  'left',
  'returned',
  'signed-in',
  'signed-out',
  'locked-out',
  'override-given',
] as const satisfies readonly StaffEventType[]
