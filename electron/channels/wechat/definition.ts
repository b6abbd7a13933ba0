import { requiredText, saidProblems } from '../channel-values.ts'
import type { ChannelDefinition } from '../definition.ts'
import { wechatAddressFields, wechatBackup } from '../wechat-hosts.ts'
import { createWechatChannel } from './channel.ts'
import { checkWechatSettings } from './check.ts'
import { wechatPolicy, wechatPolicySources, wechatRefundPolicy, wechatRefundPolicySources } from './policy.ts'
import type { WechatSettings } from './settings.ts'

/** WeChat Pay v2 (wechat.md §2; the figures of its capability: §4.4, §5, §7). */
export const wechatDefinition: ChannelDefinition = {
  kind: 'wechat',
  api: { version: 'v2', isDefault: true },
  fields: {
    ...wechatAddressFields,
    appId: { kind: 'text' },
    merchantId: { kind: 'text' },
    subMerchantId: { kind: 'text', isOptional: true },
    subAppId: { kind: 'text', isOptional: true },
    apiKey: { kind: 'secret' },
    signType: { kind: 'choice', values: ['HMAC-SHA256', 'MD5'], default: 'HMAC-SHA256' },
    clientCert: { kind: 'secret', isOptional: 'on-test-servers', holds: ['own-certificate'] },
    clientKey: { kind: 'secret', isOptional: 'on-test-servers', holds: ['own-private-key'] },
  },
  open: ({ texts }, { id, certificateAuthority, wallMs }) => {
    const { clientCert, clientKey, subMerchantId, subAppId } = texts
    if (clientCert !== undefined && clientKey === undefined) {
      return { ok: false, problems: [{ field: 'clientKey', problem: 'is missing beside clientCert' }] }
    }
    if (clientKey !== undefined && clientCert === undefined) {
      return { ok: false, problems: [{ field: 'clientCert', problem: 'is missing beside clientKey' }] }
    }
    const settings: WechatSettings = {
      id,
      baseUrl: requiredText(texts, 'baseUrl'),
      appId: requiredText(texts, 'appId'),
      merchantId: requiredText(texts, 'merchantId'),
      ...(subMerchantId === undefined ? {} : { subMerchantId }),
      ...(subAppId === undefined ? {} : { subAppId }),
      apiKey: requiredText(texts, 'apiKey'),
      signType: texts.signType === 'MD5' ? 'MD5' : 'HMAC-SHA256',
      connection: {
        ...wechatBackup(requiredText(texts, 'baseUrl'), texts.backupBaseUrl),
        ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
        ...(clientCert && clientKey ? { clientCertificate: { certificate: clientCert, key: clientKey } } : {}),
      },
    }
    const problems = saidProblems(checkWechatSettings(settings, wallMs))
    return problems.length > 0 ? { ok: false, problems } : { ok: true, channel: createWechatChannel(settings) }
  },
  policy: wechatPolicy,
  policySources: wechatPolicySources,
  refundPolicy: wechatRefundPolicy,
  refundPolicySources: wechatRefundPolicySources,
  capability: {
    wallets: ['wechat'],
    revoke: { kind: 'revoke', word: 'revoke', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}
