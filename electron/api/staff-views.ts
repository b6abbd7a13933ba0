import type { Act } from '../till/staff/act.ts'
import type { StaffProblem } from '../till/staff/change.ts'
import type { NameProblem, Person } from '../till/staff/person.ts'
import type { Limits, Right, Role } from '../till/staff/rights.ts'
import type { LedgerTrouble } from './order-views.ts'

/** A manager as said on the cashier's screen: number or whole name as typed, and the PIN. Kept nowhere. */
export type ManagerProof = { readonly staffNumber: string; readonly pin: string }

/** Why a PIN opened nothing; nothing was changed. */
export type PinRefusal =
  | { readonly kind: 'pin-wrong'; readonly triesLeft: number }
  /** Not even looked at: too many wrong tries before. */
  | { readonly kind: 'pin-locked'; readonly untilWallMs: number }
  | { readonly kind: 'pin-not-set' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }
  | { readonly kind: 'no-such-person' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** Why a manager's proof did not count, or that one must be given (I15). */
export type ManagerRefusal = PinRefusal | { readonly kind: 'manager-needed' | 'not-a-manager' }

/** Somebody of the staff as a screen needs it. */
export type PersonView = {
  readonly number: number
  readonly name: string
  readonly role: Role
  readonly status: Person['status']
}

/** Who is at the till, and whether it asks. */
export type StaffState = {
  /** False: nobody was ever added, and the till asks nobody who they are. */
  readonly isSetUp: boolean
  /** Whether a single manager's PIN from before there was staff is there: it becomes the first manager's. */
  readonly hasSinglePin: boolean
  /** Who is signed in; null where nobody is: a till with staff is then locked. */
  readonly person: PersonView | null
  /** Who can sign in, by number. */
  readonly people: readonly PersonView[]
  /** Idle time after which the till locks itself; null is never. */
  readonly idleLockMs: number | null
}

export type SignInResult = { readonly kind: 'signed-in'; readonly state: StaffState } | PinRefusal

/** What came of a change of staff. */
export type StaffChangeResult =
  | { readonly kind: 'done'; readonly person: PersonView }
  | { readonly kind: 'refused'; readonly problem: StaffProblem }
  | { readonly kind: 'name-refused'; readonly problem: NameProblem }
  | { readonly kind: 'not-six-digits' | 'too-easy' | 'not-the-same' | 'already-set-up' }
  | ManagerRefusal

/** Everybody who was ever added, and who may do what. */
export type StaffList = {
  readonly people: readonly PersonView[]
  readonly rights: readonly { readonly act: Act; readonly cashier: Right; readonly manager: Right }[]
  readonly limits: Limits
}

/** A change of one person. */
export type PersonChange =
  | { readonly type: 'renamed'; readonly name: string }
  | { readonly type: 'role-changed'; readonly role: Role }
  | { readonly type: 'left' | 'returned' }

/** The calls of sign-in and staff; part of `Calls`. PINs are checked on the main side and go no further. */
export type StaffCalls = {
  'staff.state': { readonly request: null; readonly reply: StaffState }
  /** Makes the first manager; where a single manager's PIN is there it is asked for, and becomes theirs. */
  'staff.set-up': {
    readonly request: { readonly name: string; readonly pin: string; readonly again: string }
    readonly reply: StaffChangeResult
  }
  /** Signs in, and whoever was signed in before out: a quick switch is one PIN. */
  'staff.sign-in': { readonly request: { readonly number: number; readonly pin: string }; readonly reply: SignInResult }
  /** Locks the till; a payment on its way goes on. */
  'staff.lock': { readonly request: null; readonly reply: StaffState }
  /** Somebody did something at the till: the idle time begins anew. */
  'staff.touch': { readonly request: null; readonly reply: null }
  'staff.list': { readonly request: null; readonly reply: StaffList }
  'staff.add': {
    readonly request: {
      readonly name: string
      readonly role: Role
      readonly pin: string
      readonly again: string
      readonly manager: ManagerProof
    }
    readonly reply: StaffChangeResult
  }
  'staff.change': {
    readonly request: { readonly number: number; readonly change: PersonChange; readonly manager: ManagerProof }
    readonly reply: StaffChangeResult
  }
  /** Another PIN: by a manager, or by the person who knows the present one; `proof` names which. */
  'staff.set-pin': {
    readonly request: {
      readonly number: number
      readonly pin: string
      readonly again: string
      readonly proof: ManagerProof
    }
    readonly reply: StaffChangeResult
  }
}
