import type { Bridge, CallAnswer, CallName, Calls, EventName, TillEvents } from '../electron/api/contract.ts'
import type { BridgeGlobal, BridgePath, HostMessage } from '../electron/api/wire.ts'
import type { Connection } from './till/state.ts'

/** The window's only door to the till, with the state of the way to it. */
export type Door = Bridge & {
  /** Tells each change of the connection, and the present state at once. Returns what ends the telling. */
  readonly onConnection: (listener: (connection: Connection) => void) => () => void
}

declare global {
  // The preload's gift; declared here and read here only.
  interface Window extends BridgeGlobal {}
}

const path: BridgePath = '/bridge'
const retryFirstMs = 250
const retryMostMs = 2_000
const anotherWindowCode = 4409
/** Longer than any call takes by itself: payments are answered as soon as their intent is on disk. */
const callTimeoutMs = 20_000

type Waiting = { readonly settle: (answer: CallAnswer<CallName>) => void; readonly timer: number }
type Listeners = { readonly [Name in EventName]: Set<(event: TillEvents[Name]) => void> }

const lost = (detail: string): CallAnswer<never> => ({ ok: false, refusal: { code: 'failed', detail } })

/** Electron's preload offers the bridge itself; its way is inside the same program and does not break. */
const directDoor = (bridge: Bridge): Door => ({
  // A call that the main process could not take at all is told like a lost one: nobody knows whether it was done.
  call: (name, request) => bridge.call(name, request).catch(() => lost('the till did not answer')),
  on: bridge.on,
  onConnection: (listener) => {
    listener('live')
    return () => {}
  },
})

function socketDoor(): Door {
  const waiting = new Map<number, Waiting>()
  const listeners: Listeners = {
    'order.changed': new Set(),
    'readiness.changed': new Set(),
    'refund.changed': new Set(),
    'scan.arrived': new Set(),
    'scanners.changed': new Set(),
    'print.changed': new Set(),
    'staff.changed': new Set(),
    'shift.changed': new Set(),
    'reconcile.changed': new Set(),
    'pos.changed': new Set(),
  }
  const watchers = new Set<(connection: Connection) => void>()
  let connection: Connection = 'connecting'
  let socket: WebSocket | null = null
  let nextId = 1
  let retryMs = retryFirstMs

  const become = (next: Connection): void => {
    if (next === connection) return
    connection = next
    for (const watcher of watchers) watcher(next)
  }

  const settleAll = (detail: string): void => {
    for (const { settle, timer } of waiting.values()) {
      window.clearTimeout(timer)
      settle(lost(detail))
    }
    waiting.clear()
  }

  const hear = (text: string): void => {
    // The host is our own program at our own origin; both ends are compiled against the same wire types.
    const message = JSON.parse(text) as HostMessage
    if ('event' in message) {
      const { event, payload } = message
      // The set of a name holds listeners of that name's event only, because `on` is the only way in.
      for (const tell of listeners[event]) (tell as (told: typeof payload) => void)(payload)
      return
    }
    const call = message.id === null ? undefined : waiting.get(message.id)
    if (!call || message.id === null) return
    waiting.delete(message.id)
    window.clearTimeout(call.timer)
    call.settle(message.answer)
  }

  const connect = (): void => {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
    const attempt = new WebSocket(`${scheme}://${window.location.host}${path}`)
    socket = attempt
    attempt.addEventListener('open', () => {
      retryMs = retryFirstMs
      become('live')
    })
    attempt.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') hear(event.data)
    })
    attempt.addEventListener('close', (event) => {
      socket = null
      settleAll('connection lost')
      const elsewhere = event.code === anotherWindowCode
      become(elsewhere ? 'another-window' : 'lost')
      window.setTimeout(connect, elsewhere ? retryMostMs : retryMs)
      retryMs = Math.min(retryMs * 2, retryMostMs)
    })
  }
  connect()

  return {
    call: <Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<CallAnswer<Name>> => {
      const open = socket
      if (!open || open.readyState !== WebSocket.OPEN) return Promise.resolve(lost('not connected'))
      const id = nextId
      nextId += 1
      return new Promise((resolve) => {
        const timer = window.setTimeout(() => {
          waiting.delete(id)
          resolve(lost('no answer'))
        }, callTimeoutMs)
        // The host answers each id with the answer of its call (wire.ts).
        waiting.set(id, { settle: (answer) => resolve(answer as CallAnswer<Name>), timer })
        open.send(JSON.stringify({ id, name, request }))
      })
    },
    on: (name, listener) => {
      listeners[name].add(listener)
      return () => listeners[name].delete(listener)
    },
    onConnection: (listener) => {
      watchers.add(listener)
      listener(connection)
      return () => watchers.delete(listener)
    },
  }
}

/** Opens the door that this page has: Electron's own, or a connection to the host that served the page. */
export const openDoor = (): Door => (window.scantill ? directDoor(window.scantill) : socketDoor())
