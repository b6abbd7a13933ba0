import type { ChooseWireFault, OrderTruth, RefundTruth, WireFault } from '../training/wire-fault.ts'
import type { Agenda } from './agenda.ts'
import { type Book, netFen } from './book.ts'
import type { ReadRequest } from './door.ts'
import type { FaultKind, Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { Wallet } from './wallet.ts'
import type { RefundBook } from './wallet-refunds.ts'

/** How often a fault of a channel's own was told, and how often chance would have it told. */
export type Telling = { readonly told: number; readonly expected: number }

/** By channel, then by the fault's name. */
export type Tellings = Readonly<Record<string, Readonly<Record<string, Telling>>>>

/** Which of the channels' own faults are told, and how often they were. */
export type WireFaults = {
  /** A chooser for one request to a wallet; its server asks it twice, before and after the wallet. */
  chooserFor(channel: string, request: ReadRequest, wallet: Wallet): ChooseWireFault
  tellings(): Tellings
}

/** The kind of fault that a channel's own answers to a call are drawn by. */
export const ownKindOf = {
  pay: 'own-pay-answer',
  query: 'own-query-answer',
  revoke: 'own-revoke-answer',
  refund: 'own-refund-answer',
  'refund-query': 'own-refund-query-answer',
} as const satisfies Readonly<Record<WireFault['call'], FaultKind>>

/** So often must chance have had a fault told before its absence says anything: once in 160,000 it would still be missing. */
const expectedEnough = 12
/** After so many orders of a channel each of its faults must have had its occasion. */
const ordersEnough = 4_000

/** One seed in four has channels besides the direct two, and each of them only some of these seeds. */
const rareChannelShare = 4

/** Makes the choosers of one run; `note` hears of each fault that is told. */
export function createWireFaults(
  agenda: Agenda,
  faults: Faults,
  generator: Generator,
  note: (channel: string, what: string) => void,
): WireFaults {
  const told = new Map<string, Map<string, { told: number; expected: number }>>()
  /** What a channel has written down wrongly, by the order's or the refund's number. */
  const lasting = new Map<string, string>()
  const streams = { door: generator.fork('door'), wallet: generator.fork('wallet') }

  const tellingOf = (channel: string, name: string): { told: number; expected: number } => {
    const ofChannel = told.get(channel) ?? new Map<string, { told: number; expected: number }>()
    told.set(channel, ofChannel)
    const telling = ofChannel.get(name) ?? { told: 0, expected: 0 }
    ofChannel.set(name, telling)
    return telling
  }

  return {
    chooserFor: (channel, request, wallet) => (table, saidBy) => {
      const { kind, orderNumber, refund } = request
      const subject = refund?.refundNumber ?? orderNumber
      const book = wallet.books.get(orderNumber)
      const say = <Fault extends WireFault>(fault: Fault): Fault => {
        tellingOf(channel, fault.name).told += 1
        note(channel, `${subject}: ${fault.name}`)
        if (fault.lastsAs !== undefined) lasting.set(subject, fault.lastsAs)
        if (fault.isDoubtedFailure) wallet.showsAtOnce(orderNumber)
        return fault
      }
      const written = saidBy === 'wallet' ? lasting.get(subject) : undefined
      const always = table.find(({ call, name }) => call === kind && name === written)
      if (always !== undefined) return say(always)
      const possible = table.filter((fault) => fault.saidBy === saidBy && fits(fault, request, book, wallet, agenda))
      const whole = possible.reduce((sum, { weight }) => sum + weight, 0)
      if (whole === 0) return undefined
      // Said by the door or by the wallet, each row has its weight among all of the call.
      const ofCall = table.reduce((sum, { call, weight }) => sum + (call === kind ? weight : 0), 0)
      const isDirect = channel === 'wechat' || channel === 'alipay'
      const share = (saidBy === 'door' ? whole / ofCall : 1) * (isDirect ? 1 : rareChannelShare)
      const rate = faults.rate(ownKindOf[kind], share)
      for (const { name, weight } of possible) tellingOf(channel, name).expected += (rate * weight) / whole
      if (!faults.strikes(ownKindOf[kind], streams[saidBy], share)) return undefined
      let drawn = streams[saidBy].next() * whole
      const fault = possible.find(({ weight }) => {
        drawn -= weight
        return drawn < 0
      })
      return fault && say(fault)
    },
    tellings: () => Object.fromEntries([...told].map(([channel, names]) => [channel, Object.fromEntries(names)])),
  }
}

function fits(
  fault: WireFault,
  { kind, refund }: ReadRequest,
  book: Book | undefined,
  wallet: Wallet,
  agenda: Agenda,
): boolean {
  if (fault.call !== kind) return false
  switch (fault.call) {
    case 'refund':
    case 'refund-query':
      return fault.truths.includes(refundTruth(wallet.refunds.get(refund?.refundNumber ?? '')))
    case 'pay':
    case 'query':
    case 'revoke':
      return fault.truths.includes(orderTruth(book)) && isYoungEnough(fault, book, agenda.nowMs())
  }
}

/** An order behind a doubted failure is found by its one query, whatever its age. */
function isYoungEnough({ untilAgeMs }: WireFault, book: Book | undefined, nowMs: number): boolean {
  if (untilAgeMs === undefined || book === undefined) return true
  return !book.isDoubtful && nowMs - book.openedAtMs < untilAgeMs
}

function orderTruth(book: Book | undefined): OrderTruth {
  if (book === undefined) return 'none'
  if (book.standing === 'refunded' || book.standing === 'closed') return book.standing
  return netFen(book) > 0 ? 'paid' : 'open'
}

function refundTruth(refund: RefundBook | undefined): RefundTruth {
  if (refund === undefined) return 'none'
  return refund.standing === 'processing' || refund.standing === 'done' ? refund.standing : 'ended'
}

/** Two runs' tellings as one. */
export function joinedTellings(left: Tellings, right: Tellings): Tellings {
  const both: Record<string, Record<string, Telling>> = {}
  for (const [channel, names] of [...Object.entries(left), ...Object.entries(right)]) {
    const ofChannel = both[channel] ?? {}
    both[channel] = ofChannel
    for (const [name, { told, expected }] of Object.entries(names)) {
      const former = ofChannel[name] ?? { told: 0, expected: 0 }
      ofChannel[name] = { told: former.told + told, expected: former.expected + expected }
    }
  }
  return both
}

/** The faults of a channel's table that a run was long enough for, and that it never told. */
export function neverTold(
  table: readonly WireFault[],
  tellings: Readonly<Record<string, Telling>>,
  orders: number,
  off: ReadonlySet<FaultKind>,
): readonly string[] {
  return table
    .filter(({ name, call }) => {
      const { told, expected } = tellings[name] ?? { told: 0, expected: 0 }
      return told === 0 && !off.has(ownKindOf[call]) && (expected >= expectedEnough || orders >= ordersEnough)
    })
    .map(({ name }) => name)
}
