import type { Channel } from '../channels/channel.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { ConfiguredChannel, Exchange, ExchangeResult } from '../runner/ports.ts'
import {
  type ActOutcome,
  createRunner,
  type OrderAct,
  type Runner,
  type ScanOutcome,
  type ScanToCharge,
} from '../runner/runner.ts'
import type { ChannelId, OrderNumber, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { type ChannelPolicy, defaultPolicies } from '../till/policy.ts'
import type { Agenda } from './agenda.ts'
import type { Auditor } from './auditor.ts'
import type { Phones, WalletName } from './customers.ts'
import { type CommitFate, type Disk, formatDisk, openDiskLedger } from './disk-ledger.ts'
import type { Door } from './door.ts'
import type { EventLog } from './event-log.ts'
import type { FaultKind, Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import { createMachineTime, type MachineTime } from './machine-time.ts'
import type { Network } from './network.ts'
import type { Seams } from './seams.ts'
import type { Wallet } from './wallet.ts'

export type TillParts = {
  readonly agenda: Agenda
  readonly generator: Generator
  readonly faults: Faults
  readonly network: Network
  readonly doors: Readonly<Record<WalletName, Door>>
  readonly wallets: Readonly<Record<WalletName, Wallet>>
  readonly phones: Phones
  readonly auditor: Auditor
  readonly log: EventLog
  readonly tillId: string
  readonly ledgerMark: string
  readonly seams: Seams
}

/** `dead`: the process died meanwhile, or there is none; nobody knows more. */
export type Answer<Value> = Value | 'dead'

/** A till: a machine with a disk, a process that is killed and started again, and a screen. */
export type TillMachine = {
  readonly tillId: string
  readonly disk: Disk
  readonly time: MachineTime
  take(request: ScanToCharge): Promise<Answer<ScanOutcome>>
  act(orderNumber: OrderNumber, act: OrderAct): Promise<Answer<ActOutcome>>
  /** What the screen shows of an order. */
  shown(orderNumber: OrderNumber): Order | undefined
  /** Resolves when the screen shows the order at an end or as a case for a person, or when patience ends. */
  untilEnded(orderNumber: OrderNumber, patienceMs: number): Promise<Order | null>
  readonly isRunning: () => boolean
  start(): Promise<void>
  kill(because: FaultKind | null): void
  /** Writes fail for a while. */
  breakDisk(problem: LedgerProblem, forMs: number): void
}

type Running = { readonly runner: Runner; readonly kill: () => void; readonly died: Promise<'dead'> }

const channelNames = ['wechat', 'alipay'] as const satisfies readonly WalletName[]
const isEnded = (order: Order): boolean => isFinal(order.status) || order.status === 'attention'

/** Puts a till together from the production runner and the simulated world, and leaves it switched off. */
export function createTillMachine(parts: TillParts): TillMachine {
  const { agenda, generator, faults, auditor, log, tillId, seams, doors, wallets } = parts
  const time = createMachineTime(agenda)
  const disk = formatDisk(time.wallMs(), parts.ledgerMark)
  const screen = new Map<OrderNumber, Order>()
  let waiting: { readonly orderNumber: OrderNumber; readonly tell: (order: Order) => void }[] = []
  let running: Running | null = null
  let brokenUntilMs = 0
  let brokenBy: LedgerProblem = { kind: 'closed' }
  let sales = 0

  const note = (what: string): void => log.note(agenda.nowMs(), `till ${tillId}`, what)

  const kill: TillMachine['kill'] = (because) => {
    if (running === null) return
    note(`killed ${because ?? ''}`)
    const dying = running
    running = null
    dying.kill()
    // Somebody starts it again: at once, or once somebody has noticed.
    agenda.after(Math.round(generator.logUniform(800, 400_000)), () => void start())
  }
  const killedBy = (kind: FaultKind): boolean => faults.strikes(kind, generator)

  const fate = (): CommitFate => {
    const afterMs = faults.strikes('slow-commit', generator)
      ? Math.round(generator.logUniform(200, 6_000))
      : generator.integer(1, 4)
    if (killedBy('kill-before-commit')) return { kind: 'killed-before', afterMs }
    if (killedBy('kill-after-commit')) return { kind: 'killed-after', afterMs }
    if (agenda.nowMs() < brokenUntilMs) return { kind: 'refused', problem: brokenBy, afterMs }
    const problem: LedgerProblem = { kind: 'disk-error', path: 'simulated', detail: 'simulated' }
    if (faults.strikes('durable-but-error', generator)) return { kind: 'durable-but-refused', problem, afterMs }
    if (faults.strikes('io-error', generator)) return { kind: 'refused', problem, afterMs }
    return { kind: 'done', afterMs }
  }

  const show = (order: Order): void => {
    screen.set(order.orderNumber, order)
    note(`shows ${order.orderNumber} ${order.status} ${order.version}`)
    auditor.shows(tillId, order)
    if (!isEnded(order)) return
    const told = waiting.filter(({ orderNumber }) => orderNumber === order.orderNumber)
    waiting = waiting.filter(({ orderNumber }) => orderNumber !== order.orderNumber)
    for (const { tell } of told) tell(order)
  }

  const exchangeIn = (process: ReturnType<MachineTime['process']>): Exchange => {
    return (channel, request, timeoutMs) =>
      new Promise((resolve) => {
        // A channel's id is the name of its wallet here.
        const name = channel.id as unknown as WalletName
        const read = doors[name].read(request)
        const what = `${read.kind} ${read.orderNumber}`
        if (killedBy('kill-before-send')) return kill('kill-before-send')
        auditor.leaving(
          { tillId, disk, wallMs: time.wallMs() },
          wallets[name],
          read,
          parts.phones.find(read.pay?.code ?? ''),
        )
        note(`sends ${what}`)
        const sleeps = time.sleeps()
        const diesMs = killedBy('kill-after-send') ? generator.integer(0, 400) : null
        if (diesMs !== null) process.after(diesMs, () => kill('kill-after-send'))
        parts.network.carry(doors[name], wallets[name], read, timeoutMs, ({ afterMs, result }) => {
          process.after(afterMs, () => {
            if (killedBy('kill-before-answer')) return kill('kill-before-answer')
            const slept = time.sleeps() !== sleeps
            const heard: ExchangeResult = slept ? { kind: 'no-answer', reason: 'reset', detail: 'slept' } : result
            note(`hears ${what} ${heard.kind} ${heard.kind === 'answered' ? heard.response.status : heard.reason}`)
            resolve(heard)
          })
        })
      })
  }

  const start: TillMachine['start'] = async () => {
    if (running !== null) return
    if (time.isAsleep()) {
      agenda.after(60_000, () => void start())
      return
    }
    note('starts')
    const process = time.process()
    const died = Promise.withResolvers<'dead'>()
    const ledger = openDiskLedger(disk, {
      fate,
      after: process.after,
      kill: () => kill(null),
      onCommit: ({ type, subjectId, hash }) => note(`commits ${subjectId} ${type} ${hash}`),
      onBug: (message) => auditor.bug('', message),
      ledgerMark: parts.ledgerMark,
      wallMs: time.wallMs,
    })
    const seamed = seams.ledger?.(ledger, disk) ?? ledger
    const plain = exchangeIn(process)
    const exchange = seams.exchange?.(plain) ?? plain
    const channels = new Map<ChannelId, ConfiguredChannel>()
    for (const name of channelNames) {
      const { channel } = doors[name]
      channels.set(channel.id, { channel: seams.channel?.(channel) ?? channel, amountLimitFen: fen(5_000_000) })
    }
    const channelOf = (order: Order): Channel => {
      const found = channels.get(order.channel)
      if (!found) throw new Error('an order of a channel that is not there')
      return found.channel
    }
    const policyOf = (id: ChannelId): ChannelPolicy => {
      const policy = defaultPolicies[id as unknown as WalletName] // As above: the ids are the wallets' names.
      return seams.policy?.(policy) ?? policy
    }
    const runner = createRunner({
      ledger: seamed,
      exchange,
      clock: process.clock,
      alarms: process.alarms,
      nonce: () => String(generator.integer(0, 2 ** 48)).padStart(32, '0'),
      merchant: {
        store: { id: 'S001', name: '模拟门店' },
        till: { id: tillId },
        callerAddress: '192.0.2.1',
        subject: '模拟门店',
      },
      channels: { find: (id) => channels.get(id) },
      routes: { wechat: doors.wechat.channel.id, alipay: doors.alipay.channel.id },
      policyOf,
      // The watch of the lines is not simulated: every scan is tried, which is the harder case for the money.
      confirmAway: async () => null,
      // The simulated cashier never refunds.
      refundPolicyOf: () => undefined,
      onRefundChange: () => undefined,
      newSaleId: () => {
        sales += 1
        return `${tillId}-own-${sales}` as SaleId // A sale that the cashier did not name.
      },
      onChange: (order) => {
        if (!process.isAlive()) return
        show(order)
        seams.afterShow?.(order, exchange, channelOf(order))
      },
      onTrouble: (problem) => {
        if (problem) note(`trouble ${problem.kind}`)
      },
      onBug: (error) => auditor.bug('', error instanceof Error ? error.message : String(error)),
    })
    running = {
      runner,
      died: died.promise,
      kill: () => {
        process.kill()
        died.resolve('dead')
      },
    }
    // The screen's list comes from the ledger: what ended in the moment of the kill is seen there.
    for (const order of disk.orders.values()) {
      const last = screen.get(order.orderNumber)
      if (isFinal(order.status) && last?.status !== order.status) show(order)
    }
    const resumed = await runner.resume()
    if ('resumed' in resumed && resumed.resumed > 0) note(`resumes ${resumed.resumed}`)
    seams.afterStart?.(runner.open(), exchange, channelOf)
  }

  const asked = async <Value>(ask: (runner: Runner) => Promise<Value>): Promise<Answer<Value>> =>
    running === null || time.isAsleep() ? 'dead' : Promise.race([ask(running.runner), running.died])

  return {
    tillId,
    disk,
    time,
    take: async (request) => {
      const outcome = await asked((runner) => runner.take(seams.scan?.(request) ?? request))
      note(`scan ${outcome === 'dead' ? outcome : outcome.kind}`)
      return outcome
    },
    act: (orderNumber, act) => {
      note(`cashier wants ${act} ${orderNumber}`)
      return asked((runner) => runner.act(orderNumber, act, 'cashier'))
    },
    shown: (orderNumber) => screen.get(orderNumber),
    untilEnded: (orderNumber, patienceMs) =>
      new Promise((resolve) => {
        const order = screen.get(orderNumber)
        if (order && isEnded(order)) return resolve(order)
        const tell = (ended: Order): void => resolve(ended)
        waiting.push({ orderNumber, tell })
        agenda.after(patienceMs, () => {
          waiting = waiting.filter((waiter) => waiter.tell !== tell)
          resolve(null)
        })
      }),
    isRunning: () => running !== null,
    start,
    kill,
    breakDisk(problem, forMs) {
      brokenBy = problem
      brokenUntilMs = agenda.nowMs() + forMs
    },
  }
}
