import { foldEntries } from '../ledger/fold.ts'
import { entryHash, genesisPreviousHash } from '../ledger/journal.ts'
import type { Order } from '../till/order/order.ts'
import type { Refund } from '../till/refund/refund.ts'
import { type Book, canCharge, netFen } from './book.ts'
import type { Breach } from './breach.ts'
import type { ShownCode } from './customers.ts'
import type { Disk } from './disk.ts'
import type { ReadRequest } from './door.ts'
import type { FindingName } from './findings.ts'
import { createRefundAuditor } from './refund-auditor.ts'
import type { Wallet } from './wallet.ts'

/** An order that was begun just now, or whose process has just started, may not be on a list yet. */
const notYetListedMs = 30_000

type Known = {
  readonly tillId: string
  readonly orderNumber: string
  readonly wallet: Wallet
  readonly saleId: string
  readonly paidAskedAtMs: number
  lastRequest: 'pay' | 'query' | 'revoke'
  shown: Order['status'] | null
  everShownPaid: boolean
}

/** A till in the moment in which a request leaves it. */
export type LeavingTill = {
  readonly tillId: string
  readonly disk: Disk
  /** Whether the process is a second one beside another on the same data folder. */
  readonly isSecond: boolean
}

/** A till as it is left at the end. */
export type ConcludingTill = {
  readonly tillId: string
  readonly disk: Disk
  /** What the program's own verification found broken. */
  readonly broken: readonly string[]
}

/** What the auditor is told as it happens, and what it says at the end. */
export type Auditor = {
  /** A request is about to leave a till; the disk is what would be left if the power went now. */
  leaving(till: LeavingTill, wallet: Wallet, request: ReadRequest, code: ShownCode | undefined): void
  /** A till was told that this end of its journal is durable. */
  commits(tillId: string, sequence: number, hash: string): void
  /** A process of a till has found this on its disk. */
  opens(tillId: string, disk: Disk): void
  /** The ledger of a till does not open any more, though nothing but its power went. */
  doesNotOpen(tillId: string, problem: string): void
  /** Another person takes over at a till, and sees these orders as open. */
  handsOver(tillId: string, open: readonly Order[]): void
  /** A request reached its wallet after its till had given it up. */
  arrivesLate(request: ReadRequest): void
  /** A till's screen shows an order. */
  shows(tillId: string, order: Order): void
  /** A till's screen shows a refund. */
  showsRefund(refund: Refund): void
  /** The program did what no program may: an error that nobody expected. */
  bug(orderNumber: string, message: string): void
  /** Judges what is left once everything has come to rest. */
  conclude(tills: readonly ConcludingTill[], codes: ReadonlySet<string>): void
  readonly breaches: readonly Breach[]
}

/**
 * A second, naive model of who owes what. It does not know the order's states and steps: only what customers showed,
 * what left the tills, what the wallets' books say, what the screens showed and what stands on the disks.
 */
export function createAuditor(nowMs: () => number, wallets: readonly Wallet[]): Auditor {
  const breaches: Breach[] = []
  const known = new Map<string, Known>()
  const ofSale = new Map<string, Known[]>()

  const breach = (
    rule: Breach['rule'],
    orderNumber: string,
    sentence: string,
    finding: FindingName | null = null,
  ): void => {
    breaches.push({ rule, atMs: nowMs(), orderNumber, sentence, finding })
  }
  const bookOf = (orderNumber: string): Book | undefined => {
    for (const { books } of wallets) {
      const book = books.get(orderNumber)
      if (book) return book
    }
    return undefined
  }

  const refundAuditor = createRefundAuditor(wallets, breach)

  const leaving: Auditor['leaving'] = ({ tillId, disk, isSecond }, wallet, request, code) => {
    const { kind, orderNumber, pay } = request
    if (isSecond) breach('I2', orderNumber, `a second instance on the data folder sent a ${kind} request`)
    if (kind === 'refund' || kind === 'refund-query') return refundAuditor.leaving(disk, wallet, request)
    const entries = disk.entriesOfOrder.get(orderNumber as never) ?? []
    const last = entries.at(-1)?.type
    if (kind === 'pay') {
      if (last !== 'pay-requested') breach('I1', orderNumber, 'a pay request left before its intent was on disk')
      if (known.has(orderNumber)) breach('I2', orderNumber, 'a second pay request left under the same order number')
      const saleId = code?.saleId ?? `unknown ${orderNumber}`
      const others = ofSale.get(saleId) ?? []
      for (const other of others) {
        if (other.orderNumber !== orderNumber && canCharge(bookOf(other.orderNumber))) {
          const sentence = `a sale was charged again while its order ${other.orderNumber} could still charge`
          breach('I2', orderNumber, sentence)
        }
      }
      const opened: Known = {
        tillId,
        orderNumber,
        wallet,
        saleId,
        paidAskedAtMs: nowMs(),
        lastRequest: 'pay',
        shown: null,
        everShownPaid: false,
      }
      if (!known.has(orderNumber)) known.set(orderNumber, opened)
      ofSale.set(saleId, [...others, opened])
      if (pay === null || pay.amountFen <= 0) breach('I3', orderNumber, 'a pay request named no amount')
      return
    }
    const order = known.get(orderNumber)
    // An order whose pay request never left (the process died before) is asked about all the same; it has no age.
    if (kind === 'revoke') {
      if (!wallet.manners.canRevoke) breach('I7', orderNumber, 'a revoke left for a channel that has none')
      if (last !== 'query-answered') breach('I1', orderNumber, `a revoke left with "${last}" as the last word on disk`)
      if (order?.lastRequest === 'pay' || order?.lastRequest === 'revoke') {
        breach('I7', orderNumber, 'a revoke left without a query right before it')
      }
      const ageMs = order ? nowMs() - order.paidAskedAtMs : Number.POSITIVE_INFINITY
      if (ageMs < wallet.manners.revokeMinAgeMs) {
        breach('I7', orderNumber, `a revoke left ${ageMs} ms after the pay request`)
      }
      if (order?.everShownPaid) breach('I7', orderNumber, 'a revoke left for an order that was shown as paid')
    }
    if (order) order.lastRequest = kind
  }

  const shows: Auditor['shows'] = (_tillId, { orderNumber, status, amountFen }) => {
    const order = known.get(orderNumber)
    const book = bookOf(orderNumber)
    if (order) order.shown = status
    if (status === 'paid') {
      if (order) order.everShownPaid = true
      if (netFen(book) !== amountFen) {
        breach('I3', orderNumber, `shown as paid ${amountFen} while the wallet holds ${netFen(book)}`)
      }
    }
    if ((status === 'failed' || status === 'revoked') && canCharge(book)) {
      breach('I4', orderNumber, `shown as ${status} while the wallet has it as ${book?.standing}`)
    }
  }

  const durable = new Map<string, { readonly sequence: number; readonly hash: string }>()
  const opens: Auditor['opens'] = (tillId, disk) => {
    const told = durable.get(tillId)
    if (told && disk.entries[told.sequence - 1]?.hash !== told.hash) {
      breach('I1', '', `till ${tillId} was told that entry ${told.sequence} is durable, and it is gone`)
    }
  }

  const handsOver: Auditor['handsOver'] = (tillId, open) => {
    const listed = new Set<string>(open.map(({ orderNumber }) => orderNumber))
    for (const order of known.values()) {
      const { shown, orderNumber } = order
      if (order.tillId !== tillId || nowMs() - order.paidAskedAtMs < notYetListedMs) continue
      const isOpen = shown !== null && shown !== 'paid' && shown !== 'failed' && shown !== 'revoked'
      if (isOpen && !listed.has(orderNumber)) {
        breach('I5', orderNumber, `last shown as ${shown}, it is not on the list of whoever takes over`)
      }
    }
  }

  const arrivesLate: Auditor['arrivesLate'] = ({ kind, orderNumber }) => {
    const shown = known.get(orderNumber)?.shown
    if (kind !== 'pay' || (shown !== 'failed' && shown !== 'revoked')) return
    if (canCharge(bookOf(orderNumber))) {
      breach('I4', orderNumber, `its pay request came late and can charge what is shown as ${shown}`)
    }
  }

  const concludeOrder = (order: Order, tillId: string): void => {
    const { orderNumber, status, amountFen, saleId, inFlight } = order
    const book = bookOf(orderNumber)
    const net = netFen(book)
    const isEnd = status === 'paid' || status === 'failed' || status === 'revoked' || status === 'attention'
    if (!isEnd || inFlight !== 'none') breach('I5', orderNumber, `left as ${status}, waiting for ${inFlight}`)
    if (status === 'paid' && net !== amountFen) {
      breach('I3', orderNumber, `ended paid ${amountFen} while the wallet holds ${net}`)
    }
    if ((status === 'failed' || status === 'revoked') && net !== 0) {
      breach('I6', orderNumber, `ended ${status} while the wallet holds ${net}`)
    }
    const tracked = known.get(orderNumber)
    if (tracked?.shown !== null && tracked !== undefined && tracked.shown !== status) {
      breach('I5', orderNumber, `till ${tillId} shows ${tracked.shown} where its journal says ${status}`)
    }
    if (book && book.amountFen !== amountFen) breach('I3', orderNumber, `charged ${book.amountFen} for ${amountFen}`)
    if (book && book.code.saleId !== saleId) breach('I2', orderNumber, 'a code was charged for another sale')
  }

  const concludeSales = (): void => {
    for (const [saleId, orders] of ofSale) {
      const charged = orders.filter(({ orderNumber }) => netFen(bookOf(orderNumber)) > 0)
      const [first] = charged
      if (charged.length < 2 || !first) continue
      breach('I2', first.orderNumber, `sale ${saleId} was paid ${charged.length} times`)
    }
  }

  const concludeDisk = (disk: Disk, codes: ReadonlySet<string>): void => {
    let previousHash = genesisPreviousHash
    let sequence = 1
    for (const entry of disk.entries) {
      const isWhole =
        entry.previousHash === previousHash && entry.sequence === sequence && entryHash(entry) === entry.hash
      if (!isWhole) breach('I12', entry.subjectId, `entry ${entry.sequence} breaks the hash chain`)
      if (holdsCode(`${entry.subjectId} ${entry.payload}`, codes)) {
        breach('I11', entry.subjectId, `entry ${entry.sequence} holds a payment code`)
      }
      previousHash = entry.hash
      sequence += 1
    }
  }

  return {
    leaving,
    commits: (tillId, sequence, hash) => durable.set(tillId, { sequence, hash }),
    opens,
    doesNotOpen: (tillId, problem) => breach('I1', '', `the ledger of till ${tillId} does not open: ${problem}`),
    handsOver,
    arrivesLate,
    shows,
    showsRefund: refundAuditor.shows,
    bug: (orderNumber, message) => breach('program', orderNumber, message),
    conclude(tills, codes) {
      const onDisk = new Set<string>()
      for (const { tillId, disk, broken } of tills) {
        concludeDisk(disk, codes)
        refundAuditor.conclude(disk)
        for (const detail of broken) breach('I12', '', `till ${tillId} does not verify: ${detail}`)
        for (const [orderNumber, entries] of disk.entriesOfOrder) {
          onDisk.add(orderNumber)
          const folded = foldEntries(entries)
          if (folded.kind === 'order') concludeOrder(folded.order, tillId)
          else breach('I12', orderNumber, `its journal cannot be read: ${folded.detail}`)
        }
      }
      concludeSales()
      for (const { books } of wallets) {
        for (const { orderNumber } of books.values()) {
          if (!onDisk.has(orderNumber)) breach('I5', orderNumber, 'the wallet knows an order that stands in no journal')
        }
      }
    },
    breaches,
  }
}

/** Whether a text holds one of the codes: simulated codes are runs of 18 digits, UnionPay's of 19. */
function holdsCode(text: string, codes: ReadonlySet<string>): boolean {
  for (const [digits] of text.matchAll(/\d{18,}/g)) {
    for (let at = 0; at + 18 <= digits.length; at += 1) {
      if (codes.has(digits.slice(at, at + 18)) || codes.has(digits.slice(at, at + 19))) return true
    }
  }
  return false
}
