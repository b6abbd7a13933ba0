import type { Movement } from '../training/movements.ts'
import type { Wallet } from './wallet.ts'

/** What moved in a simulated wallet between two moments, for its bill; in their order. */
export function walletMovements({ books, refunds }: Wallet, fromMs: number, toMs: number): readonly Movement[] {
  const ofOrders = [...books.values()].flatMap((book): readonly Movement[] => {
    const { orderNumber, sequence, openedAtMs, chargedFen, refundedFen, paidAtMs, history } = book
    if (paidAtMs === null || chargedFen === 0) return []
    const moved = { order: { orderNumber, sequence, openedAtMs }, refundNumber: null }
    const charge: Movement = { ...moved, kind: 'charge', amountFen: chargedFen, atMs: paidAtMs }
    const back = history.findLast(({ standing }) => standing === 'refunded')
    if (refundedFen === 0 || back === undefined) return [charge]
    return [charge, { ...moved, kind: 'revoke', amountFen: refundedFen, atMs: back.fromMs }]
  })
  const ofRefunds = [...refunds.values()].flatMap((refund): readonly Movement[] => {
    const book = books.get(refund.orderNumber)
    if (book === undefined || refund.standing === 'closed' || refund.standing === 'abnormal') return []
    const { refundNumber, amountFen, takenInAtMs: atMs } = refund
    return [{ kind: 'refund', order: book, refundNumber, amountFen, atMs }]
  })
  return [...ofOrders, ...ofRefunds]
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .sort((left, right) => left.atMs - right.atMs)
}
