import type { Channel, HttpResponse } from '../channels/channel.ts'
import { foldEntries } from '../ledger/fold.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { ReplayFile } from '../ledger/replay-file.ts'
import type { Exchange } from '../runner/ports.ts'
import { createRunner, type Runner } from '../runner/runner.ts'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { OrderEvent } from '../till/order/event.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { type Agenda, createAgenda } from './agenda.ts'
import { formatDisk } from './disk.ts'
import { openDiskLedger } from './disk-ledger.ts'
import type { RequestKind } from './door.ts'
import { type RecordedProcess, type Timeline, timelineOf } from './replay-timeline.ts'

/** How an order stands, as far as two runs of it can be compared. */
export type ReplayEnd = Pick<
  Order,
  'status' | 'revokeEffect' | 'failureReason' | 'attentionReason' | 'transactionId' | 'queries' | 'revokes'
>

export type ReplayReport = {
  readonly recorded: ReplayEnd
  readonly replayed: ReplayEnd | null
  readonly events: number
  /** Where the two runs part, in the order of time; empty when the same things happened. */
  readonly differences: readonly string[]
  /** How far the same event lay apart at most: a timer of a real till is late by a little. */
  readonly largestShiftMs: number
}

type Answer = Extract<OrderEvent, { readonly outcome: unknown }>
type Process = {
  readonly runner: Runner
  readonly kill: () => void
  readonly isAlive: () => boolean
}

const kindOf = { 'pay-answered': 'pay', 'query-answered': 'query', 'revoke-answered': 'revoke' } as const
const isAnswer = (event: OrderEvent | { readonly type: 'created' }): event is Answer => event.type in kindOf

/**
 * Plays a recorded order again through the production runner: the same scan, the same answers in the same order at the
 * same times, the same acts of people, the same ends and starts of the program; what the program does with it is its own.
 */
export async function replay(file: ReplayFile): Promise<ReplayReport> {
  const timeline = timelineOf(file.entries)
  const agenda = createAgenda(0)
  const world = createReplayWorld(timeline, agenda)
  for (const [place, process] of timeline.processes.entries())
    world.plan(process, timeline.processes[place + 1] ?? null)
  const endsAtMs = timeline.events.at(-1)?.atMs ?? 0
  await agenda.run(endsAtMs + 1)
  const made = world.entries()
  return compare(file.entries, made, world.differences)
}

/** The recorded till's surroundings: its clocks, its channel's answers, its people. */
function createReplayWorld(timeline: Timeline, agenda: Agenda) {
  const { events } = timeline
  const created = events[0]?.event
  if (created?.type !== 'created') throw new Error('a journal that does not begin with its order')
  const disk = formatDisk(created.at.wallMs, 'RPLY')
  const differences: string[] = []
  let nextAnswer = 0
  let running: Process | null = null
  const madeNumber = (): OrderNumber | undefined => [...disk.entriesOfOrder.keys()][0]

  /** The answer that the record has next for a process; the request waits for ever where the process was cut off. */
  const exchangeIn =
    (process: RecordedProcess): Exchange =>
    (_channel, request, _timeoutMs, onWire) =>
      new Promise((resolve) => {
        const kind = request.body as RequestKind // Written by the channel below.
        nextAnswer = Math.max(nextAnswer, process.from)
        const place = events.findIndex(({ event }, at) => at >= nextAnswer && at < process.to && isAnswer(event))
        const found = events[place]
        if (!found || !isAnswer(found.event)) return
        const recordedKind = kindOf[found.event.type]
        if (recordedKind !== kind) {
          differences.push(`at ${agenda.nowMs()} ms the till sends a ${kind}, where the record has a ${recordedKind}`)
          return
        }
        nextAnswer = place + 1
        const { event } = found
        if (event.type === 'pay-answered' && event.leftAt) {
          const leftMs = found.atMs - Math.round(event.at.monotonicMs - event.leftAt.monotonicMs)
          agenda.at(Math.max(agenda.nowMs(), leftMs), () => onWire?.('before-write'))
        }
        const response: HttpResponse = { status: 200, headers: { place: String(place) }, body: new Uint8Array() }
        agenda.at(found.atMs, () => resolve({ kind: 'answered', response }))
      })

  const start = (recorded: RecordedProcess): Process => {
    let alive = true
    const monotonicMs = (): number => recorded.startsMonotonicMs + agenda.nowMs() - recorded.startsAtMs
    const ledger = openDiskLedger(
      disk,
      {
        fate: () => ({ kind: 'done', afterMs: 0 }),
        after: (delayMs, happens) => agenda.after(delayMs, () => (alive ? happens() : undefined)),
        isAlive: () => alive,
        kill: () => undefined,
        onCommit: () => undefined,
        onBug: (message) => differences.push(message),
        wallMs: () => timeline.wallMsAt(agenda.nowMs()),
      },
      'RPLY',
    )
    const runner = createRunner({
      ledger,
      exchange: exchangeIn(recorded),
      clock: { now: () => ({ wallMs: timeline.wallMsAt(agenda.nowMs()), monotonicMs: monotonicMs() }) },
      alarms: {
        set: (targetMs, ring) =>
          agenda.at(agenda.nowMs() + Math.ceil(targetMs - monotonicMs()), () => (alive ? ring() : undefined)),
      },
      nonce: () => '0'.repeat(32),
      merchant: { store: { id: 'RP', name: '' }, till: { id: '1' }, callerAddress: '192.0.2.1', subject: '' },
      channels: {
        find: () => ({ channel: recordedChannel(timeline, created.channel), amountLimitFen: fen(10 ** 12) }),
      },
      routes: { [created.wallet]: [created.channel] },
      policyOf: () => created.policy,
      confirmAway: async () => null,
      refundPolicyOf: () => undefined,
      onRefundChange: () => undefined,
      newSaleId: () => created.saleId,
      onChange: () => undefined,
      onTrouble: () => undefined,
      onBug: (error) => differences.push(error instanceof Error ? error.message : String(error)),
    })
    return {
      runner,
      isAlive: () => alive,
      kill: () => {
        alive = false
      },
    }
  }

  const act = (event: OrderEvent): void => {
    const orderNumber = madeNumber()
    if (running === null || orderNumber === undefined) return
    const { runner } = running
    if (event.type === 'query-requested')
      void runner.act(orderNumber, 'query', event.by === 'till' ? 'staff' : event.by)
    if (event.type === 'revoke-requested') void runner.act(orderNumber, 'revoke', event.by)
    if (event.type === 'parked') void runner.act(orderNumber, 'park', 'cashier')
    if (event.type === 'unparked') void runner.act(orderNumber, 'unpark', 'cashier')
  }

  /** Plans what begins a process, what people do in it, and its end right after the last thing that it did. */
  const plan = (process: RecordedProcess, next: RecordedProcess | null): void => {
    agenda.at(process.startsAtMs, () => {
      running = start(process)
      if (process.from > 0) void running.runner.resume()
      else void running.runner.take(scanOf(created.maskedCode, created))
    })
    for (const { atMs, event } of events.slice(process.from, process.to)) {
      if (event.type !== 'created') agenda.at(atMs, () => act(event))
    }
    const last = events[process.to - 1]
    if (next && last) agenda.at(last.atMs + 1, () => running?.kill())
  }

  return {
    plan,
    differences,
    entries: (): readonly JournalEntry[] => disk.entriesOfOrder.get(madeNumber() ?? ('' as OrderNumber)) ?? [],
  }
}

/** A code of the recorded wallet and end that is nobody's: the journal does not know the digits between. */
function scanOf(maskedCode: string, { amountFen, saleId }: { amountFen: Order['amountFen']; saleId: Order['saleId'] }) {
  const scan = maskedCode.replace(/\D/g, '').padEnd(6, '0')
  return { scan: `${scan.slice(0, 2)}${scan.slice(2).padStart(16, '0')}`, amountFen, saleId, anotherCustomer: false }
}

const never = (): never => {
  throw new Error('a replay refunds nothing')
}

/** A channel whose decoders answer what the recorded till had understood. */
function recordedChannel(timeline: Timeline, id: Order['channel']): Channel {
  const encode = (kind: RequestKind) => () =>
    ({ method: 'POST', url: 'replay:', headers: {}, body: kind, clientCertificate: false }) as const
  const outcomeOf = (type: Answer['type'], { headers }: HttpResponse) => {
    const event = timeline.events[Number(headers.place)]?.event
    if (event?.type !== type) throw new Error('an answer of another kind than the request')
    return event
  }
  return {
    id,
    connection: {},
    pay: {
      encode: encode('pay'),
      decode: (_order, response) => {
        const event = outcomeOf('pay-answered', response)
        if (event.type !== 'pay-answered') throw new Error('no answer to a pay request')
        return event.outcome
      },
    },
    query: {
      encode: encode('query'),
      decode: (_order, response) => {
        const event = outcomeOf('query-answered', response)
        if (event.type !== 'query-answered') throw new Error('no answer to a query')
        return event.outcome
      },
    },
    refund: { encode: never, decode: never },
    queryRefund: { encode: never, decode: never },
    revoke: {
      encode: encode('revoke'),
      decode: (_order, response) => {
        const event = outcomeOf('revoke-answered', response)
        if (event.type !== 'revoke-answered') throw new Error('no answer to a revoke')
        return event.outcome
      },
    },
  }
}

/**
 * The entries without parking that came when the order was at its end already: a wish that crossed the last answer on
 * its way to the disk. It changes nothing, and a replay, whose commits take no time, does not write it.
 */
function withoutLateParking(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.filter(({ type }, place) => {
    if (type !== 'parked' && type !== 'unparked') return true
    const before = foldEntries(entries.slice(0, place))
    return before.kind !== 'order' || !isFinal(before.order.status)
  })
}

function compare(
  allRecorded: readonly JournalEntry[],
  allMade: readonly JournalEntry[],
  met: readonly string[],
): ReplayReport {
  const recorded = withoutLateParking(allRecorded)
  const made = withoutLateParking(allMade)
  const differences = [...met]
  let largestShiftMs = 0
  for (let place = 0; place < Math.max(recorded.length, made.length); place += 1) {
    const was = recorded[place]
    const is = made[place]
    if (was?.type !== is?.type) {
      differences.push(`event ${place + 1}: recorded ${was?.type ?? 'nothing'}, replayed ${is?.type ?? 'nothing'}`)
      break
    }
    const shiftMs = Math.abs((is?.wallMs ?? 0) - (was?.wallMs ?? 0))
    largestShiftMs = Math.max(largestShiftMs, shiftMs)
  }
  const endOf = (entries: readonly JournalEntry[]): ReplayEnd | null => {
    const folded = foldEntries(entries)
    if (folded.kind !== 'order') return null
    const { status, revokeEffect, failureReason, attentionReason, transactionId, queries, revokes } = folded.order
    return { status, revokeEffect, failureReason, attentionReason, transactionId, queries, revokes }
  }
  const recordedEnd = endOf(recorded)
  if (recordedEnd === null) throw new Error('a replay file that was not checked')
  const replayedEnd = endOf(made)
  for (const [field, value] of Object.entries(recordedEnd)) {
    const other = replayedEnd?.[field as keyof ReplayEnd] // A field of the very type.
    if (other !== value) differences.push(`${field}: recorded ${String(value)}, replayed ${String(other)}`)
  }
  return { recorded: recordedEnd, replayed: replayedEnd, events: recorded.length, differences, largestShiftMs }
}
