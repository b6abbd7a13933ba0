import type { OpeningTrouble } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { createCashActs } from '../cash/acts.ts'
import { createChannelsActs } from '../channels/acts.ts'
import { type CounterActs, createCounterActs } from '../counter/acts.ts'
import { createPerform, type PageHands } from '../counter/perform.ts'
import { isEndScene } from '../counter/scene.ts'
import { createDeskActs } from '../desk/acts.ts'
import { openDisplay, openLink, standAsCounter } from '../display/link.ts'
import { heartbeatMs } from '../display/shown.ts'
import { createDisplayTeller } from '../display/wire-display.ts'
import { awayCount } from '../lines/trouble.ts'
import { posEvent } from '../pos/offer.ts'
import { createPrintActs } from '../printing/acts.ts'
import { conditionNext, conditionText } from '../printing/printer-text.ts'
import { isBroken } from '../printing/state.ts'
import { createReconciliationActs } from '../reconciliation/acts.ts'
import { createRefundCue } from '../refunds/refund-sound.ts'
import { createRescueActs } from '../rescue/acts.ts'
import { createGunTestActs } from '../scanners/acts.ts'
import { cueFor } from '../sound/cue.ts'
import { playTone, say, speak } from '../sound/tones.ts'
import { receivedClips } from '../sound/voice-plan.ts'
import { createCrewActs } from '../staff/acts.ts'
import { isLocked, takesCash } from '../staff/state.ts'
import { type AppState, type AppStore, orderAtCounter } from '../till/store.ts'
import { isFinal } from '../till/types.ts'
import { catalogues } from '../wording/catalogues.ts'
import { rememberedLanguage, rememberLanguage } from './preferences.ts'
import type { Till } from './till-context.tsx'

function sound(before: AppState, after: AppState): void {
  const tone = cueFor(before, after)
  if (tone === null || !after.sound.on) return
  const { tonesPercent, voicePercent } = after.sound
  playTone(tone, tonesPercent)
  const { spoken } = catalogues[after.language]
  const { step } = after.counter
  const paidFen = step.kind === 'cash-paid' ? step.sale.saleAmountFen : (orderAtCounter(after)?.amountFen ?? 0)
  const speakIt = (sentence: string): void => speak(sentence, after.language, voicePercent)
  if (tone === 'paid') say(receivedClips(paidFen, after.language), after.language, voicePercent)
  else if (tone === 'revoked-closed' || tone === 'revoked-refunded' || tone === 'attention') {
    say([tone], after.language, voicePercent)
  } else if (tone === 'parked-ended') speakIt(spoken.parkedEnded)
  else if (tone === 'lines-lost') speakIt(spoken.linesLost)
  else if (tone === 'lines-back') speakIt(spoken.linesBack)
  else if (tone === 'printer-stops') speakIt(printerSentence(after))
  else if (tone === 'print-in-doubt') speakIt(spoken.printInDoubt)
  else if (tone !== 'scanned' && tone !== 'refused' && tone !== 'unknown' && isEndScene(tone)) {
    speakIt(spoken[tone])
  }
}

/** What the printer wants, in the words of the screen. */
function printerSentence({ printing, language }: AppState): string {
  const words = catalogues[language]
  const condition = printing.view?.printers.find((printer) => isBroken(printer.condition))?.condition ?? null
  return `${words.printing.stops(conditionText(words, condition))} ${conditionNext(words, condition)}`
}

function remember(before: AppState, after: AppState): void {
  if (after.language !== before.language) {
    document.documentElement.lang = after.language
    // The first change comes from the till's own configuration and is nobody's choice.
    if (before.till.snapshot) rememberLanguage(after.language)
  }
}

/** Keeps a new volume with the till: a window has an address of its own at each start, and would forget. */
function keepSound(door: Door, store: AppStore, before: AppState, after: AppState): void {
  const kept = after.till.snapshot?.sound
  if (kept !== undefined && before.till.snapshot === null) {
    store.dispatch({ type: 'sound-changed', sound: kept, told: true })
    return
  }
  if (after.sound === before.sound || after.sound === kept) return
  const wanted = after.sound
  void door.call('sound.keep', wanted).then((answer) => {
    // An older wish's answer says nothing about a newer one.
    if (store.getState().sound !== wanted) return
    store.dispatch({ type: 'sound-kept', result: answer.ok ? answer.reply : { kind: 'lost' } })
  })
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

/** Brings to the counter what the POS wants, and takes away what it wants no more. */
function followPos(store: AppStore, after: AppState): void {
  const event = isLocked(after.crew) ? null : posEvent(after)
  if (event) store.dispatch({ type: 'counter', event })
}

/** Opens the customer's display once the till is there, where the configuration asks for it. */
function openDisplayAtStart(before: AppState, after: AppState): void {
  if (before.till.snapshot === null && after.till.snapshot?.customerDisplay.open === 'at-start') void openDisplay()
}

/** Ties the door, the state and the acts of one window together. */
export function wireTill(door: Door, store: AppStore, hands: PageHands): Till {
  const rescue = createRescueActs(door, store)
  const prints = createPrintActs(door, store)
  const crew = createCrewActs(door, store)
  const cash = createCashActs(door, store)
  const acts: CounterActs = createCounterActs(door, store, {
    onBill: (text) => void rescue.find(text),
    onShown: cash.readSplit,
  })
  store.subscribe((after, before) => {
    sound(before, after)
    remember(before, after)
    keepSound(door, store, before, after)
    closeQuestion(store, after)
    tellLinesBack(store, before, after)
    tellYesterday(store, before, after)
    followPos(store, after)
    openDisplayAtStart(before, after)
  })
  const display = createDisplayTeller(door, store, openLink())
  window.setInterval(display.tell, heartbeatMs)
  standAsCounter()
  const opened = async (trouble: OpeningTrouble | null): Promise<void> => {
    if (trouble) return store.dispatch({ type: 'till', event: { type: 'not-open', trouble } })
    // Who is there comes first: a locked till shows no more than it must.
    await crew.read()
    await acts.refresh()
    void prints.refresh()
    if (takesCash(store.getState().crew)) void cash.readUnfinished()
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
  const refundCue = createRefundCue()
  door.on('refund.changed', (refund) => {
    const tone = refundCue(refund)
    const { sound } = store.getState()
    if (tone !== null && sound.on) playTone(tone, sound.tonesPercent)
  })
  door.on('readiness.changed', (readiness) =>
    store.dispatch({ type: 'till', event: { type: 'readiness-changed', readiness } }),
  )
  door.on('print.changed', (view) => store.dispatch({ type: 'printing', event: { type: 'told', view } }))
  door.on('staff.changed', (staff) => store.dispatch({ type: 'crew', event: { type: 'staff-told', staff } }))
  door.on('shift.changed', (shift) => store.dispatch({ type: 'crew', event: { type: 'shift-told', shift } }))
  door.on('pos.changed', (pos) => store.dispatch({ type: 'till', event: { type: 'pos-told', pos } }))
  door.on('reconcile.changed', ({ notice }) =>
    store.dispatch({ type: 'till', event: { type: 'reconcile-noticed', notice } }),
  )
  door.onConnection((connection) => {
    // A connection counts as there only when the till's state has been read anew.
    if (connection !== 'live')
      return store.dispatch({ type: 'till', event: { type: 'connection-changed', connection } })
    void door.call('till.opening', null).then((answer) => opened(answer.ok ? answer.reply : null))
  })
  const perform = createPerform(store, acts, cash, hands)
  const desk = createDeskActs(door, store)
  const gunTest = createGunTestActs(door, store, acts.refresh)
  const channels = createChannelsActs(door, store)
  const reconciliation = createReconciliationActs(door, store)
  return { store, acts, crew, desk, rescue, gunTest, channels, prints, reconciliation, door, perform, openAgain }
}
