import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import { type ChannelsEvent, chosenChannel, neighbour } from './state.ts'

/** What the screen for channels asks of the main side. */
export type ChannelsActs = {
  readonly list: () => Promise<void>
  /** Shows the channel above or below. */
  readonly move: (by: 1 | -1) => void
  readonly choose: (id: string) => void
  /** A test call to the channel that is shown; one at a time. */
  readonly test: () => Promise<void>
}

/** Makes the acts of one window. */
export function createChannelsActs(door: Door, store: AppStore): ChannelsActs {
  const tell = (event: ChannelsEvent): void => {
    // A screen that was left begins anew.
    if (store.getState().screen === 'channels') store.dispatch({ type: 'channels', event })
  }
  return {
    list: async () => {
      const answer = await door.call('channels.list', null)
      tell({ type: 'listed', views: answer.ok ? answer.reply : 'lost' })
    },
    move: (by) => {
      const next = neighbour(store.getState().channels, by)
      if (next) tell({ type: 'chosen', id: next.id })
    },
    choose: (id) => tell({ type: 'chosen', id }),
    test: async () => {
      const { channels } = store.getState()
      const id = chosenChannel(channels)?.id
      if (id === undefined || channels.tests[id]?.kind === 'running') return
      tell({ type: 'tested', id, test: { kind: 'running' } })
      const answer = await door.call('channels.test', { channel: id })
      tell({ type: 'tested', id, test: answer.ok ? answer.reply : { kind: 'lost' } })
    },
  }
}
