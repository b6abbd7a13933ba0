import type { ChannelProblem, ChannelValues } from './definition.ts'

/** A value that the schema has made sure of. Throws where it is missing: a bug of the definition. */
export function requiredText(texts: ChannelValues['texts'], field: string): string {
  const text = texts[field]
  if (text === undefined) throw new TypeError(`the field ${field} is not in the definition, or is optional there`)
  return text
}

/** A check's findings as clauses: `not-32-characters` reads "not 32 characters". */
export function saidProblems(
  problems: readonly { readonly field: string; readonly problem: string }[],
): readonly ChannelProblem[] {
  return problems.map(({ field, problem }) => ({ field, problem: problem.replaceAll('-', ' ') }))
}
