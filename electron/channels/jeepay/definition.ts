import { requiredText } from '../channel-values.ts'
import type { ChannelDefinition } from '../definition.ts'
import { createJeepayChannel } from './channel.ts'
import { checkJeepaySettings, type JeepaySettingsProblem } from './check.ts'
import { jeepayPolicy, jeepayPolicySources, jeepayRefundPolicy, jeepayRefundPolicySources } from './policy.ts'
import type { JeepaySettings } from './settings.ts'

const said = {
  'not-a-url': 'is no address',
  'unsupported-scheme': 'must begin with https://',
  insecure: 'must begin with https:// (plain http is for this machine only)',
  'names-a-call': 'must be the address before /api, without a call’s path',
  'has-a-query-or-fragment': 'must have neither ? nor #',
  malformed: 'is malformed',
  'same-as-merchant': 'is the merchant’s number; the application has its own',
  'longer-than-128': 'is longer than 128 characters',
  'shorter-than-16': 'is shorter than 16 characters',
  'an-identifier': 'is the merchant’s or the application’s number; the application’s secret (AppSecret) belongs here',
  missing: 'is missing',
  'not-a-certificate': 'is no certificate',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'not-a-private-key': 'is no private key',
  'not-of-this-certificate': 'does not belong to the certificate',
} as const satisfies Readonly<Record<JeepaySettingsProblem['problem'], string>>

/** Jeepay (计全支付), open-source payment gateway, as it is (jeepay.md §1; what it cannot do: §5, §6). */
export const jeepayDefinition: ChannelDefinition = {
  kind: 'jeepay',
  fields: {
    baseUrl: { kind: 'text' },
    mchNo: { kind: 'text' },
    appId: { kind: 'text' },
    appSecret: { kind: 'secret' },
  },
  open: ({ texts }, { id, certificateAuthority, wallMs }) => {
    const settings: JeepaySettings = {
      id,
      baseUrl: requiredText(texts, 'baseUrl'),
      mchNo: requiredText(texts, 'mchNo'),
      appId: requiredText(texts, 'appId'),
      appSecret: requiredText(texts, 'appSecret'),
      connection: certificateAuthority === undefined ? {} : { certificateAuthority },
    }
    const problems = checkJeepaySettings(settings, wallMs).map(({ field, problem }) => ({
      field,
      problem: said[problem],
    }))
    return problems.length > 0 ? { ok: false, problems } : { ok: true, channel: createJeepayChannel(settings) }
  },
  policy: jeepayPolicy,
  policySources: jeepayPolicySources,
  refundPolicy: jeepayRefundPolicy,
  refundPolicySources: jeepayRefundPolicySources,
  capability: {
    wallets: ['wechat', 'alipay', 'unionpay'],
    revoke: { kind: 'none' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'none',
    endsAreProof: false,
    amountLimitFen: null,
  },
}
