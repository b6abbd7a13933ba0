/** A JSON object of an answer; read its members with `textAt`. */
export type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Strings, brackets and marks, or a run of anything else; linear in the length. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/** Whether some object of a valid JSON text has a name twice; names are decoded first, so `\u` spellings count. */
function hasDuplicateNames(text: string): boolean {
  const open: (Set<string> | 'list')[] = []
  let last = ''
  for (const [piece] of text.matchAll(token)) {
    if (piece === '{') open.push(new Set())
    else if (piece === '[') open.push('list')
    else if (piece === '}' || piece === ']') open.pop()
    else if (piece === ':') {
      const names = open.at(-1)
      const name: unknown = JSON.parse(last)
      if (names instanceof Set && typeof name === 'string') {
        if (names.has(name)) return true
        names.add(name)
      }
    }
    last = piece
  }
  return false
}

/**
 * Reads a JSON object; numbers stay as they were written, so that none loses a digit. `undefined` for anything else:
 * another kind of value, a name that an object has twice, nesting beyond what the engine takes. Never throws.
 */
export function readJsonObject(text: string): JsonObject | undefined {
  try {
    // The third argument is not in TypeScript's library yet (ECMAScript proposal "JSON.parse source text access").
    const asWritten = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value
    const value: unknown = JSON.parse(text, asWritten)
    return isObject(value) && !hasDuplicateNames(text) ? value : undefined
  } catch {
    return undefined
  }
}

/** The text or number at a path, `''` when it is missing, null or something else: a null is no value (wechat.md §1.3). */
export function textAt(root: JsonObject, ...path: readonly string[]): string {
  let value: unknown = root
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return ''
    value = value[name]
  }
  return typeof value === 'string' ? value : ''
}
