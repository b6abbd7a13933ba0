import type { BillRecord } from '../till/reconcile/bill-record.ts'
import type { DifferenceAct, DifferenceCause } from '../till/reconcile/causes.ts'
import type { BookFacts, OtherTill } from '../till/reconcile/match.ts'
import type { Language } from './language.ts'
import type { LedgerTrouble } from './order-views.ts'
import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

/** A day of a channel in one word. */
export type ReconcileLight =
  | 'agrees'
  /** Differences that need nobody: fees, lines of other tills, refunds near midnight. */
  | 'explained'
  /** Money may be in the wrong place, or the bill is not whole. */
  | 'look'
  | 'no-bill-yet'

/** One difference as a screen shows it: both sides, its one cause, and what can be done by one key. */
export type DifferenceView = {
  readonly cause: DifferenceCause
  readonly subject: 'charge' | 'revoke' | 'refund' | 'fee' | 'file'
  /** Empty where a line of the file itself is meant. */
  readonly orderNumber: string
  readonly refundNumber: string | null
  readonly differenceFen: number
  /** How many lines it is about: one, but where the further ones of a cause are summed, under no order number. */
  readonly lines: number
  /** The line of the file that it is about; null where it is about what the file lacks. */
  readonly lineNumber: number | null
  /** Of a line or a sum that cannot be read: what is wrong with it. */
  readonly detail: string | null
  readonly ours: BookFacts | null
  readonly theirs: BillRecord | null
  readonly acts: readonly DifferenceAct[]
  readonly isAlarm: boolean
}

/** One run over one file of a day; a run is never changed. */
export type ReconcileRunView = {
  readonly run: number
  readonly channel: string
  /** `yyyyMMdd`, the channel's own day. */
  readonly date: string
  readonly startedWallMs: number
  readonly light: ReconcileLight
  /** Null where the channel said that nothing moved on the day. */
  readonly file: { readonly name: string; readonly sha256: string; readonly bytes: number } | null
  readonly lines: number
  readonly matched: number
  readonly billNetFen: number
  readonly bookNetFen: number
  readonly differences: readonly DifferenceView[]
  readonly otherTills: readonly OtherTill[]
}

/** How a day of a channel stands, in one word. */
export type ReconcileDayState =
  | 'agrees'
  | 'explained'
  /** Somebody must look. */
  | 'look'
  /** Whatever needed somebody was marked with a reason, or is with the desk. */
  | 'looked-at'
  /** The channel has not made it yet, or nobody has asked. */
  | 'no-bill-yet'
  /** It was asked for, and could not be had or read. */
  | 'not-had'
  /** The channel gives its bill as a file only, and nobody has brought it. */
  | 'file-awaited'
  | 'waiting'
  | 'running'

/** Why a day's bill was not had, or not read. No order was changed. */
export type NotHadReason =
  | 'not-ready'
  | 'refused'
  | 'not-heard'
  | 'bad-file'
  | 'ledger-trouble'
  | 'not-kept'
  | 'stopped'
  | 'file-only'
  | 'no-bill'
  | 'no-such-date'

/** The last try that came to nothing; `detail` is the channel's or the file's own short word, for support. */
export type ReconcileTryView = {
  readonly tries: number
  readonly atWallMs: number
  readonly reason: NotHadReason
  readonly detail: string
}

/** A day of a channel in the grid of days. */
export type ReconcileDayView = {
  readonly channel: string
  readonly date: string
  readonly state: ReconcileDayState
  readonly runs: number
  readonly differences: number
  /** Differences that need somebody, and that nobody has marked or handed on. */
  readonly open: number
  readonly lastTry: ReconcileTryView | null
  readonly isSignedOff: boolean
  /** Runs after the sign-off: what came later stands beside what was signed. */
  readonly supplements: number
}

/** What is being reconciled now. */
export type ReconcileJobView = {
  readonly running: {
    readonly channel: string
    readonly date: string
    readonly phase: 'asking' | 'reading'
    /** Of the file, unpacked, so far. */
    readonly bytes: number
  } | null
  /** Days that wait for it. */
  readonly waiting: number
}

/** Yesterday, where it does not agree; null where it does, or nobody can say yet. */
export type ReconcileNotice = { readonly date: string; readonly channels: readonly string[] } | null

/** What `reconcile.changed` tells. */
export type ReconcileNews = { readonly job: ReconcileJobView; readonly notice: ReconcileNotice }

export type ReconcileOverview = ReconcileNews & {
  readonly channels: readonly {
    readonly id: string
    readonly bill: 'download' | 'file' | 'none'
    /** From which hour of the next day the channel has the bill. */
    readonly readyAtHour: number | null
  }[]
  /** `yyyyMMdd`, newest first. */
  readonly dates: readonly string[]
  readonly days: readonly ReconcileDayView[]
}

/** What a person did about a difference; kept for good. */
export type DifferenceMark = {
  readonly act: 'mark-seen' | 'hand-to-desk'
  readonly atWallMs: number
  readonly reason: string
  /** Who was signed in; null where nobody was. */
  readonly by: string | null
}

/** A difference of a day, named so that it is the same one in a later run. */
export type DayDifference = DifferenceView & {
  readonly key: string
  readonly mark: DifferenceMark | null
  /** It was not in the run before. */
  readonly isNew: boolean
}

/** A difference that somebody handed to the desk for doubtful orders, and that is still there. */
export type HandedDifference = DayOfChannel &
  Pick<DayDifference, 'key' | 'cause' | 'orderNumber' | 'refundNumber' | 'differenceFen'> & {
    readonly mark: DifferenceMark
  }

/** A manager's word on a day: what was signed stays as it was. */
export type SignOffView = {
  readonly run: number
  readonly atWallMs: number
  readonly by: string
  readonly note: string
  readonly light: ReconcileLight
  readonly differences: number
  readonly open: number
  readonly billNetFen: number
  readonly bookNetFen: number
  /** Whether the run's file is still the one that was signed, byte for byte. */
  readonly isIntact: boolean
}

export type ReconcileDayDetail = {
  readonly day: ReconcileDayView
  /** The newest run, its differences apart; null where there is none yet. */
  readonly run: Omit<ReconcileRunView, 'differences'> | null
  /** Those that need somebody first; `leftOut` more are in the run's file. */
  readonly differences: readonly DayDifference[]
  readonly leftOut: number
  /** Differences of the run before that are gone. */
  readonly gone: readonly DifferenceView[]
  readonly formerRuns: readonly Pick<ReconcileRunView, 'run' | 'startedWallMs' | 'light' | 'matched'>[]
  readonly signOff: SignOffView | null
}

/** What came of asking for a day. */
export type ReconcileRunResult =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'no-such-channel' | 'no-such-date' | 'no-bill' | 'file-only' }

/** What came of an act on a difference. */
export type DifferenceActResult =
  | { readonly kind: 'done' }
  /** The channel was asked; the day is matched again. */
  | { readonly kind: 'asked' }
  /** The difference is not there any more, or it has no order that this till could ask about. */
  | { readonly kind: 'no-such-difference' | 'no-such-order' | 'reason-missing' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'disk-error' }

export type SignOffResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'no-run' }
  /** A newer run is there than the one on the screen. */
  | { readonly kind: 'newer-run' }
  | { readonly kind: 'disk-error' }
  | ManagerRefusal

/** A step of bringing a file: its name and size, its pieces in their order, its end. */
export type DropFileStep =
  | { readonly step: 'begin'; readonly name: string; readonly bytes: number }
  | { readonly step: 'piece'; readonly drop: string; readonly offset: number; readonly base64: string }
  | { readonly step: 'end'; readonly drop: string; readonly channel: string; readonly date: string }

export type DropFileResult =
  | { readonly kind: 'begun'; readonly drop: string; readonly pieceBytes: number }
  | { readonly kind: 'taken' }
  /** It is whole, and waits to be read as the day's bill. */
  | { readonly kind: 'waiting' }
  /** It was another till's export: its orders are known from now on, and the days are matched again. */
  | { readonly kind: 'till-imported'; readonly till: string; readonly orders: number }
  | { readonly kind: 'own-till' | 'damaged-export' }
  | { readonly kind: 'too-large'; readonly mostBytes: number }
  /** Its pieces did not come in their order, or another file took its place. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'no-such-channel' | 'no-such-date' | 'no-bill' | 'disk-error' }

/** Where a report was written. */
export type ReconcileReportResult =
  | { readonly kind: 'done'; readonly path: string }
  | { readonly kind: 'no-run' | 'disk-error' }

/** A day `yyyyMMdd` of a channel. */
export type DayOfChannel = { readonly channel: string; readonly date: string }

/** The calls of reconciliation; part of `Calls`. */
export type ReconcileCalls = {
  /** Two weeks of days of every channel with a bill; `newest` is `yyyyMMdd`, null the newest that can have one. */
  'reconcile.days': { readonly request: { readonly newest: string | null }; readonly reply: ReconcileOverview }
  'reconcile.day': { readonly request: DayOfChannel; readonly reply: ReconcileDayDetail }
  /** What the desk for doubtful orders has from the bills, the newest day first. */
  'reconcile.handed': { readonly request: null; readonly reply: readonly HandedDifference[] }
  /** Asks the channel for a day's bill, in its turn; `reconcile.changed` tells the rest. */
  'reconcile.run': { readonly request: DayOfChannel; readonly reply: ReconcileRunResult }
  /** Stops what runs and what waits; nothing that was kept is lost. */
  'reconcile.stop': { readonly request: null; readonly reply: { readonly kind: 'stopped' | 'nothing-running' } }
  /** An act on one difference of the newest run; `reason` is read where the act keeps one. */
  'reconcile.act': {
    readonly request: DayOfChannel & {
      readonly key: string
      readonly act: Exclude<DifferenceAct, 'refund' | 'import-till'>
      readonly reason: string
    }
    readonly reply: DifferenceActResult
  }
  /** A manager signs a run off: it stays as it is, and what comes later stands beside it. */
  'reconcile.sign-off': {
    readonly request: DayOfChannel & { readonly run: number; readonly note: string; readonly proof: ManagerProof }
    readonly reply: SignOffResult
  }
  /** Brings a file piece by piece: a day's bill, or another till's export. */
  'reconcile.drop-file': { readonly request: DropFileStep; readonly reply: DropFileResult }
  /** Writes the newest run of a day as a table into the data folder. */
  'reconcile.report': {
    readonly request: DayOfChannel & { readonly language: Language }
    readonly reply: ReconcileReportResult
  }
}
