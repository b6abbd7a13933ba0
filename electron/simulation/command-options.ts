import { parseArgs } from 'node:util'
import { type FaultKind, faultKinds } from './faults.ts'
import { type RealLedger, usualOptions } from './store-day.ts'

/** What the command is to do, besides how much of it. */
export type CommandTask =
  | { readonly kind: 'many' | 'benchmark' }
  /** Prints everything that happened in one run. */
  | { readonly kind: 'story' | 'shrink'; readonly seed: number }
  | { readonly kind: 'replay'; readonly file: string }

export type CommandOptions = {
  readonly task: CommandTask
  readonly seeds: number
  readonly days: number
  readonly customersPerDay: number
  readonly firstSeed: number
  readonly isStrict: boolean
  /** Fewer runs than would meet every kind of fault. */
  readonly isShort: boolean
  readonly off: readonly FaultKind[]
  readonly realLedger: RealLedger
  readonly client: 'program' | 'do-nothing'
  /** How long after the till gave it up a request can still reach a wallet. */
  readonly latestAfterTimeoutMs: number
}

export const usage = `simulate --seeds N --days D --first-seed S [--customers N] [--strict] [--short]
simulate --story SEED | --shrink SEED | --replay FILE | --benchmark [--seeds N]
  --off KIND       switches a kind of fault off; may be repeated
  --real-ledger W  keeps ledgers in real files: all, none, or share (every tenth seed)
  --do-nothing     lets a client run that does nothing, for its speed
  --very-late      lets a request reach its wallet up to 50 s after the till gave it up, longer than the rules can hold`

const veryLateMs = 50_000

/** Reads the command line; a text is what is wrong with it. */
export function readCommand(words: readonly string[]): CommandOptions | string {
  let values: ReturnType<typeof parsed>
  try {
    values = parsed(words)
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`
  }
  const { seeds, days, customers, story, shrink, replay } = values
  const numbers = [seeds, days, customers, values['first-seed'], story ?? '0', shrink ?? '0']
  const wrong = numbers.find((text) => !/^\d{1,9}$/.test(text))
  if (wrong !== undefined) return `"${wrong}" is no whole number\n${usage}`
  const strange = values.off.find((word) => !faultKinds.some((kind) => kind === word))
  if (strange !== undefined) return `--off: "${strange}" is no kind of fault; they are ${faultKinds.join(', ')}`
  const realLedger = (['all', 'none', 'share'] as const).find((word) => word === values['real-ledger'])
  if (realLedger === undefined) return `--real-ledger: expected all, none or share\n${usage}`
  return {
    task: taskOf({ story, shrink, replay, benchmark: values.benchmark }),
    seeds: Number(seeds),
    days: Number(days),
    customersPerDay: Number(customers),
    firstSeed: Number(values['first-seed']),
    isStrict: values.strict,
    isShort: values.short,
    off: faultKinds.filter((kind) => values.off.includes(kind)),
    realLedger,
    client: values['do-nothing'] ? 'do-nothing' : 'program',
    latestAfterTimeoutMs: values['very-late'] ? veryLateMs : usualOptions.world.latestAfterTimeoutMs,
  }
}

function parsed(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string', default: '50' },
      days: { type: 'string', default: '1' },
      customers: { type: 'string', default: String(usualOptions.customersPerDay) },
      'first-seed': { type: 'string', default: '1' },
      story: { type: 'string' },
      shrink: { type: 'string' },
      replay: { type: 'string' },
      benchmark: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      off: { type: 'string', multiple: true, default: [] },
      'real-ledger': { type: 'string', default: usualOptions.realLedger },
      'do-nothing': { type: 'boolean', default: false },
      'very-late': { type: 'boolean', default: false },
    },
  }).values
}

function taskOf(words: {
  readonly story: string | undefined
  readonly shrink: string | undefined
  readonly replay: string | undefined
  readonly benchmark: boolean
}): CommandTask {
  if (words.replay !== undefined) return { kind: 'replay', file: words.replay }
  if (words.shrink !== undefined) return { kind: 'shrink', seed: Number(words.shrink) }
  if (words.story !== undefined) return { kind: 'story', seed: Number(words.story) }
  return { kind: words.benchmark ? 'benchmark' : 'many' }
}
