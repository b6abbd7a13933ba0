import { doubtfulJobs } from '../printing/state.ts'
import type { AppState } from '../till/store.ts'
import { assertNever, type OrderStatus } from '../till/types.ts'

/** One thing that the till waits for, and how many of it. */
export type Wait = {
  readonly kind:
    | 'channel'
    | 'payer'
    | 'unknown'
    | 'revoking'
    | 'person'
    /** Orders of the kinds above whose channel cannot be reached. */
    | 'away'
    | 'refund'
    | 'paper'
    /** Papers of which somebody has to say whether they printed. */
    | 'answer'
    | 'pos'
    | 'backup'
    | 'update'
  readonly count: number
}

function waitOf(status: OrderStatus): Wait['kind'] | null {
  switch (status) {
    case 'created':
    case 'paying':
      return 'channel'
    case 'awaiting-payer':
      return 'payer'
    case 'unknown':
    case 'revoking':
      return status
    case 'attention':
      return 'person'
    case 'paid':
    case 'failed':
    case 'revoked':
      return null
    default:
      return assertNever(status, 'order status')
  }
}

/** What the till waits for now, money first; `openRefunds` are told by the main side. Empty: for the next customer. */
export function waitsNow(
  { till, printing }: Pick<AppState, 'till' | 'printing'>,
  openRefunds: number,
): readonly Wait[] {
  const { snapshot } = till
  if (snapshot === null) return []
  const kinds = Object.values(till.orders).map(({ view }) => waitOf(view.status))
  const ofOrders = (kind: Wait['kind']): Wait => ({ kind, count: kinds.filter((each) => each === kind).length })
  const { readiness, pos } = snapshot
  const jobs = printing.view?.jobs ?? []
  const doubtful = doubtfulJobs(printing.view).length
  const waits: readonly Wait[] = [
    ...(['payer', 'channel', 'unknown', 'revoking', 'person'] as const).map(ofOrders),
    { kind: 'away', count: readiness.owed.count },
    { kind: 'refund', count: openRefunds },
    { kind: 'answer', count: doubtful },
    { kind: 'paper', count: jobs.filter(({ status }) => status === 'queued' || status === 'sending').length },
    { kind: 'pos', count: pos.kind === 'on' ? pos.waiting.length : 0 },
    { kind: 'backup', count: readiness.backup.making === null ? 0 : 1 },
    { kind: 'update', count: readiness.updateReady === null ? 0 : 1 },
  ]
  return waits.filter(({ count }) => count > 0)
}
