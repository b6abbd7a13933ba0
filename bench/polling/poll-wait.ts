// P1: how long after the payer's confirming the till knows it, in virtual time.
import type { ChannelPolicy } from '../../electron/till/policy.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { wechatPayPage } from '../official-loops/wechat-loops.ts'
import { figuresOf, fiveSecondLoops, type Loop, type LoopFigures, officialLoop, tillLoop } from './loops.ts'
import { officialPolicies } from './official-policies.ts'
import { crowdWithMedian, drawPayers, everyone } from './payer.ts'
import { foresightSentence, measureTradeOffs, type TradeOff, tradeOffTable } from './trade-off.ts'

/** One of our loops beside the official one of the same channel. */
export type Comparison = {
  readonly crowd: string
  readonly ours: LoopFigures
  readonly official: LoopFigures
  readonly waitRatio: number
  readonly queryRatio: number
}

export type PollWait = {
  readonly orders: number
  readonly loops: readonly LoopFigures[]
  readonly comparisons: readonly Comparison[]
  readonly byMedian: readonly Comparison[]
  readonly sameWindow: readonly Comparison[]
  readonly tradeOffs: readonly TradeOff[]
}

const seed = 20_260_301

/** The same schedule, stopped at the window of an official loop. */
function withinWindow(policy: ChannelPolicy, windowMs: number): ChannelPolicy {
  return { ...policy, windowMs, queryAgesMs: [...policy.queryAgesMs.filter((ageMs) => ageMs < windowMs), windowMs] }
}

/** Runs every loop over the same payers, `orders` of them in each crowd. */
export function measurePollWait(orders: number): PollWait {
  const wechat = tillLoop('Scantill, WeChat', officialPolicies.wechat)
  const alipay = tillLoop('Scantill, Alipay', officialPolicies.alipay)
  const flowPage = fiveSecondLoops.wechat
  const demo = fiveSecondLoops.alipay
  const wholeCrowd = drawPayers(everyone, orders, seed)
  const onAll = (loop: Loop): LoopFigures => figuresOf(loop, wholeCrowd)
  const [ourWechat, ourAlipay, theirFlowPage, theirPayPage, theirDemo] = [
    onAll(wechat),
    onAll(alipay),
    onAll(flowPage),
    onAll(officialLoop(wechatPayPage)),
    onAll(demo),
  ] as const
  const byMedian = [4_000, 6_000, 8_000, 10_000].flatMap((medianMs) => {
    const payers = drawPayers(crowdWithMedian(medianMs), orders, seed + medianMs)
    const crowd = `median ${medianMs / 1_000} s`
    return [
      comparison(crowd, figuresOf(wechat, payers), figuresOf(flowPage, payers)),
      comparison(crowd, figuresOf(alipay, payers), figuresOf(demo, payers)),
    ]
  })
  return {
    orders,
    loops: [theirFlowPage, theirPayPage, ourWechat, theirDemo, ourAlipay],
    comparisons: [
      comparison('all', ourWechat, theirFlowPage),
      comparison('all', ourWechat, theirPayPage),
      comparison('all', ourAlipay, theirDemo),
    ],
    byMedian,
    sameWindow: [
      comparison(
        'all, our window cut to 30 s',
        onAll(tillLoop('Scantill, WeChat', withinWindow(officialPolicies.wechat, 30_000))),
        theirFlowPage,
      ),
      comparison(
        'all, our window cut to 25 s',
        onAll(tillLoop('Scantill, Alipay', withinWindow(officialPolicies.alipay, 25_000))),
        theirDemo,
      ),
    ],
    tradeOffs: measureTradeOffs(orders),
  }
}

function comparison(crowd: string, ours: LoopFigures, theirs: LoopFigures): Comparison {
  return {
    crowd,
    ours,
    official: theirs,
    waitRatio: ours.meanWaitMs / theirs.meanWaitMs,
    queryRatio: ours.queriesPerOrder / theirs.queriesPerOrder,
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(2)

/** The figures as the tables of the benchmark page. */
export function pollWaitTables(figures: PollWait): string {
  const loops = markdownTable(
    ['loop', 'mean wait s', 'p50 s', 'p95 s', 'queries an order', 'revoked'],
    figures.loops.map((loop) => [
      loop.name,
      seconds(loop.meanWaitMs),
      seconds(loop.p50WaitMs),
      seconds(loop.p95WaitMs),
      loop.queriesPerOrder.toFixed(2),
      `${(loop.revokedShare * 100).toFixed(1)} %`,
    ]),
  )
  const pairs = [...figures.comparisons, ...figures.byMedian, ...figures.sameWindow]
  const ratios = markdownTable(
    ['ours against', 'crowd', 'wait ratio', 'queries ratio'],
    pairs.map((pair) => [
      `${pair.ours.name} against ${pair.official.name}`,
      pair.crowd,
      pair.waitRatio.toFixed(2),
      pair.queryRatio.toFixed(2),
    ]),
  )
  return [
    `${figures.orders} orders a crowd.`,
    '',
    loops,
    '',
    ratios,
    '',
    tradeOffTable(figures.tradeOffs),
    '',
    foresightSentence(),
  ].join('\n')
}
