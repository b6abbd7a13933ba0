import type { BillNumberOf } from '../till/bill-number.ts'
import type { AmountProblem } from '../till/money.ts'
import type { CaseFacts } from '../till/order/case.ts'
import type { HandDecision } from '../till/order/event.ts'
import type { AttentionReason, Order, OrderStatus, QueryPurpose, RevokeCause, Settlement } from '../till/order/order.ts'
import type { FailureReason, RevokeEffect, UnknownReason } from '../till/outcome.ts'
import type { ScanProblem, Wallet } from '../till/payment-code.ts'
import type { AwayReason } from '../till/reachability.ts'
import type { RefundAsker } from '../till/refund/event.ts'
import type { RefundProblem } from '../till/refund/left.ts'
import type { RefundAttentionReason, RefundFailureReason } from '../till/refund/outcome.ts'
import type { Refund, RefundStatus } from '../till/refund/refund.ts'

/**
 * The one contract between the window and the main side: every call, every event, every failure. Types only. All values
 * are plain JSON, so that both hosts carry them alike (platform.md §4).
 */

/** A language that the screen can speak. */
export type Language = 'zh-CN' | 'en'

export type TillMode = 'training' | 'live'

/** An order as the screen needs it. Durations are as of the moment of sending; the screen counts on from there. */
export type OrderView = {
  readonly orderNumber: string
  readonly saleId: string
  readonly channel: string
  readonly wallet: Wallet
  readonly amountFen: number
  readonly maskedCode: string
  readonly status: OrderStatus
  readonly revokeEffect: RevokeEffect | null
  readonly revokeCause: RevokeCause | null
  readonly failureReason: FailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: AttentionReason | null
  readonly alarm: Order['alarm']
  /** The channel's own code and words of the last answer, small print for support. */
  readonly lastCode: string | null
  readonly lastMessage: string | null
  readonly moneyWasTaken: boolean
  readonly transactionId: string | null
  readonly queries: number
  readonly revokes: number
  readonly inFlight: Order['inFlight']
  readonly queryPurpose: QueryPurpose | null
  readonly parked: boolean
  /** Who takes care of the case. */
  readonly caseOwner: string | null
  /** How a case was settled other than by an answer about the order itself. */
  readonly settlement: Settlement | null
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
  /** Since the pay request. */
  readonly ageMs: number
  readonly windowMs: number
  /** Until the till revokes by itself; 0 when the deadline has passed or does not apply. */
  readonly timeLeftMs: number
  /** Until a revoke may be sent (the channel's minimum age); 0 when it may. */
  readonly revokeAllowedInMs: number
  /** Since the last answer of any kind; null when none came yet. */
  readonly lastAnswerAgeMs: number | null
}

/** One line of an order's journal, for the detail view. */
export type JournalLine = {
  readonly sequence: number
  readonly wallMs: number
  readonly type: string
  /** The event's data as JSON text. */
  readonly payload: string
  readonly hash: string
  /** The record is kept as it was written and cannot be understood. */
  readonly isUnreadable: boolean
}

/** A record of an order that is kept and cannot be understood. */
export type UnreadableRecordView = {
  readonly orderNumber: string
  readonly sequence: number
  readonly wallMs: number
}

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
  readonly backup: { readonly state: ReadinessState; readonly madeWallMs: number | null; readonly isDamaged: boolean }
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
}

export type LedgerTrouble = 'read-only' | 'disk-full' | 'disk-error' | 'newer-file' | 'damaged' | 'in-use' | 'closed'

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
  /** Orders that are not at their end, oldest first. */
  readonly openOrders: readonly OrderView[]
  readonly readiness: Readiness
  /** Spoken and written language that the configuration asks for. */
  readonly language: Language
}

/**
 * A scan that the main side read from a gun and holds under a one-time name, for a few seconds: the payment code itself
 * never enters the window (I11).
 */
export type HeldScan = { readonly held: string }

/** Why a gun's bytes became no scan. */
export type ScanLoss =
  | 'torn'
  | 'no-terminator'
  | 'too-long'
  | 'wrong-length'
  | 'noise'
  | 'line-inside-a-code'
  | 'setting-answer'

/** What a gun that the main side reads has sent. */
export type ScanArrived =
  | { readonly kind: 'held'; readonly scan: HeldScan }
  /** Out of a wallet's bill; the till's order that it belongs to, or null when this till knows none. */
  | { readonly kind: 'bill'; readonly of: BillNumberOf; readonly number: string; readonly orderNumber: string | null }
  | { readonly kind: 'unreadable'; readonly loss: ScanLoss }

/** A gun that the configuration asks for, whether it is there or not. */
export type ScannerView = {
  readonly id: string
  readonly kind: 'serial' | 'hid' | 'keyboard'
  readonly name: string
  readonly path: string
  readonly state: 'connected' | 'connecting' | 'absent' | 'no-access' | 'busy' | 'failed' | 'module-does-not-load'
  /** The system's own words about the state, small print for support. */
  readonly detail: string
  readonly lastDrop: ScanLoss | null
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

export type OrderDetail = { readonly order: OrderView; readonly journal: readonly JournalLine[] }

/** One refund of an order as the screen needs it. */
export type RefundView = {
  readonly refundNumber: string
  readonly orderNumber: string
  readonly amountFen: number
  readonly reason: string
  readonly by: RefundAsker
  readonly status: RefundStatus
  readonly failureReason: RefundFailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: RefundAttentionReason | null
  readonly alarm: Refund['alarm']
  /** The channel's own code and words of the last answer, small print for support. */
  readonly lastCode: string | null
  readonly lastMessage: string | null
  readonly tries: number
  readonly queries: number
  readonly inFlight: Refund['inFlight']
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
}

/** An order's refunds, and what may still be refunded. */
export type OrderRefunds = {
  readonly refunds: readonly RefundView[]
  /** Pending and unknown refunds count as spent. */
  readonly leftFen: number
  readonly refundedFen: number
  /** Until when a refund may begin; null when the order's channel is not configured any more. */
  readonly refundableUntilWallMs: number | null
  /** Why no refund may begin now; null when one may. */
  readonly problem: RefundProblem | 'channel-not-configured' | null
}

/** What became of a wish for a refund. Only `started` moves money. */
export type RefundStartResult =
  | { readonly kind: 'started'; readonly refund: RefundView }
  /** A refund of this very amount is not at its end yet: no second one was begun. */
  | { readonly kind: 'under-way'; readonly refund: RefundView }
  | { readonly kind: 'refused'; readonly problem: RefundProblem; readonly leftFen: number }
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  | { readonly kind: 'reason-missing' }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'channel-not-configured' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'stopping' }

/** The answer to an act on a refund. */
export type RefundActResult =
  | { readonly kind: 'done'; readonly refund: RefundView }
  | { readonly kind: 'no-such-refund' }
  | { readonly kind: 'not-now'; readonly refund: RefundView }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** An open case of the desk for doubtful orders (人工处理), as of the moment of sending. */
export type CaseView = {
  readonly order: OrderView
  readonly money: CaseFacts['money']
  /** After this the channel takes no revoke any more. */
  readonly revokeUntilWallMs: number
  readonly revokeUntilLeftMs: number
  /** Until the till asks again by itself; null while a request is on its way. */
  readonly nextStepInMs: number | null
  readonly nextStep: CaseFacts['nextStep']
  /** What a manager may decide about it. */
  readonly decisions: readonly HandDecision[]
}

export type PinState = 'set' | 'not-set' | 'damaged' | 'disk-error'

/** What came of a new PIN of the manager; in live mode the command line sets it: `till manager-pin`. */
export type PinSetResult =
  | { readonly kind: 'done' | 'already-set' | 'not-six-digits' | 'too-easy' | 'not-the-same' | 'live-mode' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }

/** What came of a manager's decision about a case. */
export type SettleResult =
  | { readonly kind: 'done'; readonly order: OrderView }
  | { readonly kind: 'no-such-order' }
  /** It cannot be decided so now: the order as it stands, and what can be decided. */
  | { readonly kind: 'not-now'; readonly order: OrderView; readonly decisions: readonly HandDecision[] }
  /** A refund of it is not at its end: the money could go back twice. */
  | { readonly kind: 'refund-under-way' }
  | { readonly kind: 'pin-wrong'; readonly triesLeft: number }
  | { readonly kind: 'pin-locked'; readonly untilWallMs: number }
  | { readonly kind: 'pin-not-set' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** Where the customer's slip about a doubtful order was written. */
export type SlipResult =
  | { readonly kind: 'done'; readonly textPath: string; readonly picturePath: string }
  | { readonly kind: 'no-such-order' }
  /** The order is in no doubt: it needs no such slip. */
  | { readonly kind: 'not-now'; readonly order: OrderView }
  | { readonly kind: 'disk-error'; readonly path: string }

/** Every call that the window can make. */
export type Calls = {
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
  /** Records of all days that are kept and cannot be understood, oldest first; empty nearly always. */
  'orders.unreadable': { readonly request: null; readonly reply: readonly UnreadableRecordView[] }
  'order.show': { readonly request: { readonly orderNumber: string }; readonly reply: OrderDetail | null }
  /** Every open case, the earliest deadline first. */
  'cases.list': { readonly request: null; readonly reply: readonly CaseView[] }
  'case.take': { readonly request: { readonly orderNumber: string; readonly owner: string }; readonly reply: ActResult }
  /** A manager's decision; the PIN is checked on the main side and goes no further. */
  'case.settle': {
    readonly request: {
      readonly orderNumber: string
      readonly decision: HandDecision
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
  'pin.state': { readonly request: null; readonly reply: { readonly state: PinState } }
  /** Sets the manager's first PIN, in training mode only. */
  'pin.set': { readonly request: { readonly pin: string; readonly again: string }; readonly reply: PinSetResult }
  /** The guns that the main side reads, as they stand. */
  'scanners.list': { readonly request: null; readonly reply: readonly ScannerView[] }
  /** Fresh practice codes; empty outside training mode. */
  'practice.codes': { readonly request: null; readonly reply: readonly PracticeCodeView[] }
  /** Refunds a paid order: all that is left of it, or a part. `amountText` is yuan as typed. */
  'refund.start': {
    readonly request: { readonly orderNumber: string; readonly amountText: string; readonly reason: string }
    readonly reply: RefundStartResult
  }
  /** The refunds of an order, oldest first, and what is left; null when there is no such order. */
  'refund.list': { readonly request: { readonly orderNumber: string }; readonly reply: OrderRefunds | null }
  /** Asks about a refund now. */
  'refund.query': { readonly request: { readonly refundNumber: string }; readonly reply: RefundActResult }
  /** Tries the same refund once more, after a person mended what was in the way. */
  'refund.retry': { readonly request: { readonly refundNumber: string }; readonly reply: RefundActResult }
}

export type CallName = keyof Calls

/** Everything that the main side tells unasked. */
export type TillEvents = {
  'order.changed': OrderView
  'readiness.changed': Readiness
  'refund.changed': RefundView
  'scan.arrived': ScanArrived
  'scanners.changed': readonly ScannerView[]
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
  | { readonly code: 'failed'; readonly detail: string }

/** The closed object that a host gives to the window; the renderer's only door. */
export type Bridge = {
  call<Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<CallAnswer<Name>>
  on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void
}
