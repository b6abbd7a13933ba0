import { readFileSync } from 'node:fs'

export type IcbcRequestVector = {
  readonly name: string
  readonly direction: 'request'
  readonly path: string
  readonly params: Readonly<Record<string, string>> & { readonly sign_type: 'RSA2' | 'RSA' }
  readonly stringToSign: string
  readonly sign: string
  readonly formBody: string
}

export type IcbcResponseVector = {
  readonly name: string
  readonly direction: 'response'
  readonly responseBody: string
  readonly stringToSign: string
  readonly sign: string
}

type Vectors = {
  readonly keys: { readonly merchantPublicKey: string; readonly gatewayPublicKey: string }
  readonly cases: readonly (IcbcRequestVector | IcbcResponseVector)[]
}

/** For tests only. The file's shape is fixed by the assertions of the tests that read it. */
const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors

export const vectorKeys = vectors.keys
export const requestVectors = vectors.cases.filter((each) => each.direction === 'request')
export const responseVectors = vectors.cases.filter((each) => each.direction === 'response')

/** The body of an answer's vector. Throws when there is none of that name. */
export function vectorBody(name: string): string {
  const vector = responseVectors.find((each) => each.name === name)
  if (vector === undefined) throw new TypeError(`no such vector: ${name}`)
  return vector.responseBody
}
