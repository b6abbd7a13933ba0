import type { HandedDifference } from '../../electron/api/contract.ts'
import type { ReconciliationEvent } from '../reconciliation/state.ts'
import type { Till } from '../shell/till-context.tsx'
import { mayRevoke, selectedCase } from './state.ts'

export type DeskAction = 'query' | 'take-on' | 'revoke' | 'slip' | 'settle'

/** Opens the desk from every screen. */
export const deskKeyName = 'F1'

/** The desk's keys; the buttons show them. */
export const deskKeys: Readonly<Record<DeskAction, string>> = {
  query: 'F2',
  'take-on': 'F3',
  revoke: 'F4',
  slip: 'F5',
  settle: 'F6',
}

/** Opens what was handed over from the bills. */
export const handedKeyName = 'ArrowRight'

/** Shows a difference where it was found: its day, with both sides and what can be done. */
export function openHanded({ store }: Till, { channel, date, key }: HandedDifference): void {
  store.dispatch({ type: 'screen-changed', screen: 'reconciliation' })
  const reconciliation = (event: ReconciliationEvent) => store.dispatch({ type: 'reconciliation', event })
  reconciliation({ type: 'cell-chosen', cell: { channel, date } })
  reconciliation({ type: 'opened', isOpen: true })
  reconciliation({ type: 'difference-chosen', key })
}

/** Does what a button or a key of the desk says, for the case that is chosen. */
export function performDesk(till: Till, action: DeskAction, nowMs: number): void {
  const { desk } = till.store.getState()
  const chosen = selectedCase(desk)
  if (!chosen) return
  const { orderNumber } = chosen.order
  const open = (dialog: 'take-on' | 'revoke' | 'settle'): void =>
    till.store.dispatch({ type: 'desk', event: { type: 'dialog', dialog } })
  switch (action) {
    case 'query':
      return void till.desk.query(orderNumber)
    case 'slip':
      return void till.desk.writeSlip(orderNumber)
    case 'revoke':
      if (mayRevoke(chosen, desk.readAtMs, nowMs)) open('revoke')
      return
    case 'take-on':
    case 'settle':
      open(action)
  }
}

/** A key while the desk is on screen; false where it does nothing. */
export function deskKey(till: Till, key: string): boolean {
  const { store } = till
  const { desk } = store.getState()
  if (desk.dialog !== null) {
    if (key === 'Escape') store.dispatch({ type: 'desk', event: { type: 'dialog', dialog: null } })
    else if (key === 'F4' && desk.dialog === 'revoke' && desk.selected) void till.desk.revoke(desk.selected)
    else return /^F\d+$/.test(key)
    return true
  }
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    store.dispatch({ type: 'desk', event: { type: 'moved', by: key === 'ArrowDown' ? 1 : -1 } })
    return true
  }
  if (key === 'Enter' && desk.settled.length > 0) {
    store.dispatch({ type: 'desk', event: { type: 'settled-seen' } })
    return true
  }
  const [handed] = desk.handed
  if (key === handedKeyName && handed) {
    openHanded(till, handed)
    return true
  }
  const actions = Object.keys(deskKeys) as readonly DeskAction[] // the keys of the record above
  const action = actions.find((each) => deskKeys[each] === key)
  if (action) performDesk(till, action, performance.now())
  return action !== undefined
}
