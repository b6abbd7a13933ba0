import type { OrderView } from '../../electron/api/contract.ts'
import type { Connection } from '../till/state.ts'
import { assertNever, isFinal } from '../till/types.ts'
import { type CounterState, type Split, splitAtCounter } from './state.ts'

/** What the counter looks like; one name for each picture that a cashier must tell apart at a glance. */
export type Scene =
  | 'starting'
  | 'connection-lost'
  | 'another-window'
  | 'idle'
  | 'amount'
  | 'amount-problem'
  | 'scan'
  | 'sending'
  | 'answer-lost'
  | 'awaiting-payer'
  | 'unknown'
  | 'revoking'
  | 'paid'
  | 'former-paid'
  | 'failed'
  | 'revoked-closed'
  | 'revoked-refunded'
  | 'attention'
  | 'former-open'
  | 'refused'
  | 'cash'
  | 'cash-due'
  | 'cash-paid'
  | 'cash-owed-back'
  | 'cash-returned'

const orderScene = (order: OrderView, formerPaid: boolean): Scene => {
  switch (order.status) {
    case 'created':
    case 'paying':
      return 'sending'
    case 'awaiting-payer':
    case 'unknown':
    case 'revoking':
    case 'failed':
    case 'attention':
      return order.status
    case 'paid':
      return formerPaid ? 'former-paid' : 'paid'
    case 'revoked':
      return order.revokeEffect === 'refunded' ? 'revoked-refunded' : 'revoked-closed'
    default:
      return assertNever(order.status, 'order status')
  }
}

/** How the end of a code part looks where the sale is paid part in cash; null where it looks like any other. */
function partScene(order: OrderView, split: Split | undefined): Scene | null {
  if (split === undefined || !isFinal(order.status)) return null
  if (order.status === 'paid') return split.isTaken ? null : 'cash-due'
  return split.isTaken ? 'cash-owed-back' : null
}

/** The scene of a counter whose shown order (if any) is `order`. */
export function sceneOf(counter: CounterState, order: OrderView | null, connection: Connection): Scene {
  const { step } = counter
  // An end is a fact, whatever became of the connection since.
  const ended = step.kind === 'order' && order !== null && isFinal(order.status)
  if (!ended && connection !== 'live') return connection === 'connecting' ? 'starting' : offline(connection)
  switch (step.kind) {
    case 'amount':
      if (step.problem !== null) return 'amount-problem'
      return counter.amountText === '' ? 'idle' : 'amount'
    case 'scan':
      return 'scan'
    case 'sending':
      return step.answer === 'lost' ? 'answer-lost' : 'sending'
    case 'order':
      return order === null
        ? 'sending'
        : (partScene(order, splitAtCounter(step)) ?? orderScene(order, step.hint === 'former-paid'))
    case 'former-open':
      return order !== null && isFinal(order.status)
        ? (partScene(order, splitAtCounter(step)) ?? orderScene(order, true))
        : 'former-open'
    case 'refused':
    case 'cash':
    case 'cash-paid':
    case 'cash-returned':
      return step.kind
    default:
      return assertNever(step, 'counter step')
  }
}

const offline = (connection: 'lost' | 'another-window'): Scene =>
  connection === 'another-window' ? 'another-window' : 'connection-lost'

/** Ends of a payment: announced at once and with their own sound. */
export const endScenes = [
  'paid',
  'former-paid',
  'failed',
  'revoked-closed',
  'revoked-refunded',
  'attention',
] as const satisfies readonly Scene[]

export type EndScene = (typeof endScenes)[number]

export const isEndScene = (scene: Scene): scene is EndScene => endScenes.some((end) => end === scene)
