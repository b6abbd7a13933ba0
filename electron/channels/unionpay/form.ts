/**
 * The gateway's wire form: `name=value&name=value`. Requests are URL-encoded; answers are not, so that `+`, `/`, `=`, `&`
 * and line breaks stand in values as they are (unionpay.md §1 and field notes).
 */

type Fields = Readonly<Record<string, string>>

export type FormReading =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly problem: 'not-a-form' | 'duplicate-field' }

/** A request's body: every value URL-encoded in UTF-8. */
export function writeForm(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

const fieldStart = /&(?=[A-Za-z][A-Za-z0-9_]*=)/
const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']' }

/** Cuts at `&name=` only, and nowhere inside a value that stands in `{…}` or `[…]`. */
const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = []
  let open: string[] = []
  let end: string | undefined
  for (const part of text.split(fieldStart)) {
    end ??= closing[part[part.indexOf('=') + 1] ?? '']
    open.push(part)
    if (end !== undefined && !part.endsWith(end)) continue
    pieces.push(open.join('&'))
    open = []
    end = undefined
  }
  return open.length === 0 ? pieces : [...pieces, ...open]
}

/** Reads an answer's body as it stands; a whole body in `{}` is the same. Never throws. */
export function readForm(body: string): FormReading {
  const wrapped = /^\s*\{([A-Za-z][A-Za-z0-9_]*=[\s\S]*)\}\s*$/.exec(body)
  const fields = new Map<string, string>()
  for (const piece of piecesOf(wrapped?.[1] ?? body)) {
    const cut = piece.indexOf('=')
    const name = piece.slice(0, Math.max(0, cut))
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return { ok: false, problem: 'not-a-form' }
    if (fields.has(name)) return { ok: false, problem: 'duplicate-field' }
    fields.set(name, piece.slice(cut + 1))
  }
  return { ok: true, fields: Object.fromEntries(fields) }
}

const decoded = (value: string): string => {
  if (!/%[0-9A-Fa-f]{2}/.test(value)) return value
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}

/**
 * The same fields for a gateway that did encode its answer: values that hold `%XX` decoded, the others as they are.
 * `undefined` where there is nothing to decode.
 */
export function decodedForm(fields: Fields): Fields | undefined {
  const entries = Object.entries(fields).map(([name, value]) => [name, decoded(value)] as const)
  return entries.some(([name, value]) => value !== fields[name]) ? Object.fromEntries(entries) : undefined
}
