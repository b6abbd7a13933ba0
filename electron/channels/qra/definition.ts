import { requiredText } from '../channel-values.ts'
import type { ChannelDefinition, ChannelOpening, ChannelProblem, ChannelValues, OpeningContext } from '../definition.ts'
import { createQraChannel } from './channel.ts'
import { checkQraSettings, type QraSettingsProblem } from './check.ts'
import { qraPolicy, qraPolicySources, qraRefundPolicy, qraRefundPolicySources } from './policy.ts'
import type { QraSettings, QraSigning } from './settings.ts'

/** UnionPay's gateway to WeChat and Alipay, and every other gateway of SwiftPass's form (swiftpass.md §1, §5, §6). */
export const qraDefinition: ChannelDefinition = {
  kind: 'qra',
  fields: {
    gateway: { kind: 'text', default: 'https://qra.95516.com/pay/gateway' },
    merchantId: { kind: 'text' },
    signType: { kind: 'choice', values: ['MD5', 'RSA_1_256', 'RSA_1_1'], default: 'MD5' },
    apiKey: { kind: 'secret', isOptional: true },
    merchantPrivateKey: { kind: 'secret', isOptional: true, holds: ['own-private-key'] },
    platformPublicKey: { kind: 'secret', isOptional: true, holds: ['public-key'] },
    signAgentno: { kind: 'text', isOptional: true },
    groupno: { kind: 'text', isOptional: true },
    opUserId: { kind: 'text', isOptional: true },
    billGateway: { kind: 'text', isOptional: true },
    unnamedEnds: { kind: 'choice', values: ['unverifiable', 'accepted'], default: 'unverifiable' },
    refundState: { kind: 'choice', values: ['unknown', 'closed'], default: 'unknown' },
  },
  open: openQra,
  policy: qraPolicy,
  policySources: qraPolicySources,
  refundPolicy: qraRefundPolicy,
  refundPolicySources: qraRefundPolicySources,
  capability: {
    wallets: ['wechat', 'alipay', 'unionpay'],
    revoke: { kind: 'revoke', word: 'reversal', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}

const said = {
  'not-a-url': 'is no address',
  'unsupported-scheme': 'must begin with https://',
  insecure: 'must begin with https:// (plain http is for this machine only)',
  'with-a-query': 'must end with its path, without ? or #',
  malformed: 'is malformed',
  'not-a-key': 'is no RSA key, neither PEM nor base64',
  'public-half': 'is the public half; the private key belongs here',
  'private-half': 'is a private key; the platform’s public key belongs here',
  'own-public-key': 'is the merchant’s own public key; the platform’s belongs here',
  'too-short': 'is shorter than 1024 bits',
  missing: 'is missing',
  'not-a-certificate': 'is no certificate',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'not-a-private-key': 'is no private key',
  'not-of-this-certificate': 'does not belong to the certificate',
} as const satisfies Readonly<Record<QraSettingsProblem['problem'], string>>

/** What the chosen way of signing needs, or which of it is not there. */
function signingOf({ signType, ...texts }: ChannelValues['texts']): QraSigning | readonly ChannelProblem[] {
  const { apiKey, merchantPrivateKey, platformPublicKey } = texts
  if (signType !== 'RSA_1_256' && signType !== 'RSA_1_1') {
    if (apiKey !== undefined) return { signType: 'MD5', apiKey }
    return [{ field: 'apiKey', problem: 'is missing, and signType MD5 needs it' }]
  }
  if (merchantPrivateKey !== undefined && platformPublicKey !== undefined) {
    return { signType, merchantPrivateKey, platformPublicKey }
  }
  const given = { merchantPrivateKey, platformPublicKey }
  return Object.entries(given)
    .filter(([, text]) => text === undefined)
    .map(([field]) => ({ field, problem: `is missing, and signType ${signType} needs it` }))
}

function openQra({ texts }: ChannelValues, { id, certificateAuthority, wallMs }: OpeningContext): ChannelOpening {
  const signing = signingOf(texts)
  if (!('signType' in signing)) return { ok: false, problems: signing }
  const { signAgentno, groupno, opUserId, billGateway } = texts
  const settings: QraSettings = {
    id,
    gateway: requiredText(texts, 'gateway'),
    merchantId: requiredText(texts, 'merchantId'),
    signing,
    ...(signAgentno === undefined ? {} : { signAgentno }),
    ...(groupno === undefined ? {} : { groupno }),
    ...(opUserId === undefined ? {} : { opUserId }),
    ...(billGateway === undefined ? {} : { billGateway }),
    unnamedEnds: texts.unnamedEnds === 'accepted' ? 'accepted' : 'unverifiable',
    refundState: texts.refundState === 'closed' ? 'closed' : 'unknown',
    connection: certificateAuthority === undefined ? {} : { certificateAuthority },
  }
  const problems = checkQraSettings(settings, wallMs).map(({ field, problem }) => ({ field, problem: said[problem] }))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, channel: createQraChannel(settings) }
}
