import { requiredText, saidProblems } from '../channel-values.ts'
import type { ChannelDefinition, ChannelOpening, ChannelValues, OpeningContext } from '../definition.ts'
import { createAlipayChannel } from './channel.ts'
import { checkAlipaySettings } from './check.ts'
import { alipayPolicy, alipayPolicySources, alipayRefundPolicy, alipayRefundPolicySources } from './policy.ts'
import type { AlipaySettings, AlipayVerification } from './settings.ts'

/** Alipay's payment in person (alipay.md §2; the figures of its capability: §3.3, §3.4, §6). */
export const alipayDefinition: ChannelDefinition = {
  kind: 'alipay',
  fields: {
    gateway: { kind: 'text', default: 'https://openapi.alipay.com/gateway.do' },
    appId: { kind: 'text' },
    appPrivateKey: { kind: 'secret', holds: ['own-private-key'] },
    alipayPublicKey: { kind: 'secret', isOptional: true, holds: ['public-key'] },
    appCert: { kind: 'secret', isOptional: true, holds: ['own-certificate'] },
    alipayCert: { kind: 'secret', isOptional: true, holds: ['certificate'] },
    alipayRootCert: { kind: 'secret', isOptional: true, holds: ['root-certificates'] },
    appAuthToken: { kind: 'secret', isOptional: true },
  },
  open: openAlipay,
  policy: alipayPolicy,
  policySources: alipayPolicySources,
  refundPolicy: alipayRefundPolicy,
  refundPolicySources: alipayRefundPolicySources,
  capability: {
    wallets: ['alipay'],
    revoke: { kind: 'revoke', word: 'revoke', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}

function openAlipay({ texts }: ChannelValues, { id, certificateAuthority, wallMs }: OpeningContext): ChannelOpening {
  const verification = verificationOf(texts)
  if ('problem' in verification) return { ok: false, problems: [{ field: 'alipayPublicKey', ...verification }] }
  const { appAuthToken } = texts
  const settings: AlipaySettings = {
    id,
    gateway: requiredText(texts, 'gateway'),
    appId: requiredText(texts, 'appId'),
    appPrivateKey: requiredText(texts, 'appPrivateKey'),
    verification,
    ...(appAuthToken === undefined ? {} : { appAuthToken }),
    connection: certificateAuthority === undefined ? {} : { certificateAuthority },
  }
  const problems = saidProblems(checkAlipaySettings(settings, wallMs))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, channel: createAlipayChannel(settings) }
}

function verificationOf(texts: ChannelValues['texts']): AlipayVerification | { readonly problem: string } {
  const { alipayPublicKey, appCert, alipayCert, alipayRootCert } = texts
  const isCertified = appCert !== undefined || alipayCert !== undefined || alipayRootCert !== undefined
  if (alipayPublicKey !== undefined) {
    if (isCertified) return { problem: 'stands beside certificates; choose the public key or the three certificates' }
    return { mode: 'public-key', alipayPublicKey }
  }
  if (appCert === undefined || alipayCert === undefined || alipayRootCert === undefined) {
    return { problem: 'is missing; or give appCert, alipayCert and alipayRootCert together' }
  }
  return {
    mode: 'certificate',
    appCertificate: appCert,
    alipayCertificate: alipayCert,
    alipayRootCertificate: alipayRootCert,
  }
}
