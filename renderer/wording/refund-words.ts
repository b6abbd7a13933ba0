import type { OrderRefunds, RefundView } from '../../electron/api/contract.ts'
import type { AmountProblem } from '../till/types.ts'

export type RefundStatus = RefundView['status']
export type RefundFailure = NonNullable<RefundView['failureReason']>
export type RefundAttention = NonNullable<RefundView['attentionReason']>
export type RefundProblem = NonNullable<OrderRefunds['problem']>

/** Why money goes back, as one key says it; `other` takes words. */
export const refundReasons = ['returned', 'missing', 'wrong-amount', 'charged-twice', 'other'] as const
export type RefundReason = (typeof refundReasons)[number]

/** The sentences of refunds. */
export type RefundWords = {
  readonly title: string
  readonly start: string
  readonly retry: string
  readonly left: string
  readonly given: string
  readonly until: (moment: string) => string
  readonly mostTimes: (count: number, had: number) => string
  readonly wholeOnly: string
  readonly aloneUpTo: (amount: string) => string
  readonly managerAlways: string
  readonly none: string
  readonly reading: string
  readonly failed: string
  readonly problems: Readonly<Record<RefundProblem, string>>
  readonly number: string
  readonly statuses: Readonly<Record<RefundStatus, string>>
  /** What it means for the money, and what to do now. */
  readonly meanings: Readonly<Record<RefundStatus, string>>
  readonly failures: Readonly<Record<RefundFailure, string>>
  readonly attentions: Readonly<Record<RefundAttention, string>>
  readonly mismatch: string
  readonly work: (tries: number, queries: number) => string
  readonly retried: Readonly<Record<'done' | 'not-now' | 'no-such-refund' | 'lost', string>>
  readonly dialog: {
    readonly title: string
    readonly amount: string
    readonly reason: string
    readonly reasons: Readonly<Record<RefundReason, string>>
    readonly reasonText: string
    readonly confirm: string
    readonly cancel: string
    readonly busy: string
    readonly reasonMissing: string
    readonly amountProblems: Readonly<Record<AmountProblem, string>>
    readonly tooMuch: (left: string) => string
    readonly noSuchOrder: string
    readonly stopping: string
    readonly lost: string
    /** What a manager is asked to allow. */
    readonly allow: (amount: string, last: string, reason: string) => string
    readonly because: {
      readonly amount: (alone: string) => string
      readonly 'own-pin': string
      readonly 'nobody-signed-in': string
    }
  }
  readonly underWay: string
}
