import type { Channel } from '../channels/channel.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Exchange } from '../runner/ports.ts'
import type { ScanToCharge } from '../runner/runner.ts'
import type { Order } from '../till/order/order.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { Disk } from './disk.ts'

/**
 * Where a simulated till can be put together wrongly on purpose, so that the auditor is put to the test: each seam
 * wraps one port of the program. The plain simulation uses none.
 */
export type Seams = {
  readonly ledger?: (ledger: Ledger, disk: Disk) => Ledger
  readonly exchange?: (exchange: Exchange) => Exchange
  readonly channel?: (channel: Channel) => Channel
  readonly policy?: (policy: ChannelPolicy) => ChannelPolicy
  readonly scan?: (request: ScanToCharge) => ScanToCharge
  /** What a process that was just started does with the orders that it found open, besides resuming them. */
  readonly afterStart?: (open: readonly Order[], exchange: Exchange, channelOf: (order: Order) => Channel) => void
  /** What is done when an order is shown, besides showing it. */
  readonly afterShow?: (order: Order, exchange: Exchange, channel: Channel) => void
  /** What the screen is given as the list of open orders. */
  readonly openOrders?: (open: readonly Order[]) => readonly Order[]
  /** The data folder's lock is left out. */
  readonly hasNoLock?: boolean
  /** Commits are reported as durable and are not synced. Needs a real ledger. */
  readonly isUnsynced?: boolean
}
