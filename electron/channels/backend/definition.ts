import type { ChannelDefinition, ChannelProblem } from '../definition.ts'
import { createBackendChannel } from './channel.ts'
import { type BackendSettingsProblem, checkBackendSettings } from './check.ts'
import { backendPolicy, backendPolicySources, backendRefundPolicy, backendRefundPolicySources } from './policy.ts'
import type { BackendSettings } from './settings.ts'

const clauses = {
  'not-a-url': 'is not an address',
  'unsupported-scheme': 'must begin with https://',
  insecure: 'must be https: plain http is for this machine only',
  'has-more-than-a-path': 'must be an address without user, password, query and fragment',
  'holds-the-version': 'must end before /v1, which the till adds',
  pem: 'is a PEM file; it must be the shared secret of 32 to 128 characters',
  malformed: 'is not of the form that the contract has (docs/backend-api.yaml, "Keys")',
  'same-as-key-id': 'is the key id again; it must be the secret',
  missing: 'is missing',
  'not-a-certificate': 'is not a certificate',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'not-a-private-key': 'is not a private key',
  'not-of-this-certificate': 'does not belong to the certificate',
} as const satisfies Readonly<Record<BackendSettingsProblem['problem'], string>>

const problemOf = ({ field, problem }: BackendSettingsProblem): ChannelProblem => ({ field, problem: clauses[problem] })

/** The merchant's own back end, by our OpenAPI contract (docs/backend-api.yaml). */
export const backendDefinition: ChannelDefinition = {
  kind: 'backend',
  fields: {
    baseUrl: { kind: 'text' },
    keyId: { kind: 'text' },
    key: { kind: 'secret' },
  },
  open({ texts }, { id, certificateAuthority, wallMs }) {
    const settings: BackendSettings = {
      id,
      baseUrl: (texts.baseUrl ?? '').trim().replace(/\/+$/, ''),
      keyId: texts.keyId ?? '',
      // A secret out of a file often ends with a line feed.
      key: (texts.key ?? '').trim(),
      connection: certificateAuthority === undefined ? {} : { certificateAuthority },
    }
    const problems = checkBackendSettings(settings, wallMs)
    return problems.length === 0
      ? { ok: true, channel: createBackendChannel(settings) }
      : { ok: false, problems: problems.map(problemOf) }
  },
  policy: backendPolicy,
  policySources: backendPolicySources,
  refundPolicy: backendRefundPolicy,
  refundPolicySources: backendRefundPolicySources,
  capability: {
    wallets: ['wechat', 'alipay', 'unionpay'],
    revoke: { kind: 'revoke', word: 'revoke', confirmedBy: 'query' },
    refund: { kind: 'refund', query: true, partial: true },
    bill: 'download',
    endsAreProof: true,
    amountLimitFen: null,
  },
}
