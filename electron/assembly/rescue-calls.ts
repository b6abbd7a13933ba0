import type { Calls, RescueAnswer } from '../api/contract.ts'
import type { Clock } from '../runner/ports.ts'
import type { AssembledTill } from './assemble.ts'
import { orderView } from './order-view.ts'
import { findRescue, type RescueFinding, type RescueParts } from './rescue.ts'
import type { ScanGuns } from './scan-guns.ts'

type RescueCalls = {
  readonly 'rescue.find': (request: Calls['rescue.find']['request']) => Promise<Calls['rescue.find']['reply']>
}

/** What the finder works with, in an open till. */
export function rescueParts({ reader, runner, settings }: AssembledTill, clock: Clock): RescueParts {
  return { reader, runner, clock, own: { store: settings.store.id, till: settings.till.id } }
}

/** The call behind “my phone says paid”. */
export function createRescueCalls(till: AssembledTill, clock: Clock, guns: Pick<ScanGuns, 'claim'>): RescueCalls {
  return {
    'rescue.find': async ({ text: given }) => {
      const text = typeof given === 'string' ? given : guns.claim(given)
      if (text === null) return { kind: 'scan-gone' }
      return rescueAnswer(await findRescue(rescueParts(till, clock), text), clock)
    },
  }
}

/** The finding as the screen sees it. */
function rescueAnswer(finding: RescueFinding, clock: Clock): RescueAnswer {
  if (finding.kind === 'ledger-trouble') return { kind: finding.kind, problem: finding.problem.kind }
  const at = clock.now()
  if (finding.kind === 'several') return { ...finding, orders: finding.orders.map((order) => orderView(order, at)) }
  return 'order' in finding ? { ...finding, order: orderView(finding.order, at) } : finding
}
