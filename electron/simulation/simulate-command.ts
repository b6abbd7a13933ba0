import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { faultKinds } from './faults.ts'
import { findings } from './findings.ts'
import { emptySummary, joined, kindsThatNeverStruck, type Summary } from './run-seeds.ts'
import type { SeedsWorkerData } from './seeds-worker.ts'
import { simulate, usualOptions } from './store-day.ts'

export type CommandOptions = {
  readonly seeds: number
  readonly days: number
  readonly customersPerDay: number
  readonly firstSeed: number
  /** Prints everything that happened in this one run. */
  readonly story: number | null
  readonly isStrict: boolean
  /** Fewer runs than would meet every kind of fault. */
  readonly isShort: boolean
}

const usage =
  'simulate --seeds N --days D --first-seed S [--customers N] [--strict] [--short] | --story SEED [--days D] [--customers N]'

/** Reads the command line; a text is what is wrong with it. */
export function readCommand(words: readonly string[]): CommandOptions | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        seeds: { type: 'string', default: '50' },
        days: { type: 'string', default: '1' },
        customers: { type: 'string', default: String(usualOptions.customersPerDay) },
        'first-seed': { type: 'string', default: '1' },
        story: { type: 'string' },
        strict: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
      },
    })
    const { seeds, days, customers, story = null, strict, short } = values
    const numbers = [seeds, days, customers, values['first-seed'], ...(story === null ? [] : [story])]
    const wrong = numbers.find((text) => !/^\d{1,9}$/.test(text))
    if (wrong !== undefined) return `"${wrong}" is no whole number\n${usage}`
    return {
      seeds: Number(seeds),
      days: Number(days),
      customersPerDay: Number(customers),
      firstSeed: Number(values['first-seed']),
      story: story === null ? null : Number(story),
      isStrict: strict,
      isShort: short,
    }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`
  }
}

/** Runs the command and answers the exit code: 0 all held, 1 an invariant did not, 2 the words are wrong. */
export async function simulateCommand(words: readonly string[], print: (line: string) => void): Promise<0 | 1 | 2> {
  const command = readCommand(words)
  if (typeof command === 'string') {
    print(command)
    return 2
  }
  return command.story === null ? runMany(command, print) : tellStory(command, command.story, print)
}

async function tellStory(command: CommandOptions, seed: number, print: (line: string) => void): Promise<0 | 1> {
  const { days, customersPerDay } = command
  const result = await simulate({ ...usualOptions, days, customersPerDay, seed, keepsLog: true })
  for (const line of result.log) print(line)
  for (const { rule, atMs, orderNumber, sentence, finding } of result.breaches) {
    print(`${rule} ${new Date(atMs).toISOString()} ${orderNumber}: ${sentence}${finding ? ` (known: ${finding})` : ''}`)
  }
  print(`seed ${seed}: ${result.orders} orders, ${result.events} events, digest ${result.digest}`)
  return result.breaches.length === 0 ? 0 : 1
}

async function runMany(command: CommandOptions, print: (line: string) => void): Promise<0 | 1> {
  const startedMs = performance.now()
  const seeds = Array.from({ length: command.seeds }, (_, place) => command.firstSeed + place)
  const workers = Math.min(availableParallelism(), Math.max(1, seeds.length))
  let summary = emptySummary
  let toldSeeds = 0
  const hear = (one: Summary): void => {
    summary = joined(summary, one)
    const step = Math.max(1, Math.floor(seeds.length / 10))
    if (summary.seeds - toldSeeds < step && summary.seeds < seeds.length) return
    toldSeeds = summary.seeds
    const seconds = (performance.now() - startedMs) / 1_000
    print(`${summary.seeds} of ${seeds.length} seeds, ${summary.orders} orders, ${perSecond(summary.orders, seconds)}`)
  }
  await Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      runWorker(
        command,
        seeds.filter((_seed, place) => place % workers === worker),
        hear,
      ),
    ),
  )
  const failures = [...summary.failures].sort((left, right) => left.seed - right.seed)
  printSummary(command, { ...summary, failures }, (performance.now() - startedMs) / 1_000, print)
  for (const { seed, breaches } of failures.slice(0, 5)) {
    const [first] = breaches
    print(`seed ${seed} broke ${first?.rule}: ${first?.orderNumber} ${first?.sentence} (${breaches.length} in all)`)
  }
  const [failure] = failures
  if (failure) await replay(command, failure.seed, print)
  const never = command.isShort ? [] : kindsThatNeverStruck(summary.faults, usualOptions.off)
  if (never.length > 0) print(`faults that never struck: ${never.join(', ')}`)
  return failure || never.length > 0 ? 1 : 0
}

function runWorker(command: CommandOptions, seeds: readonly number[], hear: (one: Summary) => void): Promise<void> {
  const { days, customersPerDay, isStrict } = command
  const workerData: SeedsWorkerData = { seeds, days, customersPerDay, isStrict }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./seeds-worker.ts', import.meta.url), { workerData })
    worker.on('message', hear)
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}

/** A failing run is only worth its seed if the seed brings it back (I14). */
async function replay(command: CommandOptions, seed: number, print: (line: string) => void): Promise<void> {
  const { days, customersPerDay } = command
  const options = { ...usualOptions, days, customersPerDay, seed }
  const digests = [(await simulate(options)).digest, (await simulate(options)).digest]
  const isSame = digests[0] === digests[1]
  print(`seed ${seed} replayed twice: ${isSame ? 'the same bytes' : 'DIFFERENT BYTES'}, digest ${digests[0]}`)
  print(`its story: npm run simulate -- --story ${seed} --days ${days} --customers ${customersPerDay}`)
}

const perSecond = (count: number, seconds: number): string => `${Math.round(count / seconds)} orders a second`

function printSummary(command: CommandOptions, summary: Summary, seconds: number, print: (line: string) => void): void {
  print('')
  for (const kind of faultKinds) print(`${kind.padEnd(34)}${String(summary.faults[kind]).padStart(9)}`)
  print('')
  const endings = Object.entries(summary.endings).sort()
  print(`endings: ${endings.map(([status, count]) => `${status} ${count}`).join(', ')}`)
  for (const finding of Object.values(findings)) {
    const seeds = [...(summary.known[finding.name] ?? [])].sort((left, right) => left - right)
    const first = seeds.slice(0, 5).join(', ')
    if (seeds.length > 0) print(`known finding in ${seeds.length} runs (${first}): ${finding.sentence}`)
  }
  const { seeds, orders, events } = summary
  const days = `${seeds * command.days} store-days`
  print(`${days}, ${orders} orders, ${events} events in ${seconds.toFixed(1)} s: ${perSecond(orders, seconds)}`)
}
