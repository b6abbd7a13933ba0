import type { HistoryRow } from '../../electron/api/contract.ts'
import { statusIcons } from '../parked/strip.tsx'
import { refundIcons, refundTones } from '../refunds/refund-text.ts'
import type { IconName } from '../shell/icons.tsx'
import type { OrderStatus } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import type { RefundStatus } from '../wording/refund-words.ts'

type ShownState = { readonly text: string; readonly icon: IconName; readonly tone: string; readonly effect?: string }

const isOrderStatus = (state: string): state is OrderStatus => state in statusIcons
const isRefundStatus = (state: string): state is RefundStatus => state in refundIcons

/** A row's state as colour, sign and word. */
export function rowState(words: Catalogue, row: HistoryRow): ShownState {
  const { kind, state, revokeEffect, cashKind } = row
  if (kind === 'refund' && isRefundStatus(state)) {
    const effect = state === 'done' ? { effect: 'refunded' } : {}
    return { text: words.refunds.statuses[state], icon: refundIcons[state], tone: refundTones[state], ...effect }
  }
  if (isOrderStatus(state)) {
    const text = state === 'revoked' && revokeEffect ? words.revokeEffects[revokeEffect] : words.statuses[state]
    return { text, icon: statusIcons[state], tone: state, ...(revokeEffect ? { effect: revokeEffect } : {}) }
  }
  return { text: cashKind ? words.books.cashKinds[cashKind] : '', icon: 'check', tone: 'paid' }
}

/** The amount with the sign that the money took: what went back, or goes back, is negative (ux.md 22). */
export function rowFen({ kind, amountFen, revokeEffect, cashKind }: HistoryRow): number {
  const isReturn =
    kind === 'refund' || revokeEffect === 'refunded' || cashKind === 'returned' || cashKind === 'paid-out'
  return isReturn ? -amountFen : amountFen
}
