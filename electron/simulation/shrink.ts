import type { Breach } from './breach.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import { channelsOfSeed } from './store-channels.ts'
import { keepsFiles, type SimulationOptions, type SimulationResult, simulate } from './store-day.ts'
import { optionsOf, type Story } from './story.ts'

/** What a shrinking came to: the smallest run that still breaks the same rule, and that run's result with its log. */
export type Shrunken = { readonly story: Story; readonly result: SimulationResult; readonly breach: Breach }

const fewCustomers = [1, 2, 3, 5, 8, 12, 20, 30, 45] as const
/** So many other seeds are tried for a run with few customers, unless told otherwise; each takes a few milliseconds. */
const otherSeedsUsually = 150
const strongIntensities = [2.5, 8, 25] as const

/**
 * Reduces a failing run: fewer days, one till, no files, faults switched off one by one, fewer customers, in the end other
 * seeds with the few faults that are left. Null when the run breaks nothing.
 */
export async function shrink(
  options: SimulationOptions,
  tell: (line: string) => void,
  otherSeeds = otherSeedsUsually,
): Promise<Shrunken | null> {
  const first = (await simulate(options)).breaches[0]
  if (!first) return null
  const isSame = ({ rule, finding }: Breach): boolean => rule === first.rule && finding === first.finding
  const breaks = async (story: Story): Promise<boolean> => {
    const { breaches } = await simulate({ ...optionsOf(story), seams: options.seams, world: options.world })
    return breaches.some(isSame)
  }
  let story: Story = {
    format: 'scantill-simulation-story',
    version: 1,
    broke: first.sentence,
    rule: first.rule,
    seed: options.seed,
    days: options.days,
    customersPerDay: options.customersPerDay,
    tills: options.tills,
    intensity: options.intensity,
    files: keepsFiles(options.realLedger, options.seed),
    on: faultKinds.filter((kind) => !options.off.has(kind)),
    // Other seeds are tried as well, and would have other channels.
    channels: options.channels === 'by-seed' ? channelsOfSeed(options.seed) : options.channels,
  }
  const tryTo = async (change: Partial<Story>): Promise<boolean> => {
    const smaller: Story = { ...story, ...change }
    if (!(await breaks(smaller))) return false
    story = smaller
    tell(
      `${story.rule} still breaks: seed ${story.seed}, ${story.customersPerDay} customers, ${story.on.length} faults on`,
    )
    return true
  }
  const without = async (kinds: readonly FaultKind[]): Promise<boolean> =>
    tryTo({ on: story.on.filter((kind) => !kinds.includes(kind)) })

  /** Halves first, then one by one. */
  const switchOff = async (): Promise<void> => {
    for (let size = Math.ceil(story.on.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < story.on.length; ) {
        const wasOff = await without(story.on.slice(at, at + size))
        if (!wasOff) at += size
      }
    }
  }

  if (story.days > 1) await tryTo({ days: 1 })
  if (story.files) await tryTo({ files: false })
  await tryTo({ tills: 1 })
  await switchOff()
  for (const customersPerDay of fewCustomers) {
    if (customersPerDay >= story.customersPerDay || (await tryTo({ customersPerDay }))) break
  }
  await searchSmaller()
  await switchOff()
  await searchWithout()

  const result = await simulate({ ...optionsOf(story), seams: options.seams, world: options.world, keepsLog: true })
  const breach = result.breaches.find(isSame)
  if (!breach) throw new Error('a run that broke does not break again: it does not depend on its seed alone')
  return { story: { ...story, broke: breach.sentence }, result, breach }

  /** A fault that only moves the others' chances stays in the way of its own seed, but not of another one. */
  async function searchWithout(): Promise<void> {
    for (const kind of story.on) {
      const on = story.on.filter((other) => other !== kind)
      for (let seed = 1; seed <= otherSeeds; seed += 1) {
        if (await tryTo({ on, seed, intensity: strongIntensities[1] })) break
      }
    }
  }

  /** With few faults left, another seed tells the same with fewer customers. */
  async function searchSmaller(): Promise<void> {
    for (const customersPerDay of fewCustomers) {
      if (customersPerDay >= story.customersPerDay) return
      for (const intensity of strongIntensities) {
        for (let seed = 1; seed <= otherSeeds; seed += 1) {
          if (await tryTo({ tills: 1, customersPerDay, intensity, seed })) return
        }
      }
    }
  }
}

/** The lines of a run's log that have to do with one order, and what befell its till meanwhile. */
export function linesAbout(orderNumber: string, log: readonly string[]): readonly string[] {
  const places = log.flatMap((line, place) => (line.includes(orderNumber) ? [place] : []))
  const first = places[0] ?? 0
  const last = places.at(-1) ?? log.length
  const till = /till (\d+)/.exec(log[first] ?? '')?.[0] ?? 'till'
  const isOthers = (line: string): boolean => /[SN]\d{3}\w{10,}/.test(line) && !line.includes(orderNumber)
  return log.slice(first, last + 1).filter((line) => line.includes(till) && !isOthers(line))
}
