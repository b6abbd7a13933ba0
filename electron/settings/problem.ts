/** One complaint about the configuration: which file, which field, and what was expected there. */
export type SettingsProblem = {
  /** The file as it was named to the program. */
  readonly file: string
  /** Path of the field, such as `channels[0].apiKey`; empty for the file as a whole. */
  readonly field: string
  /** What is wrong and what was expected, in one clause; never a value that may be secret. */
  readonly message: string
}

/** The complaints as lines for a person, one each. */
export function settingsProblemLines(problems: readonly SettingsProblem[]): readonly string[] {
  return problems.map(({ file, field, message }) =>
    field === '' ? `${file}: ${message}` : `${file}: ${field}: ${message}`,
  )
}
