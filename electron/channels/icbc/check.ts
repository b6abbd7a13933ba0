import type { KeyObject } from 'node:crypto'
import { type ConnectionProblem, connectionProblems } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import { isSamePair, readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { type IcbcPathName, type IcbcSettings, icbcDefaultPaths } from './settings.ts'

type KeyProblem =
  | 'not-a-key'
  | 'public-half' // where the private key belongs
  | 'private-half' // where the gateway's public key belongs
  | 'own-public-key' // the merchant's public key where the gateway's belongs
  | 'too-short'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type IcbcSettingsProblem =
  | { readonly field: 'baseUrl'; readonly problem: OriginProblem | 'with-a-path' }
  | { readonly field: 'appId' | 'operId' | 'refusalCodes'; readonly problem: 'malformed' }
  | { readonly field: 'merchantId'; readonly problem: 'not-12-or-15-digits' }
  | { readonly field: 'privateKey' | 'icbcPublicKey'; readonly problem: KeyProblem }
  | { readonly field: IcbcPathName; readonly problem: 'not-a-plain-path' }
  | { readonly field: 'queryPath'; readonly problem: 'older-than-v5' }
  | ConnectionProblem

/** The gateway's own key is of 1024 bits in the bank's SDK, so no more can be asked. */
const shortestKeyBits = 1024
const isTooShort = (key: KeyObject): boolean => (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKeyBits

const pathNames = Object.keys(icbcDefaultPaths) as readonly IcbcPathName[] // the keys of the literal

/**
 * Checks a channel's settings before it is made: an empty list means usable. Each problem names its field: a public half
 * where the private key belongs, the merchant's own public key in place of the gateway's, application and merchant
 * numbers changed about, a base address with a path of its own (the path is signed: icbc.md §10 pitfall 2).
 */
export function checkIcbcSettings(settings: IcbcSettings, wallMs: number): readonly IcbcSettingsProblem[] {
  const problems: IcbcSettingsProblem[] = []
  const origin = baseUrlProblem(settings.baseUrl)
  if (origin !== undefined) problems.push({ field: 'baseUrl', problem: origin })
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(settings.appId)) problems.push({ field: 'appId', problem: 'malformed' })
  if (!/^(\d{12}|\d{15})$/.test(settings.merchantId)) {
    problems.push({ field: 'merchantId', problem: 'not-12-or-15-digits' })
  }
  for (const field of pathNames) {
    if (!/^(\/[A-Za-z0-9_-]+)+$/.test(settings.paths[field])) problems.push({ field, problem: 'not-a-plain-path' })
  }
  // Older queries answer a reversed order with a code or with "failed" (icbc.md §3, §10 pitfall 6).
  if (!/\/V([5-9]|[1-9]\d)(\/|$)/.test(settings.paths.queryPath)) {
    problems.push({ field: 'queryPath', problem: 'older-than-v5' })
  }
  if (settings.operId !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(settings.operId)) {
    problems.push({ field: 'operId', problem: 'malformed' })
  }
  // 0 is "done", whatever the bank says of other codes.
  if (!settings.refusalCodes.every((code) => /^-?[A-Za-z0-9]{1,16}$/.test(code) && !/^-?0+$/.test(code))) {
    problems.push({ field: 'refusalCodes', problem: 'malformed' })
  }
  return [...problems, ...keyProblems(settings), ...connectionProblems(settings.connection, false, wallMs)]
}

const baseUrlProblem = (baseUrl: string): OriginProblem | 'with-a-path' | undefined => {
  const problem = originProblem(baseUrl)
  if (problem !== undefined) return problem
  const { pathname, search, hash, username } = new URL(baseUrl)
  return pathname === '/' && `${search}${hash}${username}` === '' ? undefined : 'with-a-path'
}

const keyProblems = (settings: IcbcSettings): readonly IcbcSettingsProblem[] => {
  const problems: IcbcSettingsProblem[] = []
  const privateKey = readPrivateKey(settings.privateKey)
  const privateProblem = privateKeyProblem(privateKey, settings.privateKey)
  if (privateProblem !== undefined) problems.push({ field: 'privateKey', problem: privateProblem })
  const publicProblem = publicKeyProblem(privateKey, settings.icbcPublicKey)
  if (publicProblem !== undefined) problems.push({ field: 'icbcPublicKey', problem: publicProblem })
  return problems
}

const privateKeyProblem = (key: KeyObject | undefined, text: string): KeyProblem | undefined => {
  if (key !== undefined) return isTooShort(key) ? 'too-short' : undefined
  return readPublicKey(text) === undefined ? 'not-a-key' : 'public-half'
}

const publicKeyProblem = (privateKey: KeyObject | undefined, text: string): KeyProblem | undefined => {
  const key = readPublicKey(text)
  if (key === undefined) {
    return readPrivateKey(text) === undefined ? 'not-a-key' : 'private-half'
  }
  if (privateKey !== undefined && isSamePair(privateKey, key)) {
    return 'own-public-key'
  }
  return isTooShort(key) ? 'too-short' : undefined
}
