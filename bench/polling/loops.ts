import type { ChannelPolicy } from '../../electron/till/policy.ts'
import { ascending, mean, quantile } from '../figures/quantiles.ts'
import { alipayDemo } from '../official-loops/alipay-demo.ts'
import { type OfficialLoop, runOfficialLoop } from '../official-loops/official-loop.ts'
import { wechatFlowPage } from '../official-loops/wechat-loops.ts'
import type { BenchedChannel } from './official-policies.ts'
import type { Payer } from './payer.ts'
import { type OrderRun, runTillLoop } from './till-loop.ts'

/** Anything that takes one order from the prompt to its end. */
export type Loop = { readonly name: string; readonly run: (payer: Payer) => OrderRun }

/** How one loop did over a crowd. */
export type LoopFigures = {
  readonly name: string
  /** Waits are those of the orders that ended paid. */
  readonly meanWaitMs: number
  readonly p50WaitMs: number
  readonly p95WaitMs: number
  readonly queriesPerOrder: number
  readonly revokedShare: number
}

/** The till's own loop with a policy. */
export const tillLoop = (name: string, policy: ChannelPolicy): Loop => ({
  name,
  run: (payer) => runTillLoop(policy, payer),
})

/** An official loop. */
export const officialLoop = (loop: OfficialLoop): Loop => ({
  name: loop.name,
  run: (payer) => runOfficialLoop(loop, payer),
})

/** The official loop of each channel that queries every 5 s, against which the goal stands. */
export const fiveSecondLoops = {
  wechat: officialLoop(wechatFlowPage),
  alipay: officialLoop(alipayDemo),
} as const satisfies Record<BenchedChannel, Loop>

/** Runs a loop over a crowd. */
export function figuresOf(loop: Loop, payers: readonly Payer[]): LoopFigures {
  const runs = payers.map(loop.run)
  const waitsMs = ascending(runs.flatMap((run) => (run.waitMs === null ? [] : [run.waitMs])))
  return {
    name: loop.name,
    meanWaitMs: mean(waitsMs),
    p50WaitMs: quantile(waitsMs, 0.5),
    p95WaitMs: quantile(waitsMs, 0.95),
    queriesPerOrder: mean(runs.map((run) => run.queries)),
    revokedShare: 1 - waitsMs.length / runs.length,
  }
}
