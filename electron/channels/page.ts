import { assertNever } from '../till/brand.ts'
import type { RevokeUntil } from '../till/policy.ts'
import type { ChannelCapability, ChannelDefinition } from './definition.ts'
import { channelDefinitions } from './registry.ts'

const capabilityHeads = [
  'codes of',
  'revoke',
  'not before',
  'until',
  'proved by',
  'refund',
  'within',
  'times',
  'bill',
  '“failed” is proof',
] as const

function capabilityColumns(definition: ChannelDefinition): readonly string[] {
  const { wallets, bill, endsAreProof } = definition.capability
  return [
    wallets.join(', '),
    ...revokeColumns(definition),
    ...refundColumns(definition),
    billWords(bill),
    endsAreProof ? 'yes' : 'no: such an answer decides nothing',
  ]
}

/** What a channel can do, in one line, with the figures that hold for this till. */
export function capabilityLine(definition: ChannelDefinition): string {
  return capabilityColumns(definition)
    .map((cell, place) => `${capabilityHeads[place]}: ${cell}`)
    .join('; ')
}

/** The page `docs/channels.md`, printed from the definitions; a test fails when the page is stale. */
export function channelsPage(definitions: readonly ChannelDefinition[] = channelDefinitions): string {
  const capabilities = definitions.map((definition) => [nameOf(definition), ...capabilityColumns(definition)])
  const lines = [
    '# Channels',
    '',
    'Printed from the definitions in `electron/channels` by `npm run docs:states`; do not edit by hand. Whose codes, whether',
    'there is a revoke or a refund, windows, counts and limits are what the rules go by; `till doctor` prints the same line',
    'for each configured channel. How a bill is matched: [reconciliation.md](reconciliation.md). How each is configured, with',
    'its pitfalls, stands in [channels/](channels/). What every story came to on every channel, by the command line and at',
    'the counter, with the wallet’s books, is the table of a run: [channel-stories.md](channel-stories.md#the-command-line-and-the-counter).',
    '',
    '## What each can do',
    '',
    ...table(['channel', ...capabilityHeads], capabilities),
    '',
    '## Figures and their sources',
    '',
    'Each can be set in the configuration’s `policy` ([configuration.md](configuration.md)).',
    '',
    ...definitions.flatMap(figures),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

const nameOf = ({ kind, api }: ChannelDefinition): string =>
  api === undefined ? `\`${kind}\`` : `\`${kind}\` ${api.version}`

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)]
}

function revokeColumns({ capability, policy }: ChannelDefinition): readonly string[] {
  const { revoke } = capability
  if (revoke.kind === 'none') return ['none: doubtful orders go to the desk', '–', '–', '–']
  const word = revoke.word === 'reversal' ? 'reversal (冲正)' : 'revoke (撤销)'
  const youngest = policy.revokeMinAgeMs === 0 ? 'at once' : duration(policy.revokeMinAgeMs)
  return [word, youngest, untilWords(policy.revokeUntil), revoke.confirmedBy === 'query' ? 'a query' : 'its answer']
}

function refundColumns({ capability, refundPolicy }: ChannelDefinition): readonly string[] {
  const { refund } = capability
  if (refund.kind === 'none') return ['none', '–', '–']
  const times = refundPolicy.refundsPerOrder === null ? 'no limit told' : String(refundPolicy.refundsPerOrder)
  const kind = `${refund.partial ? 'whole or part' : 'whole only'}${refund.query ? '' : ', no query'}`
  return [kind, duration(refundPolicy.refundWindowMs), times]
}

function untilWords(until: RevokeUntil): string {
  switch (until.kind) {
    case 'age':
      return `${duration(until.ageMs)} old`
    case 'hour-of-day':
      return until.hour === 24 ? 'midnight of the same day' : `${until.hour}:00 of the same day`
    default:
      return assertNever(until, 'revoke limit')
  }
}

function billWords(bill: ChannelCapability['bill']): string {
  switch (bill) {
    case 'download':
      return 'by download'
    case 'file':
      return 'as a file'
    case 'none':
      return 'none'
    default:
      return assertNever(bill, 'bill')
  }
}

const units = [
  ['days', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

function duration(ms: number): string {
  const [name, unitMs] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['ms', 1]
  return `${ms / unitMs} ${name}`
}

function figures(definition: ChannelDefinition): readonly string[] {
  const { policy, policySources, refundPolicy, refundPolicySources } = definition
  const own = policySources.map(({ setting, source }) => [setting, JSON.stringify(policy[setting]), source])
  const ofRefunds = refundPolicySources
    .filter(({ setting }) => setting !== 'requestTimeoutMs')
    .map(({ setting, source }) => [setting, JSON.stringify(refundPolicy[setting]), source])
  return [`### ${nameOf(definition)}`, '', ...table(['figure', 'value', 'source'], [...own, ...ofRefunds]), '']
}
