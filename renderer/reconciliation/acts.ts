import type { Calls, ManagerProof, ManagerRefusal, SignOffResult } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import { chosenDifference, type DifferenceAct, type ReconcileSaid, type ReconciliationEvent } from './state.ts'

/** What the screens for reconciliation ask of the main side. */
export type ReconciliationActs = {
  readonly read: () => Promise<void>
  /** Two weeks older or newer. */
  readonly page: (by: 1 | -1) => Promise<void>
  readonly choose: (cell: { readonly channel: string; readonly date: string }) => void
  readonly open: (isOpen: boolean) => void
  readonly run: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Brings a file for the chosen day, a piece at a time: neither side ever holds the whole of it. */
  readonly bring: (file: File) => Promise<void>
  readonly act: (act: DifferenceAct, reason?: string) => Promise<void>
  /** Null when it was signed; else why not. */
  readonly signOff: (
    proof: ManagerProof,
    note: string,
  ) => Promise<Exclude<SignOffResult, { kind: 'done' }> | 'lost' | null>
  readonly writeReport: () => Promise<void>
}

/** A refusal that is the manager's, and not the day's. */
export const isManagerRefusal = (result: SignOffResult): result is ManagerRefusal =>
  !['done', 'no-run', 'newer-run', 'disk-error'].includes(result.kind)

/** Makes the acts of one window. */
export function createReconciliationActs(door: Door, store: AppStore): ReconciliationActs {
  const now = () => store.getState().reconciliation
  const tell = (event: ReconciliationEvent): void => {
    // A screen that was left begins anew.
    if (store.getState().screen === 'reconciliation') store.dispatch({ type: 'reconciliation', event })
  }
  const say = (said: ReconcileSaid | null): void => tell({ type: 'said', said })
  let newest: string | null = null
  let reading = 0

  const readDay = async (): Promise<void> => {
    const { cell } = now()
    if (cell === null) return
    const answer = await door.call('reconcile.day', cell)
    if (answer.ok) tell({ type: 'day-read', detail: answer.reply })
  }
  const read = async (): Promise<void> => {
    reading += 1
    const turn = reading
    const answer = await door.call('reconcile.days', { newest })
    // An older answer that comes late must not take a newer one's place.
    if (turn !== reading) return
    tell({ type: 'days-read', overview: answer.ok ? answer.reply : 'lost' })
    await readDay()
  }
  /** At most one reading more for however much news comes while one is under way. */
  const news = { isUnread: false }
  let isFollowing = false
  const follow = async (): Promise<void> => {
    while (news.isUnread) {
      news.isUnread = false
      await read()
    }
    isFollowing = false
  }
  door.on('reconcile.changed', () => {
    if (store.getState().screen !== 'reconciliation') return
    news.isUnread = true
    if (isFollowing) return
    isFollowing = true
    void follow()
  })

  /** Sends the bytes, each piece after the one before, and says how far it is; answers what came of it. */
  const send = async (file: File, cell: Calls['reconcile.day']['request']): Promise<ReconcileSaid> => {
    const { name, size } = file
    const begun = await door.call('reconcile.drop-file', { step: 'begin', name: name.slice(-255), bytes: size })
    if (!begun.ok) return { about: 'lost' }
    if (begun.reply.kind !== 'begun') return fileSaid(begun.reply)
    const { drop, pieceBytes } = begun.reply
    const toldBytes = Math.max(pieceBytes, Math.ceil(size / 50))
    for (let offset = 0, told = 0; offset < size; offset += pieceBytes) {
      const bytes = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer())
      const piece = { step: 'piece', drop, offset, base64: base64Of(bytes) } as const
      const answer = await door.call('reconcile.drop-file', piece)
      if (!answer.ok) return { about: 'lost' }
      if (answer.reply.kind !== 'taken') return fileSaid(answer.reply)
      if (offset - told < toldBytes) continue
      told = offset
      say({ about: 'bringing', name, bytes: size, done: offset })
    }
    const ended = await door.call('reconcile.drop-file', { step: 'end', drop, ...cell })
    return ended.ok ? fileSaid(ended.reply) : { about: 'lost' }
  }

  const act: ReconciliationActs['act'] = async (wanted, reason = '') => {
    const { cell } = now()
    const difference = chosenDifference(now())
    if (cell === null || difference === null) return
    if (wanted === 'refund') {
      store.dispatch({ type: 'screen-changed', screen: 'orders' })
      store.dispatch({ type: 'detail-changed', orderNumber: difference.orderNumber })
      return
    }
    // The other till's export is a file; whoever has it brings it.
    if (wanted === 'import-till') return
    const answer = await door.call('reconcile.act', { ...cell, key: difference.key, act: wanted, reason })
    say(answer.ok ? { about: 'act', result: answer.reply } : { about: 'lost' })
    if (answer.ok && answer.reply.kind === 'done') tell({ type: 'dialog', dialog: null })
    await read()
  }

  return {
    read: () => {
      newest = null
      return read()
    },
    page: async (by) => {
      const { overview } = now()
      if (overview === null || overview === 'lost') return
      const [first] = overview.dates
      const last = overview.dates.at(-1)
      const wanted = by === 1 ? last : first && laterDate(first, overview.dates.length - 1)
      if (wanted === undefined) return
      newest = wanted
      const { cell } = now()
      if (cell !== null) tell({ type: 'cell-chosen', cell: { ...cell, date: wanted } })
      await read()
    },
    choose: (cell) => {
      tell({ type: 'cell-chosen', cell })
      void readDay()
    },
    open: (isOpen) => {
      tell({ type: 'opened', isOpen })
      if (isOpen) void readDay()
    },
    run: async () => {
      const { cell } = now()
      if (cell === null) return
      const answer = await door.call('reconcile.run', cell)
      say(answer.ok ? { about: 'run', result: answer.reply } : { about: 'lost' })
    },
    stop: async () => {
      const answer = await door.call('reconcile.stop', null)
      say(answer.ok ? { about: 'stop', result: answer.reply } : { about: 'lost' })
    },
    bring: async (file) => {
      const { cell } = now()
      if (cell === null || now().said?.about === 'bringing') return
      say({ about: 'bringing', name: file.name, bytes: file.size, done: 0 })
      say(await send(file, cell).catch((): ReconcileSaid => ({ about: 'file', result: { kind: 'lost' } })))
      await read()
    },
    act,
    signOff: async (proof, note) => {
      const { cell } = now()
      const run = now().detail?.run?.run
      if (cell === null || run === undefined) return { kind: 'no-run' }
      const answer = await door.call('reconcile.sign-off', { ...cell, run, note, proof })
      if (!answer.ok) return 'lost'
      if (answer.reply.kind !== 'done') return answer.reply
      tell({ type: 'dialog', dialog: null })
      say({ about: 'signed' })
      await read()
      return null
    },
    writeReport: async () => {
      const { cell } = now()
      if (cell === null) return
      const { language } = store.getState()
      const answer = await door.call('reconcile.report', { ...cell, language })
      tell({ type: 'dialog', dialog: null })
      say(answer.ok ? { about: 'report', result: answer.reply } : { about: 'lost' })
    },
  }
}

function fileSaid(reply: Calls['reconcile.drop-file']['reply']): ReconcileSaid {
  return reply.kind === 'begun' || reply.kind === 'taken' ? { about: 'lost' } : { about: 'file', result: reply }
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}

/** A date `yyyyMMdd` some days later. */
export function laterDate(date: string, days: number): string {
  const dayMs = 86_400_000
  const wallMs = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)))
  return new Date(wallMs + days * dayMs).toISOString().slice(0, 10).replaceAll('-', '')
}
