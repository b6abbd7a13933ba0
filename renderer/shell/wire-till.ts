import type { OpeningTrouble } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { createChannelsActs } from '../channels/acts.ts'
import { type CounterActs, createCounterActs } from '../counter/acts.ts'
import { createPerform, type PageHands } from '../counter/perform.ts'
import { isEndScene } from '../counter/scene.ts'
import { createDeskActs } from '../desk/acts.ts'
import { awayCount } from '../lines/trouble.ts'
import { plainYuan } from '../money/yuan.ts'
import { createReconciliationActs } from '../reconciliation/acts.ts'
import { createRescueActs } from '../rescue/acts.ts'
import { createGunTestActs } from '../scanners/acts.ts'
import { cueFor } from '../sound/cue.ts'
import { playTone, speak } from '../sound/tones.ts'
import { type AppState, type AppStore, orderAtCounter } from '../till/store.ts'
import { isFinal } from '../till/types.ts'
import { catalogues } from '../wording/catalogues.ts'
import { rememberedLanguage, rememberLanguage, rememberMuted } from './preferences.ts'
import type { Till } from './till-context.tsx'

function sound(before: AppState, after: AppState): void {
  const tone = cueFor(before, after)
  if (tone === null || after.muted) return
  playTone(tone)
  const { spoken } = catalogues[after.language]
  if (tone === 'paid') speak(spoken.paid(plainYuan(orderAtCounter(after)?.amountFen ?? 0)), after.language)
  else if (tone === 'parked-ended') speak(spoken.parkedEnded, after.language)
  else if (tone === 'lines-lost') speak(spoken.linesLost, after.language)
  else if (tone === 'lines-back') speak(spoken.linesBack, after.language)
  else if (tone !== 'scanned' && tone !== 'refused' && tone !== 'unknown' && isEndScene(tone)) {
    speak(spoken[tone], after.language)
  }
}

function remember(before: AppState, after: AppState): void {
  if (after.language !== before.language) {
    document.documentElement.lang = after.language
    // The first change comes from the till's own configuration and is nobody's choice.
    if (before.till.snapshot) rememberLanguage(after.language)
  }
  if (after.muted !== before.muted) rememberMuted(after.muted)
}

/** An order that ended while the till asked whether to revoke it: the question is over. */
function closeQuestion(store: AppStore, after: AppState): void {
  const order = orderAtCounter(after)
  if (after.counter.askingRevoke && order && (isFinal(order.status) || order.status === 'revoking')) {
    store.dispatch({ type: 'counter', event: { type: 'revoke-asked', asking: false } })
  }
}

/** Says that charging is possible again, once no channel is away any more. */
function tellLinesBack(store: AppStore, before: AppState, after: AppState): void {
  const isBack = awayCount(before.till.snapshot?.readiness) > 0 && awayCount(after.till.snapshot?.readiness) === 0
  if (isBack) store.dispatch({ type: 'counter', event: { type: 'notice', notice: { kind: 'lines-back' } } })
}

/** Says once that yesterday does not agree, where nobody is at the counter yet. */
function tellYesterday(store: AppStore, before: AppState, after: AppState): void {
  const notice = after.till.snapshot?.reconcileNotice ?? null
  const isNews = notice !== null && (before.till.snapshot?.reconcileNotice ?? null) === null
  if (!isNews || after.counter.step.kind !== 'amount' || after.counter.amountText !== '') return
  store.dispatch({ type: 'counter', event: { type: 'notice', notice: { kind: 'yesterday-differs', ...notice } } })
}

/** Ties the door, the state and the acts of one window together. */
export function wireTill(door: Door, store: AppStore, hands: PageHands): Till {
  const rescue = createRescueActs(door, store)
  const acts: CounterActs = createCounterActs(door, store, { onBill: (text) => void rescue.find(text) })
  store.subscribe((after, before) => {
    sound(before, after)
    remember(before, after)
    closeQuestion(store, after)
    tellLinesBack(store, before, after)
    tellYesterday(store, before, after)
  })
  const opened = async (trouble: OpeningTrouble | null): Promise<void> => {
    if (trouble) return store.dispatch({ type: 'till', event: { type: 'not-open', trouble } })
    await acts.refresh()
    const { till, language } = store.getState()
    const wanted = rememberedLanguage() ?? till.snapshot?.language ?? language
    if (wanted !== language) store.dispatch({ type: 'language-changed', language: wanted })
  }
  const openAgain = async (): Promise<void> => {
    const answer = await door.call('till.open-again', null)
    if (answer.ok) await opened(answer.reply)
  }
  door.on('order.changed', (order) =>
    store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: performance.now() } }),
  )
  door.on('readiness.changed', (readiness) =>
    store.dispatch({ type: 'till', event: { type: 'readiness-changed', readiness } }),
  )
  door.on('reconcile.changed', ({ notice }) =>
    store.dispatch({ type: 'till', event: { type: 'reconcile-noticed', notice } }),
  )
  door.onConnection((connection) => {
    // A connection counts as there only when the till's state has been read anew.
    if (connection !== 'live')
      return store.dispatch({ type: 'till', event: { type: 'connection-changed', connection } })
    void door.call('till.opening', null).then((answer) => opened(answer.ok ? answer.reply : null))
  })
  const perform = createPerform(store, acts, hands)
  const desk = createDeskActs(door, store)
  const gunTest = createGunTestActs(door, store, acts.refresh)
  const channels = createChannelsActs(door, store)
  const reconciliation = createReconciliationActs(door, store)
  return { store, acts, desk, rescue, gunTest, channels, reconciliation, door, perform, openAgain }
}
