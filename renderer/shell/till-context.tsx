import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { Door } from '../bridge.ts'
import type { ChannelsActs } from '../channels/acts.ts'
import type { ActionId } from '../counter/actions.ts'
import type { CounterActs } from '../counter/acts.ts'
import type { DeskActs } from '../desk/acts.ts'
import type { PrintActs } from '../printing/acts.ts'
import type { ReconciliationActs } from '../reconciliation/acts.ts'
import type { RescueActs } from '../rescue/acts.ts'
import type { GunTestActs } from '../scanners/acts.ts'
import type { CrewActs } from '../staff/acts.ts'
import type { AppState, AppStore } from '../till/store.ts'

/** What every component may reach: the state, the acts, the door. */
export type Till = {
  readonly store: AppStore
  readonly acts: CounterActs
  readonly crew: CrewActs
  readonly desk: DeskActs
  readonly rescue: RescueActs
  readonly gunTest: GunTestActs
  readonly channels: ChannelsActs
  readonly prints: PrintActs
  readonly reconciliation: ReconciliationActs
  readonly door: Door
  /** Does what a button or a key of the counter says. */
  readonly perform: (action: ActionId) => void
  /** Asks a till that could not open to try once more. */
  readonly openAgain: () => Promise<void>
}

const TillContext = createContext<Till | null>(null)

export function TillProvider(props: { readonly till: Till; readonly children: ReactNode }) {
  return <TillContext value={props.till}>{props.children}</TillContext>
}

/** The till of this window. */
export function useTill(): Till {
  const till = useContext(TillContext)
  if (!till) throw new Error('a component stands outside the till')
  return till
}

/** A part of the state, followed. */
export function useApp<Part>(pick: (app: AppState) => Part): Part {
  return useStore(useTill().store, pick)
}
