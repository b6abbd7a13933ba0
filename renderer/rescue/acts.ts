import type { Calls } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import type { RescueShown } from './state.ts'

export type RescueRequest = Calls['rescue.find']['request']

/** What “my phone says paid” asks of the main side. */
export type RescueActs = {
  /** Opens the screen and asks about what was typed or scanned, which goes to the bridge and nowhere else (I11). */
  readonly find: (text: RescueRequest['text']) => Promise<void>
}

/** Makes the acts of one window. */
export function createRescueActs(door: Door, store: AppStore): RescueActs {
  let turns = 0
  return {
    find: async (text) => {
      turns += 1
      const turn = turns
      if (store.getState().screen !== 'rescue') store.dispatch({ type: 'screen-changed', screen: 'rescue' })
      store.dispatch({ type: 'rescue', event: { type: 'asked' } })
      const answer = await door.call('rescue.find', { text })
      const shown: RescueShown = answer.ok ? answer.reply : { kind: 'lost' }
      // An older answer that comes late is about another bill; and a screen that was left begins anew.
      if (turn !== turns || store.getState().screen !== 'rescue') return
      store.dispatch({ type: 'rescue', event: { type: 'answered', shown } })
    },
  }
}
