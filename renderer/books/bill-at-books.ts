import { areaOf } from '../shell/areas.ts'
import type { Till } from '../shell/till-context.tsx'

/**
 * A bill that is scanned while the books are open shows its order there, for a refund or a look; one that is no order of
 * this till is looked up as everywhere else.
 */
export async function findBill(
  { door, store, rescue }: Pick<Till, 'door' | 'store' | 'rescue'>,
  number: string,
): Promise<void> {
  if (areaOf(store.getState().screen) !== 'books') return rescue.find(number)
  const answer = await door.call('order.show', { orderNumber: number.trim() })
  if (!answer.ok || answer.reply === null) return rescue.find(number)
  store.dispatch({ type: 'detail-changed', orderNumber: answer.reply.order.orderNumber })
}
