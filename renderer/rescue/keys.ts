import type { Till } from '../shell/till-context.tsx'
import { choicesOf, orderOf } from './state.ts'

/** Opens “my phone says paid” from every screen, also while an order waits. */
export const rescueKeyName = 'F11'

/** What Enter does beside an empty field: takes the chosen order of several, or opens the order's detail. */
export function enterRescue(till: Till): boolean {
  const { rescue } = till.store.getState()
  const choice = choicesOf(rescue)[rescue.chosen]
  if (choice) void till.rescue.find(choice.orderNumber)
  const order = orderOf(rescue.shown)
  if (order) till.store.dispatch({ type: 'detail-changed', orderNumber: order.orderNumber })
  return choice !== undefined || order !== null
}

/** A key while the screen is open; false where it does nothing. */
export function rescueKey(till: Till, key: string): boolean {
  const { store } = till
  const { rescue, detail } = store.getState()
  if (detail !== null || choicesOf(rescue).length === 0) return false
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
  store.dispatch({ type: 'rescue', event: { type: 'moved', by: key === 'ArrowDown' ? 1 : -1 } })
  return true
}
