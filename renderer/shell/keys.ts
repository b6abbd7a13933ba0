import { channelsKey } from '../channels/keys.ts'
import { keyAction } from '../counter/perform.ts'
import { shownOrder } from '../counter/state.ts'
import { deskKey, deskKeyName } from '../desk/keys.ts'
import { printAnswerKey, printingKey } from '../printing/keys.ts'
import { reconciliationKey } from '../reconciliation/keys.ts'
import { rescueKey, rescueKeyName } from '../rescue/keys.ts'
import { gunTestKey } from '../scanners/keys.ts'
import { lockKeyName } from '../staff/keys.ts'
import { isLocked } from '../staff/state.ts'
import { otherLanguage } from '../wording/catalogues.ts'
import { areaOf, areaOfKey, areas, sectionBeside } from './areas.ts'
import type { Till } from './till-context.tsx'

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, select, summary') !== null

/** Keys that work on every screen. */
function globalKey(till: Till, key: string): boolean {
  const { store } = till
  const app = store.getState()
  const toggle = (screen: 'practice' | 'desk' | 'rescue'): true => {
    store.dispatch({ type: 'screen-changed', screen: app.screen === screen ? 'counter' : screen })
    return true
  }
  const area = areaOfKey(key)
  if (area !== null) {
    store.dispatch({ type: 'screen-changed', screen: areaOf(app.screen) === area ? 'counter' : areas[area][0] })
    return true
  }
  switch (key) {
    case deskKeyName:
      return toggle('desk')
    case rescueKeyName:
      return toggle('rescue')
    case 'F8':
      return app.till.snapshot?.mode === 'training' && toggle('practice')
    case 'F9':
      store.dispatch({ type: 'language-changed', language: otherLanguage(app.language) })
      return true
    case 'F10':
      store.dispatch({ type: 'sound-changed', sound: { ...app.sound, on: !app.sound.on }, told: false })
      return true
    default:
      return false
  }
}

/** While the till asks whether to revoke, only the answers have keys. */
function askingKey(till: Till, key: string): boolean {
  const shown = shownOrder(till.store.getState().counter)
  if (key === 'F4' && shown) void till.acts.revoke(shown)
  else if (key === 'Escape') till.store.dispatch({ type: 'counter', event: { type: 'revoke-asked', asking: false } })
  else return /^F\d+$/.test(key)
  return true
}

/** Whether an arrow belongs to the field that it is pressed in: to its text, or to its choices. */
const isEdited = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement ||
  ((target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '')

/** The arrows lead from one section of an area to the next. */
function sectionKey({ store }: Till, { key, target }: KeyboardEvent): boolean {
  const { screen, detail } = store.getState()
  const beside = detail === null && !isEdited(target) ? sectionBeside(screen, key) : null
  if (beside !== null) store.dispatch({ type: 'screen-changed', screen: beside })
  return beside !== null
}

/** The keys of a till that asks who is there: what helps to read it, and nothing that acts on money. */
const lockedKey = (till: Till, key: string): boolean => (key === 'F9' || key === 'F10') && globalKey(till, key)

function counterKey(till: Till, event: KeyboardEvent): boolean {
  const { store } = till
  const app = store.getState()
  if (app.counter.askingRevoke) return askingKey(till, event.key)
  // Enter and space on a button that was reached with Tab press that button.
  if (event.key === 'Enter' && isPressable(event.target)) return false
  if (
    (app.counter.step.kind === 'amount' || app.counter.step.kind === 'cash') &&
    (event.key === 'Backspace' || event.key === 'Delete')
  ) {
    const key = event.key === 'Backspace' ? 'backspace' : 'clear'
    store.dispatch({ type: 'counter', event: { type: 'amount-key', key } })
    return true
  }
  if (event.key === lockKeyName) {
    void till.crew.lock()
    return true
  }
  const action = keyAction(app, event.key, performance.now())
  if (action) till.perform(action.id)
  return action !== null
}

/** Listens for the till's keys; returns what ends it. Typed characters and scans come by the capture, not from here. */
export function listenForKeys(page: Window, till: Till): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    // A key that a dialog has used is spent; here it would act on the screen that the dialog has just gone to.
    if (event.defaultPrevented) return
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.repeat && event.key !== 'Backspace') return
    const { screen, counter, detail, desk, reconciliation, till: known } = till.store.getState()
    if (known.trouble) return
    till.crew.touch()
    if (isLocked(till.store.getState().crew)) {
      if (lockedKey(till, event.key)) event.preventDefault()
      return
    }
    const asking = screen === 'desk' ? desk.dialog !== null : screen === 'counter' && counter.askingRevoke
    // Esc leads from one day back to the days first.
    const isInside = screen === 'reconciliation' && reconciliation.isOpen
    const leaves = screen !== 'counter' && detail === null && !asking && !isInside && event.key === 'Escape'
    if (leaves) till.store.dispatch({ type: 'screen-changed', screen: 'counter' })
    const done =
      leaves ||
      (!asking && globalKey(till, event.key)) ||
      (screen === 'counter' && counterKey(till, event)) ||
      (screen === 'desk' && deskKey(till, event.key)) ||
      (screen === 'rescue' && rescueKey(till, event.key)) ||
      (isInside && reconciliationKey(till, event)) ||
      sectionKey(till, event) ||
      (screen === 'reconciliation' && reconciliationKey(till, event)) ||
      (screen === 'scanners' && gunTestKey(till, event.key)) ||
      (screen === 'channels' && channelsKey(till, event.key)) ||
      (screen === 'printing' && printingKey(till, event.key)) ||
      (!asking && detail === null && printAnswerKey(till, event.key))
    if (done) event.preventDefault()
  }
  page.addEventListener('keydown', onKeyDown)
  return () => page.removeEventListener('keydown', onKeyDown)
}
