import type { CaseView, SettleResult } from '../../electron/api/contract.ts'
import type { RevokeEffect } from '../till/types.ts'

/** How a manager settles a case, or that its money is refunded now. */
export type CaseDecision = CaseView['decisions'][number]
export type MoneyKnown = CaseView['money']['known']
export type SettleRefusal = Exclude<
  SettleResult['kind'],
  'done' | 'refund-begun' | 'ledger-trouble' | 'pin-wrong' | 'pin-locked'
>

type DecisionWords = { readonly name: string; readonly means: string }

/** The sentences of the desk for doubtful orders (人工处理). */
export type DeskWords = {
  readonly title: string
  /** The tab in the header, which is the badge as well. */
  readonly tab: (count: number) => string
  readonly count: (count: number) => string
  readonly empty: string
  readonly loading: string
  readonly failed: string
  readonly hint: string
  readonly list: string
  /** What was handed over from the bills. */
  readonly handed: { readonly title: (count: number) => string }
  readonly since: (time: string) => string
  readonly nobody: string
  readonly owner: (name: string) => string
  readonly left: {
    readonly days: (days: number, hours: number) => string
    readonly hours: (hours: number, minutes: number) => string
    readonly minutes: (minutes: number) => string
    readonly over: string
  }
  readonly deadline: (moment: string) => string
  readonly say: Readonly<Record<MoneyKnown, string>>
  readonly money: {
    readonly label: string
    readonly taken: string
    readonly 'not-yet': (time: string) => string
    readonly 'not-known': string
  }
  readonly labels: {
    readonly why: string
    readonly next: string
    readonly until: string
    readonly owner: string
    readonly evidence: string
  }
  readonly nextStep: {
    readonly query: (time: string) => string
    readonly 'query-then-revoke': (time: string) => string
    readonly now: string
  }
  readonly actions: {
    readonly query: string
    readonly takeOn: string
    readonly revoke: string
    readonly revokeIn: (seconds: number) => string
    readonly revokeOver: string
    readonly slip: string
    readonly settle: string
    readonly back: string
  }
  readonly decisions: Readonly<Record<CaseDecision, DecisionWords>>
  readonly settled: {
    readonly title: (amount: string, tail: string) => string
    readonly byHand: (decision: string, manager: string) => string
    readonly byRefund: (refundNumber: string) => string
    readonly paid: string
    readonly failed: string
    readonly revoked: Readonly<Record<RevokeEffect, string>>
    readonly seen: string
  }
  readonly notices: {
    readonly asked: string
    readonly revoking: string
    readonly refunding: (amount: string) => string
    readonly tookOn: (name: string) => string
    readonly slip: (path: string) => string
    readonly slipFailed: (path: string) => string
    readonly notNow: string
    readonly lost: string
  }
  readonly takeOn: { readonly title: string; readonly name: string; readonly confirm: string }
  readonly settle: {
    readonly title: (amount: string) => string
    readonly warning: string
    readonly decision: string
    readonly reason: string
    readonly reasonHint: string
    readonly managerName: string
    readonly pin: string
    readonly newPin: string
    readonly newPinAgain: string
    readonly newPinWhy: string
    readonly liveNotSet: string
    readonly pinDamaged: string
    readonly confirm: string
    readonly cancel: string
    readonly missing: {
      readonly decision: string
      readonly reason: string
      readonly name: string
      readonly pin: string
    }
    readonly refusals: Readonly<Record<SettleRefusal, string>>
    readonly wrong: (triesLeft: number) => string
    readonly locked: (moment: string) => string
    readonly weak: Readonly<Record<'not-six-digits' | 'too-easy' | 'not-the-same' | 'already-set', string>>
    readonly busy: string
  }
}
