import { runSeeds } from './run-seeds.ts'
import { type SimulationOptions, usualOptions } from './store-day.ts'

type Side = { readonly name: string; readonly options: Partial<SimulationOptions> }

const sides: readonly Side[] = [
  { name: 'the program, journal in memory', options: { realLedger: 'none' } },
  { name: 'the program, real ledger files', options: { realLedger: 'all' } },
  { name: 'a client that does nothing', options: { realLedger: 'none', client: 'do-nothing' } },
]

/**
 * Prints how many orders of model time pass in a second of one core's work, with the program and with a client that does
 * nothing, over the same seeds in turn. Measures the processor's time of this process, so that other work on the machine
 * counts little; nothing passes or fails by it.
 */
export async function benchmark(seeds: readonly number[], print: (line: string) => void): Promise<void> {
  const spent = sides.map(() => ({ orders: 0, seconds: 0 }))
  // The first seed of each is for the compiler.
  for (const [place, seed] of seeds.entries()) {
    for (const [at, { options }] of sides.entries()) {
      const from = process.cpuUsage()
      const { orders } = await runSeeds({ ...usualOptions, ...options }, [seed], false, () => true)
      const { user, system } = process.cpuUsage(from)
      const side = spent[at]
      if (place === 0 || side === undefined) continue
      side.orders += orders
      side.seconds += (user + system) / 1e6
    }
  }
  const perOrder = spent.map(({ orders, seconds }) => seconds / Math.max(1, orders))
  for (const [at, { name }] of sides.entries()) {
    const { orders, seconds } = spent[at] ?? { orders: 0, seconds: 0 }
    const ratio = ((perOrder[at] ?? 0) / (perOrder.at(-1) || 1)).toFixed(1)
    print(`${name.padEnd(32)}${String(orders).padStart(7)} orders, ${perSecond(orders, seconds)}, ${ratio} ×`)
  }
}

const perSecond = (orders: number, seconds: number): string =>
  `${Math.round(orders / Math.max(seconds, 1e-9))} orders a second of one core`
