import type { CashResult } from '../../electron/api/contract.ts'

export type CashProblemName = Extract<CashResult, { readonly kind: 'refused' }>['problem']['kind']
export type DrawerAnswer = Extract<CashResult, { readonly kind: 'recorded' }>['drawer']

/** The sentences of cash at the counter. */
export type CashWords = {
  readonly given: string
  readonly exact: string
  readonly change: (amount: string) => string
  readonly short: (given: string, rest: string) => string
  readonly planned: (cash: string) => string
  readonly takenAlready: (cash: string, whole: string) => string
  readonly due: (code: string, cash: string) => string
  readonly complete: (code: string, cash: string, whole: string) => string
  readonly owedBack: (cash: string) => string
  readonly returned: (cash: string) => string
  readonly giveChange: (amount: string) => string
  readonly noChange: string
  readonly unfinished: (whole: string, cash: string, left: string) => string
  readonly returnReason: string
  readonly lost: string
  readonly problems: Readonly<Record<CashProblemName | 'amount' | 'manager', string>>
  readonly drawer: Readonly<Record<DrawerAnswer, string>>
}
