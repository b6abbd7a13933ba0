import type { OrderView } from '../../electron/api/contract.ts'
import type { Catalogue } from '../wording/catalogue.ts'

/** The status of an order in words; a revoked one says what became of the money. */
export function statusText(words: Catalogue, order: OrderView): string {
  return order.status === 'revoked' && order.revokeEffect
    ? words.revokeEffects[order.revokeEffect]
    : words.statuses[order.status]
}
