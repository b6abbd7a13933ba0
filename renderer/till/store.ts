import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Language, OrderView, SoundResult, SoundSetting } from '../../electron/api/contract.ts'
import { type ChannelsEvent, type ChannelsState, emptyChannels, reduceChannels } from '../channels/state.ts'
import { type CounterEvent, type CounterState, idleCounter, reduceCounter, shownOrder } from '../counter/state.ts'
import { type DeskEvent, type DeskState, emptyDesk, reduceDesk } from '../desk/state.ts'
import { type PrintingEvent, type PrintingState, reducePrinting, unknownPrinting } from '../printing/state.ts'
import {
  emptyReconciliation,
  type ReconciliationEvent,
  type ReconciliationState,
  reduceReconciliation,
} from '../reconciliation/state.ts'
import { emptyRescue, type RescueEvent, type RescueState, reduceRescue } from '../rescue/state.ts'
import { emptyGunTest, type GunTestEvent, type GunTestState, reduceGunTest } from '../scanners/state.ts'
import { type CrewEvent, type CrewState, emptyCrew, reduceCrew } from '../staff/state.ts'
import { reduceTill, type TillEvent, type TillState, unknownTill } from './state.ts'

export type Screen =
  | 'counter'
  | 'orders'
  | 'transactions'
  | 'practice'
  | 'desk'
  | 'rescue'
  | 'scanners'
  | 'channels'
  | 'printing'
  | 'shifts'
  | 'staff'
  | 'setup'
  | 'display'
  | 'system'
  | 'sound'
  | 'reconciliation'

/** How loud a till is that nobody has set. */
export const usualSound: SoundSetting = { on: true, tonesPercent: 100, voicePercent: 100 }

/** All that the window remembers; nothing of it outlives the page but the language. */
export type AppState = {
  readonly till: TillState
  readonly counter: CounterState
  readonly desk: DeskState
  readonly rescue: RescueState
  readonly gunTest: GunTestState
  readonly channels: ChannelsState
  readonly printing: PrintingState
  /** Whether the editor of templates is open. */
  readonly design: boolean
  readonly crew: CrewState
  readonly reconciliation: ReconciliationState
  readonly screen: Screen
  readonly language: Language
  readonly sound: SoundSetting
  /** What became of the last change of it; null where none was made. */
  readonly soundKept: SoundResult | { readonly kind: 'lost' } | null
  /** The order whose detail is open. */
  readonly detail: string | null
}

export type AppEvent =
  | { readonly type: 'till'; readonly event: TillEvent }
  | { readonly type: 'counter'; readonly event: CounterEvent }
  | { readonly type: 'desk'; readonly event: DeskEvent }
  | { readonly type: 'rescue'; readonly event: RescueEvent }
  | { readonly type: 'gun-test'; readonly event: GunTestEvent }
  | { readonly type: 'channels'; readonly event: ChannelsEvent }
  | { readonly type: 'printing'; readonly event: PrintingEvent }
  | { readonly type: 'design-changed'; readonly open: boolean }
  | { readonly type: 'crew'; readonly event: CrewEvent }
  | { readonly type: 'reconciliation'; readonly event: ReconciliationEvent }
  | { readonly type: 'screen-changed'; readonly screen: Screen }
  | { readonly type: 'language-changed'; readonly language: Language }
  /** `told`: by the till itself, as it is kept; otherwise somebody's wish. */
  | { readonly type: 'sound-changed'; readonly sound: SoundSetting; readonly told: boolean }
  | { readonly type: 'sound-kept'; readonly result: NonNullable<AppState['soundKept']> }
  | { readonly type: 'detail-changed'; readonly orderNumber: string | null }

/** The application's state after an event; pure. */
export function reduceApp(app: AppState, event: AppEvent): AppState {
  switch (event.type) {
    case 'till': {
      const next = { ...app, till: reduceTill(app.till, event.event, shownOrder(app.counter)) }
      // What was said about the state before says nothing about this one.
      const turned = orderAtCounter(next)?.status !== orderAtCounter(app)?.status
      return turned ? { ...next, counter: { ...next.counter, notice: null } } : next
    }
    case 'counter': {
      const counter = reduceCounter(app.counter, event.event)
      const shown = shownOrder(counter)
      // What is at the counter has been seen.
      const till = shown === null ? app.till : reduceTill(app.till, { type: 'acknowledged', orderNumber: shown }, shown)
      return { ...app, counter, till }
    }
    case 'desk':
      return { ...app, desk: reduceDesk(app.desk, event.event) }
    case 'rescue':
      return { ...app, rescue: reduceRescue(app.rescue, event.event) }
    case 'gun-test':
      return { ...app, gunTest: reduceGunTest(app.gunTest, event.event) }
    case 'channels':
      return { ...app, channels: reduceChannels(app.channels, event.event) }
    case 'printing':
      return { ...app, printing: reducePrinting(app.printing, event.event) }
    case 'design-changed':
      return { ...app, design: event.open }
    case 'crew':
      return { ...app, crew: reduceCrew(app.crew, event.event) }
    case 'reconciliation':
      return { ...app, reconciliation: reduceReconciliation(app.reconciliation, event.event) }
    case 'screen-changed': {
      // What the desk last said has been seen; it begins anew, and keeps the name.
      const desk = event.screen === 'desk' ? app.desk : { ...emptyDesk, name: app.desk.name }
      const anew = {
        desk,
        rescue: emptyRescue,
        gunTest: emptyGunTest,
        channels: emptyChannels,
        reconciliation: emptyReconciliation,
        soundKept: null,
        printing: { ...app.printing, chosen: null, notice: null },
      }
      return { ...app, screen: event.screen, detail: null, design: false, ...anew }
    }
    case 'language-changed':
      return { ...app, language: event.language }
    case 'sound-changed':
      return { ...app, sound: event.sound, soundKept: event.told ? app.soundKept : null }
    case 'sound-kept':
      return { ...app, soundKept: event.result }
    case 'detail-changed':
      return { ...app, detail: event.orderNumber }
  }
}

/** The view of the order at the counter; null when none is shown or it has not arrived yet. */
export function orderAtCounter(app: Pick<AppState, 'till' | 'counter'>): OrderView | null {
  const shown = shownOrder(app.counter)
  return shown === null ? null : (app.till.orders[shown]?.view ?? null)
}

export type AppStore = StoreApi<AppState> & { readonly dispatch: (event: AppEvent) => void }

/** Makes the store of one window. */
export function createAppStore(start: Partial<AppState> = {}): AppStore {
  const store = createStore<AppState>(() => ({
    till: unknownTill,
    counter: idleCounter,
    desk: emptyDesk,
    rescue: emptyRescue,
    gunTest: emptyGunTest,
    channels: emptyChannels,
    printing: unknownPrinting,
    design: false,
    crew: emptyCrew,
    reconciliation: emptyReconciliation,
    screen: 'counter',
    language: 'zh-CN',
    sound: usualSound,
    soundKept: null,
    detail: null,
    ...start,
  }))
  return { ...store, dispatch: (event) => store.setState((app) => reduceApp(app, event), true) }
}
