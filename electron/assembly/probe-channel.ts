import type { Channel } from '../channels/channel.ts'
import type { Exchange, ExchangeResult } from '../runner/ports.ts'
import { fen } from '../till/money.ts'
import { makeOrderNumber } from '../till/order-number.ts'
import type { QueryOutcome } from '../till/outcome.ts'
import { randomNonce } from './nonce.ts'
import { systemClock } from './system-time.ts'

export type ProbeResult = {
  readonly result: ExchangeResult
  /** What a whole answer means; null when none came. */
  readonly outcome: QueryOutcome | null
}

/**
 * Asks a channel about an order that cannot exist: "not found" proves address, keys, signature and clock, and charges
 * nobody.
 */
export async function probeChannel(
  channel: Channel,
  exchange: Exchange,
  storeId: string,
  requestTimeoutMs: number,
): Promise<ProbeResult> {
  const { wallMs } = systemClock.now()
  // Till 0 and the last sequence: no order of a till ever has this number.
  const parts = { storeId, tillId: '0', wallMs, sequence: 99_999_999, ledgerMark: 'TEST' }
  const order = { orderNumber: makeOrderNumber(parts), amountFen: fen(1), payStartedWallMs: wallMs }
  const request = channel.query.encode(order, { wallMs, nonce: randomNonce() })
  const result = await exchange(channel, request, requestTimeoutMs)
  return { result, outcome: result.kind === 'answered' ? channel.query.decode(order, result.response) : null }
}
