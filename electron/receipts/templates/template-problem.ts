/** Why one line of a template cannot be used. */
export type TemplateLineProblem =
  | { readonly kind: 'slot-unknown'; readonly slot: string }
  | { readonly kind: 'slot-not-closed' }
  | { readonly kind: 'too-many-slots'; readonly max: number }
  /** A code or the logo needs a line of its own. */
  | { readonly kind: 'not-alone'; readonly slot: string }
  | { readonly kind: 'brace' }
  | { readonly kind: 'property'; readonly property: string }
  | { readonly kind: 'ruled-border' }
  | { readonly kind: 'private-character' }

/** Why a template cannot be used; `line` counts from 1. */
export type TemplateProblem = { readonly line: number } & (
  | TemplateLineProblem
  /** A paper of this kind must show it. */
  | { readonly kind: 'slot-missing'; readonly slot: string }
  | { readonly kind: 'block-not-closed'; readonly list: string }
  | { readonly kind: 'block-not-open'; readonly list: string }
  | { readonly kind: 'too-long'; readonly linesMax: number; readonly charactersMax: number }
)

/** What is wrong and where, for the person who wrote the template. */
export function templateProblemSentence(problem: TemplateProblem): string {
  return `Line ${problem.line}: ${reasonOf(problem)}`
}

function reasonOf(problem: TemplateProblem): string {
  switch (problem.kind) {
    case 'slot-unknown':
      return `there is no "${problem.slot}" here.`
    case 'slot-not-closed':
      return 'a slot begins with {{ and ends with }}, and holds no other braces.'
    case 'slot-missing':
      return `the paper must show {{${problem.slot}}}, on a line that depends on nothing else.`
    case 'too-many-slots':
      return `a line has at most ${problem.max} slots.`
    case 'not-alone':
      return `{{${problem.slot}}} needs a line of its own.`
    case 'brace':
      return 'a property {…} stands alone on its line; a brace in a text is written \\{ or \\}.'
    case 'property':
      return `"${problem.property}" cannot be used: only align, border, code, option, text, width and comments can.`
    case 'ruled-border':
      return 'ruled borders cannot be used: many printers lack the characters for them.'
    case 'private-character':
      return 'a character of the private use area has no meaning on paper.'
    case 'block-not-closed':
      return `{{#${problem.list}}} is not closed by {{/${problem.list}}}.`
    case 'block-not-open':
      return `{{/${problem.list}}} closes nothing.`
    case 'too-long':
      return `a template has at most ${problem.linesMax} lines and ${problem.charactersMax} characters.`
  }
}
