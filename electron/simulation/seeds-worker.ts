// One core's share of the seeds: told its options, it answers a summary for each seed.
import { parentPort, workerData } from 'node:worker_threads'
import { runSeeds } from './run-seeds.ts'
import { usualOptions } from './store-day.ts'

/** What the worker is started with. */
export type SeedsWorkerData = {
  readonly seeds: readonly number[]
  readonly days: number
  readonly customersPerDay: number
  readonly isStrict: boolean
}

// Started by `simulate-command.ts` alone, with exactly this.
const { seeds, days, customersPerDay, isStrict } = workerData as SeedsWorkerData
await runSeeds({ ...usualOptions, days, customersPerDay }, seeds, isStrict, (summary) => {
  parentPort?.postMessage(summary)
  return true
})
