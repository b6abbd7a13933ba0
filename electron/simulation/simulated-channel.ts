import { alipayDefinition } from '../channels/alipay/definition.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import { wechatDefinition } from '../channels/wechat/definition.ts'
import { alipayWireFaults } from '../training/alipay-wire-faults.ts'
import { trainingServers } from '../training/server-registry.ts'
import { wechatWireFaults } from '../training/wechat-wire-faults.ts'
import type { WireFault } from '../training/wire-fault.ts'
import type { Agenda } from './agenda.ts'
import { createAlipayDoor } from './alipay-door.ts'
import type { Phones } from './customers.ts'
import type { Door } from './door.ts'
import type { Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { StoreChannel } from './store-channels.ts'
import { createTrainingDoor, definitionOfServer } from './training-door.ts'
import { createWallet, type Wallet, type WorldAssumptions } from './wallet.ts'
import { walletManners } from './wallet-manners.ts'
import { createWechatDoor } from './wechat-door.ts'

/** A channel as a store of the simulation has it: its wire, the wallet behind it, and the figures that the till goes by. */
export type SimulatedChannel = {
  readonly door: Door
  readonly wallet: Wallet
  readonly definition: ChannelDefinition
}

export type SimulatedChannelParts = {
  readonly agenda: Agenda
  readonly phones: Phones
  readonly faults: Faults
  readonly generator: Generator
  readonly world: WorldAssumptions
  /** Hears what the till did against a channel's protocol. */
  readonly tell: (orderNumber: string, message: string) => void
}

/** The doubtful and strange answers that are a channel's own, by the channel's name. */
export const wireFaultTables: ReadonlyMap<string, readonly WireFault[]> = new Map<string, readonly WireFault[]>([
  ['wechat', wechatWireFaults],
  ['alipay', alipayWireFaults],
  ...trainingServers.map(({ name, wireFaults }) => [name, wireFaults] as const),
])

// Made once for each process: the keys in them have no part in what happens.
let directDoors: Readonly<Record<'wechat' | 'alipay', Door>> | null = null

/**
 * Opens a channel of a store. WeChat v2 and Alipay have doors of their own, quick and with doubtful failures (◇); the
 * others speak through their training servers.
 */
export function openSimulatedChannel({ channel, codes }: StoreChannel, parts: SimulatedChannelParts): SimulatedChannel {
  const { agenda, phones, faults, generator, world, tell } = parts
  const wallet = createWallet(walletManners(channel, codes), agenda, phones, faults, generator, world)
  if (channel === 'wechat' || channel === 'alipay') {
    directDoors ??= { wechat: createWechatDoor(), alipay: createAlipayDoor() }
    const definition = channel === 'wechat' ? wechatDefinition : alipayDefinition
    return { door: directDoors[channel], wallet, definition }
  }
  const server = trainingServers.find(({ name }) => name === channel)
  if (server === undefined) throw new Error(`there is no training ${channel}`)
  return { door: createTrainingDoor(server, agenda.nowMs, tell), wallet, definition: definitionOfServer(server) }
}
