import { type ConnectionProblem, connectionProblems } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import type { WechatSettings } from './settings.ts'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type WechatSettingsProblem =
  | { readonly field: 'baseUrl'; readonly problem: OriginProblem }
  | { readonly field: 'appId' | 'merchantId' | 'subMerchantId' | 'subAppId'; readonly problem: 'malformed' }
  | { readonly field: 'subMerchantId'; readonly problem: 'same-as-merchant' }
  | { readonly field: 'apiKey'; readonly problem: 'not-32-characters' }
  | ConnectionProblem

/** Identifiers are at most 32 letters and digits (wechat.md §2.2); `_` and `-` are let through for test systems. */
const identifier = /^[A-Za-z0-9_-]{1,32}$/

/**
 * Checks a channel's settings before it is made: an empty list means usable. Certificates are checked against the
 * given wall time; over https the client certificate must be there, for without it nothing can be revoked (§1.4).
 */
export function checkWechatSettings(settings: WechatSettings, wallMs: number): readonly WechatSettingsProblem[] {
  const problems: WechatSettingsProblem[] = []
  const origin = originProblem(settings.baseUrl)
  if (origin !== undefined) problems.push({ field: 'baseUrl', problem: origin })
  for (const field of ['appId', 'merchantId', 'subMerchantId', 'subAppId'] as const) {
    const value = settings[field]
    if (value !== undefined && !identifier.test(value)) problems.push({ field, problem: 'malformed' })
  }
  if (settings.subMerchantId === settings.merchantId) {
    problems.push({ field: 'subMerchantId', problem: 'same-as-merchant' })
  }
  if (!/^[\x21-\x7e]{32}$/.test(settings.apiKey)) problems.push({ field: 'apiKey', problem: 'not-32-characters' })
  const needsCertificate = settings.baseUrl.startsWith('https:')
  return [...problems, ...connectionProblems(settings.connection, needsCertificate, wallMs)]
}
