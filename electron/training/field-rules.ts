/** What one field of a request must be, as the wallet's documentation has it. */
export type FieldRule = {
  readonly name: string
  readonly required: boolean
  /** In UTF-8 bytes. */
  readonly longestBytes: number
  /** The form of the value, once it is there and short enough. */
  readonly form?: (value: string) => boolean
}

/** The first field that breaks its rule, and how; no value is told, since a value may be a payment code. */
export type FieldBreach = { readonly field: string; readonly how: 'missing' | 'too-long' | 'malformed' }

/** Checks fields against their rules, in the order of the rules. Fields without a rule are the caller's business. */
export function checkFields(
  fields: Readonly<Record<string, string>>,
  rules: readonly FieldRule[],
): FieldBreach | undefined {
  for (const { name, required, longestBytes, form } of rules) {
    const value = fields[name] ?? ''
    if (value === '') {
      if (required) return { field: name, how: 'missing' }
      continue
    }
    if (Buffer.byteLength(value, 'utf8') > longestBytes) return { field: name, how: 'too-long' }
    if (form !== undefined && !form(value)) return { field: name, how: 'malformed' }
  }
  return undefined
}

/** A form given by a pattern. */
export function matching(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value)
}

/** A form that allows some values only. */
export function oneOf(...values: readonly string[]): (value: string) => boolean {
  return (value) => values.includes(value)
}

/** A whole number of fen from 1, as text without leading zeros (wechat.md §2.1). */
export function isWholeFen(value: string): boolean {
  return /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value))
}

/** A JSON object whose member `path` is a text that is not empty. */
export function jsonWithText(path: readonly string[]): (value: string) => boolean {
  return (value) => {
    let member: unknown
    try {
      member = JSON.parse(value)
    } catch {
      return false
    }
    for (const name of path) {
      if (typeof member !== 'object' || member === null) return false
      member = (member as Readonly<Record<string, unknown>>)[name] // an object, by the line above
    }
    return path.length === 0
      ? typeof member === 'object' && member !== null
      : typeof member === 'string' && member !== ''
  }
}
