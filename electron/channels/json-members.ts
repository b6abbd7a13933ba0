/** The members of one JSON object, or the elements of one list, as they stand in the text. */
export type RawReading<Pieces> =
  | { readonly ok: true; readonly pieces: Pieces }
  | { readonly ok: false; readonly problem: 'not-json' | 'duplicate-key' }

/** The end (exclusive) of the string that begins at `start` with a quote, or −1. */
const stringEnd = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === '"') return at + 1
  }
  return -1
}

/** The end (exclusive) of the value that begins at `start`: brackets matched, strings stepped over, or −1. */
const valueEnd = (text: string, start: number): number => {
  if (text[start] === '"') return stringEnd(text, start)
  if (text[start] !== '{' && text[start] !== '[') {
    let at = start
    while (at < text.length && !' \t\r\n,}]'.includes(text.charAt(at))) at += 1
    return at > start ? at : -1
  }
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') {
      at = stringEnd(text, at) - 1
      if (at < 0) return -1
    } else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}

const skipBlanks = (text: string, from: number): number => {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
  return at
}

/** The text as JSON, or `undefined` when it is none; JSON itself has no `undefined`. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/**
 * Cuts a JSON object into its members, by decoded name, without changing a character of their values: signatures go over
 * the text, and numbers keep their digits (alipay.md §1.6, icbc.md §4, jeepay.md §4).
 *
 * Names are decoded before they are compared, so a duplicate spelt with `\u` escapes is a duplicate. Never throws.
 */
export function readRawMembers(text: string): RawReading<ReadonlyMap<string, string>> {
  const pieces = new Map<string, string>()
  const root = readJson(text)
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return { ok: false, problem: 'not-json' }
  let at = skipBlanks(text, skipBlanks(text, 0) + 1)
  while (at < text.length && text[at] === '"') {
    const nameEnd = stringEnd(text, at)
    const name = nameEnd < 0 ? undefined : readJson(text.slice(at, nameEnd))
    const valueStart = skipBlanks(text, skipBlanks(text, nameEnd) + 1)
    const end = valueEnd(text, valueStart)
    if (typeof name !== 'string' || end < 0) return { ok: false, problem: 'not-json' }
    if (pieces.has(name)) return { ok: false, problem: 'duplicate-key' }
    pieces.set(name, text.slice(valueStart, end))
    at = skipBlanks(text, end)
    if (text[at] === ',') at = skipBlanks(text, at + 1)
  }
  return text[at] === '}' ? { ok: true, pieces } : { ok: false, problem: 'not-json' }
}

/** Cuts a JSON list into its elements, as `readRawMembers` does an object. Never throws. */
export function readRawElements(text: string): RawReading<readonly string[]> {
  if (!Array.isArray(readJson(text))) return { ok: false, problem: 'not-json' }
  const pieces: string[] = []
  let at = skipBlanks(text, skipBlanks(text, 0) + 1)
  while (at < text.length && text[at] !== ']') {
    const end = valueEnd(text, at)
    if (end < 0) return { ok: false, problem: 'not-json' }
    pieces.push(text.slice(at, end))
    at = skipBlanks(text, end)
    if (text[at] === ',') at = skipBlanks(text, at + 1)
  }
  return { ok: true, pieces }
}

/** Strings and numbers of a flat JSON object by name, numbers as they were written; `undefined` when it is none. */
export function readFlatObject(text: string): Readonly<Record<string, string>> | undefined {
  const reading = readRawMembers(text)
  if (!reading.ok) return undefined
  const fields: Record<string, string> = Object.create(null)
  for (const [name, raw] of reading.pieces) {
    const value = readJson(raw)
    if (typeof value === 'string') fields[name] = value
    else if (typeof value === 'number') fields[name] = raw
  }
  return fields
}
