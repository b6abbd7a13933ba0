import type { Ledger, LedgerProblem } from '../ledger/ledger.ts'
import type { RefundRequest, RefundStart } from '../runner/refunds.ts'
import type { ActOutcome, OrderAct, Runner, ScanOutcome, ScanToCharge } from '../runner/runner.ts'
import type { OrderNumber } from '../till/ids.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import type { Agenda } from './agenda.ts'
import type { Disk } from './disk.ts'
import { startDoNothing } from './do-nothing.ts'
import type { EventLog } from './event-log.ts'
import type { FaultKind } from './faults.ts'
import { createMachineTime, type MachineTime, type ProcessTime } from './machine-time.ts'
import { type ProcessParts, startProcess } from './till-process.ts'
import type { CommitFate, LedgerHost, TillStorage } from './till-storage.ts'

export type TillParts = ProcessParts & {
  readonly agenda: Agenda
  readonly log: EventLog
  readonly makeStorage: (wallMs: number) => TillStorage
  readonly client: Client
}

/** What runs on the machines: the program, or what shows how much the simulator costs by itself. */
export type Client = 'program' | 'do-nothing'

/** `dead`: the process died meanwhile, or there is none; nobody knows more. */
export type Answer<Value> = Value | 'dead'

/** A till: a machine with a disk, a process that is killed and started again, and a screen. */
export type TillMachine = {
  readonly tillId: string
  readonly disk: Disk
  readonly storage: TillStorage
  readonly time: MachineTime
  take(request: ScanToCharge): Promise<Answer<ScanOutcome>>
  act(orderNumber: OrderNumber, act: OrderAct): Promise<Answer<ActOutcome>>
  refund(request: RefundRequest): Promise<Answer<RefundStart>>
  /** What the screen shows of an order. */
  shown(orderNumber: OrderNumber): Order | undefined
  /** The orders that the program lists as open, or `dead`. */
  open(): Answer<readonly Order[]>
  /** Resolves when the screen shows the order at an end or as a case for a person, or when patience ends. */
  untilEnded(orderNumber: OrderNumber, patienceMs: number): Promise<Order | null>
  start(): Promise<void>
  /** Starts the program once more on the same data folder, beside the one that runs. */
  startSecond(): Promise<void>
  kill(because: FaultKind | null): void
  /** Writes fail for a while. */
  breakDisk(problem: LedgerProblem, forMs: number): void
}

type Running = { readonly runner: Runner; readonly kill: () => void; readonly died: Promise<'dead'> }

const isEnded = (order: Order): boolean => isFinal(order.status) || order.status === 'attention'

/** Puts a till together from the production runner and the simulated world, and leaves it switched off. */
export function createTillMachine(parts: TillParts): TillMachine {
  const { agenda, generator, faults, auditor, log, tillId, seams } = parts
  const time = createMachineTime(agenda)
  const storage = parts.makeStorage(time.wallMs())
  const { disk } = storage
  const screen = new Map<OrderNumber, Order>()
  let waiting: { readonly orderNumber: OrderNumber; readonly tell: (order: Order) => void }[] = []
  let running: Running | null = null
  let second: ProcessTime | null = null
  let brokenUntilMs = 0
  let brokenBy: LedgerProblem = { kind: 'closed' }

  const note = (what: string): void => log.note(agenda.nowMs(), `till ${tillId}`, what)

  const kill: TillMachine['kill'] = (because) => {
    if (running === null) return
    note(`killed ${because ?? ''}`)
    const dying = running
    running = null
    dying.kill()
    second?.kill()
    storage.abandon()
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
    if (killedBy('power-cut')) return { kind: 'power-cut', afterMs }
    if (storage.hasFiles && killedBy('torn-page')) return { kind: 'torn-page', afterMs }
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

  const hostOf = (process: ProcessTime): LedgerHost => ({
    fate,
    after: process.after,
    isAlive: process.isAlive,
    kill,
    onCommit: ({ type, subjectId, hash, sequence }) => {
      note(`commits ${subjectId} ${type} ${hash}`)
      auditor.commits(tillId, sequence, hash)
    },
    onBug: (message) => auditor.bug('', message),
    wallMs: time.wallMs,
  })

  /** The ledger as the program opens it; one that does not open any more has lost what was promised to be durable. */
  const openLedger = (process: ProcessTime): Ledger | null => {
    try {
      const opened = storage.open(hostOf(process))
      if (opened.ok) return opened.value
      auditor.doesNotOpen(tillId, JSON.stringify(opened.problem))
    } catch (error) {
      auditor.doesNotOpen(tillId, error instanceof Error ? error.message : String(error))
    }
    return null
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
    const opened = openLedger(process)
    if (opened === null) return
    auditor.opens(tillId, disk)
    const host = { storage, machine: time, process, isSecond: false, note, kill, onChange: show }
    const program = parts.client === 'program' ? startProcess(parts, host, opened) : null
    const runner = program?.runner ?? startDoNothing(parts, host)
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
    if (program) seams.afterStart?.(runner.open(), program.exchange, program.channelOf)
  }

  const startSecond: TillMachine['startSecond'] = async () => {
    if (running === null || time.isAsleep() || second?.isAlive()) return
    faults.happened('second-instance')
    const process = time.process()
    const opened = storage.open(hostOf(process))
    note(`second instance ${opened.ok ? 'works' : opened.problem.kind}`)
    if (!opened.ok) return
    second = process
    const host = { storage, machine: time, process, isSecond: true, note, kill, onChange: show }
    await startProcess(parts, host, opened.value).runner.resume()
  }

  const asked = async <Value>(ask: (runner: Runner) => Promise<Value>): Promise<Answer<Value>> =>
    running === null || time.isAsleep() ? 'dead' : Promise.race([ask(running.runner), running.died])

  return {
    tillId,
    disk,
    storage,
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
    refund: (request) => {
      note(`cashier refunds ${request.amountFen} of ${request.orderNumber}`)
      return asked((runner) => runner.refund(request))
    },
    shown: (orderNumber) => screen.get(orderNumber),
    open: () => {
      if (running === null || time.isAsleep()) return 'dead'
      const open = running.runner.open()
      return seams.openOrders?.(open) ?? open
    },
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
    start,
    startSecond,
    kill,
    breakDisk(problem, forMs) {
      brokenBy = problem
      brokenUntilMs = agenda.nowMs() + forMs
    },
  }
}
