import { accountOf, trainingAccount } from '../channels/account.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import { findDefinition } from '../channels/registry.ts'
import type { ChannelId } from '../till/ids.ts'
import { type Fen, fen, readYuan } from '../till/money.ts'
import type { Wallet } from '../till/payment-code.ts'
import { policyWith } from '../till/policy.ts'
import { refundPolicyWith } from '../till/refund/policy.ts'
import { type CertificateTerm, termOfText } from './certificates.ts'
import type { ChannelConfiguration, SecretReference } from './channel-schema.ts'
import { openPos } from './pos-schema.ts'
import { printerComplaints, printerSettings } from './printer-schema.ts'
import type { SettingsProblem } from './problem.ts'
import { type ConfigurationPlace, readConfiguration } from './read-configuration.ts'
import { resolveSecret } from './resolve-secret.ts'
import { defaultScanners, scannerSettings } from './scanner-schema.ts'
import type { Configuration } from './schema.ts'
import type { SealedSecrets } from './sealed/sealed-secrets.ts'
import type { Settings } from './settings.ts'

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] }

export type SettingsSources = ConfigurationPlace & {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly sealed: SealedSecrets
  readonly wallMs: number
}

/** A channel of this till with its kind's definition; without a configuration it is one of training mode. */
type KnownChannel = {
  readonly id: string
  readonly definition: ChannelDefinition
  readonly configuration: ChannelConfiguration | null
}

/** The channels of training mode; they stand in until a channel is configured. */
const trainingChannels: readonly KnownChannel[] = ['wechat', 'alipay'].map((kind) => ({
  id: kind,
  definition: definitionOf({ kind }),
  configuration: null,
}))

function definitionOf(
  { kind, api }: Pick<ChannelConfiguration, 'kind' | 'api'>,
  definitions?: readonly ChannelDefinition[],
): ChannelDefinition {
  const definition = findDefinition(kind, api, definitions)
  if (definition === undefined) throw new TypeError(`the schema let a channel kind through: ${kind}`)
  return definition
}

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

  const known =
    configuration.channels.length === 0
      ? trainingChannels
      : configuration.channels.map((each) => ({
          id: each.id,
          definition: definitionOf(each, sources.definitions),
          configuration: each,
        }))
  const certificates: CertificateTerm[] = []
  const channels = await openChannels(known, sources, complain, certificates)
  checkNames(configuration, known, complain)
  for (const { field, message } of printerComplaints(configuration.printers)) complain(field, message)
  const pos = await openPos(configuration.pos, { ...sources, configurationFile: sources.path }, complain)
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
      certificates,
      scanners: (configuration.scanners ?? defaultScanners).map(scannerSettings),
      printing: { mode: configuration.printing, revocations: configuration.printRevocations },
      signedReceipts: configuration.signedReceipts,
      customerDisplay: configuration.customerDisplay,
      gunKeyGapMs: configuration.keyboardGun.keyGapMs,
      sound: configuration.sound,
      printers: configuration.printers.map(printerSettings),
      staff: {
        idleLockMs: configuration.staff.idleLockMs,
        limits: {
          'refund-order': yuan(configuration.staff.limits.refundYuan),
          'return-cash': yuan(configuration.staff.limits.returnCashYuan),
          'accept-difference': yuan(configuration.staff.limits.differenceYuan),
        },
      },
      shifts: configuration.shifts,
      backups: configuration.backups,
      pos,
      updates: updateSource(configuration),
      secretsKey: configuration.secretsKey,
      kiosk: configuration.kiosk,
      routes: routesOf(configuration, known),
      policies: Object.fromEntries(
        known.map(({ id, definition, configuration: own }) => {
          const { refundWindowMs, refundRetryMs, refundAskMs, ...payment } = configuration.policy[id] ?? {}
          const { requestTimeoutMs } = payment
          const refund = { refundWindowMs, refundRetryMs, refundAskMs, requestTimeoutMs }
          const policy = policyWith(definition.policy, configuration.policy[id] ? payment : undefined)
          const account = own === null ? trainingAccount : accountOf(definition, own)
          return [id, { definition, account, policy, refundPolicy: refundPolicyWith(definition.refundPolicy, refund) }]
        }),
      ),
    },
  }
}

type Complain = (field: string, message: string) => void

async function openChannels(
  known: readonly KnownChannel[],
  sources: SettingsSources,
  complain: Complain,
  certificates: CertificateTerm[],
): Promise<readonly Channel[]> {
  const channels: Channel[] = []
  for (const [index, { configuration, definition }] of known.entries()) {
    if (configuration === null) continue
    const at = `channels[${index}]`
    const opened = await openChannel(configuration, definition, sources, {
      complain: (field, message) => complain(`${at}.${field}`, message),
      hear(field, text) {
        const untilWallMs = termOfText(text)
        if (untilWallMs !== null) certificates.push({ channel: configuration.id, field, untilWallMs })
      },
    })
    if (opened) channels.push(opened)
  }
  return channels
}

async function openChannel(
  configuration: ChannelConfiguration,
  definition: ChannelDefinition,
  sources: SettingsSources,
  { complain, hear }: { readonly complain: Complain; readonly hear: (field: string, text: string) => void },
): Promise<Channel | null> {
  let isComplete = true
  const resolved = async (field: string, reference: unknown): Promise<string | undefined> => {
    if (reference === undefined) return undefined
    // The schema has checked the form of each reference.
    const secret = reference as SecretReference
    const reading = await resolveSecret(secret, { ...sources, configurationFile: sources.path })
    if (reading.ok) {
      hear(field, reading.value)
      return reading.value
    }
    isComplete = false
    complain(field, reading.message)
    return undefined
  }
  const texts: Record<string, string | undefined> = {}
  const lists: Record<string, readonly string[]> = {}
  for (const [name, { kind }] of Object.entries(definition.fields)) {
    const value = configuration[name]
    if (kind === 'secret') {
      texts[name] = await resolved(name, value)
    } else if (kind === 'secrets') {
      const all: string[] = []
      for (const [index, each] of (Array.isArray(value) ? value : []).entries()) {
        const text = await resolved(`${name}[${index}]`, each)
        if (text !== undefined) all.push(text)
      }
      if (value !== undefined) lists[name] = all
    } else {
      texts[name] = typeof value === 'string' ? value : undefined
    }
  }
  const certificateAuthority = await resolved('ca', configuration.ca)
  if (!isComplete) return null
  const opening = definition.open(
    { texts, lists },
    {
      // The schema has checked the form of the id; the configuration is where channel ids are born.
      id: configuration.id as ChannelId,
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
      wallMs: sources.wallMs,
    },
  )
  if (opening.ok) return opening.channel
  for (const { field, problem } of opening.problems) complain(field, problem)
  return null
}

const updateSource = ({ updates }: Configuration): Settings['updates'] =>
  updates === undefined ? null : { url: updates.url, channel: updates.channel, everyMs: updates.everyHours * 3_600_000 }

/** Every id that `routes` and `policy` name must be a channel's, and no two channels may share one. */
function checkNames(configuration: Configuration, known: readonly KnownChannel[], complain: Complain): void {
  const ids = known.map(({ id }) => id)
  const list = ids.join(', ')
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index) complain(`channels[${index}].id`, `"${id}" is used twice`)
  }
  for (const [wallet, routed] of Object.entries(configuration.routes ?? {})) {
    for (const [place, id] of listed(routed).entries()) {
      const field = typeof routed === 'string' ? `routes.${wallet}` : `routes.${wallet}[${place}]`
      const channel = known.find((each) => each.id === id)
      const takes = channel?.definition.capability.wallets.some((each) => each === wallet)
      if (!channel) complain(field, `no channel has this id; there are ${list}`)
      else if (!takes) complain(field, `the channel ${id} takes no codes of this wallet`)
      else if (listed(routed).indexOf(id) !== place) complain(field, `"${id}" is there twice`)
    }
  }
  for (const id of Object.keys(configuration.policy)) {
    if (!ids.includes(id)) complain(`policy.${id}`, `no channel has this id; there are ${list}`)
  }
}

const listed = (routed: string | readonly string[]): readonly string[] =>
  typeof routed === 'string' ? [routed] : routed

/** As configured; else each wallet goes to the first channel that takes its codes. */
function routesOf(configuration: Configuration, known: readonly KnownChannel[]): Settings['routes'] {
  if (configuration.routes) {
    const set = Object.entries(configuration.routes).map(([wallet, routed]) => [wallet, listed(routed)] as const)
    return Object.fromEntries(set) as Settings['routes']
  }
  const routes: Partial<Record<Wallet, readonly string[]>> = {}
  for (const { id, definition } of known) {
    for (const wallet of definition.capability.wallets) routes[wallet] ??= [id]
  }
  return routes as Settings['routes']
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
