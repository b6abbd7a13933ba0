import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Calls } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { sampleOrder } from '../stories/samples.fixture.ts'
import { createAppStore } from '../till/store.ts'
import { createRescueActs } from './acts.ts'
import { choicesOf, emptyRescue, type RescueState, reduceRescue } from './state.ts'

type Reply = Calls['rescue.find']['reply']

/** A window whose main side answers when the test says so. */
function openWindow() {
  const waiting: ((reply: Reply | null) => void)[] = []
  const sent: unknown[] = []
  const door = {
    call: (_name: string, request: unknown) => {
      sent.push(request)
      return new Promise((resolve) => {
        waiting.push((reply) =>
          resolve(reply ? { ok: true, reply } : { ok: false, refusal: { code: 'failed', detail: 'lost' } }),
        )
      })
    },
    on: () => () => {},
    onConnection: () => () => {},
    // Only `rescue.find` is called here.
  } as unknown as Door
  const store = createAppStore()
  return { store, acts: createRescueActs(door, store), waiting, sent }
}

const paid: Reply = { kind: 'paid-here', order: sampleOrder({ status: 'paid' }), refundedFen: 0, heard: true }
const unknown: Reply = { kind: 'unknown-number', of: 'part' }

test('a question opens the screen; what was asked goes to the main side and stays nowhere', async () => {
  const { store, acts, waiting, sent } = openWindow()
  const asked = acts.find('SECRET')
  assert.deepEqual([store.getState().screen, store.getState().rescue.asking], ['rescue', true])
  assert.deepEqual(sent, [{ text: 'SECRET' }])
  assert.ok(!JSON.stringify(store.getState()).includes('SECRET'))
  waiting[0]?.(paid)
  await asked
  assert.deepEqual(store.getState().rescue, { asking: false, shown: paid, chosen: 0 })
})

test('an older answer that comes late, or to a screen that was left, is not shown', async () => {
  const { store, acts, waiting } = openWindow()
  const first = acts.find('1')
  const second = acts.find('2')
  waiting[1]?.(unknown)
  waiting[0]?.(paid)
  await Promise.all([first, second])
  assert.deepEqual(store.getState().rescue.shown, unknown)
  const third = acts.find('3')
  store.dispatch({ type: 'screen-changed', screen: 'counter' })
  waiting[2]?.(paid)
  await third
  assert.deepEqual([store.getState().screen, store.getState().rescue], ['counter', emptyRescue])
})

test('an answer that was lost is said to be lost', async () => {
  const { store, acts, waiting } = openWindow()
  const asked = acts.find('1')
  waiting[0]?.(null)
  await asked
  assert.deepEqual(store.getState().rescue.shown, { kind: 'lost' })
})

test('the choice stays within the list', () => {
  const shown: Reply = { kind: 'several', orders: [sampleOrder(), sampleOrder({ orderNumber: 'S2' })], more: false }
  let rescue: RescueState = reduceRescue(emptyRescue, { type: 'answered', shown })
  assert.equal(choicesOf(rescue).length, 2)
  for (const [by, chosen] of [
    [-1, 0],
    [1, 1],
    [1, 1],
    [-1, 0],
  ] as const) {
    rescue = reduceRescue(rescue, { type: 'moved', by })
    assert.equal(rescue.chosen, chosen)
  }
  assert.deepEqual(choicesOf(reduceRescue(rescue, { type: 'asked' })), [])
})
