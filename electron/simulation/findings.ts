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

/** By name. Empty is how it should be: every finding so far is mended, and kept as a story that must stay so. */
export const findings: Readonly<Record<string, Finding>> = {}

export type FindingName = string
