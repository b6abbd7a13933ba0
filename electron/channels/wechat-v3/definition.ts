import { requiredText, saidProblems } from '../channel-values.ts'
import type { ChannelDefinition, ChannelOpening, ChannelValues, OpeningContext } from '../definition.ts'
import { wechatAddressFields, wechatBackup } from '../wechat-hosts.ts'
import { createWechatV3Channel } from './channel.ts'
import { checkWechatV3Settings, unexpiredCertificates } from './check.ts'
import { wechatV3Policy, wechatV3PolicySources, wechatV3RefundPolicy, wechatV3RefundPolicySources } from './policy.ts'
import type { WechatV3Settings } from './settings.ts'

/** WeChat Pay v3, by setting only: official material disagrees on whether payment codes have a v3 (wechat.md §0.7). */
export const wechatV3Definition: ChannelDefinition = {
  kind: 'wechat',
  api: { version: 'v3', isDefault: false },
  fields: {
    ...wechatAddressFields,
    appId: { kind: 'text' },
    merchantId: { kind: 'text' },
    subMerchantId: { kind: 'text', isOptional: true },
    subAppId: { kind: 'text', isOptional: true },
    merchantSerial: { kind: 'text', serialOfOwnCertificate: 'hex' },
    merchantPrivateKey: { kind: 'secret', holds: ['own-private-key'] },
    wechatpayPublicKeyId: { kind: 'text', isOptional: true },
    wechatpayPublicKey: { kind: 'secret', isOptional: true, holds: ['public-key'] },
    platformCerts: { kind: 'secrets', isOptional: true, holds: ['certificate'] },
    storeId: { kind: 'text', isOptional: true },
    storeOutId: { kind: 'text', isOptional: true },
  },
  open: openWechatV3,
  policy: wechatV3Policy,
  policySources: wechatV3PolicySources,
  refundPolicy: wechatV3RefundPolicy,
  refundPolicySources: wechatV3RefundPolicySources,
  capability: {
    wallets: ['wechat'],
    revoke: { kind: 'revoke', word: 'revoke', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}

function openWechatV3(
  { texts, lists }: ChannelValues,
  { id, certificateAuthority, wallMs }: OpeningContext,
): ChannelOpening {
  const { wechatpayPublicKeyId, wechatpayPublicKey, subMerchantId, subAppId, storeId, storeOutId } = texts
  if (wechatpayPublicKey !== undefined && wechatpayPublicKeyId === undefined) {
    return { ok: false, problems: [{ field: 'wechatpayPublicKeyId', problem: 'is missing beside wechatpayPublicKey' }] }
  }
  if (wechatpayPublicKeyId !== undefined && wechatpayPublicKey === undefined) {
    return { ok: false, problems: [{ field: 'wechatpayPublicKey', problem: 'is missing beside wechatpayPublicKeyId' }] }
  }
  const settings: WechatV3Settings = {
    id,
    baseUrl: requiredText(texts, 'baseUrl'),
    appId: requiredText(texts, 'appId'),
    merchantId: requiredText(texts, 'merchantId'),
    merchantSerial: requiredText(texts, 'merchantSerial'),
    merchantPrivateKey: requiredText(texts, 'merchantPrivateKey'),
    platformCertificates: lists.platformCerts ?? [],
    ...(wechatpayPublicKeyId && wechatpayPublicKey
      ? { wechatpayPublicKey: { id: wechatpayPublicKeyId, key: wechatpayPublicKey } }
      : {}),
    ...(subMerchantId === undefined ? {} : { subMerchantId }),
    ...(subAppId === undefined ? {} : { subAppId }),
    ...(storeId === undefined ? {} : { storeId }),
    ...(storeOutId === undefined ? {} : { storeOutId }),
    connection: {
      ...wechatBackup(requiredText(texts, 'baseUrl'), texts.backupBaseUrl),
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    },
  }
  const problems = saidProblems(checkWechatV3Settings(settings, wallMs))
  if (problems.length > 0) return { ok: false, problems }
  const platformCertificates = unexpiredCertificates(settings.platformCertificates, wallMs)
  return { ok: true, channel: createWechatV3Channel({ ...settings, platformCertificates }) }
}
