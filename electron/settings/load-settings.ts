import { checkAlipaySettings } from '../channels/alipay/check.ts'
import type { AlipaySettings } from '../channels/alipay/settings.ts'
import type { ConnectionSettings } from '../channels/channel.ts'
import { checkWechatSettings } from '../channels/wechat/check.ts'
import type { WechatSettings } from '../channels/wechat/settings.ts'
import type { ChannelId } from '../till/ids.ts'
import { type Fen, fen, readYuan } from '../till/money.ts'
import type { Wallet } from '../till/payment-code.ts'
import { type ChannelKind, defaultPolicies, policyWith } from '../till/policy.ts'
import { defaultRefundPolicies, refundPolicyWith } from '../till/refund/policy.ts'
import type { SettingsProblem } from './problem.ts'
import { type ConfigurationPlace, readConfiguration } from './read-configuration.ts'
import { resolveSecret } from './resolve-secret.ts'
import { defaultScanners, scannerSettings } from './scanner-schema.ts'
import type { ChannelConfiguration, Configuration, SecretReference } from './schema.ts'
import type { ResolvedChannel, Settings } from './settings.ts'

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] }

export type SettingsSources = ConfigurationPlace & {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly wallMs: number
}

/** The channels of training mode; they stand in until a channel is configured. */
const trainingChannels: readonly { readonly id: string; readonly kind: ChannelKind }[] = [
  { id: 'wechat', kind: 'wechat' },
  { id: 'alipay', kind: 'alipay' },
]

/** 50,000 yuan: more than a counter's daily trade and less than what a slip of the finger makes; a setting. */
const defaultAmountLimitFen = fen(5_000_000)

/** M5: WeChat asks above 1,000 yuan (wechat.md §5), Alipay above 2,000 as tested by the article. Settings, never rules. */
const defaultPasswordLikelyAboveFen = { wechat: fen(100_000), alipay: fen(200_000) } as const

/** Reads the configuration and everything that it names; all complaints at once, each with file and field. */
export async function loadSettings(sources: SettingsSources): Promise<SettingsReading> {
  const reading = await readConfiguration(sources)
  if (!reading.ok) return reading
  const { configuration, exists } = reading
  const problems: SettingsProblem[] = []
  const complain = (field: string, message: string): void => {
    problems.push({ file: sources.path, field, message })
  }

  const channels = await resolveChannels(configuration, sources, complain)
  const known = configuration.channels.length === 0 ? trainingChannels : configuration.channels
  checkNames(configuration, known, complain)
  if (problems.length > 0) return { ok: false, problems }

  const { store, till, language } = configuration
  return {
    ok: true,
    settings: {
      configurationFile: sources.path,
      configurationExists: exists,
      mode: configuration.channels.length === 0 ? 'training' : 'live',
      store,
      till,
      language,
      subject: configuration.subject ?? store.name,
      amountLimitFen: configuration.amountLimitYuan ? yuan(configuration.amountLimitYuan) : defaultAmountLimitFen,
      passwordLikelyAboveFen: passwordThresholds(configuration),
      channels,
      scanners: (configuration.scanners ?? defaultScanners).map(scannerSettings),
      routes: routesOf(configuration, known),
      policies: Object.fromEntries(
        known.map(({ id, kind }) => {
          const { refundWindowMs, refundRetryMs, refundAskMs, ...payment } = configuration.policy[id] ?? {}
          const { requestTimeoutMs } = payment
          const refund = { refundWindowMs, refundRetryMs, refundAskMs, requestTimeoutMs }
          const policy = policyWith(defaultPolicies[kind], configuration.policy[id] ? payment : undefined)
          return [id, { kind, policy, refundPolicy: refundPolicyWith(defaultRefundPolicies[kind], refund) }]
        }),
      ),
    },
  }
}

type Complain = (field: string, message: string) => void

async function resolveChannels(
  configuration: Configuration,
  sources: SettingsSources,
  complain: Complain,
): Promise<readonly ResolvedChannel[]> {
  const channels: ResolvedChannel[] = []
  for (const [index, channel] of configuration.channels.entries()) {
    const at = `channels[${index}]`
    const resolved = await resolveChannel(channel, sources, (field, message) => complain(`${at}.${field}`, message))
    if (resolved) channels.push(resolved)
  }
  return channels
}

async function resolveChannel(
  channel: ChannelConfiguration,
  sources: SettingsSources,
  complain: Complain,
): Promise<ResolvedChannel | null> {
  let complete = true
  const secret = async (field: string, reference: SecretReference | undefined): Promise<string | undefined> => {
    if (!reference) return undefined
    const reading = await resolveSecret(reference, { ...sources, configurationFile: sources.path })
    if (reading.ok) return reading.value
    complete = false
    complain(field, reading.message)
    return undefined
  }
  const authority = await secret('ca', channel.ca)
  const ca = authority === undefined ? {} : { certificateAuthority: authority }
  if (channel.kind === 'wechat') {
    const settings = await wechatSettings(channel, ca, secret, complain)
    if (!complete || settings === null) return null
    for (const { field, problem } of checkWechatSettings(settings, sources.wallMs)) complain(field, words(problem))
    return { kind: 'wechat', settings }
  }
  const settings = await alipaySettings(channel, ca, secret, complain)
  if (!complete || settings === null) return null
  for (const { field, problem } of checkAlipaySettings(settings, sources.wallMs)) complain(field, words(problem))
  return { kind: 'alipay', settings }
}

type Secret = (field: string, reference: SecretReference | undefined) => Promise<string | undefined>

async function wechatSettings(
  channel: Extract<ChannelConfiguration, { kind: 'wechat' }>,
  ca: ConnectionSettings,
  secret: Secret,
  complain: Complain,
): Promise<WechatSettings | null> {
  const apiKey = await secret('apiKey', channel.apiKey)
  const certificate = await secret('clientCert', channel.clientCert)
  const key = await secret('clientKey', channel.clientKey)
  if (channel.clientCert && !channel.clientKey) complain('clientKey', 'is missing beside clientCert')
  if (channel.clientKey && !channel.clientCert) complain('clientCert', 'is missing beside clientKey')
  if (apiKey === undefined) return null
  const { id, baseUrl, appId, merchantId, subMerchantId, subAppId, signType } = channel
  return {
    // The schema has checked the form of the id; the configuration is where channel ids are born.
    id: id as ChannelId,
    baseUrl,
    appId,
    merchantId,
    ...(subMerchantId === undefined ? {} : { subMerchantId }),
    ...(subAppId === undefined ? {} : { subAppId }),
    apiKey,
    signType,
    connection: certificate && key ? { ...ca, clientCertificate: { certificate, key } } : ca,
  }
}

async function alipaySettings(
  channel: Extract<ChannelConfiguration, { kind: 'alipay' }>,
  connection: ConnectionSettings,
  secret: Secret,
  complain: Complain,
): Promise<AlipaySettings | null> {
  const appPrivateKey = await secret('appPrivateKey', channel.appPrivateKey)
  const alipayPublicKey = await secret('alipayPublicKey', channel.alipayPublicKey)
  const appCertificate = await secret('appCert', channel.appCert)
  const alipayCertificate = await secret('alipayCert', channel.alipayCert)
  const alipayRootCertificate = await secret('alipayRootCert', channel.alipayRootCert)
  const appAuthToken = await secret('appAuthToken', channel.appAuthToken)
  const { id, gateway, appId } = channel
  const certificates = [channel.appCert, channel.alipayCert, channel.alipayRootCert].filter(
    (each) => each !== undefined,
  )
  if (channel.alipayPublicKey && certificates.length > 0) {
    complain('alipayPublicKey', 'stands beside certificates; choose the public key or the three certificates')
    return null
  }
  if (!channel.alipayPublicKey && certificates.length < 3) {
    complain('alipayPublicKey', 'is missing; or give appCert, alipayCert and alipayRootCert together')
    return null
  }
  if (appPrivateKey === undefined) return null
  const identity = { id: id as ChannelId, gateway, appId, appPrivateKey, connection }
  const token = appAuthToken === undefined ? {} : { appAuthToken }
  if (alipayPublicKey !== undefined) {
    return { ...identity, ...token, verification: { mode: 'public-key', alipayPublicKey } }
  }
  if (appCertificate === undefined || alipayCertificate === undefined || alipayRootCertificate === undefined)
    return null
  const verification = { mode: 'certificate', appCertificate, alipayCertificate, alipayRootCertificate } as const
  return { ...identity, ...token, verification }
}

/** Every id that `routes` and `policy` name must be a channel's, and no two channels may share one. */
function checkNames(configuration: Configuration, known: readonly { readonly id: string }[], complain: Complain): void {
  const ids = known.map(({ id }) => id)
  const list = ids.join(', ')
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index) complain(`channels[${index}].id`, `"${id}" is used twice`)
  }
  for (const [wallet, id] of Object.entries(configuration.routes ?? {})) {
    if (!ids.includes(id)) complain(`routes.${wallet}`, `no channel has this id; there are ${list}`)
  }
  for (const id of Object.keys(configuration.policy)) {
    if (!ids.includes(id)) complain(`policy.${id}`, `no channel has this id; there are ${list}`)
  }
}

function routesOf(
  configuration: Configuration,
  known: readonly { readonly id: string; readonly kind: ChannelKind }[],
): Settings['routes'] {
  const byKind: Partial<Record<Wallet, string>> = {}
  for (const { id, kind } of known) byKind[kind] ??= id
  return (configuration.routes ?? byKind) as Settings['routes']
}

function passwordThresholds(configuration: Configuration): Settings['passwordLikelyAboveFen'] {
  const set = Object.entries(configuration.passwordLikelyAboveYuan ?? {}).map(([wallet, text]) => [wallet, yuan(text)])
  return { ...defaultPasswordLikelyAboveFen, ...(Object.fromEntries(set) as Partial<Record<Wallet, Fen>>) }
}

/** Yuan whose form the schema has checked. */
function yuan(text: string): Fen {
  const reading = readYuan(text)
  if (!reading.ok) throw new Error(`the schema let an amount through: ${reading.problem}`)
  return reading.amountFen
}

/** A check's finding as a clause: `not-32-characters` reads "not 32 characters". */
function words(problem: string): string {
  return problem.replaceAll('-', ' ')
}
