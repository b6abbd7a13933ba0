import type { OrderView } from '../../electron/api/contract.ts'
import { saleOfAnother } from '../counter/state.ts'
import type { AppState } from '../till/store.ts'
import { assertNever, isFinal, type Wallet } from '../till/types.ts'

/**
 * All that a customer may see, and nothing besides: no number of an order, no name, no code, no word of a channel. The
 * amount is what is asked of this customer now, in fen.
 */
export type CustomerView =
  | { readonly kind: 'resting' }
  /** The amount is due and the code is asked for. */
  | { readonly kind: 'due'; readonly amountFen: number }
  /** The request is on its way. */
  | { readonly kind: 'sending'; readonly amountFen: number }
  /** The wallet asks its owner to confirm. */
  | { readonly kind: 'awaiting-payer'; readonly amountFen: number; readonly wallet: Wallet }
  /** Nobody can say yet what became of the money, or a person has to say it. */
  | { readonly kind: 'ask-staff'; readonly amountFen: number }
  /** `receiptQr` is an SVG text; null where the shop has none or it is still being made. */
  | {
      readonly kind: 'paid'
      readonly amountFen: number
      readonly wallet: Wallet
      readonly receiptQr: string | null
    }
  /** Verified: this code was not charged and cannot be any more. */
  | { readonly kind: 'not-paid'; readonly amountFen: number }
  /** Revoked before any money was taken. */
  | { readonly kind: 'revoked-closed'; readonly amountFen: number }
  /** Revoked after the money was taken: it goes back. */
  | { readonly kind: 'revoked-refunded'; readonly amountFen: number }
  | { readonly kind: 'cash-due'; readonly amountFen: number }
  | { readonly kind: 'cash-paid'; readonly amountFen: number; readonly changeFen: number }
  | { readonly kind: 'cash-returned'; readonly amountFen: number }

/** What the customer sees, and of which order that tells; the number stays at the counter. */
export type CustomerSight = { readonly view: CustomerView; readonly orderNumber: string | null }

export const restingSight: CustomerSight = { view: { kind: 'resting' }, orderNumber: null }

/**
 * What the customer before this counter sees. `former` is what was seen before: an order that had ended before it was
 * brought to the counter is somebody else's, and is not shown. `receiptQr` is of the order at the counter.
 *
 * Never says more of the money than the ledger does (I3, I4): whatever is neither a verified end nor a plain wait is
 * "please wait for our staff".
 */
export function customerSight(
  { counter, till }: Pick<AppState, 'counter' | 'till'>,
  former: CustomerSight,
  receiptQr: string | null,
): CustomerSight {
  const { step } = counter
  const alone = (view: CustomerView): CustomerSight => ({ view, orderNumber: null })
  switch (step.kind) {
    case 'amount':
      return restingSight
    case 'scan':
      return alone({ kind: 'due', amountFen: step.sale.amountFen })
    case 'sending': {
      const { amountFen } = step.sale
      return alone(step.answer === 'lost' ? { kind: 'ask-staff', amountFen } : { kind: 'sending', amountFen })
    }
    case 'refused':
      // No order came of the scan and nobody was charged: the till says what to do now, and the cashier tells.
      return alone({ kind: step.sale.split?.isTaken ? 'ask-staff' : 'not-paid', amountFen: step.sale.amountFen })
    case 'former-open':
      // Even its end proves nothing here: the former order of the same amount may be another customer's.
      return alone({ kind: 'ask-staff', amountFen: step.sale.amountFen })
    case 'cash':
      return alone({ kind: 'cash-due', amountFen: step.dueFen })
    case 'cash-paid':
      return alone({ kind: 'cash-paid', amountFen: step.sale.saleAmountFen, changeFen: step.changeFen })
    case 'cash-returned':
      return alone({ kind: 'cash-returned', amountFen: step.amountFen })
    case 'order': {
      const order = till.orders[step.orderNumber]?.view ?? null
      if (order === null || order.parked) return restingSight
      const endedElsewhere =
        step.hint === 'brought-back' && isFinal(order.status) && former.orderNumber !== order.orderNumber
      if (endedElsewhere) return restingSight
      const sight = (view: CustomerView): CustomerSight => ({ view, orderNumber: order.orderNumber })
      const another = saleOfAnother(counter, order.saleId)
      if (another !== null) return alone({ kind: 'ask-staff', amountFen: another.amountFen })
      // The rest of a sale whose code part is there is asked for in cash.
      if (order.status === 'paid' && step.split?.isTaken === false) {
        return sight({ kind: 'cash-due', amountFen: step.split.cashFen })
      }
      // Cash of this sale is in the drawer: "no money was taken" would be wrong, and the cashier gives it back.
      if (step.split?.isTaken === true && order.status !== 'paid' && isFinal(order.status)) {
        return sight({ kind: 'ask-staff', amountFen: order.amountFen })
      }
      return sight(viewOfOrder(order, receiptQr))
    }
    default:
      return assertNever(step, 'counter step')
  }
}

/** What an order's state means to its customer. */
export function viewOfOrder(order: OrderView, receiptQr: string | null): CustomerView {
  const { status, amountFen, wallet, moneyWasTaken, settlement, revokeEffect } = order
  const askStaff = { kind: 'ask-staff', amountFen } as const
  switch (status) {
    case 'created':
    case 'paying':
      return { kind: 'sending', amountFen }
    case 'awaiting-payer':
      return { kind: status, amountFen, wallet }
    case 'unknown':
    case 'revoking':
    case 'attention':
      return askStaff
    case 'paid':
      // What a person decided is told by that person.
      return settlement === null ? { kind: status, amountFen, wallet, receiptQr } : askStaff
    case 'failed':
      return settlement === null && !moneyWasTaken ? { kind: 'not-paid', amountFen } : askStaff
    case 'revoked':
      if (settlement !== null || revokeEffect === null) return askStaff
      if (revokeEffect === 'refunded') return { kind: 'revoked-refunded', amountFen }
      return moneyWasTaken ? askStaff : { kind: 'revoked-closed', amountFen }
    default:
      return assertNever(status, 'order status')
  }
}
