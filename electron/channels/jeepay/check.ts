import { type ConnectionProblem, connectionProblems } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import type { JeepaySettings } from './settings.ts'

type AddressProblem =
  | OriginProblem
  | 'names-a-call' // the address of one call, such as …/api/pay/unifiedOrder
  | 'has-a-query-or-fragment'

type SecretProblem =
  | 'malformed' // blanks, line breaks or other signs that Jeepay's secrets do not have
  | 'longer-than-128'
  | 'shorter-than-16'
  | 'an-identifier' // the merchant's or the application's number stands where the secret belongs

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type JeepaySettingsProblem =
  | { readonly field: 'baseUrl'; readonly problem: AddressProblem }
  | { readonly field: 'mchNo' | 'appId'; readonly problem: 'malformed' }
  | { readonly field: 'appId'; readonly problem: 'same-as-merchant' }
  | { readonly field: 'appSecret'; readonly problem: SecretProblem }
  | ConnectionProblem

/** jeepay.md §2: at most 64; the numbers that Jeepay makes are letters and digits. */
const identifier = /^[A-Za-z0-9_-]{1,64}$/

const addressProblem = (baseUrl: string): AddressProblem | undefined => {
  const origin = originProblem(baseUrl)
  if (origin !== undefined) return origin
  const { search, hash, pathname } = new URL(baseUrl)
  if (search !== '' || hash !== '') return 'has-a-query-or-fragment'
  return /\/api(\/|$)/.test(pathname) ? 'names-a-call' : undefined
}

const secretProblem = ({ appSecret, mchNo, appId }: JeepaySettings): SecretProblem | undefined => {
  if (appSecret === mchNo || appSecret === appId) return 'an-identifier'
  if (!/^[\x21-\x7e]+$/.test(appSecret)) return 'malformed'
  // Jeepay makes secrets of 128 characters and takes shorter ones; under 16 one can be guessed (unconfirmed bounds).
  if (appSecret.length > 128) return 'longer-than-128'
  return appSecret.length < 16 ? 'shorter-than-16' : undefined
}

/** Checks a channel's settings before it is made: an empty list means usable. The authority is checked at `wallMs`. */
export function checkJeepaySettings(settings: JeepaySettings, wallMs: number): readonly JeepaySettingsProblem[] {
  const problems: JeepaySettingsProblem[] = []
  const address = addressProblem(settings.baseUrl)
  if (address !== undefined) problems.push({ field: 'baseUrl', problem: address })
  if (!identifier.test(settings.mchNo)) problems.push({ field: 'mchNo', problem: 'malformed' })
  if (!identifier.test(settings.appId)) problems.push({ field: 'appId', problem: 'malformed' })
  else if (settings.appId === settings.mchNo) problems.push({ field: 'appId', problem: 'same-as-merchant' })
  const secret = secretProblem(settings)
  if (secret !== undefined) problems.push({ field: 'appSecret', problem: secret })
  return [...problems, ...connectionProblems(settings.connection, false, wallMs)]
}
