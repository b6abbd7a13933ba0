import type { SaleCash } from '../api/contract.ts'
import { type CashEntry, cashOfSaleFen } from '../till/cash/cash.ts'
import { leftToCollectFen } from '../till/cash/tender.ts'
import type { Fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'

/** What a sale has in cash and by code, from its entries and its orders; null where no cash was ever taken for it. */
export function saleCash(saleId: string, entries: readonly CashEntry[], orders: readonly Order[]): SaleCash | null {
  const taken = entries.findLast(({ move }) => move.kind === 'taken')?.move
  if (taken?.kind !== 'taken') return null
  const cashFen = cashOfSaleFen(entries)
  const sumOf = (some: readonly Order[]): number => some.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const codePaidFen = sumOf(orders.filter(({ status }) => status === 'paid'))
  const codeOpenFen = sumOf(orders.filter(({ status }) => !isFinal(status)))
  const { saleAmountFen } = taken
  const leftFen: Fen = leftToCollectFen(saleAmountFen, { cashFen, codeFen: codePaidFen + codeOpenFen })
  return { saleId, saleAmountFen, cashFen, codePaidFen, codeOpenFen, leftFen }
}
