import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CustomerView } from './customer-view.ts'
import {
  type DisplayMessage,
  type DisplayState,
  hear,
  heartbeatMs,
  shownAt,
  silenceMs,
  silentDisplay,
} from './shown.ts'

const resting: CustomerView = { kind: 'resting' }
const due: CustomerView = { kind: 'due', amountFen: 1_000 }
const paid: CustomerView = { kind: 'paid', amountFen: 1_000, wallet: 'wechat', receiptQr: null }
const message = (view: CustomerView): DisplayMessage => ({
  view,
  storeName: 'Shop',
  language: 'both',
  isTraining: false,
})

/** A counter that says the same each second from one moment to another. */
const keepSaying = (display: DisplayState, view: CustomerView, fromMs: number, untilMs: number): DisplayState => {
  let heard = display
  for (let atMs = fromMs; atMs <= untilMs; atMs += heartbeatMs) heard = hear(heard, message(view), atMs)
  return heard
}

test('a display that was never told anything asks for the staff', () => {
  assert.deepEqual(shownAt(silentDisplay, 0), { view: resting, isAlone: true })
})

test('a wait stands as long as the counter says so, a result rests after its time although the counter stays', () => {
  const waiting = keepSaying(silentDisplay, due, 0, 300_000)
  assert.deepEqual(shownAt(waiting, 300_500), { view: due, isAlone: false })
  const just = keepSaying(silentDisplay, paid, 0, 14_000)
  assert.equal(shownAt(just, 14_900).view.kind, 'paid')
  const over = keepSaying(just, paid, 15_000, 60_000)
  assert.deepEqual(shownAt(over, 60_000), { view: resting, isAlone: false })
})

test('a receipt’s code that comes later does not begin the result anew, and gives time to scan it', () => {
  const withCode = { ...paid, receiptQr: '<svg/>' }
  const shown = keepSaying(hear(silentDisplay, message(paid), 0), withCode, 1_000, 39_000)
  assert.deepEqual(shownAt(shown, 39_500).view, withCode)
  assert.equal(shownAt(shown, 40_000).view.kind, 'resting')
})

test('a counter that goes on takes no result away early; the next customer’s amount does at once', () => {
  const ended = hear(silentDisplay, message(paid), 0)
  const wentOn = keepSaying(ended, resting, 500, 9_500)
  assert.equal(shownAt(wentOn, 10_000).view.kind, 'paid')
  assert.equal(shownAt(keepSaying(wentOn, resting, 10_500, 14_500), 15_000).view.kind, 'resting')
  assert.deepEqual(shownAt(hear(wentOn, message(due), 10_000), 10_000).view, due)
})

test('a doubtful wait goes at once when the counter goes on: its customer is in the staff’s hands', () => {
  const doubtful = hear(silentDisplay, message({ kind: 'ask-staff', amountFen: 1 }), 0)
  assert.equal(shownAt(hear(doubtful, message(resting), 100), 100).view.kind, 'resting')
})

test('a silent counter takes everything about money away, and what it says afterwards is told', () => {
  const ended = hear(silentDisplay, message(paid), 0)
  assert.deepEqual(shownAt(ended, silenceMs), { view: resting, isAlone: true })
  const back = hear(ended, message(resting), silenceMs + 1)
  assert.deepEqual(shownAt(back, silenceMs + 1), { view: resting, isAlone: false })
})
