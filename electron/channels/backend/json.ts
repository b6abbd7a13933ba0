/** A flat view of one JSON object: what is absent, null or of another type is undefined. */
export type JsonFields = {
  text(name: string): string | undefined
  /** A whole number from 0 to 2^53 − 1. */
  whole(name: string): number | undefined
  /** The objects of a list; undefined where it is no list of objects. */
  list(name: string): readonly JsonFields[] | undefined
  readonly names: readonly string[]
}

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Every member of every object; without recursion, since an answer may be nested as deep as it likes. */
const membersIn = (root: unknown): number => {
  let count = 0
  const open: unknown[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    const inner: readonly unknown[] = Object.values(value)
    if (!Array.isArray(value)) count += inner.length
    for (const member of inner) if (typeof member === 'object' && member !== null) open.push(member)
  }
  return count
}

/** In sound JSON a string before a colon is a member's name, and nothing else is. */
const namesIn = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"[ \t\r\n]*(:?)/g)].filter(([, colon]) => colon === ':').length

const fieldsOf = (members: Members): JsonFields => {
  const member = (name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined)
  return {
    names: Object.keys(members),
    text: (name) => {
      const value = member(name)
      return typeof value === 'string' ? value : undefined
    },
    whole: (name) => {
      const value = member(name)
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
    },
    list: (name) => {
      const value = member(name)
      return Array.isArray(value) && value.every(isObject) ? value.map(fieldsOf) : undefined
    },
  }
}

/** Reads one JSON object; undefined for anything else, and for a member that stands twice, however it is spelt. Never throws. */
export function readJsonObject(text: string): JsonFields | undefined {
  const root = parsed(text)
  return isObject(root) && namesIn(text) === membersIn(root) ? fieldsOf(root) : undefined
}
