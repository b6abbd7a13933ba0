import type { KeyObject } from 'node:crypto'
import { type ConnectionProblem, connectionProblems } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import { isSamePair, readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import type { QraSettings } from './settings.ts'

type KeyProblem =
  | 'not-a-key'
  | 'public-half' // where the private key belongs
  | 'private-half' // where the platform's public key belongs
  | 'own-public-key' // the merchant's public key where the platform's belongs
  | 'too-short'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type QraSettingsProblem =
  | { readonly field: 'gateway' | 'billGateway'; readonly problem: OriginProblem | 'with-a-query' }
  | {
      readonly field: 'merchantId' | 'signAgentno' | 'groupno' | 'opUserId' | 'apiKey'
      readonly problem: 'malformed'
    }
  | { readonly field: 'merchantPrivateKey' | 'platformPublicKey'; readonly problem: KeyProblem }
  | ConnectionProblem

const identifier = /^[A-Za-z0-9_-]{1,32}$/

/** No length is documented; shorter RSA keys are broken today. */
const shortestKeyBits = 1024
const isTooShort = (key: KeyObject): boolean => (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKeyBits

/**
 * Checks a channel's settings before it is made: an empty list means usable. Each problem names its field: a public half
 * where the private key belongs, the merchant's own public key in place of the platform's, a key with blanks or a line end.
 */
export function checkQraSettings(settings: QraSettings, wallMs: number): readonly QraSettingsProblem[] {
  const problems: QraSettingsProblem[] = []
  const origin = gatewayProblem(settings.gateway)
  if (origin !== undefined) problems.push({ field: 'gateway', problem: origin })
  const billOrigin = settings.billGateway === undefined ? undefined : gatewayProblem(settings.billGateway)
  if (billOrigin !== undefined) problems.push({ field: 'billGateway', problem: billOrigin })
  for (const field of ['merchantId', 'signAgentno', 'groupno', 'opUserId'] as const) {
    const value = settings[field]
    if (value !== undefined && !identifier.test(value)) problems.push({ field, problem: 'malformed' })
  }
  return [...problems, ...signingProblems(settings), ...connectionProblems(settings.connection, false, wallMs)]
}

const gatewayProblem = (gateway: string): OriginProblem | 'with-a-query' | undefined => {
  const origin = originProblem(gateway)
  return origin ?? (/[?#]/.test(gateway) ? 'with-a-query' : undefined)
}

const signingProblems = ({ signing }: QraSettings): readonly QraSettingsProblem[] => {
  if (signing.signType === 'MD5') {
    return /^[\x21-\x7e]{16,128}$/.test(signing.apiKey) ? [] : [{ field: 'apiKey', problem: 'malformed' }]
  }
  const problems: QraSettingsProblem[] = []
  const own = readPrivateKey(signing.merchantPrivateKey)
  const ownProblem = privateKeyProblem(own, signing.merchantPrivateKey)
  if (ownProblem !== undefined) problems.push({ field: 'merchantPrivateKey', problem: ownProblem })
  const platformProblem = publicKeyProblem(signing.platformPublicKey, own)
  if (platformProblem !== undefined) problems.push({ field: 'platformPublicKey', problem: platformProblem })
  return problems
}

const privateKeyProblem = (key: KeyObject | undefined, text: string): KeyProblem | undefined => {
  if (key !== undefined) return isTooShort(key) ? 'too-short' : undefined
  return readPublicKey(text) === undefined ? 'not-a-key' : 'public-half'
}

const publicKeyProblem = (text: string, own: KeyObject | undefined): KeyProblem | undefined => {
  const key = readPublicKey(text)
  if (key === undefined) return readPrivateKey(text) === undefined ? 'not-a-key' : 'private-half'
  if (own !== undefined && isSamePair(own, key)) return 'own-public-key'
  return isTooShort(key) ? 'too-short' : undefined
}
