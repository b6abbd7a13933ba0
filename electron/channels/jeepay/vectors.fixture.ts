import { readFileSync } from 'node:fs'

/** For tests only: the vectors of the reference, `vectors/jeepay.json`. */

export type JeepayVector = {
  readonly name: string
  readonly fields: Readonly<Record<string, string | number>>
  readonly stringToSign: string
  readonly sign: string
}

type Vectors = { readonly appSecret: string; readonly cases: readonly JeepayVector[] }

// The file's shape is fixed by the assertions of sign.test.ts.
export const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors

export function vectorNamed(name: string): JeepayVector {
  const found = vectors.cases.find((vector) => vector.name === name)
  if (found === undefined) throw new RangeError(`no vector ${name}`)
  return found
}

/** Members as texts, as they are signed. */
export const textsOf = (fields: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
