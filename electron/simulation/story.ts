import { serverNames } from '../training/server-name.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import type { StoreChannels } from './store-channels.ts'
import { type SimulationOptions, usualOptions } from './store-day.ts'

/**
 * A run made as small as it can be while something in it still breaks, to be kept as a test. It names the faults that are
 * on, so that kinds which come later are off in it.
 */
export type Story = {
  readonly format: 'scantill-simulation-story'
  readonly version: 1
  /** What was broken, and how it was found. */
  readonly broke: string
  readonly rule: string
  readonly seed: number
  readonly days: number
  readonly customersPerDay: number
  readonly tills: 1 | 2
  readonly intensity: number | null
  readonly files: boolean
  readonly on: readonly FaultKind[]
  /** The store's channels; without them the seed's. */
  readonly channels?: StoreChannels
}

/** The options that play a story. */
export function optionsOf(story: Story): SimulationOptions {
  const { seed, days, customersPerDay, tills, intensity, files, on, channels = 'by-seed' } = story
  const off = new Set(faultKinds.filter((kind) => !on.includes(kind)))
  const realLedger = files ? 'all' : 'none'
  return { ...usualOptions, seed, days, customersPerDay, tills, intensity, off, realLedger, channels }
}

/** Reads a kept story; a text is what is wrong with it. */
export function readStory(text: string): Story | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  if (typeof value !== 'object' || value === null) return 'it is no JSON object'
  const has = value as Readonly<Record<string, unknown>>
  if (has.format !== 'scantill-simulation-story') return 'format: expected "scantill-simulation-story"'
  if (has.version !== 1) return 'version: expected 1'
  for (const field of ['seed', 'days', 'customersPerDay'] as const) {
    if (!Number.isSafeInteger(has[field])) return `${field}: expected a whole number`
  }
  if (has.tills !== 1 && has.tills !== 2) return 'tills: expected 1 or 2'
  if (has.intensity !== null && typeof has.intensity !== 'number') return 'intensity: expected a number or null'
  if (typeof has.files !== 'boolean') return 'files: expected true or false'
  if (typeof has.broke !== 'string' || typeof has.rule !== 'string') return 'broke, rule: expected texts'
  if (!Array.isArray(has.on)) return 'on: expected a list'
  const unknown = has.on.find((kind) => !faultKinds.some((known) => known === kind))
  if (unknown !== undefined) return `on: "${String(unknown)}" is no kind of fault`
  if (has.channels !== undefined && !isPairOfChannels(has.channels)) return 'channels: expected two channels with codes'
  // Every field that is used was looked at above.
  return value as Story
}

function isPairOfChannels(value: unknown): boolean {
  const codes: readonly unknown[] = ['wechat', 'alipay', 'unionpay']
  const names: readonly unknown[] = serverNames
  const isOne = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    'channel' in one &&
    'codes' in one &&
    names.includes(one.channel) &&
    codes.includes(one.codes)
  return Array.isArray(value) && value.length === 2 && value.every(isOne)
}
