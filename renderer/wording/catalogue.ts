import type { DamageName, OpeningTrouble } from '../../electron/api/contract.ts'
import type { ActionId } from '../counter/actions.ts'
import type { NoticeBody } from '../counter/notice.ts'
import type { Scene } from '../counter/scene.ts'
import type { Refusal } from '../counter/state.ts'
import type { Area, Section } from '../shell/areas.ts'
import type {
  Alarm,
  AmountProblem,
  AttentionReason,
  AwayReason,
  FailureReason,
  FormerOpenBecause,
  LedgerTrouble,
  OrderStatus,
  QueryPurpose,
  RevokeCause,
  RevokeEffect,
  ScannerState,
  ScanProblem,
  UnknownReason,
  Wallet,
} from '../till/types.ts'
import type { BooksWords } from './books-words.ts'
import type { CashWords } from './cash-words.ts'
import type { ChannelScreenWords } from './channel-screen-words.ts'
import type { DeskWords } from './desk-words.ts'
import type { DesktopWords } from './desktop-words.ts'
import type { DisplayWords } from './display-words.ts'
import type { EvidenceWords } from './evidence-words.ts'
import type { GunWords } from './gun-words.ts'
import type { JournalType, OutcomeKind, PracticeStory } from './names.ts'
import type { PosWords } from './pos-words.ts'
import type { PrintingWords } from './printing-words.ts'
import type { ReconciliationWords } from './reconciliation-words.ts'
import type { RefundWords } from './refund-words.ts'
import type { RescueWords } from './rescue-words.ts'
import type { SetupWords } from './setup-words.ts'
import type { ShiftWords } from './shift-words.ts'
import type { SoundWords } from './sound-words.ts'
import type { StaffWords } from './staff-words.ts'
import type { SystemWords } from './system-words.ts'

/** What a scene says: its headline, what it means for the money, and what to do now (ux.md 19). */
export type SceneWords = { readonly headline: string; readonly money: string; readonly next: string }

/** What happened, and the one next step. */
export type StepWords = { readonly happened: string; readonly next: string }

/** Words for a scan that is no payment code; the argument is the problem of that kind. */
export type ScanProblemWords = {
  readonly [Kind in ScanProblem['kind']]: (problem: Extract<ScanProblem, { readonly kind: Kind }>) => string
}

/** Every sentence of the screen in one language. The functions' parameters are the sentence's blanks. */
export type Catalogue = {
  readonly language: string
  /** The name of the other language, in that language. */
  readonly otherLanguage: string
  readonly wallets: Readonly<Record<Wallet, string>>
  readonly channel: (id: string) => string
  readonly statuses: Readonly<Record<OrderStatus, string>>
  readonly revokeEffects: Readonly<Record<RevokeEffect, string>>
  readonly scenes: Readonly<Record<Scene, SceneWords>>
  readonly failures: Readonly<Record<FailureReason, StepWords>>
  readonly unknowns: Readonly<Record<UnknownReason, string>>
  readonly attentions: Readonly<Record<AttentionReason, StepWords>>
  readonly tellCustomer: { readonly label: string; readonly words: string }
  /** For a doubtful order of which a verified answer said that the money was taken. */
  readonly moneyTaken: { readonly money: string; readonly tellCustomer: string }
  readonly alarms: Readonly<Record<Alarm, string>>
  readonly amountProblems: { readonly [Problem in AmountProblem]: (limit: string) => string }
  readonly scanProblems: ScanProblemWords
  readonly ledgerTroubles: Readonly<Record<LedgerTrouble, StepWords>>
  readonly refusals: Readonly<Record<Exclude<Refusal['kind'], 'ledger' | 'channel-away'>, StepWords>>
  readonly notices: Readonly<
    Record<
      Exclude<
        NoticeBody['kind'],
        | 'code-problem'
        | 'ledger-trouble'
        | 'wallet-not-configured'
        | 'lines-back'
        | 'scan-while-locked'
        | 'cash-problem'
        | 'yesterday-differs'
      >,
      string
    >
  > & { readonly walletNotConfigured: (wallet: string) => string }
  readonly actions: Readonly<Record<ActionId, string>>
  readonly counter: {
    readonly amountDue: string
    readonly amountPaid: string
    readonly amountReturned: string
    readonly amountNotTaken: string
    readonly amountInDoubt: string
    readonly keypad: string
    readonly clear: string
    readonly backspace: string
    readonly limit: (limit: string) => string
    readonly passwordLikely: string
    readonly elapsed: string
    readonly left: string
    readonly timeIsUp: string
    readonly atZeroClosed: string
    readonly atZeroRefunded: string
    readonly almostZero: string
    readonly work: (queries: number, secondsAgo: number) => string
    readonly workNoAnswer: (queries: number) => string
    readonly asking: string
    readonly revokeTry: (tries: number) => string
    readonly revokeCauses: Readonly<Record<RevokeCause, string>>
    readonly revokeIn: (seconds: number) => string
    readonly revokeRefunds: string
    readonly progress: string
    readonly formerOpen: Readonly<Record<FormerOpenBecause, string>>
    readonly ifAnother: string
    readonly scannedBefore: string
    readonly codeField: string
    readonly codeHint: string
    readonly practiceHint: string
    readonly scanHint: string
  }
  /** What stands in the place of the revoke where an order's channel has none. */
  readonly noRevoke: {
    readonly action: string
    readonly consequence: string
    readonly in: (seconds: number) => string
    readonly atZero: string
    readonly almostZero: string
    readonly title: (amount: string) => string
    readonly body: string
    readonly confirm: string
    readonly keep: string
    readonly over: string
    /** An order that had ended and is open there still. */
    readonly openAfterEnd: { readonly happened: string; readonly next: string }
  }
  readonly revokeDialog: {
    readonly title: (amount: string) => string
    readonly body: string
    readonly bodyPaid: string
    readonly confirm: string
    readonly keep: string
  }
  readonly facts: {
    readonly title: string
    readonly orderNumber: string
    readonly wallet: string
    readonly amount: string
    readonly code: string
    readonly started: string
    readonly ended: string
    readonly status: string
    readonly transactionId: string
    readonly channelSays: string
    readonly tail: (digits: string) => string
    readonly copy: string
    readonly queries: string
    readonly revokes: string
    readonly times: (count: number) => string
    readonly none: string
  }
  readonly strip: {
    readonly title: string
    readonly empty: string
    readonly parked: (count: number) => string
    readonly doubtful: (count: number) => string
    readonly bringBack: (last: string) => string
    readonly ended: string
    readonly acknowledge: string
    readonly left: (time: string) => string
  }
  readonly shell: {
    readonly product: string
    readonly training: string
    readonly trainingShort: string
    readonly till: (id: string) => string
    readonly counter: string
    readonly areas: Readonly<Record<Area, string>>
    readonly sections: Readonly<Record<Section, string>>
    readonly practice: string
    readonly sound: string
    readonly soundOn: string
    readonly soundOff: string
    readonly screens: string
  }
  readonly readiness: {
    readonly title: string
    readonly scanner: string
    readonly scannerSeen: string
    readonly scannerUnseen: string
    /** A gun that the main side reads. */
    readonly scannerStates: Readonly<Record<ScannerState, string>>
    readonly network: string
    readonly ledger: string
    readonly certificate: string
    readonly certificateEnds: (days: number) => string
    readonly certificateEnded: string
    readonly backup: string
    readonly backupCopied: (percent: number) => string
    readonly backupChecked: string
    readonly backupOld: string
    readonly backupDamaged: string
    readonly update: string
    readonly updateReady: (version: string) => string
    readonly clock: string
    readonly ready: string
    readonly checking: string
    readonly trouble: string
    readonly absent: string
    readonly notNeeded: string
    readonly clockOff: (seconds: number) => string
    readonly clockUnknown: string
    readonly channelTrouble: (channels: string) => string
  }
  /** When the network or a channel is gone: what still works, what to do, what the till owes. */
  readonly lines: {
    readonly networkGone: string
    readonly walletsGone: (wallets: string) => string
    readonly because: (reason: string, since: string) => string
    readonly takeCash: string
    readonly takeOther: (wallets: string) => string
    readonly owesNothing: string
    readonly owes: (count: number) => string
    readonly refused: (wallet: string, reason: string) => string
    readonly refusedNext: string
    readonly back: string
    /** Stands between the names of wallets. */
    readonly separator: string
    readonly reasons: Readonly<Record<AwayReason, string>>
    /** One word for the readiness line. */
    readonly marks: Readonly<Record<AwayReason, string>>
  }
  /** The page of a till that could not open. */
  readonly opening: {
    readonly title: string
    readonly happened: Readonly<Record<OpeningTrouble['kind'], string>>
    readonly damages: Readonly<Record<DamageName, string>>
    readonly safe: string
    readonly next: string
    readonly backup: (time: string, events: number) => string
    readonly newer: (events: number) => string
    readonly newerUnknown: string
    readonly command: string
    readonly tryAgain: string
    readonly trying: string
    readonly details: string
  }
  readonly orders: {
    readonly search: string
    readonly status: string
    readonly all: string
    readonly time: string
    readonly empty: string
    readonly loading: string
    readonly failed: string
    readonly count: (count: number) => string
    readonly paidTotal: (amount: string) => string
    readonly open: (last: string) => string
    readonly detail: string
    readonly journal: string
    readonly close: string
    readonly toCounter: string
    readonly hint: string
    readonly copied: string
    readonly step: (step: number) => string
  }
  readonly journal: {
    readonly types: Readonly<Record<JournalType, string>>
    readonly outcomes: Readonly<Record<OutcomeKind, string>>
    readonly purposes: Readonly<Record<QueryPurpose, string>>
    readonly other: (type: string) => string
    /** A record that is kept and cannot be understood. */
    readonly unreadable: (sequence: number) => string
  }
  readonly desk: DeskWords
  readonly cash: CashWords
  readonly staff: StaffWords
  readonly setup: SetupWords
  readonly display: DisplayWords
  readonly system: SystemWords
  readonly desktop: DesktopWords
  readonly sound: SoundWords
  readonly shifts: ShiftWords
  readonly evidence: EvidenceWords
  readonly refunds: RefundWords
  readonly books: BooksWords
  readonly rescue: RescueWords
  readonly guns: GunWords
  readonly channels: ChannelScreenWords
  readonly pos: PosWords
  readonly printing: PrintingWords
  readonly reconciliation: ReconciliationWords
  readonly practice: {
    readonly title: string
    readonly intro: string
    readonly print: string
    readonly scanThis: string
    readonly needsAmount: string
    readonly fresh: string
    readonly sees: string
    readonly qr: (story: string) => string
    readonly barcode: (story: string) => string
    readonly stories: Readonly<Record<PracticeStory, { readonly story: string; readonly seen: string }>>
    readonly other: string
    readonly awaiting: (amount: string) => string
  }
  /** Spoken after the tone; short enough to be heard over a queue. */
  readonly spoken: {
    readonly 'former-paid': string
    readonly failed: string
    readonly parkedEnded: string
    readonly linesLost: string
    readonly linesBack: string
    readonly printInDoubt: string
  }
}
