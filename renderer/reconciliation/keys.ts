import type { Till } from '../shell/till-context.tsx'
import { actsOf, chosenDifference, type DifferenceAct, dayBeside, differenceBeside } from './state.ts'

/** The keys of the days. */
export const dayKeys = { run: 'F2', bring: 'F3', stop: 'F4', report: 'F5', 'sign-off': 'F6' } as const

/** The keys of the acts on a difference; those that share a key are never offered together. */
export const actKeys: Readonly<Record<DifferenceAct, string>> = {
  'settle-case': 'F2',
  'query-again': 'F2',
  refund: 'F3',
  'hand-to-desk': 'F4',
  'mark-seen': 'F5',
  'load-other-day': 'F6',
  'load-again': 'F6',
  'import-till': 'F6',
}

/** Where the window's one field for files is; the keys press it. */
export const fileFieldId = 'reconcile-file'

/** Asks the person for a file: a bill, or another till's export. */
export function chooseFile(): void {
  const field = document.getElementById(fileFieldId)
  if (field instanceof HTMLInputElement) field.click()
}

/** Does what a button or a key says about the chosen difference. */
export function performAct(
  { store, reconciliation }: Pick<Till, 'store' | 'reconciliation'>,
  act: DifferenceAct,
): void {
  if (act === 'mark-seen' || act === 'hand-to-desk') {
    store.dispatch({ type: 'reconciliation', event: { type: 'dialog', dialog: act } })
  } else if (act === 'import-till') chooseFile()
  else void reconciliation.act(act)
}

/** Does what a button or a key says about the chosen day. */
export function performDay(
  { store, reconciliation }: Pick<Till, 'store' | 'reconciliation'>,
  wanted: keyof typeof dayKeys,
): void {
  const { detail } = store.getState().reconciliation
  switch (wanted) {
    case 'run':
      void reconciliation.run()
      break
    case 'stop':
      void reconciliation.stop()
      break
    case 'bring':
      chooseFile()
      break
    case 'report':
    case 'sign-off':
      if (detail?.run) store.dispatch({ type: 'reconciliation', event: { type: 'dialog', dialog: wanted } })
  }
}

/** A key while the screen is open; false where it does nothing. */
export function reconciliationKey(till: Pick<Till, 'store' | 'reconciliation'>, event: KeyboardEvent): boolean {
  const { store, reconciliation } = till
  const state = store.getState().reconciliation
  const { key } = event
  if (state.dialog !== null) return false
  if (state.isOpen) return insideKey(till, key)
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const beside = dayBeside(state, key === 'ArrowDown' ? 1 : -1)
    if (beside !== null) reconciliation.choose(beside)
    return true
  }
  if (key === 'PageDown' || key === 'PageUp') {
    void reconciliation.page(key === 'PageDown' ? 1 : -1)
    return true
  }
  if (key === 'Enter') {
    // On a button of the head or the bar, Enter presses that button; on a day it opens the day.
    const isDay = !(event.target instanceof Element) || event.target.closest('.reconcile-grid') !== null
    if (isDay || event.target === document.body) reconciliation.open(true)
    return isDay || event.target === document.body
  }
  const names = Object.keys(dayKeys) as readonly (keyof typeof dayKeys)[] // the keys of the record above
  const wanted = names.find((each) => dayKeys[each] === key)
  if (wanted) performDay(till, wanted)
  return wanted !== undefined
}

function insideKey(till: Pick<Till, 'store' | 'reconciliation'>, key: string): boolean {
  const { store, reconciliation } = till
  const state = store.getState().reconciliation
  switch (key) {
    case 'Escape':
      reconciliation.open(false)
      return true
    case 'ArrowLeft':
    case 'ArrowRight':
      // The neighbours of the screen are reached from the days.
      return true
    case 'ArrowDown':
    case 'ArrowUp': {
      const beside = differenceBeside(state, key === 'ArrowDown' ? 1 : -1)
      if (beside !== null) {
        store.dispatch({ type: 'reconciliation', event: { type: 'difference-chosen', key: beside.key } })
      }
      return true
    }
    default: {
      const difference = chosenDifference(state)
      const acts = difference === null ? [] : actsOf(difference)
      const act = key === 'Enter' ? acts[0] : acts.find((each) => actKeys[each] === key)
      if (act !== undefined) performAct(till, act)
      return act !== undefined || /^F[2-6]$/.test(key)
    }
  }
}
