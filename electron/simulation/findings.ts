/**
 * A weakness of the program that the simulation found and that is not mended yet. Its breaches are counted and printed
 * under its name instead of failing the run, so that new ones are seen; `--strict` fails on them too.
 */
export type Finding = {
  readonly name: string
  /** What happens, in one sentence. */
  readonly sentence: string
  /** Seeds that show it with the usual options. */
  readonly seeds: readonly number[]
}

export const findings = {
  'not-found-too-young': {
    name: 'not-found-too-young',
    sentence:
      'An order cancelled within seconds at Alipay is taken for never arrived after two early "not found", though it can still charge.',
    seeds: [105, 199, 218],
  },
  'age-counted-from-before-the-pay-request': {
    name: 'age-counted-from-before-the-pay-request',
    sentence:
      'The age of an order counts from before its intent was written, so after a slow commit a revoke can leave before 15 s are over.',
    seeds: [15, 22, 40],
  },
  'a-clock-put-ahead-ages-orders': {
    name: 'a-clock-put-ahead-ages-orders',
    sentence:
      'After a restart the wall clock alone says how old an order is: put ahead meanwhile, a revoke can leave before 15 s are over.',
    seeds: [1645],
  },
  'doubtful-failure-and-one-early-not-found': {
    name: 'doubtful-failure-and-one-early-not-found',
    sentence:
      'A failure that one query must confirm counts as failed when that query comes too early to find the order, as after a doubled request.',
    seeds: [],
  },
} as const satisfies Readonly<Record<string, Finding>>

export type FindingName = keyof typeof findings
