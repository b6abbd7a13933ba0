import type { ChannelView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'

const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const

/** A length of time in the largest unit that it is a whole number of. */
export function durationText({ channels: { duration } }: Catalogue, ms: number): string {
  const unit = units.find(([, unitMs]) => ms >= unitMs && ms % unitMs === 0)
  return unit === undefined ? duration.milliseconds(ms) : duration[unit[0]](ms / unit[1])
}

type Revoke = NonNullable<ChannelView['revoke']>

function untilText(words: Catalogue, until: Revoke['until']): string {
  switch (until.kind) {
    case 'age':
      return words.channels.untilAge(durationText(words, until.ageMs))
    case 'hour-of-day':
      return words.channels.untilHour(until.hour)
    default:
      return assertNever(until, 'revoke limit')
  }
}

function revokeText(words: Catalogue, revoke: ChannelView['revoke']): string {
  const { channels } = words
  if (revoke === null) return channels.noRevoke
  const { notBeforeMs, until, confirmedBy, word } = revoke
  return [
    channels.revokeWords[word],
    notBeforeMs === 0 ? channels.atOnce : channels.notBefore(durationText(words, notBeforeMs)),
    untilText(words, until),
    channels.confirmedBy[confirmedBy],
  ].join(channels.separator)
}

function refundText(words: Catalogue, refund: ChannelView['refund']): string {
  const { channels } = words
  if (refund === null) return channels.noRefund
  const { partial, windowMs, mostPerOrder, gapMs } = refund
  return [
    channels.partial[`${partial}`],
    channels.within(durationText(words, windowMs)),
    mostPerOrder === null ? channels.anyTimes : channels.mostTimes(mostPerOrder),
    ...(gapMs === null ? [] : [channels.gap(durationText(words, gapMs))]),
  ].join(channels.separator)
}

/** The wallets whose codes go to a channel, by name. */
export function walletsText(words: Catalogue, { wallets }: Pick<ChannelView, 'wallets'>): string {
  if (wallets.length === 0) return words.channels.noWallet
  return wallets.map((wallet) => words.wallets[wallet]).join(words.lines.separator)
}

/** The channel's kind as the configuration names it, with the protocol where there are several. */
export const kindText = ({ kind, api }: Pick<ChannelView, 'kind' | 'api'>): string =>
  api === null ? kind : `${kind} ${api}`

/** What a channel can do, a row each: its name and the words. */
export function capabilityRows(words: Catalogue, view: ChannelView): readonly (readonly [string, string])[] {
  const { rows, bills, proof, noLimit } = words.channels
  const { revoke, refund, bill, endsAreProof, amountLimitFen } = view
  return [
    [rows.revoke, revokeText(words, revoke)],
    [rows.refund, refundText(words, refund)],
    [rows.bill, bills[bill]],
    [rows.proof, proof[`${endsAreProof}`]],
    [rows.limit, amountLimitFen === null ? noLimit : yuanText(amountLimitFen)],
  ]
}
