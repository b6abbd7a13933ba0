import { markdownTable } from '../figures/markdown-table.ts'
import { figuresOf, fiveSecondLoops, tillLoop } from './loops.ts'
import { type BenchedChannel, officialPolicies } from './official-policies.ts'
import { crowdWithMedian, drawPayers, everyone } from './payer.ts'
import { ratioWithForesight, scheduleChoices } from './schedule-choices.ts'

/** A schedule run through the till's own loop, against the 5 s loop of its channel. */
export type TradeOff = {
  readonly channel: BenchedChannel
  readonly agesMs: readonly number[]
  readonly isDefault: boolean
  readonly waitRatio: number
  /** The largest wait ratio of the crowds that have one median each. */
  readonly worstWaitRatio: number
  readonly queryRatio: number
}

const seed = 20_260_302
const channels = ['wechat', 'alipay'] as const satisfies readonly BenchedChannel[]

/** Runs the default schedule and the best fixed ones over the same payers; fewest queries first. */
export function measureTradeOffs(orders: number): readonly TradeOff[] {
  const crowds = [everyone, ...[4_000, 6_000, 8_000, 10_000].map(crowdWithMedian)].map((crowd, index) =>
    drawPayers(crowd, orders, seed + index),
  )
  const choices = scheduleChoices()
  return channels.flatMap((channel) => {
    const official = crowds.map((payers) => figuresOf(fiveSecondLoops[channel], payers))
    const tradeOff = (agesMs: readonly number[], isDefault: boolean): TradeOff => {
      const loop = tillLoop(channel, { ...officialPolicies[channel], queryAgesMs: agesMs })
      const ratios = crowds.map((payers, index) => {
        const ours = figuresOf(loop, payers)
        const theirs = official[index] ?? ours
        return {
          wait: ours.meanWaitMs / theirs.meanWaitMs,
          queries: ours.queriesPerOrder / theirs.queriesPerOrder,
        }
      })
      return {
        channel,
        agesMs,
        isDefault,
        waitRatio: ratios[0]?.wait ?? 0,
        worstWaitRatio: Math.max(...ratios.map((ratio) => ratio.wait)),
        queryRatio: ratios[0]?.queries ?? 0,
      }
    }
    const ofChannel = choices.filter((choice) => choice.channel === channel)
    const rows = [
      tradeOff(officialPolicies[channel].queryAgesMs, true),
      ...ofChannel.map((choice) => tradeOff(choice.agesMs, false)),
    ]
    return rows.toSorted((left, right) => left.queryRatio - right.queryRatio)
  })
}

/** The schedules of both channels, from few queries to many. */
export function tradeOffTable(rows: readonly TradeOff[]): string {
  return markdownTable(
    ['channel', 'queries at s', 'wait ratio', 'worst median', 'queries ratio'],
    rows.map((row) => [
      `${row.channel}${row.isDefault ? ', the default' : ''}`,
      row.agesMs.map((ageMs) => ageMs / 1_000).join(', '),
      row.waitRatio.toFixed(2),
      row.worstWaitRatio.toFixed(2),
      row.queryRatio.toFixed(2),
    ]),
  )
}

/** How far a till could get that knew each crowd beforehand; no fixed schedule and no guess can do better. */
export function foresightSentence(): string {
  const ratios = ratioWithForesight().map(({ channel, waitRatio }) => `${channel} ${waitRatio.toFixed(2)}`)
  return `Wait ratio at equal queries if median and σ of every crowd were known beforehand: ${ratios.join(', ')}.`
}
