import { readFileSync } from 'node:fs'

export type QraVector = {
  readonly name: string
  readonly algorithm: 'MD5' | 'RSA_1_256'
  readonly fields: Readonly<Record<string, string>>
  readonly stringToSign: string
  readonly sign: string
  readonly xml: string
}

type Vectors = {
  readonly key: string
  readonly keys: { readonly merchantPublicKey: string }
  readonly cases: readonly QraVector[]
}

/** For tests only. The file's shape is fixed by the assertions of the tests that read it. */
export const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors

/** One vector by its name. Throws when there is none. */
export function vector(name: string): QraVector {
  const found = vectors.cases.find((each) => each.name === name)
  if (found === undefined) throw new TypeError(`no such vector: ${name}`)
  return found
}
