import { requiredText } from '../channel-values.ts'
import type { ChannelDefinition, ChannelOpening, ChannelValues, OpeningContext } from '../definition.ts'
import { createIcbcChannel } from './channel.ts'
import { checkIcbcSettings, type IcbcSettingsProblem } from './check.ts'
import { icbcPolicy, icbcPolicySources, icbcRefundPolicy, icbcRefundPolicySources } from './policy.ts'
import { type IcbcSettings, icbcDefaultPaths } from './settings.ts'

/** ICBC's aggregate acceptance (工行聚合收款), where the customer shows the code (icbc.md §1, §5, §9). */
export const icbcDefinition: ChannelDefinition = {
  kind: 'icbc',
  fields: {
    baseUrl: { kind: 'text', default: 'https://gw.open.icbc.com.cn' },
    appId: { kind: 'text' },
    merchantId: { kind: 'text' },
    privateKey: { kind: 'secret', holds: ['own-private-key'] },
    icbcPublicKey: { kind: 'secret', holds: ['public-key'] },
    signType: { kind: 'choice', values: ['RSA2', 'RSA'], default: 'RSA2' },
    answerDigest: { kind: 'choice', values: ['SHA1', 'SHA1-or-SHA256'], default: 'SHA1' },
    payPath: { kind: 'text', default: icbcDefaultPaths.payPath },
    queryPath: { kind: 'text', default: icbcDefaultPaths.queryPath },
    reversePath: { kind: 'text', default: icbcDefaultPaths.reversePath },
    rejectPath: { kind: 'text', default: icbcDefaultPaths.rejectPath },
    rejectQueryPath: { kind: 'text', default: icbcDefaultPaths.rejectQueryPath },
    operId: { kind: 'text', isOptional: true },
    refusalCodes: { kind: 'text', isOptional: true },
  },
  open: openIcbc,
  policy: icbcPolicy,
  policySources: icbcPolicySources,
  refundPolicy: icbcRefundPolicy,
  refundPolicySources: icbcRefundPolicySources,
  capability: {
    wallets: ['wechat', 'alipay', 'unionpay'],
    revoke: { kind: 'revoke', word: 'reversal', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'file',
    endsAreProof: true,
    amountLimitFen: null,
  },
}

const said = {
  'not-a-url': 'is no address',
  'unsupported-scheme': 'must begin with https://',
  insecure: 'must begin with https:// (plain http is for this machine only)',
  'with-a-path': 'must be scheme and host alone; the path is part of what is signed',
  malformed: 'is malformed',
  'not-12-or-15-digits': 'is not a merchant number of 12 or 15 digits',
  'not-a-key': 'is no RSA key, neither PEM nor base64',
  'public-half': 'is the public half; the private key belongs here',
  'private-half': 'is a private key; the public key of ICBC’s gateway belongs here',
  'own-public-key': 'is the merchant’s own public key; that of ICBC’s gateway belongs here',
  'too-short': 'is shorter than 1024 bits',
  'not-a-plain-path': 'is no path such as /api/qrcode/V2/pay',
  'older-than-v5': 'is older than V5, which alone can tell a reversed order',
  missing: 'is missing',
  'not-a-certificate': 'is no certificate',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'not-a-private-key': 'is no private key',
  'not-of-this-certificate': 'does not belong to the certificate',
} as const satisfies Readonly<Record<IcbcSettingsProblem['problem'], string>>

/** The codes of a text such as `5910001, 5910002`. */
const codesIn = (text: string | undefined): readonly string[] => (text ?? '').split(/[\s,;]+/).filter(Boolean)

function openIcbc({ texts }: ChannelValues, { id, certificateAuthority, wallMs }: OpeningContext): ChannelOpening {
  const { operId } = texts
  const settings: IcbcSettings = {
    id,
    baseUrl: requiredText(texts, 'baseUrl'),
    appId: requiredText(texts, 'appId'),
    merchantId: requiredText(texts, 'merchantId'),
    privateKey: requiredText(texts, 'privateKey'),
    icbcPublicKey: requiredText(texts, 'icbcPublicKey'),
    signType: texts.signType === 'RSA' ? 'RSA' : 'RSA2',
    answerDigest: texts.answerDigest === 'SHA1-or-SHA256' ? 'SHA1-or-SHA256' : 'SHA1',
    paths: {
      payPath: requiredText(texts, 'payPath'),
      queryPath: requiredText(texts, 'queryPath'),
      reversePath: requiredText(texts, 'reversePath'),
      rejectPath: requiredText(texts, 'rejectPath'),
      rejectQueryPath: requiredText(texts, 'rejectQueryPath'),
    },
    ...(operId === undefined ? {} : { operId }),
    refusalCodes: codesIn(texts.refusalCodes),
    connection: certificateAuthority === undefined ? {} : { certificateAuthority },
  }
  const problems = checkIcbcSettings(settings, wallMs).map(({ field, problem }) => ({ field, problem: said[problem] }))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, channel: createIcbcChannel(settings) }
}
