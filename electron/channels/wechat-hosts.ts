import type { ConfigurationField } from './definition.ts'

/** The addresses of WeChat Pay (wechat.md §1.1), as fields of both its versions. */
export const wechatAddressFields = {
  baseUrl: { kind: 'text', default: 'https://api.mch.weixin.qq.com' },
  backupBaseUrl: { kind: 'text', isOptional: true },
} as const satisfies Readonly<Record<string, ConfigurationField>>

/** The backup in another city that WeChat names for its own address; others have the one that is configured, or none. */
export function wechatBackup(baseUrl: string, backupBaseUrl: string | undefined): { readonly backupOrigin?: string } {
  if (backupBaseUrl !== undefined) return { backupOrigin: backupBaseUrl }
  const isOfficial = baseUrl.replace(/\/+$/, '') === wechatAddressFields.baseUrl.default
  return isOfficial ? { backupOrigin: 'https://api2.mch.weixin.qq.com' } : {}
}
