import type { Payer } from '../polling/payer.ts'
import type { OrderRun } from '../polling/till-loop.ts'
import { openWalletSide } from '../polling/wallet-side.ts'

/** What an official loop stands on: calls that block until their answer is there, and a sleep. */
export type BlockingCalls = {
  /** Milliseconds since the pay request left. */
  elapsedMs(): number
  sleep(durationMs: number): void
  pay(): 'paid' | 'awaiting-payer'
  query(): 'paid' | 'awaiting-payer'
  /** Cancels or reverses the order; what it answers no longer changes how the loop ends. */
  revoke(): void
}

/** A payment loop as a channel describes it; answers how the order ended. */
export type OfficialLoop = {
  readonly name: string
  readonly source: string
  readonly run: (calls: BlockingCalls) => OrderRun['end']
}

/** Runs one order through an official loop, in the same virtual time and with the same payer as the till's own. */
export function runOfficialLoop(loop: OfficialLoop, payer: Payer): OrderRun {
  const wallet = openWalletSide(payer)
  let nowMs = 0
  const ask = (call: 'pay' | 'query' | 'revoke'): 'paid' | 'awaiting-payer' => {
    const { answeredAtMs, answer } = wallet[call](nowMs)
    nowMs = answeredAtMs
    return answer === 'paid' ? 'paid' : 'awaiting-payer'
  }
  const end = loop.run({
    elapsedMs: () => nowMs,
    sleep: (durationMs) => {
      nowMs += durationMs
    },
    pay: () => ask('pay'),
    query: () => ask('query'),
    revoke: () => {
      ask('revoke')
    },
  })
  const confirmedAtMs = wallet.confirmedAtMs()
  if (end === 'paid' && confirmedAtMs === null) throw new Error(`${loop.name} says paid and the payer never confirmed`)
  return {
    end,
    waitMs: end === 'paid' && confirmedAtMs !== null ? nowMs - confirmedAtMs : null,
    queries: wallet.queries(),
  }
}
