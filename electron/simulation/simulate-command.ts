import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { readReplayFile } from '../ledger/replay-file.ts'
import { benchmark } from './benchmark.ts'
import { type CommandOptions, readCommand } from './command-options.ts'
import type { FaultKind } from './faults.ts'
import { printFailures, printSummary, rateOf } from './print-summary.ts'
import { replay } from './replay.ts'
import { emptySummary, joined, kindsThatNeverStruck, type Summary } from './run-seeds.ts'
import type { SeedsWorkerData } from './seeds-worker.ts'
import { linesAbout, shrink } from './shrink.ts'
import { wireFaultTables } from './simulated-channel.ts'
import { channelsText } from './store-channels.ts'
import { type SimulationOptions, simulate, usualOptions } from './store-day.ts'
import { neverTold } from './wire-faults.ts'

type Print = (line: string) => void

/** Runs the command and answers the exit code: 0 all held, 1 an invariant did not, 2 the words are wrong. */
export async function simulateCommand(words: readonly string[], print: Print): Promise<0 | 1 | 2> {
  const command = readCommand(words)
  if (typeof command === 'string') {
    print(command)
    return 2
  }
  switch (command.task.kind) {
    case 'story':
      return tellStory(command, command.task.seed, print)
    case 'shrink':
      return shrinkSeed(command, command.task.seed, print)
    case 'replay':
      return replayFile(command.task.file, print)
    case 'benchmark':
      await benchmark(seedsOf(command), print)
      return 0
    case 'many':
      return runMany(command, print)
  }
}

const seedsOf = ({ seeds, firstSeed }: CommandOptions): readonly number[] =>
  Array.from({ length: seeds }, (_, place) => firstSeed + place)

const optionsOf = (command: CommandOptions): Omit<SimulationOptions, 'seed'> => {
  const { days, customersPerDay, off, realLedger, client, latestAfterTimeoutMs } = command
  const world = { ...usualOptions.world, latestAfterTimeoutMs }
  return { ...usualOptions, days, customersPerDay, off: new Set(off), realLedger, client, world }
}

async function tellStory(command: CommandOptions, seed: number, print: Print): Promise<0 | 1> {
  const result = await simulate({ ...optionsOf(command), seed, keepsLog: true })
  for (const line of result.log) print(line)
  for (const { rule, atMs, orderNumber, sentence, finding } of result.breaches) {
    print(`${rule} ${new Date(atMs).toISOString()} ${orderNumber}: ${sentence}${finding ? ` (known: ${finding})` : ''}`)
  }
  print(
    `seed ${seed}, ${channelsText(result.channels)}: ${result.orders} orders, ${result.events} events, digest ${result.digest}`,
  )
  return result.breaches.length === 0 ? 0 : 1
}

async function shrinkSeed(command: CommandOptions, seed: number, print: Print): Promise<0 | 1> {
  const shrunken = await shrink({ ...optionsOf(command), seed }, print)
  if (shrunken === null) {
    print(`seed ${seed} breaks nothing: there is nothing to make smaller`)
    return 0
  }
  const { story, result, breach } = shrunken
  print('')
  for (const line of linesAbout(breach.orderNumber, result.log)) print(line)
  print(`${breach.rule}: ${breach.orderNumber} ${breach.sentence}`)
  print('')
  print('to keep it as a test, store this in electron/simulation/stories/NAME.json:')
  print(JSON.stringify(story, null, 2))
  return 1
}

async function replayFile(path: string, print: Print): Promise<0 | 1 | 2> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    print(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
  const reading = readReplayFile(text)
  if (!reading.ok) {
    print(`${path}: ${reading.problem}`)
    return 2
  }
  const { recorded, differences, events, largestShiftMs } = await replay(reading.file)
  const { orderNumber } = reading.file
  for (const difference of differences) print(`differs: ${difference}`)
  const end = `recorded end: ${recorded.status}, ${recorded.queries} queries, ${recorded.revokes} revokes`
  const same = `the same ${events} events and the same end, no more than ${largestShiftMs} ms apart`
  print(`${orderNumber}, ${end}; ${differences.length === 0 ? same : 'the replay comes to another'}`)
  return differences.length === 0 ? 0 : 1
}

async function runMany(command: CommandOptions, print: Print): Promise<0 | 1> {
  const startedMs = performance.now()
  const seeds = seedsOf(command)
  const workers = Math.min(availableParallelism(), Math.max(1, seeds.length))
  let summary = emptySummary
  let toldSeeds = 0
  const hear = (one: Summary): void => {
    summary = joined(summary, one)
    const step = Math.max(1, Math.floor(seeds.length / 10))
    if (summary.seeds - toldSeeds < step && summary.seeds < seeds.length) return
    toldSeeds = summary.seeds
    const seconds = (performance.now() - startedMs) / 1_000
    print(`${summary.seeds} of ${seeds.length} seeds, ${summary.orders} orders, ${rateOf(summary.orders, seconds)}`)
  }
  // Seeds with real files stand at every tenth place: dealt out one by one, one worker would get them all.
  const dealt = [...seeds].sort((left, right) => (left % 7) - (right % 7) || left - right)
  await Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      runWorker(
        command,
        dealt.filter((_seed, place) => place % workers === worker),
        hear,
      ),
    ),
  )
  const failures = [...summary.failures].sort((left, right) => left.seed - right.seed)
  printSummary(command, { ...summary, failures }, (performance.now() - startedMs) / 1_000, print)
  printFailures(failures, print)
  const [failure] = failures
  if (failure) await replaySeed(command, failure.seed, print)
  const isWhole = !command.isShort && command.client === 'program'
  const never = isWhole ? kindsThatNeverStruck(summary.faults, new Set(command.off), command.realLedger !== 'none') : []
  if (never.length > 0) print(`faults that never struck: ${never.join(', ')}`)
  const untold = isWhole && command.isStrict ? ownFaultsNeverTold(summary, new Set(command.off)) : []
  if (untold.length > 0) print(`answers of a channel’s own that were never told: ${untold.join('; ')}`)
  return failure || never.length > 0 || untold.length > 0 ? 1 : 0
}

/** A fault that a channel had occasion enough to tell, and that was not told. */
function ownFaultsNeverTold({ tellings, ordersByChannel }: Summary, off: ReadonlySet<FaultKind>): readonly string[] {
  return [...wireFaultTables].flatMap(([channel, table]) =>
    neverTold(table, tellings[channel] ?? {}, ordersByChannel[channel] ?? 0, off).map((name) => `${channel}: ${name}`),
  )
}

function runWorker(command: CommandOptions, seeds: readonly number[], hear: (one: Summary) => void): Promise<void> {
  const { isStrict } = command
  const { days, customersPerDay, off, realLedger, client, world } = optionsOf(command)
  const workerData: SeedsWorkerData = { seeds, days, customersPerDay, off, realLedger, client, world, isStrict }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./seeds-worker.ts', import.meta.url), { workerData })
    worker.on('message', hear)
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}

/** A failing run is only worth its seed if the seed brings it back (I14). */
async function replaySeed(command: CommandOptions, seed: number, print: Print): Promise<void> {
  const options = { ...optionsOf(command), seed }
  const digests = [(await simulate(options)).digest, (await simulate(options)).digest]
  const isSame = digests[0] === digests[1]
  print(`seed ${seed} replayed twice: ${isSame ? 'the same bytes' : 'DIFFERENT BYTES'}, digest ${digests[0]}`)
  const words = `--days ${command.days} --customers ${command.customersPerDay}`
  print(`its story: npm run simulate -- --story ${seed} ${words}`)
  print(`made small: npm run simulate -- --shrink ${seed} ${words}`)
}
