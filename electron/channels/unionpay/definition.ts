import { assertNever } from '../../till/brand.ts'
import type { ChannelDefinition, ChannelOpening, ChannelProblem, ChannelValues, OpeningContext } from '../definition.ts'
import { createUnionpayChannel } from './channel.ts'
import { checkUnionpaySettings, type UnionpaySettingsProblem } from './check.ts'
import { unionpayPolicy, unionpayPolicySources, unionpayRefundPolicy, unionpayRefundPolicySources } from './policy.ts'
import type { UnionpaySettings } from './settings.ts'

const problemTexts = {
  malformed: 'is malformed',
  'not-a-url': 'is not an address',
  'unsupported-scheme': 'is neither https nor http',
  insecure: 'must be https; plain http is for this machine only',
  'with-path': 'must end after the host: the channel adds /gateway/api/…',
  'not-decimal':
    'is not a decimal number: it is the serial number of the signing certificate, which tools print in hex',
  'not-a-key': 'is not an RSA private key in PEM',
  'too-short': 'is too short: RSA keys have 2048 bits or more',
  missing: 'is missing',
  'not-a-certificate': 'is not a certificate in PEM',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'private-half': 'is a private key, and a certificate belongs here',
  'own-certificate': "is the merchant's own certificate, and UnionPay's belongs here",
  'not-a-private-key': 'is not a private key',
  'not-of-this-certificate': 'does not belong to clientCert',
} as const

const problemText = ({ field, problem }: UnionpaySettingsProblem): string => {
  switch (problem) {
    case 'malformed':
      switch (field) {
        case 'merchantId':
          return 'is not 15 letters and digits'
        case 'terminalId':
          return 'is not 8 letters and digits'
        case 'backUrl':
          return 'is not an http or https address of at most 256 characters'
        default:
          return assertNever(field, 'malformed field')
      }
    case 'public-half':
      return field === 'merchantPrivateKey'
        ? 'is the public half, and the private key belongs here'
        : 'is a bare public key, and a certificate belongs here'
    case 'certificate':
      return 'is a certificate, and the private key belongs here'
    default:
      return problemTexts[problem]
  }
}

const defaultFileUrl = 'https://filedownload.95516.com/'

const settingsOf = ({ texts }: ChannelValues, context: OpeningContext): UnionpaySettings => ({
  id: context.id,
  baseUrl: texts['baseUrl'] ?? '',
  fileUrl: texts['fileUrl'] ?? defaultFileUrl,
  queryPath: texts['queryPath'] === 'backTransReq.do' ? 'backTransReq.do' : 'queryTrans.do',
  merchantId: texts['merchantId'] ?? '',
  ...(texts['terminalId'] === undefined ? {} : { terminalId: texts['terminalId'] }),
  merchantPrivateKey: texts['merchantPrivateKey'] ?? '',
  certId: (texts['certId'] ?? '').trim(),
  unionpayCert: texts['unionpayCert'] ?? '',
  channelType: texts['channelType'] === '07' ? '07' : '08',
  backUrl: texts['backUrl'] ?? '',
  trustPay00: texts['trustPay00'] === 'yes',
  sameDayFullRefund: texts['sameDayFullRefund'] === 'undo' ? 'undo' : 'refund',
  connection: context.certificateAuthority === undefined ? {} : { certificateAuthority: context.certificateAuthority },
})

const open = (values: ChannelValues, context: OpeningContext): ChannelOpening => {
  const settings = settingsOf(values, context)
  const problems = checkUnionpaySettings(settings, context.wallMs)
  if (problems.length === 0) return { ok: true, channel: createUnionpayChannel(settings) }
  const told = problems.map((each): ChannelProblem => ({ field: each.field, problem: problemText(each) }))
  return { ok: false, problems: told }
}

/** UnionPay QR, customer-presented (银联二维码·被扫): reference `unionpay.md`, docs/channels/unionpay.md. */
export const unionpayDefinition: ChannelDefinition = {
  kind: 'unionpay',
  fields: {
    baseUrl: { kind: 'text', default: 'https://gateway.95516.com' },
    fileUrl: { kind: 'text', default: defaultFileUrl },
    queryPath: { kind: 'choice', values: ['queryTrans.do', 'backTransReq.do'], default: 'queryTrans.do' },
    merchantId: { kind: 'text' },
    terminalId: { kind: 'text', isOptional: true },
    merchantPrivateKey: { kind: 'secret', holds: ['own-private-key'] },
    certId: { kind: 'text', serialOfOwnCertificate: 'decimal' },
    unionpayCert: { kind: 'secret', holds: ['certificate', 'root-certificates'] },
    channelType: { kind: 'choice', values: ['08', '07'], default: '08' },
    backUrl: { kind: 'text', default: 'http://www.specialUrl.com' },
    trustPay00: { kind: 'choice', values: ['no', 'yes'], default: 'no' },
    sameDayFullRefund: { kind: 'choice', values: ['refund', 'undo'], default: 'refund' },
  },
  open,
  policy: unionpayPolicy,
  policySources: unionpayPolicySources,
  refundPolicy: unionpayRefundPolicy,
  refundPolicySources: unionpayRefundPolicySources,
  capability: {
    wallets: ['unionpay'],
    revoke: { kind: 'revoke', word: 'reversal', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}
