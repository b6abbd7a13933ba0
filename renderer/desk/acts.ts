import type { ActResult, CallAnswer, Calls, PinSetResult, PinState, SettleResult } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import type { DeskEvent, DeskNotice } from './state.ts'

export type SettleRequest = Calls['case.settle']['request']

/** What the desk does beyond its own state: everything here asks the main side. */
export type DeskActs = {
  readonly read: () => Promise<void>
  readonly query: (orderNumber: string) => Promise<void>
  readonly revoke: (orderNumber: string) => Promise<void>
  readonly takeOn: (orderNumber: string, name: string) => Promise<void>
  /** Null when no answer came. The PIN goes to the bridge and nowhere else. */
  readonly settle: (request: SettleRequest) => Promise<SettleResult | null>
  readonly pinState: () => Promise<PinState | null>
  readonly setPin: (pin: string, again: string) => Promise<PinSetResult | null>
  readonly writeSlip: (orderNumber: string) => Promise<void>
}

/** Makes the desk's acts of one window. */
export function createDeskActs(door: Door, store: AppStore, now: () => number = () => performance.now()): DeskActs {
  const desk = (event: DeskEvent): void => store.dispatch({ type: 'desk', event })
  const notice = (body: DeskNotice): void => desk({ type: 'noticed', notice: body })
  let reading = 0

  const read = async (): Promise<void> => {
    reading += 1
    const turn = reading
    const answer = await door.call('cases.list', null)
    // An older answer that comes late must not bring a settled case back.
    if (turn !== reading) return
    if (answer.ok) desk({ type: 'read', cases: answer.reply, nowMs: now() })
    else desk({ type: 'read-failed' })
    const handed = await door.call('reconcile.handed', null)
    if (turn === reading && handed.ok) desk({ type: 'handed-read', handed: handed.reply })
  }

  const acted = async (answer: CallAnswer<'order.query'>, done: DeskNotice): Promise<ActResult | null> => {
    if (!answer.ok) notice({ kind: 'lost' })
    else if (answer.reply.kind === 'done') notice(done)
    else if (answer.reply.kind === 'ledger-trouble') notice(answer.reply)
    else notice({ kind: 'not-now' })
    await read()
    return answer.ok ? answer.reply : null
  }

  return {
    read,
    query: async (orderNumber) => {
      await acted(await door.call('order.query', { orderNumber }), { kind: 'asked' })
    },
    revoke: async (orderNumber) => {
      desk({ type: 'dialog', dialog: null })
      await acted(await door.call('order.revoke', { orderNumber }), { kind: 'revoking' })
    },
    takeOn: async (orderNumber, name) => {
      desk({ type: 'named', name })
      desk({ type: 'dialog', dialog: null })
      await acted(await door.call('case.take', { orderNumber, owner: name }), { kind: 'took-on', name })
    },
    settle: async (request) => {
      desk({ type: 'named', name: request.managerName })
      const answer = await door.call('case.settle', request)
      const reply = answer.ok ? answer.reply : null
      if (reply?.kind === 'done' || reply?.kind === 'not-now') {
        const { order } = reply
        store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: now() } })
      }
      if (reply?.kind === 'done') {
        const { orderNumber } = request
        desk({ type: 'dialog', dialog: null })
        desk({ type: 'noticed', notice: null })
        // Whoever settles a case has seen its end; the strip need not tell it again.
        store.dispatch({ type: 'till', event: { type: 'acknowledged', orderNumber } })
      }
      if (reply?.kind === 'refund-begun') {
        desk({ type: 'dialog', dialog: null })
        notice({ kind: 'refunding', amountFen: reply.amountFen })
      }
      await read()
      return reply
    },
    pinState: async () => {
      const answer = await door.call('pin.state', null)
      return answer.ok ? answer.reply.state : null
    },
    setPin: async (pin, again) => {
      const answer = await door.call('pin.set', { pin, again })
      return answer.ok ? answer.reply : null
    },
    writeSlip: async (orderNumber) => {
      const { language } = store.getState()
      const answer = await door.call('case.slip', { orderNumber, language })
      if (!answer.ok) return notice({ kind: 'lost' })
      const { reply } = answer
      if (reply.kind === 'done') return notice({ kind: 'slip', path: reply.textPath })
      if (reply.kind === 'disk-error') return notice({ kind: 'slip-failed', path: reply.path })
      notice({ kind: 'not-now' })
    },
  }
}
