import { type BillLine, type BillRecord, recordOf } from './bill-record.ts'
import type { Expectation } from './book.ts'
import type { BookTable, DayPlace } from './book-table.ts'
import type { DifferenceCause } from './causes.ts'
import { expectedFen, explainEntry, type MatchedEntry } from './explain.ts'
import { ownerOfNumber } from './whose-order.ts'

/** The ledger's side of a difference. */
export type BookFacts = {
  readonly expectation: Expectation
  readonly amountFen: number
  readonly beganWallMs: number
  readonly place: DayPlace
  readonly revokeWasSent: boolean
}

/** One thing in which a day's bill and the ledger differ, with its one cause (I9). */
export type Difference = {
  readonly cause: DifferenceCause
  readonly subject: 'charge' | 'revoke' | 'refund' | 'fee'
  readonly orderNumber: string
  readonly refundNumber: string | null
  /** What the bill has more than the ledger, in fen; negative where it has less. Their sum is the day's gap. */
  readonly differenceFen: number
  /** How many lines it is about: one, but where the further ones of a cause are summed, under no order number. */
  readonly lines: number
  readonly ours: BookFacts | null
  readonly theirs: BillRecord | null
}

/** The lines of another till of the same merchant: not this ledger's business, and not unknown. */
export type OtherTill = { readonly till: string; readonly lines: number; readonly netFen: number }

export type MatchResult = {
  /** Orders and refunds on which both sides agree, to the fen. */
  readonly matched: number
  /** In the order of the file, then what the file lacks. */
  readonly differences: readonly Difference[]
  readonly otherTills: readonly OtherTill[]
  /** What was paid less what went back, by the lines that could be read. */
  readonly billNetFen: number
  /** The same by the ledger. */
  readonly bookNetFen: number
  /** Entries near midnight: what this bill has of them. The neighbouring days' runs want to know. */
  readonly seenNearMidnight: readonly string[]
  readonly duplicatedLines: number
}

export type MatchOptions = {
  /** `yyyyMMdd` that every line must bear; null where a settlement day holds trades of two calendar days (unionpay.md §9). */
  readonly day: number | null
  readonly own: { readonly storeId: string; readonly tillId: string }
  /** What the bills of the days before and after have of an entry near midnight. */
  readonly elsewhere: (number: string) => 'seen' | 'not-seen' | 'no-bill'
  /** Whether a refund under a number that nobody here gave is what a revoke made (alipay.md §6, swiftpass.md §8). */
  readonly foreignRefundIsRevoke: boolean
}

/** Takes a bill line by line and says at its end how ledger and bill differ. */
export type BillMatch = {
  take(line: BillLine): void
  /** Call once, after the last line. `isWhole` tells whether every line could be read and the sums agree. */
  finish(isWhole: boolean | ((duplicatedLines: number) => boolean)): MatchResult
}

/**
 * Lines of one cause beyond these are summed in one difference: the bill of a merchant whose other systems take millions
 * of payments must not fill this till's memory, disk or screen.
 */
const listedLinesOfCause = 1_000

const expectsCharge = (expectation: Expectation): boolean =>
  expectation === 'paid' || expectation === 'returned' || expectation === 'returned-otherwise'
const expectsReturn = (expectation: Expectation): boolean => expectation === 'returned' || expectation === 'refund-done'
const isRefund = (expectation: Expectation): boolean =>
  expectation === 'refund-done' || expectation === 'refund-failed' || expectation === 'refund-open'

/**
 * Matches a bill against the ledger's orders and refunds, both ways and to the fen. A line that agrees costs a look-up and
 * makes no object; only what differs, or may differ once the bill has ended, is kept.
 */
export function createBillMatch(table: BookTable, options: MatchOptions): BillMatch {
  const differences: Difference[] = []
  /** Lines whose meaning only the end of the bill tells, by the entry's place. */
  const charges = new Map<number, BillRecord>()
  const revokes = new Map<number, BillRecord>()
  const otherTills = new Map<string, { lines: number; netFen: number }>()
  const listed = new Map<DifferenceCause, number>()
  const unlisted = new Map<DifferenceCause, { lines: number; differenceFen: number }>()
  let billNetFen = 0
  let duplicatedLines = 0

  const factsOf = (entry: number): BookFacts => ({
    expectation: table.expectationAt(entry),
    amountFen: table.amountFenAt(entry),
    beganWallMs: table.beganWallMsAt(entry),
    place: table.dayPlaceAt(entry),
    revokeWasSent: table.revokeWasSentAt(entry),
  })
  const differ = (cause: DifferenceCause, entry: number, theirs: BillRecord, differenceFen: number) => {
    differences.push({
      cause,
      subject: cause === 'fee-differs' ? 'fee' : subjectOf(theirs),
      orderNumber: theirs.orderNumber,
      refundNumber: theirs.refundNumber,
      differenceFen,
      lines: 1,
      ours: entry < 0 ? null : factsOf(entry),
      theirs,
    })
  }

  /** As `differ`, for causes of which a file may hold any number of lines. */
  const differOrSum = (cause: DifferenceCause, entry: number, theirs: BillRecord, differenceFen: number): void => {
    const before = listed.get(cause) ?? 0
    if (before < listedLinesOfCause) {
      listed.set(cause, before + 1)
      differ(cause, entry, theirs, differenceFen)
      return
    }
    const sum = unlisted.get(cause) ?? { lines: 0, differenceFen: 0 }
    unlisted.set(cause, { lines: sum.lines + 1, differenceFen: sum.differenceFen + differenceFen })
  }

  const takeStranger = (theirs: BillRecord): void => {
    const owner = ownerOfNumber(theirs.orderNumber, options.own)
    switch (owner.kind) {
      case 'this-till':
        // Each is looked up in the whole ledger afterwards, so that none may be left out.
        differ('unknown-order', -1, theirs, signedFen(theirs))
        break
      case 'stranger':
        differOrSum('unknown-order', -1, theirs, signedFen(theirs))
        break
      case 'another-till': {
        const sum = otherTills.get(owner.till) ?? { lines: 0, netFen: 0 }
        otherTills.set(owner.till, { lines: sum.lines + 1, netFen: sum.netFen + signedFen(theirs) })
        differOrSum('another-till', -1, theirs, signedFen(theirs))
      }
    }
  }

  /** A line of one of our entries that is not plainly the expected one. */
  const takeOdd = (line: BillLine, entry: number, isRevoke: boolean): void => {
    const theirs = recordOf(line)
    const amountFen = table.amountFenAt(entry)
    const what = isRevoke ? 'revoke' : 'charge'
    if (table.isSeenAt(entry, what)) {
      const isSame = isRevoke || isRefund(table.expectationAt(entry)) || table.markAt(entry) === paymentMark(line)
      if (isSame) duplicatedLines++
      differOrSum(isSame ? 'duplicated-line' : 'charged-twice', entry, theirs, signedFen(theirs))
      return
    }
    // Money that did not go back is no sight of it, unless the ledger says that it did.
    if (theirs.hasFailed && !expectsReturn(table.expectationAt(entry))) return
    see(line, entry, isRevoke)
    if (theirs.hasFailed) {
      differ('refunded-here-missing-there', entry, theirs, table.dayPlaceAt(entry) === 'outside' ? 0 : amountFen)
      return
    }
    const sign = theirs.kind === 'charge' ? 1 : -1
    if (options.day !== null && line.day !== options.day && table.dayPlaceAt(entry) === 'inside') {
      // The ledger counts it for this day, and so does the file, under another date.
      differ('other-day-line', entry, theirs, sign * (theirs.amountFen - amountFen))
    } else if (theirs.amountFen !== amountFen) {
      differ('amount-differs', entry, theirs, sign * (theirs.amountFen - amountFen))
    }
    if (feeDiffers(line)) differOrSum('fee-differs', entry, theirs, 0)
  }

  const see = (line: BillLine, entry: number, isRevoke: boolean): void => {
    table.see(entry, isRevoke ? 'revoke' : 'charge')
    if (isRevoke) {
      if (table.expectationAt(entry) !== 'returned') revokes.set(entry, recordOf(line))
      return
    }
    table.setMark(entry, paymentMark(line))
    const expectation = table.expectationAt(entry)
    if (expectation !== 'paid' && expectation !== 'refund-done') charges.set(entry, recordOf(line))
  }

  const take = (line: BillLine): void => {
    const { kind, bytes } = line
    if (kind === 'other') return
    const hasRefundNumber = line.refundEnd > line.refundStart
    let entry =
      kind === 'refund' && hasRefundNumber
        ? table.find(bytes, line.refundStart, line.refundEnd)
        : table.find(bytes, line.orderStart, line.orderEnd)
    billNetFen += kind === 'charge' ? line.amountFen : line.hasFailed ? 0 : -line.amountFen
    if (!line.isOwnMerchant) {
      const theirs = recordOf(line)
      differOrSum('another-merchant', -1, theirs, signedFen(theirs))
      return
    }
    let isRevoke = kind === 'revoke'
    if (kind === 'refund' && entry < 0) {
      entry = table.find(bytes, line.orderStart, line.orderEnd)
      isRevoke = entry >= 0 && isMadeByRevoke(line, entry)
    }
    if (entry < 0) {
      takeStranger(recordOf(line))
      return
    }
    if (kind === 'refund' && !isRevoke && !isRefund(table.expectationAt(entry))) {
      const theirs = recordOf(line)
      differOrSum('refunded-there-not-here', entry, theirs, signedFen(theirs))
      return
    }
    const isPlain =
      table.amountFenAt(entry) === line.amountFen &&
      (options.day === null || line.day === options.day) &&
      !table.isSeenAt(entry, isRevoke ? 'revoke' : 'charge') &&
      !line.hasFailed &&
      !feeDiffers(line)
    if (isPlain) see(line, entry, isRevoke)
    else takeOdd(line, entry, isRevoke)
  }

  /** A whole refund under a number of nobody here, of an order that the till revoked. */
  const isMadeByRevoke = (line: BillLine, entry: number): boolean =>
    options.foreignRefundIsRevoke &&
    !table.isSeenAt(entry, 'revoke') &&
    line.amountFen === table.amountFenAt(entry) &&
    (table.expectationAt(entry) === 'returned' || table.revokeWasSentAt(entry))

  return {
    take,
    finish(wholeness) {
      const isWhole = typeof wholeness === 'boolean' ? wholeness : wholeness(duplicatedLines)
      /** Entries that a line of the file already explains: exactly one cause for each difference. */
      const explained = new Set<string>()
      for (const { cause, orderNumber, refundNumber } of differences) {
        if (cause === 'amount-differs' || cause === 'other-day-line' || cause === 'refunded-here-missing-there')
          explained.add(refundNumber ?? orderNumber)
      }
      let matched = 0
      let bookNetFen = 0
      const seenNearMidnight: string[] = []
      for (let entry = 0; entry < table.count; entry++) {
        const expectation = table.expectationAt(entry)
        const place = table.dayPlaceAt(entry)
        const seen = { charge: table.isSeenAt(entry, 'charge'), revoke: table.isSeenAt(entry, 'revoke') }
        const amountFen = table.amountFenAt(entry)
        if (expectation === 'paid' && place === 'inside' && seen.charge && !seen.revoke) {
          bookNetFen += amountFen
          if (explained.size === 0 || !explained.has(table.numberAt(entry))) matched++
          continue
        }
        const number = explained.size > 0 ? table.numberAt(entry) : ''
        const isSeen = seen.charge || seen.revoke
        if (place !== 'inside' && isSeen) seenNearMidnight.push(table.numberAt(entry))
        const matchedEntry: MatchedEntry = {
          expectation,
          place,
          seen,
          revokeWasSent: table.revokeWasSentAt(entry),
          elsewhere: place === 'outside' || isSeen ? 'not-seen' : options.elsewhere(table.numberAt(entry)),
        }
        const oursFen = expectedFen(matchedEntry, amountFen)
        bookNetFen += oursFen
        if (explained.has(number)) continue
        const cause = explainEntry(matchedEntry)
        if (cause === null) {
          if (isSeen) matched++
          continue
        }
        const theirs = charges.get(entry) ?? null
        const returned = revokes.get(entry) ?? null
        const refund = isRefund(expectation)
        const theirsFen = refund
          ? seen.charge
            ? -(theirs?.amountFen ?? amountFen)
            : 0
          : (seen.charge ? (theirs?.amountFen ?? amountFen) : 0) -
            (seen.revoke ? (returned?.amountFen ?? amountFen) : 0)
        differences.push({
          cause: !isSeen && !isWhole && place === 'inside' && oursOnTheBill(expectation) ? 'bill-incomplete' : cause,
          subject: refund ? 'refund' : seen.revoke || expectation === 'returned' ? 'revoke' : 'charge',
          orderNumber: table.orderNumberAt(entry),
          refundNumber: refund ? table.numberAt(entry) : null,
          differenceFen: theirsFen - oursFen,
          lines: 1,
          ours: factsOf(entry),
          theirs: seen.revoke ? (returned ?? theirs) : theirs,
        })
      }
      for (const [cause, { lines, differenceFen }] of unlisted) {
        const subject = cause === 'fee-differs' ? 'fee' : 'charge'
        const sum = { cause, subject, orderNumber: '', refundNumber: null, differenceFen, lines } as const
        differences.push({ ...sum, ours: null, theirs: null })
      }
      return {
        matched,
        differences,
        otherTills: [...otherTills].map(([till, sum]) => ({ till, ...sum })),
        billNetFen,
        bookNetFen,
        seenNearMidnight,
        duplicatedLines,
      }
    },
  }
}

const oursOnTheBill = (expectation: Expectation): boolean => expectsCharge(expectation) || expectation === 'refund-done'

const signedFen = ({ kind, amountFen, hasFailed }: BillRecord): number =>
  kind === 'charge' ? amountFen : hasFailed ? 0 : -amountFen

const subjectOf = ({ kind }: BillRecord): 'charge' | 'revoke' | 'refund' =>
  kind === 'revoke' || kind === 'refund' ? kind : 'charge'

/** Rounding differs by a fen where a part is refunded; a charge is rounded one way or the other at a tie only. */
const feeDiffers = ({ feeFen, feeByRateFen, kind }: BillLine): boolean => {
  if (Number.isNaN(feeFen) || Number.isNaN(feeByRateFen)) return false
  return Math.abs(feeFen - feeByRateFen) > (kind === 'charge' ? 0 : 1)
}

/** A number out of the transaction's id, by which a second payment is told from a doubled line. */
function paymentMark({ bytes, transactionStart, transactionEnd }: BillLine): number {
  let mark = 0
  // The last digits tell payments of one day apart; the first ones are the same for all.
  for (let at = Math.max(transactionStart, transactionEnd - 16); at < transactionEnd; at++) {
    mark = Math.imul(mark ^ (bytes[at] as number), 0x0100_0193) + 1
  }
  return mark
}
