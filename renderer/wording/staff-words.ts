import type { ManagerRefusal, PersonView, StaffChangeResult, StaffList } from '../../electron/api/contract.ts'

type SaidByKind = Exclude<ManagerRefusal['kind'], 'pin-wrong' | 'pin-locked' | 'ledger-trouble'>

export type Role = PersonView['role']
export type Act = StaffList['rights'][number]['act']
export type Right = StaffList['rights'][number]['cashier']
export type StaffProblem = Extract<StaffChangeResult, { readonly kind: 'refused' }>['problem']
export type NameProblem = Extract<StaffChangeResult, { readonly kind: 'name-refused' }>['problem']
export type PinProblem = 'not-six-digits' | 'too-easy' | 'not-the-same' | 'already-set-up'

/** The sentences of sign-in, staff, and a manager's override. */
export type StaffWords = {
  readonly refusals: Readonly<Record<SaidByKind, string>> & {
    readonly wrong: (triesLeft: number) => string
    readonly locked: (moment: string) => string
  }
  readonly override: {
    readonly title: string
    readonly recorded: string
    readonly manager: string
    readonly pin: string
    readonly managerMissing: string
    readonly pinMissing: string
    readonly confirm: string
    readonly cancel: string
    readonly busy: string
  }
  readonly roles: Readonly<Record<Role, string>>
  /** The button in the header: who is on, or what to do where nobody is. */
  readonly header: {
    readonly nobody: string
    readonly locked: string
    readonly change: (name: string) => string
  }
  readonly signIn: {
    readonly headline: string
    readonly money: string
    readonly paymentGoesOn: string
    readonly number: string
    readonly pin: string
    readonly confirm: string
    readonly busy: string
    readonly people: string
    readonly keypad: string
    readonly missing: string
    readonly lost: string
    readonly scanUnused: string
  }
  readonly first: {
    readonly hint: string
    readonly title: string
    readonly why: string
    readonly takesOver: string
    readonly name: string
    readonly newPin: string
    readonly again: string
    readonly presentPin: string
    readonly confirm: string
    readonly skip: string
  }
  readonly screen: {
    readonly intro: (limitRefund: string, limitCash: string, limitDifference: string) => string
    readonly noStaff: string
    readonly people: string
    readonly left: string
    readonly add: string
    readonly change: string
    readonly pin: string
    readonly rights: string
    readonly act: string
    readonly name: string
    readonly role: string
    readonly stays: string
    readonly leaves: string
    readonly returns: string
    readonly whatChanges: string
    readonly newName: string
    readonly managerWord: string
    readonly ownOrManager: string
    readonly save: string
    readonly cancel: string
    readonly done: (name: string) => string
    readonly choose: string
  }
  readonly problems: Readonly<Record<StaffProblem, string>>
  readonly nameProblems: Readonly<Record<NameProblem, string>>
  readonly pinProblems: Readonly<Record<PinProblem, string>>
  readonly rights: Readonly<Record<Right, string>>
  readonly acts: Readonly<Record<Act, string>>
}
