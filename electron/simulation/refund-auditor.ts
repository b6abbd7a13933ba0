import type { JournalEntry } from '../ledger/ledger.ts'
import { foldRefundEntries } from '../ledger/refund-fold.ts'
import type { Refund } from '../till/refund/refund.ts'
import { netFen } from './book.ts'
import type { Breach } from './breach.ts'
import type { Disk } from './disk.ts'
import type { ReadRequest } from './door.ts'
import type { Wallet } from './wallet.ts'
import { type RefundBook, refundedOrPendingFen } from './wallet-refunds.ts'

/** The refunds' part of the auditor: what went back to customers, and what the tills say of it. */
export type RefundAuditor = {
  /** A refund, or the question about one, is about to leave a till. */
  leaving(disk: Disk, wallet: Wallet, request: ReadRequest): void
  /** A till's screen shows a refund. */
  shows(refund: Refund): void
  /** Judges what is left once everything has come to rest. */
  conclude(disk: Disk): void
}

type Tell = (rule: Breach['rule'], orderNumber: string, sentence: string) => void

/** A naive model of refunds: a number, an order, an amount; nothing of the till's states and steps. */
export function createRefundAuditor(wallets: readonly Wallet[], breach: Tell): RefundAuditor {
  const asked = new Map<string, { readonly orderNumber: string; readonly amountFen: number }>()
  const truthOf = (refundNumber: string): RefundBook | undefined => {
    for (const { refunds } of wallets) {
      const refund = refunds.get(refundNumber)
      if (refund) return refund
    }
    return undefined
  }

  const concludeRefund = (refund: Refund): void => {
    const { refundNumber, orderNumber, status, amountFen, inFlight } = refund
    const truth = truthOf(refundNumber)
    const isBack = truth?.standing === 'done'
    const isEnd = status === 'done' || status === 'failed' || status === 'attention'
    if (!isEnd || inFlight !== 'none') breach('I5', orderNumber, `refund ${refundNumber} was left as ${status}`)
    if (status === 'done' && !isBack)
      breach('I8', orderNumber, `refund ${refundNumber} reads done, and nothing is back`)
    if (status === 'failed' && isBack)
      breach('I8', orderNumber, `refund ${refundNumber} reads failed, and money is back`)
    if (truth && truth.amountFen !== amountFen) {
      breach('I8', orderNumber, `refund ${refundNumber} gave back ${truth.amountFen} for ${amountFen}`)
    }
  }

  return {
    leaving(disk, wallet, { kind, orderNumber, refund }) {
      if (kind !== 'refund' || refund === null) return
      const { refundNumber, amountFen } = refund
      const isIntended = disk.entries.some(
        ({ subject, subjectId, type }) =>
          subject === 'refund' && subjectId === refundNumber && type === 'refund-requested',
      )
      if (!isIntended) breach('I1', orderNumber, `refund ${refundNumber} left before its intent was on disk`)
      const former = asked.get(refundNumber)
      if (former && (former.orderNumber !== orderNumber || former.amountFen !== amountFen)) {
        breach('I8', orderNumber, `a retry of refund ${refundNumber} asked for something else`)
      }
      asked.set(refundNumber, { orderNumber, amountFen: amountFen ?? 0 })
      if (wallet.refunds.has(refundNumber)) return
      const takenFen = netFen(wallet.books.get(orderNumber))
      const backFen = refundedOrPendingFen(wallet.refunds.values(), orderNumber)
      if (backFen + (amountFen ?? 0) > takenFen) {
        breach('I8', orderNumber, `refund ${refundNumber} asked for more than is left of ${takenFen}`)
      }
    },
    shows({ refundNumber, orderNumber, status }) {
      const standing = truthOf(refundNumber)?.standing
      if (status === 'done' && standing !== 'done') {
        breach('I8', orderNumber, `refund ${refundNumber} is shown as done while the wallet has it as ${standing}`)
      }
      if (status === 'failed' && (standing === 'done' || standing === 'processing')) {
        breach('I8', orderNumber, `refund ${refundNumber} is shown as failed while the wallet has it as ${standing}`)
      }
    },
    conclude(disk) {
      const entries = new Map<string, JournalEntry[]>()
      for (const entry of disk.entries) {
        if (entry.subject !== 'refund') continue
        const former = entries.get(entry.subjectId)
        if (former) former.push(entry)
        else entries.set(entry.subjectId, [entry])
      }
      for (const [refundNumber, ofRefund] of entries) {
        const folded = foldRefundEntries(ofRefund)
        if (folded.kind === 'refund') concludeRefund(folded.refund)
        else breach('I12', refundNumber, `its journal cannot be read: ${folded.detail}`)
      }
      for (const refundNumber of asked.keys()) {
        const order = asked.get(refundNumber)?.orderNumber ?? ''
        const isOfThisTill = disk.entriesOfOrder.has(order as never)
        if (isOfThisTill && !entries.has(refundNumber)) breach('I5', order, `refund ${refundNumber} is in no journal`)
      }
    },
  }
}
