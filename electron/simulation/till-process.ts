import type { Channel } from '../channels/channel.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ConfiguredChannel, Exchange, ExchangeResult } from '../runner/ports.ts'
import { createRunner, type Runner } from '../runner/runner.ts'
import type { ChannelId, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { Auditor } from './auditor.ts'
import type { Phones } from './customers.ts'
import type { FaultKind, Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { MachineTime, ProcessTime } from './machine-time.ts'
import type { Network } from './network.ts'
import type { Seams } from './seams.ts'
import type { SimulatedChannel } from './simulated-channel.ts'
import type { TillStorage } from './till-storage.ts'

/** What a process of the till finds in the world. */
export type ProcessParts = {
  readonly generator: Generator
  readonly faults: Faults
  readonly network: Network
  readonly channels: readonly SimulatedChannel[]
  readonly phones: Phones
  readonly auditor: Auditor
  readonly tillId: string
  readonly seams: Seams
}

/** What a process is to its machine. */
export type ProcessHost = {
  readonly storage: TillStorage
  readonly machine: MachineTime
  readonly process: ProcessTime
  /** Whether another process of this till was there before. */
  readonly isSecond: boolean
  readonly note: (what: string) => void
  readonly kill: (because: FaultKind) => void
  readonly onChange: (order: Order) => void
}

export type TillProcess = {
  readonly runner: Runner
  readonly exchange: Exchange
  readonly channelOf: (order: Order) => Channel
}

/** The simulated channel of an id. */
export function channelOfId(channels: readonly SimulatedChannel[], id: ChannelId): SimulatedChannel {
  const found = channels.find(({ door }) => door.channel.id === id)
  if (!found) throw new Error('a channel that is not there')
  return found
}

/** The line from a process to the wallets: what leaves is judged first, and the process may die at each point of it. */
function exchangeOf(parts: ProcessParts, host: ProcessHost): Exchange {
  const { generator, faults, auditor, tillId, channels } = parts
  const { storage, machine, process, isSecond, note, kill } = host
  const killedBy = (kind: FaultKind): boolean => faults.strikes(kind, generator)
  return (channel, request, timeoutMs, onWire) =>
    new Promise((resolve) => {
      const { door, wallet } = channelOfId(channels, channel.id)
      const read = door.read(request)
      const what = `${read.kind} ${read.orderNumber}`
      if (killedBy('kill-before-send')) return kill('kill-before-send')
      const till = { tillId, disk: storage.disk, isSecond }
      auditor.leaving(till, wallet, read, parts.phones.find(read.pay?.code ?? ''))
      note(`sends ${what}`)
      onWire?.('before-write')
      const sleeps = machine.sleeps()
      const diesMs = killedBy('kill-after-send') ? generator.integer(0, 400) : null
      if (diesMs !== null) process.after(diesMs, () => kill('kill-after-send'))
      parts.network.carry(door, wallet, read, timeoutMs, ({ afterMs, result }) => {
        process.after(afterMs, () => {
          if (killedBy('kill-before-answer')) return kill('kill-before-answer')
          const slept = machine.sleeps() !== sleeps
          const heard = slept ? gone : receivedAt(result, process.clock.now().wallMs)
          note(`hears ${what} ${heard.kind} ${heard.kind === 'answered' ? heard.response.status : heard.reason}`)
          resolve(heard)
        })
      })
    })
}

const gone: ExchangeResult = { kind: 'no-answer', reason: 'reset', detail: 'slept' }

/** Notes when an answer came, as the transport does. */
function receivedAt(result: ExchangeResult, receivedWallMs: number): ExchangeResult {
  return result.kind === 'answered' ? { ...result, response: { ...result.response, receivedWallMs } } : result
}

/** Puts the production runner together for one process; it has taken nothing up yet. */
export function startProcess(parts: ProcessParts, host: ProcessHost, ledger: Ledger): TillProcess {
  const { generator, auditor, tillId, seams } = parts
  const { storage, process, note, onChange } = host
  let sales = 0
  const plain = exchangeOf(parts, host)
  const exchange = seams.exchange?.(plain) ?? plain
  const channels = new Map<ChannelId, ConfiguredChannel>()
  for (const { door } of parts.channels) {
    const { channel } = door
    channels.set(channel.id, { channel: seams.channel?.(channel) ?? channel, amountLimitFen: fen(5_000_000) })
  }
  const channelOf = (order: Order): Channel => {
    const found = channels.get(order.channel)
    if (!found) throw new Error('an order of a channel that is not there')
    return found.channel
  }
  const policyOf = (id: ChannelId): ChannelPolicy => {
    const { policy } = channelOfId(parts.channels, id).definition
    return seams.policy?.(policy) ?? policy
  }
  const runner = createRunner({
    ledger: seams.ledger?.(ledger, storage.disk) ?? ledger,
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
    routes: Object.fromEntries(parts.channels.map(({ door, wallet }) => [wallet.manners.codes, [door.channel.id]])),
    policyOf,
    // The watch of the lines is not simulated: every scan is tried, which is the harder case for the money.
    confirmAway: async () => null,
    refundPolicyOf: (id) => channelOfId(parts.channels, id).definition.refundPolicy,
    onRefundChange: (refund) => {
      if (!process.isAlive()) return
      note(`shows refund ${refund.refundNumber} ${refund.status} ${refund.version}`)
      auditor.showsRefund(refund)
    },
    newSaleId: () => {
      sales += 1
      return `${tillId}-own-${sales}` as SaleId // A sale that the cashier did not name.
    },
    onChange: (order) => {
      if (!process.isAlive()) return
      onChange(order)
      seams.afterShow?.(order, exchange, channelOf(order))
    },
    onTrouble: (problem) => {
      if (problem) note(`trouble ${problem.kind}`)
    },
    onBug: (error) => auditor.bug('', error instanceof Error ? error.message : String(error)),
  })
  return { runner, exchange, channelOf }
}
