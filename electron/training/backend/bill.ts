import type { Movement } from '../movements.ts'

/** The rows of a day (docs/backend-api.yaml, `BillRow`). */
export function backendBillRows(movements: readonly Movement[]): readonly Readonly<Record<string, string | number>>[] {
  return movements.map(({ kind, order, refundNumber, amountFen, atMs }) => ({
    type: kind === 'charge' ? 'payment' : kind,
    orderNumber: order.orderNumber,
    ...(refundNumber === null ? {} : { refundNumber }),
    amountFen,
    atMs,
  }))
}
