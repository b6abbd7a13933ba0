import { shanghaiDate } from '../till/time.ts'
import { createAgenda, EndlessScheduling } from './agenda.ts'
import { createAuditor } from './auditor.ts'
import { netFen } from './book.ts'
import type { Breach } from './breach.ts'
import { createCashier } from './cashier.ts'
import { createPhones } from './customers.ts'
import { createEventLog } from './event-log.ts'
import { createFaults, type FaultCounts, type FaultKind, type Faults } from './faults.ts'
import { createFileStorage } from './file-storage.ts'
import { createGenerator, type Generator } from './generator.ts'
import { createMemoryStorage } from './memory-storage.ts'
import { createNetwork } from './network.ts'
import type { StoreAtRest } from './reconciled-days.ts'
import type { Seams } from './seams.ts'
import { openSimulatedChannel } from './simulated-channel.ts'
import { channelsOfSeed, directChannels, type StoreChannels } from './store-channels.ts'
import { type Client, createTillMachine, type TillMachine } from './till-machine.ts'
import type { Wallet, WorldAssumptions } from './wallet.ts'
import { createWireFaults, type Tellings } from './wire-faults.ts'

export type SimulationOptions = {
  readonly seed: number
  readonly days: number
  /** Customers of one till in one day. */
  readonly customersPerDay: number
  readonly off: ReadonlySet<FaultKind>
  /** How often faults strike, as a multiple of their rates; null lets the seed draw it. */
  readonly intensity: number | null
  readonly tills: 1 | 2
  readonly keepsLog: boolean
  readonly seams: Seams
  readonly world: WorldAssumptions
  /** Which seeds keep their ledgers in real files, by the production writer: none, every tenth, or all. */
  readonly realLedger: RealLedger
  readonly client: Client
  /** The store's two channels: drawn by the seed, or given. */
  readonly channels: 'by-seed' | StoreChannels
  /** Sees the store once everything has come to rest, before its storage ends. */
  readonly atRest?: (store: StoreAtRest) => void
}

export type RealLedger = 'none' | 'share' | 'all'

export type SimulationResult = {
  readonly seed: number
  readonly channels: StoreChannels
  /** Orders by channel. */
  readonly ordersByChannel: Readonly<Record<string, number>>
  readonly breaches: readonly Breach[]
  readonly faults: FaultCounts
  /** How often each channel's own faults were told. */
  readonly tellings: Tellings
  readonly orders: number
  /** How many orders ended in which status. */
  readonly endings: Readonly<Record<string, number>>
  readonly chargedFen: number
  readonly events: number
  /** SHA-256 over everything that happened. */
  readonly digest: string
  readonly log: readonly string[]
}

export const usualOptions: Omit<SimulationOptions, 'seed'> = {
  days: 1,
  customersPerDay: 60,
  off: new Set(),
  intensity: null,
  tills: 2,
  keepsLog: false,
  seams: {},
  world: { doubtfulFailuresShowAtOnce: true, latestAfterTimeoutMs: 20_000 },
  realLedger: 'share',
  client: 'program',
  channels: 'by-seed',
}

const dayMs = 24 * 3_600_000
/** Some ten times what happens in a day of sixty customers: a world that needs more never comes to rest. */
const mostHappenings = 150_000
/** A store opens at 18:00 in Shanghai, so that every simulated day goes through a midnight; some are a month's end. */
const openings = [
  Date.UTC(2026, 10, 23, 10),
  Date.UTC(2026, 10, 30, 10),
  Date.UTC(2026, 11, 31, 10),
  Date.UTC(2027, 1, 28, 10),
  Date.UTC(2028, 1, 29, 10),
] as const
/** A request and its answer take less than these many seconds once the faults are over. */
const mostLooks = 30
/** One seed in so many keeps its ledgers in files where only a share does. */
const seedsPerRealLedger = 10
/** All codes of all simulated days start from these; real ones would be random. */
const ledgerMarks = ['SIM1', 'SIM2'] as const

/** Runs one store from one seed to its end, and has it audited. The same options give the same digest (I14). */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const root = createGenerator(options.seed)
  const openingMs = root.fork('calendar').pick(openings)
  const hasFiles = keepsFiles(options.realLedger, options.seed)
  const agenda = createAgenda(openingMs, mostHappenings * options.days * Math.max(1, options.customersPerDay / 60))
  const drawnIntensity = root.pick([0.25, 1, 1, 2.5])
  const faults = createFaults(options.intensity ?? drawnIntensity, options.off)
  const log = createEventLog(options.keepsLog)
  const phones = createPhones(root.fork('phones'))
  const drawnChannels = options.channels === 'by-seed' ? channelsOfSeed(options.seed) : options.channels
  // The client that does nothing makes no requests, so that a server could not read them.
  const storeChannels = options.client === 'program' ? drawnChannels : directChannels
  const worldParts = {
    agenda,
    phones,
    faults,
    world: options.world,
    tell: (order: string, message: string) => auditor.bug(order, message),
  }
  const channels = storeChannels.map((one) =>
    openSimulatedChannel(one, { ...worldParts, generator: root.fork(one.channel) }),
  )
  const wallets = channels.map(({ wallet }) => wallet)
  const auditor = createAuditor(agenda.nowMs, wallets)
  const wireFaults = createWireFaults(agenda, faults, root.fork('wire'), (channel, what) =>
    log.note(agenda.nowMs(), channel, what),
  )
  const network = createNetwork(agenda, faults, root.fork('network'), options.world, wireFaults, auditor.arrivesLate)
  const tills = ledgerMarks.slice(0, options.tills).map((ledgerMark, place) =>
    createTillMachine({
      agenda,
      generator: root.fork(`till ${place}`),
      faults,
      network,
      channels,
      phones,
      auditor,
      log,
      tillId: `0${place + 1}`,
      seams: options.seams,
      client: options.client,
      makeStorage: (wallMs) =>
        hasFiles
          ? createFileStorage({ generator: root.fork(`disk ${place}`), isUnsynced: options.seams.isUnsynced === true })
          : createMemoryStorage(wallMs, ledgerMark, options.seams.hasNoLock === true),
    }),
  )

  const closingMs = openingMs + options.days * dayMs
  try {
    for (const till of tills) await till.start()
    for (const [place, till] of tills.entries()) {
      const generator = root.fork(`cashier ${place}`)
      const cashier = createCashier({
        agenda,
        generator,
        faults,
        phones,
        till,
        auditor,
        wallets: [storeChannels[0].codes, storeChannels[1].codes],
      })
      void openCounter(root.fork(`queue ${place}`), cashier.serve)
      troubleMachine(root.fork(`machine ${place}`), till)
    }
    await agenda.run(closingMs)
    await endFaults(tills)
  } catch (error) {
    if (!(error instanceof EndlessScheduling)) throw error
    auditor.bug('', error.message)
  }
  const left = tills.map(({ tillId, disk, storage }) => ({ tillId, disk, broken: storage.verify() }))
  if (options.client === 'program') auditor.conclude(left, new Set(phones.codes.keys()))
  const walletAt = (place: number): Wallet => {
    const wallet = wallets[place]
    if (wallet === undefined) throw new RangeError('a channel without a wallet')
    return wallet
  }
  options.atRest?.({
    storeId: 'S001',
    tills,
    channels: storeChannels.map(({ channel }, place) => ({ id: channel, wallet: walletAt(place) })),
    fromMs: openingMs,
    toMs: agenda.nowMs(),
  })
  for (const { storage } of tills) storage.end()
  return result()

  /** Customers come as they come, and wait for each other. */
  async function openCounter(generator: Generator, serve: () => Promise<void>): Promise<void> {
    const gapMs = (closingMs - openingMs) / options.days / options.customersPerDay
    while (agenda.nowMs() < closingMs - 600_000) {
      await agenda.sleep(Math.round(-Math.log(1 - generator.next()) * gapMs))
      if (agenda.nowMs() >= closingMs - 600_000) return
      await serve()
    }
  }

  /** What befalls a machine: looked at once a minute. */
  function troubleMachine(generator: Generator, till: TillMachine): void {
    let date = shanghaiDate(till.time.wallMs())
    const look = (): void => {
      if (agenda.nowMs() >= closingMs) return
      machineTrouble(generator, faults, till, agenda.after, (what) =>
        log.note(agenda.nowMs(), `till ${till.tillId}`, what),
      )
      const today = shanghaiDate(till.time.wallMs())
      if (today !== date) faults.happened('midnight')
      if (today.slice(0, 6) !== date.slice(0, 6)) faults.happened('month-end')
      date = today
      agenda.after(60_000, look)
    }
    agenda.after(generator.integer(1, 60_000), look)
  }

  /** The faults are over: everything is started once more and comes to rest. */
  async function endFaults(all: readonly TillMachine[]): Promise<void> {
    faults.end()
    await agenda.run(agenda.nowMs() + 3 * 3_600_000)
    for (let round = 0; round < 2; round += 1) {
      for (const till of all) till.kill(null)
      await agenda.run(agenda.nowMs() + 3_600_000)
    }
    // A case is asked about for ever: the end is a moment in which nobody waits for an answer.
    const isAsking = (): boolean =>
      all.some(
        ({ disk }) =>
          [...disk.orders.values()].some(({ inFlight }) => inFlight !== 'none') ||
          [...disk.refunds.values()].some(({ inFlight }) => inFlight !== 'none'),
      )
    for (let look = 0; look < mostLooks && isAsking(); look += 1) await agenda.run(agenda.nowMs() + 1_000)
  }

  function result(): SimulationResult {
    const endings: Record<string, number> = {}
    const ordersByChannel: Record<string, number> = {}
    let orders = 0
    let events = 0
    for (const { disk } of tills) {
      orders += disk.orders.size
      events += disk.entries.length
      for (const { status, channel } of disk.orders.values()) {
        endings[status] = (endings[status] ?? 0) + 1
        ordersByChannel[channel] = (ordersByChannel[channel] ?? 0) + 1
      }
    }
    let chargedFen = 0
    for (const { books } of wallets) {
      for (const book of books.values()) chargedFen += netFen(book)
    }
    return {
      seed: options.seed,
      channels: storeChannels,
      ordersByChannel,
      breaches: options.client === 'program' ? auditor.breaches : [],
      faults: faults.counts(),
      tellings: wireFaults.tellings(),
      orders,
      endings,
      chargedFen,
      events,
      digest: log.digest(),
      log: log.lines,
    }
  }
}

function machineTrouble(
  generator: Generator,
  faults: Faults,
  till: TillMachine,
  after: (delayMs: number, happens: () => void) => void,
  note: (what: string) => void,
): void {
  const { time } = till
  const within = generator.integer(0, 59_000)
  if (faults.strikes('kill-any-time', generator)) after(within, () => till.kill('kill-any-time'))
  const forMs = Math.round(generator.logUniform(800, 90_000))
  const breakDisk = (kind: 'disk-full' | 'read-only'): void => {
    after(within, () => {
      note(`${kind} for ${forMs} ms`)
      till.breakDisk({ kind, path: 'simulated' }, forMs)
    })
  }
  const jump = (byMs: number): void => {
    note(`clock jumps by ${byMs} ms`)
    time.jump(byMs)
  }
  if (faults.strikes('disk-full', generator)) breakDisk('disk-full')
  else if (faults.strikes('read-only', generator)) breakDisk('read-only')
  const clockMs = Math.round(generator.logUniform(1_000, 5 * 3_600_000))
  // Somebody, or the network's time, sets a wrong clock right after a while.
  if (time.offMs() !== 0) {
    if (generator.chance(0.1)) jump(-time.offMs())
  } else if (faults.strikes('clock-ahead', generator)) jump(clockMs)
  else if (faults.strikes('clock-back', generator)) jump(-clockMs)
  if (faults.strikes('second-instance', generator)) after(within, () => void till.startSecond())
  if (faults.strikes('machine-sleep', generator)) {
    const sleepMs = Math.round(generator.logUniform(20_000, 4 * 3_600_000))
    const isCounted = generator.chance(0.5)
    after(within, () => {
      note(`sleeps for ${sleepMs} ms`)
      time.suspend(sleepMs, isCounted)
    })
  }
}

/** Whether a seed keeps its ledgers in real files. */
export function keepsFiles(realLedger: RealLedger, seed: number): boolean {
  return realLedger === 'all' || (realLedger === 'share' && seed % seedsPerRealLedger === 0)
}
