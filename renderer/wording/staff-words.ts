import type { ManagerRefusal } from '../../electron/api/contract.ts'

type SaidByKind = Exclude<ManagerRefusal['kind'], 'pin-wrong' | 'pin-locked' | 'ledger-trouble'>

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
}
