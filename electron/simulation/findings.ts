/**
 * A weakness of the program that the simulation found and that is not mended yet. Its breaches are counted and printed
 * under its name instead of failing the run, so that new ones are seen; `--strict` fails on them too.
 */
export type Finding = {
  readonly name: string
  /** What happens, in one sentence. */
  readonly sentence: string
  /** The kept stories that show it (`stories/NAME.json`). */
  readonly stories: readonly string[]
}

export const findings = {
  'doubtful-failure-and-one-early-not-found': {
    name: 'doubtful-failure-and-one-early-not-found',
    sentence:
      'A refusal that one query must confirm is shown as failed when that query is too early or too old to know the order, so the sale may be charged again.',
    stories: ['doubled-request-and-early-query'],
  },
} as const satisfies Readonly<Record<string, Finding>>

export type FindingName = keyof typeof findings
