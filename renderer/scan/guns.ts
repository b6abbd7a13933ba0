import type { ScanArrived } from '../../electron/api/contract.ts'
import { findBill } from '../books/bill-at-books.ts'
import type { Door } from '../bridge.ts'
import type { Till } from '../shell/till-context.tsx'
import type { AppStore } from '../till/store.ts'
import type { ScannerState, ScannerView } from '../till/types.ts'

/** The state of guns that the readiness line tells: one that works is enough; else what can be mended. */
export function gunState(guns: readonly ScannerView[]): ScannerState | null {
  if (guns.some(({ state }) => state === 'connected')) return 'connected'
  // A HID gun is looked for without anybody having asked for one: that there is none is no trouble.
  const asked = guns.filter(
    ({ kind, state }) => kind !== 'hid' || (state !== 'absent' && state !== 'module-does-not-load'),
  )
  return asked[0]?.state ?? null
}

/**
 * Takes a scan that the main side read, wherever the window is, exactly like one that was typed into it: a bill, and
 * anything while a bill is asked for, is looked up and never charged.
 */
export function takeGunScan(
  arrived: ScanArrived,
  store: AppStore,
  till: Pick<Till, 'acts' | 'rescue' | 'gunTest' | 'door' | 'store'>,
): void {
  const { acts, rescue, gunTest } = till
  // At the screen for guns a scan is a test, whatever it is.
  if (store.getState().screen === 'scanners') return void gunTest.tryArrived(arrived)
  if (arrived.kind === 'bill') return void findBill(till, arrived.number)
  if (arrived.kind === 'held' && store.getState().screen === 'rescue') return void rescue.find(arrived.scan)
  if (store.getState().screen !== 'counter') store.dispatch({ type: 'screen-changed', screen: 'counter' })
  if (arrived.kind === 'held') return void acts.scan(arrived.scan)
  const kind = arrived.loss === 'no-terminator' ? 'scan-without-end' : 'scan-unreadable'
  store.dispatch({ type: 'counter', event: { type: 'notice', notice: { kind } } })
}

/** Tells how the guns stand: on each change, and whenever the till can be reached anew. Returns what ends the telling. */
export function listenForGuns(door: Door, store: AppStore, tell: (guns: readonly ScannerView[]) => void): () => void {
  const ask = (): void =>
    void door.call('scanners.list', null).then((answer) => {
      if (answer.ok) tell(answer.reply)
    })
  if (store.getState().till.connection === 'live') ask()
  const endChanges = door.on('scanners.changed', tell)
  const endConnections = store.subscribe((after, before) => {
    if (after.till.connection === 'live' && before.till.connection !== 'live') ask()
  })
  return () => {
    endChanges()
    endConnections()
  }
}
