// One core's share of the seeds: told its options, it answers a summary for each seed.
import { parentPort, workerData } from 'node:worker_threads'
import { runSeeds } from './run-seeds.ts'
import { type SimulationOptions, usualOptions } from './store-day.ts'

/** What the worker is started with: the options that a message can carry. */
export type SeedsWorkerData = Pick<
  SimulationOptions,
  'days' | 'customersPerDay' | 'off' | 'realLedger' | 'client' | 'world'
> & { readonly seeds: readonly number[]; readonly isStrict: boolean }

// Started by `simulate-command.ts` alone, with exactly this.
const { seeds, isStrict, ...options } = workerData as SeedsWorkerData
await runSeeds({ ...usualOptions, ...options }, seeds, isStrict, (summary) => {
  parentPort?.postMessage(summary)
  return true
})
