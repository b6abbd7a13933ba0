import type { SaleId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'

/** For how long an open order of the same amount makes the till ask first. */
export const sameAmountGuardMs = 10 * 60_000

/** Why a new code may not be charged before a former order was asked (design §3, I2). */
export type FormerOrder = { readonly order: Order; readonly because: 'same-sale' | 'same-amount' }

export type GuardQuestion = {
  readonly saleId: SaleId | null
  readonly amountFen: Fen
  /** The cashier's word that an open order of the same amount is another customer's. */
  readonly anotherCustomer: boolean
  readonly wallMs: number
}

/**
 * The former order that must be asked before a new code is charged, or null.
 *
 * Of the same sale: any order that was paid or is not at its end. Of the same amount: an order of the last ten minutes
 * that is not at its end, unless the cashier says that it is another customer's. The same sale comes first.
 */
export function formerOrder(question: GuardQuestion, orders: readonly Order[]): FormerOrder | null {
  const ofSale = orders.filter((order) => order.saleId === question.saleId)
  const paid = ofSale.find((order) => order.status === 'paid')
  if (paid) return { order: paid, because: 'same-sale' }
  const openOfSale = ofSale.find((order) => !isFinal(order.status))
  if (openOfSale) return { order: openOfSale, because: 'same-sale' }
  if (question.anotherCustomer) return null
  const openOfAmount = orders.find(
    (order) =>
      !isFinal(order.status) &&
      order.amountFen === question.amountFen &&
      question.wallMs - order.createdWallMs < sameAmountGuardMs,
  )
  return openOfAmount ? { order: openOfAmount, because: 'same-amount' } : null
}
