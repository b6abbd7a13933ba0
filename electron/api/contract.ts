import type { AmountProblem } from '../till/money.ts'
import type { OrderStatus } from '../till/order/order.ts'
import type { ScanProblem, Wallet } from '../till/payment-code.ts'
import type { AwayReason } from '../till/reachability.ts'
import type { CaseDecision, CaseView, PinSetResult, PinState, SettleResult, SlipResult } from './case-views.ts'
import type { CashCalls } from './cash-views.ts'
import type { ChannelTest, ChannelView } from './channel-views.ts'
import type { DesktopCalls } from './desktop-views.ts'
import type { CustomerDisplayView, DisplayCalls } from './display-views.ts'
import type { ClosureView, EvidenceResult } from './evidence-views.ts'
import type { ExportFormat, ExportResult, ExportWish } from './export-views.ts'
import type { HistoryAllowResult, HistoryFilter, HistoryPage, HistoryTotals } from './history-views.ts'
import type { Language } from './language.ts'
import type { JournalLine, LedgerTrouble, OrderView, UnreadableRecordView } from './order-views.ts'
import type { PosCalls, PosView } from './pos-views.ts'
import type { PrintCalls, PrintingView } from './print-views.ts'
import type { ReceiptCalls } from './receipt-views.ts'
import type { ReconcileCalls, ReconcileNews, ReconcileNotice } from './reconcile-views.ts'
import type { RefundCalls, RefundView } from './refund-views.ts'
import type { RescueAnswer } from './rescue-views.ts'
import type { FoundScanners, HeldScan, KeyGapResult, ScanArrived, ScannerView, TriedScan } from './scan-views.ts'
import type { SetupCalls } from './setup-views.ts'
import type { ShiftCalls, ShiftState } from './shift-views.ts'
import type { SoundCalls, SoundSetting } from './sound-views.ts'
import type { ManagerProof, StaffCalls, StaffState } from './staff-views.ts'
import type { SystemCalls } from './system-views.ts'

export type * from './case-views.ts'
export type * from './cash-views.ts'
export type * from './channel-views.ts'
export type * from './desktop-views.ts'
export type * from './display-views.ts'
export type * from './evidence-views.ts'
export type * from './export-views.ts'
export type * from './history-views.ts'
export type * from './language.ts'
export type * from './order-views.ts'
export type * from './pos-views.ts'
export type * from './print-views.ts'
export type * from './receipt-views.ts'
export type * from './reconcile-views.ts'
export type * from './refund-views.ts'
export type * from './rescue-views.ts'
export type * from './scan-views.ts'
export type * from './setup-views.ts'
export type * from './shift-views.ts'
export type * from './sound-views.ts'
export type * from './staff-views.ts'
export type * from './system-views.ts'

/**
 * The one contract between the window and the main side: every call, every event, every failure. Types only. All values
 * are plain JSON, so that both hosts carry them alike (platform.md §4).
 */

export type TillMode = 'training' | 'live'

export type PracticeCodeView = {
  readonly wallet: Wallet
  /** The story's name of design §8, such as `password-then-pays`. */
  readonly story: string
  /** Well-formed digits, fresh for each call; a practice code, never a customer's. */
  readonly code: string
  /** SVG texts of the same digits. */
  readonly qrSvg: string
  readonly barcodeSvg: string
}

export type ReadinessState = 'ready' | 'checking' | 'trouble' | 'absent'

/** The readiness line (ux.md 27): what the till needs before the next scan. */
export type Readiness = {
  readonly ledger: { readonly state: ReadinessState; readonly problem: LedgerTrouble | null }
  /** The ledger's backups; in trouble when none is younger than two days, or when the ledger does not verify. */
  readonly backup: {
    readonly state: ReadinessState
    readonly madeWallMs: number | null
    readonly isDamaged: boolean
    /** One that is being made and takes longer than a moment: how much is copied; null while it is checked. */
    readonly making: { readonly copiedPercent: number | null } | null
  }
  /** Certificates of channels that end within thirty days, or have ended, the next one first. */
  readonly certificates: readonly { readonly channel: string; readonly daysLeft: number }[]
  readonly channels: readonly {
    readonly id: string
    /** `ready`: heard of lately; `checking`: not yet, or in doubt; `trouble`: away. */
    readonly state: ReadinessState
    /** Why and since when it cannot be used; null when it may be tried. */
    readonly away: { readonly reason: AwayReason; readonly sinceWallMs: number } | null
    /** The wallets whose codes go there. */
    readonly wallets: readonly Wallet[]
  }[]
  /** Why the whole network is gone; null when it is not. */
  readonly networkAway: AwayReason | null
  /** Orders not at their end whose channel is away: asked about by themselves when it is back. */
  readonly owed: { readonly count: number; readonly oldestAgeMs: number | null }
  /** Milliseconds that the machine's clock is off by, where a channel's answer told; null when unknown. */
  readonly clockOffsetMs: number | null
  /** The version of the program that is downloaded and waits to be put in place; null where none does. */
  readonly updateReady: string | null
}

/** What is wrong with a damaged ledger, by its name; docs/recovery.md explains each. */
export type DamageName =
  | 'not-a-ledger'
  | 'missing'
  | 'truncated'
  | 'torn-page'
  | 'foreign-wal'
  | 'wal-missing'
  | 'rolled-back'
  | 'chain-broken'
  | 'projection-missing'
  | 'projection-differs'
  | 'unreadable-entry'
  | 'older-form'

/** Why the till behind the window could not open. Nothing was changed and nothing was charged. */
export type OpeningTrouble = {
  readonly kind: LedgerTrouble | 'settings' | 'training'
  /** Named where the kind is `damaged`. */
  readonly damage: DamageName | null
  /** The same sentence that the console shows, in English, for support staff. */
  readonly sentence: string
  /** What support staff may type; null where no command mends it. */
  readonly command: string | null
  /** The last good backup of a damaged ledger. */
  readonly backup: {
    readonly name: string
    readonly madeWallMs: number
    readonly events: number
    readonly newerEvents: number | null
  } | null
}

export type TillSnapshot = {
  readonly mode: TillMode
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  readonly host: 'electron' | 'browser'
  readonly version: string
  /** The largest amount that any configured channel takes, in fen. */
  readonly amountLimitFen: number
  /** Above this amount the customer will likely have to confirm (M5), per wallet; a hint, never a rule. */
  readonly passwordLikelyAboveFen: Readonly<Partial<Record<Wallet, number>>>
  readonly wallets: readonly Wallet[]
  /** What a channel's users call its revoke, by the channel's id; `none` where it has none (M10). */
  readonly channelRevokes: Readonly<Record<string, 'revoke' | 'reversal' | 'none'>>
  /** Orders that are not at their end, oldest first. */
  readonly openOrders: readonly OrderView[]
  readonly readiness: Readiness
  /** The median time from key to key up to which typing in the window is a gun's, and the limits of that setting. */
  readonly gunKeyGap: { readonly ms: number; readonly leastMs: number; readonly mostMs: number }
  /** The local interface for the shop's own POS. */
  readonly pos: PosView
  readonly sound: SoundSetting
  /** Yesterday, where its reconciliation needs somebody: told at the opening. */
  readonly reconcileNotice: ReconcileNotice
  readonly customerDisplay: CustomerDisplayView
  /** Spoken and written language that the configuration asks for. */
  readonly language: Language
}

/** What became of a scan. Only `started` charges anyone. */
export type ScanResult =
  /** A new order: its intent is on disk and the request is on its way. */
  | { readonly kind: 'started'; readonly order: OrderView }
  /** The same code again: the same attempt, as it stands. */
  | { readonly kind: 'scanned-before'; readonly order: OrderView }
  /** A former order of the sale, or of the same amount and still open, did succeed: nothing was charged now. */
  | { readonly kind: 'former-order-paid'; readonly order: OrderView }
  /** A former order cannot be told yet: nothing was charged now. */
  | { readonly kind: 'former-order-open'; readonly order: OrderView; readonly because: 'same-sale' | 'same-amount' }
  /** Not a payment code, or none of a configured wallet; nothing left the machine. */
  | { readonly kind: 'not-a-payment-code'; readonly problem: ScanProblem }
  /** The sale is a collection of the POS that has ended: nothing was charged. */
  | { readonly kind: 'collection-over' }
  /** The held scan was used or is too old: nothing was charged, scan again. */
  | { readonly kind: 'scan-gone' }
  | { readonly kind: 'wallet-not-configured'; readonly wallet: Wallet }
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  /** The channel cannot be reached, as a probe of this moment says too: no order, nothing left, the code is unused. */
  | {
      readonly kind: 'channel-away'
      readonly channel: string
      readonly wallet: Wallet
      readonly reason: AwayReason
      readonly sinceWallMs: number
    }
  /** The intent could not be written: no payment starts. */
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'stopping' }

/** The answer to an act on an order. */
export type ActResult =
  | { readonly kind: 'done'; readonly order: OrderView }
  | { readonly kind: 'no-such-order' }
  /** The order's state does not allow it; the order as it stands. */
  | { readonly kind: 'not-now'; readonly order: OrderView }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

export type OrderDetail = {
  readonly order: OrderView
  readonly journal: readonly JournalLine[]
  /** Whether it can still charge anyone; null where its record cannot be read, so that nothing can be said. */
  readonly closure: ClosureView | null
}

/** Every call that the window can make. */
export type Calls = TillCalls &
  RefundCalls &
  PrintCalls &
  ReceiptCalls &
  DisplayCalls &
  StaffCalls &
  ShiftCalls &
  CashCalls &
  ReconcileCalls &
  SetupCalls &
  PosCalls &
  DesktopCalls &
  SystemCalls &
  SoundCalls

type TillCalls = {
  /** Why the till is not open; null when it is. Asked first: no other call is answered before it is open. */
  'till.opening': { readonly request: null; readonly reply: OpeningTrouble | null }
  /** Tries to open it once more. */
  'till.open-again': { readonly request: null; readonly reply: OpeningTrouble | null }
  'till.snapshot': { readonly request: null; readonly reply: TillSnapshot }
  /**
   * Takes a payment: `amountText` is yuan as typed, `scan` what the gun read. `saleId` names the sale that goes on (null
   * opens one). `anotherCustomer` is the cashier's word that an open order of the same amount is someone else's.
   */
  'sale.scan': {
    readonly request: {
      readonly amountText: string
      readonly scan: string | HeldScan
      readonly saleId: string | null
      readonly anotherCustomer: boolean
    }
    readonly reply: ScanResult
  }
  'order.query': { readonly request: { readonly orderNumber: string }; readonly reply: ActResult }
  'order.revoke': { readonly request: { readonly orderNumber: string }; readonly reply: ActResult }
  'order.park': { readonly request: { readonly orderNumber: string }; readonly reply: ActResult }
  'order.unpark': { readonly request: { readonly orderNumber: string }; readonly reply: ActResult }
  /** Orders of a Shanghai day (`yyyyMMdd`, null is today), newest first. */
  'orders.list': {
    readonly request: { readonly day: string | null; readonly status: OrderStatus | null; readonly text: string | null }
    readonly reply: readonly OrderView[]
  }
  /**
   * A page of all that was ever collected and given back, newest first. `before` is a former reply's `next`, with the same
   * filter; a page costs the same however far back it stands.
   */
  'history.page': {
    readonly request: {
      readonly filter: HistoryFilter
      readonly before: string | null
      /** At most 100. */
      readonly limit: number
      readonly doubtfulFirst: boolean
    }
    readonly reply: HistoryPage
  }
  /** What everything that the filter leaves comes to. */
  'history.totals': { readonly request: { readonly filter: HistoryFilter }; readonly reply: HistoryTotals }
  /** A manager lets the cashier who is signed in look at every shift for a while; recorded. */
  'history.allow': { readonly request: { readonly manager: ManagerProof }; readonly reply: HistoryAllowResult }
  /** Writes a table that spreadsheets open; takes as long as there are rows. */
  'exports.write': {
    readonly request: { readonly wish: ExportWish; readonly format: ExportFormat; readonly language: Language }
    readonly reply: ExportResult
  }
  /** Records of all days that are kept and cannot be understood, oldest first; empty nearly always. */
  'orders.unreadable': { readonly request: null; readonly reply: readonly UnreadableRecordView[] }
  'order.show': { readonly request: { readonly orderNumber: string }; readonly reply: OrderDetail | null }
  /** Writes the proof that an order can no longer charge anyone, or that it still may, into the data folder. */
  'evidence.export': { readonly request: { readonly orderNumber: string }; readonly reply: EvidenceResult }
  /** Every open case, the earliest deadline first. */
  'cases.list': { readonly request: null; readonly reply: readonly CaseView[] }
  'case.take': { readonly request: { readonly orderNumber: string; readonly owner: string }; readonly reply: ActResult }
  /** A manager's decision; the PIN is checked on the main side and goes no further. */
  'case.settle': {
    readonly request: {
      readonly orderNumber: string
      readonly decision: CaseDecision
      readonly reason: string
      readonly managerName: string
      readonly pin: string
    }
    readonly reply: SettleResult
  }
  'case.slip': {
    readonly request: { readonly orderNumber: string; readonly language: Language }
    readonly reply: SlipResult
  }
  /**
   * What became of the payment behind a bill: a number, an amount or a time of day as typed, or what a gun read. Looks
   * the order up, asks the channel about it once, and answers when that has answered.
   */
  'rescue.find': { readonly request: { readonly text: string | HeldScan }; readonly reply: RescueAnswer }
  'pin.state': { readonly request: null; readonly reply: { readonly state: PinState } }
  /** Sets the manager's first PIN, in training mode only. */
  'pin.set': { readonly request: { readonly pin: string; readonly again: string }; readonly reply: PinSetResult }
  /** Every configured channel: what it can do, and its figures. */
  'channels.list': { readonly request: null; readonly reply: readonly ChannelView[] }
  /** A test call to a channel; takes as long as one request may. Charges nobody. */
  'channels.test': { readonly request: { readonly channel: string }; readonly reply: ChannelTest }
  /** The guns that the main side reads, as they stand. */
  'scanners.list': { readonly request: null; readonly reply: readonly ScannerView[] }
  /** What is plugged in, used or not; takes a second at most. */
  'scanners.found': { readonly request: null; readonly reply: FoundScanners }
  /** A test scan: tells what a gun read, and charges nobody. */
  'scan.try': { readonly request: { readonly scan: string | HeldScan }; readonly reply: TriedScan }
  /** Sets, durably, the time from key to key up to which typing in the window is a gun's. */
  'scanners.set-key-gap': { readonly request: { readonly keyGapMs: number }; readonly reply: KeyGapResult }
  /** Fresh practice codes; empty outside training mode. */
  'practice.codes': { readonly request: null; readonly reply: readonly PracticeCodeView[] }
}

export type CallName = keyof Calls

/** Everything that the main side tells unasked. */
export type TillEvents = {
  'order.changed': OrderView
  'readiness.changed': Readiness
  'refund.changed': RefundView
  'scan.arrived': ScanArrived
  'scanners.changed': readonly ScannerView[]
  'print.changed': PrintingView
  'staff.changed': StaffState
  'shift.changed': ShiftState
  /** A day's reconciliation began, went on, or came to its end. */
  'reconcile.changed': ReconcileNews
  /** A collection of the POS waits, or waits no more. */
  'pos.changed': PosView
}

export type EventName = keyof TillEvents

/** What a call came to at the door: a reply, or a typed refusal; never silence. */
export type CallAnswer<Name extends CallName> =
  | { readonly ok: true; readonly reply: Calls[Name]['reply'] }
  | { readonly ok: false; readonly refusal: CallRefusal }

export type CallRefusal =
  | { readonly code: 'unknown-call' }
  | { readonly code: 'bad-request'; readonly field: string; readonly expected: string }
  | { readonly code: 'untrusted-sender' }
  /** Staff is set up and nobody is signed in: only what shows, and signs in, is answered. */
  | { readonly code: 'locked' }
  | { readonly code: 'failed'; readonly detail: string }

/** The closed object that a host gives to the window; the renderer's only door. */
export type Bridge = {
  call<Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<CallAnswer<Name>>
  on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void
}
