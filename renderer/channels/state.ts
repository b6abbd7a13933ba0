import type { ChannelTest, ChannelView } from '../../electron/api/contract.ts'

/** How the last test call of a channel went. */
export type TestState = ChannelTest | { readonly kind: 'running' } | { readonly kind: 'lost' }

/** The screen for channels. Begins anew whenever it is opened. */
export type ChannelsState = {
  /** Null until the till has answered. */
  readonly views: readonly ChannelView[] | 'lost' | null
  /** The id of the channel that is shown; null shows the first. */
  readonly chosen: string | null
  readonly tests: Readonly<Record<string, TestState>>
}

export type ChannelsEvent =
  | { readonly type: 'listed'; readonly views: NonNullable<ChannelsState['views']> }
  | { readonly type: 'chosen'; readonly id: string }
  | { readonly type: 'tested'; readonly id: string; readonly test: TestState }

export const emptyChannels: ChannelsState = { views: null, chosen: null, tests: {} }

/** The state after an event; pure. */
export function reduceChannels(state: ChannelsState, event: ChannelsEvent): ChannelsState {
  switch (event.type) {
    case 'listed':
      return { ...state, views: event.views }
    case 'chosen':
      return { ...state, chosen: event.id }
    case 'tested':
      return { ...state, tests: { ...state.tests, [event.id]: event.test } }
  }
}

/** The channel that is shown; null where there is none yet. */
export function chosenChannel({ views, chosen }: ChannelsState): ChannelView | null {
  if (views === null || views === 'lost') return null
  return views.find(({ id }) => id === chosen) ?? views[0] ?? null
}

/** The channel above or below the one that is shown; null at the list's end. */
export function neighbour(state: ChannelsState, by: 1 | -1): ChannelView | null {
  const { views } = state
  const shown = chosenChannel(state)
  if (shown === null || views === null || views === 'lost') return null
  return views[views.indexOf(shown) + by] ?? null
}
