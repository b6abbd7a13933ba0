import type { CallName, Calls, EventName, Readiness, TillEvents, TillSnapshot } from '../api/contract.ts'
import type { TillService } from './service.ts'

/** A till for the tests of the hosts: what was asked of it, and answers that a test sets. */
export type FakeTill = TillService & {
  readonly asked: readonly { readonly name: CallName; readonly request: unknown }[]
  answer<Name extends CallName>(name: Name, reply: () => Promise<Calls[Name]['reply']> | Calls[Name]['reply']): void
  emit<Name extends EventName>(name: Name, event: TillEvents[Name]): void
  readonly listeners: number
  readonly closed: boolean
}

export const readiness: Readiness = {
  ledger: { state: 'ready', problem: null },
  certificates: [],
  backup: { state: 'ready', madeWallMs: Date.UTC(2026, 2, 18, 4), isDamaged: false, making: null },
  channels: [{ id: 'wechat', state: 'ready', away: null, wallets: ['wechat'] }],
  networkAway: null,
  owed: { count: 0, oldestAgeMs: null },
  clockOffsetMs: null,
  updateReady: null,
}

export const snapshot: TillSnapshot = {
  mode: 'training',
  store: { id: 'S001', name: '示例便利店' },
  till: { id: '01' },
  host: 'browser',
  version: '0.1.0',
  amountLimitFen: 5_000_000,
  passwordLikelyAboveFen: { wechat: 100_000 },
  wallets: ['wechat', 'alipay'],
  channelRevokes: { wechat: 'revoke', alipay: 'revoke' },
  openOrders: [],
  readiness,
  gunKeyGap: { ms: 35, leastMs: 15, mostMs: 60 },
  pos: { kind: 'off' },
  sound: { on: true, tonesPercent: 100, voicePercent: 100 },
  reconcileNotice: null,
  customerDisplay: { open: 'by-hand', language: 'both', hasReceiptCode: false },
  language: 'zh-CN',
}

type Replies = { [Name in CallName]?: () => Promise<Calls[Name]['reply']> | Calls[Name]['reply'] }
type Listener = (event: TillEvents[EventName]) => void

/** Answers `till.snapshot` with `snapshot` until told otherwise; a call without an answer is a bug and rejects. */
export function fakeTill(): FakeTill {
  const asked: { name: CallName; request: unknown }[] = []
  const replies: Replies = { 'till.snapshot': () => snapshot }
  const listeners = new Map<Listener, EventName>()
  let closed = false
  return {
    asked,
    async call(name, request) {
      asked.push({ name, request })
      const reply = replies[name]
      if (reply === undefined) throw new Error(`no answer set for ${name}`)
      return await reply()
    },
    on(name, listener) {
      // Only called with events of `name`, see `emit`.
      const kept = listener as Listener
      listeners.set(kept, name)
      return () => listeners.delete(kept)
    },
    async close() {
      closed = true
    },
    answer(name, reply) {
      // The type of one property, written through a generic key.
      Object.assign(replies, { [name]: reply })
    },
    emit(name, event) {
      for (const [listener, itsName] of listeners) if (itsName === name) listener(event)
    },
    get listeners() {
      return listeners.size
    },
    get closed() {
      return closed
    },
  }
}
