import type {
  DayDifference,
  DifferenceActResult,
  DropFileResult,
  ReconcileDayState,
  ReconcileDayView,
  ReconcileRunResult,
} from '../../electron/api/contract.ts'

type Ours = NonNullable<DayDifference['ours']>
type Theirs = NonNullable<DayDifference['theirs']>
type NotHad = NonNullable<ReconcileDayView['lastTry']>['reason']

/** What differs, what it means for the money, and what to do. */
export type CauseWords = { readonly name: string; readonly means: string; readonly next: string }

/** The words of the screens for reconciliation (次日对账). */
export type ReconciliationWords = {
  readonly lost: string
  readonly loading: string
  readonly empty: string
  readonly hint: string
  readonly day: string
  readonly states: Readonly<Record<ReconcileDayState, string>>
  readonly open: (count: number) => string
  readonly signedOff: string
  readonly supplements: (count: number) => string
  /** What the state of a day means, in a sentence. */
  readonly meanings: Readonly<Record<ReconcileDayState, string>>
  readonly readyAt: (hour: number) => string
  readonly notHad: Readonly<Record<NotHad, string>>
  /** What is wrong with a file, by the file's short word. */
  readonly fileProblems: Readonly<Record<string, string>>
  readonly tries: (count: number, at: string) => string
  readonly progress: { readonly asking: string; readonly reading: (megabytes: string) => string }
  readonly facts: {
    readonly lines: string
    readonly matched: string
    readonly billNet: string
    readonly bookNet: string
    readonly gap: string
    readonly file: string
    readonly nothingMoved: string
    readonly run: (run: number, at: string) => string
    readonly otherTill: (till: string, lines: number, net: string) => string
  }
  readonly dayActs: {
    readonly enter: string
    readonly run: string
    readonly bring: string
    readonly stop: string
    readonly report: string
    readonly 'sign-off': string
  }
  readonly title: (channel: string, date: string) => string
  readonly back: string
  readonly list: string
  readonly agreed: string
  readonly leftOut: (count: number) => string
  readonly isNew: string
  readonly gone: (count: number) => string
  readonly ours: string
  readonly theirs: string
  readonly nothingHere: string
  readonly nothingThere: string
  readonly many: (lines: number) => string
  readonly rows: {
    readonly orderNumber: string
    readonly refundNumber: string
    readonly what: string
    readonly amount: string
    readonly time: string
    readonly transaction: string
    readonly line: string
    readonly fee: string
    readonly place: string
  }
  readonly expectations: Readonly<Record<Ours['expectation'], string>>
  readonly kinds: Readonly<Record<Theirs['kind'], string>>
  readonly failedThere: string
  readonly causes: Readonly<Record<DayDifference['cause'], CauseWords>>
  readonly acts: Readonly<Record<DayDifference['acts'][number], string>>
  readonly marks: Readonly<Record<'mark-seen' | 'hand-to-desk', (by: string, at: string) => string>>
  readonly nobody: string
  readonly reason: {
    readonly titles: Readonly<Record<'mark-seen' | 'hand-to-desk', string>>
    readonly field: string
    readonly hint: string
    readonly missing: string
    readonly confirm: Readonly<Record<'mark-seen' | 'hand-to-desk', string>>
    readonly cancel: string
  }
  readonly signOff: {
    readonly what: (channel: string, date: string, open: number) => string
    readonly by: (name: string, at: string, run: number) => string
    readonly changed: string
    readonly refusals: Readonly<Record<'no-run' | 'newer-run' | 'disk-error' | 'lost', string>>
  }
  readonly report: {
    readonly title: string
    readonly save: string
    readonly print: string
    readonly cancel: string
    readonly paper: string
  }
  readonly said: {
    readonly act: Readonly<Record<Exclude<DifferenceActResult['kind'], 'ledger-trouble'>, string>>
    readonly run: Readonly<Record<ReconcileRunResult['kind'], string>>
    readonly file: Readonly<
      Record<Exclude<DropFileResult['kind'], 'begun' | 'taken' | 'till-imported' | 'too-large'>, string>
    >
    readonly tillImported: (till: string, orders: number) => string
    readonly tooLarge: (gigabytes: string) => string
    readonly bringing: (name: string, percent: number) => string
    readonly reportDone: (path: string) => string
    readonly reportFailed: Readonly<Record<'no-run' | 'disk-error', string>>
    readonly stop: Readonly<Record<'stopped' | 'nothing-running', string>>
    readonly signed: string
    readonly lost: string
  }
  /** At the opening, where yesterday does not agree. */
  readonly notice: (channels: string, date: string) => string
}
