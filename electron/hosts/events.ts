import type { EventName, TillEvents } from '../api/contract.ts'
import type { TillService } from './service.ts'

export type EventSource = Pick<TillService, 'on'>

/** Every event of the contract, at run time. */
export const eventNames = Object.keys({
  'order.changed': true,
  'readiness.changed': true,
  'refund.changed': true,
  'scan.arrived': true,
  'scanners.changed': true,
  'print.changed': true,
  'staff.changed': true,
  'shift.changed': true,
  'reconcile.changed': true,
  'pos.changed': true,
} satisfies Record<EventName, true>) as readonly EventName[] // the keys are exactly EventName, by `satisfies`

/** Passes every event of the till on, until the answered function is called. */
export function forwardEvents(
  source: EventSource,
  pass: <Name extends EventName>(name: Name, event: TillEvents[Name]) => void,
): () => void {
  const stops = eventNames.map((name) => source.on(name, (event) => pass(name, event)))
  return () => {
    for (const stop of stops) stop()
  }
}
