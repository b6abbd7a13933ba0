import type { EncodingContext, HttpRequest, HttpResponse, OrderReference } from '../channels/channel.ts'
import type { CrashRequest, OnCrashPoint } from '../crash-points/crash-points.ts'
import type { ChannelId, PaymentCode } from '../till/ids.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { Evidence, UnknownReason } from '../till/outcome.ts'
import type { Moment } from '../till/time.ts'
import type {
  ChannelDirectory,
  Clock,
  ConfiguredChannel,
  Exchange,
  ExchangeResult,
  Merchant,
  NonceSource,
  OnWire,
} from './ports.ts'

/** What an exchange with a channel needs; one of these serves all orders. */
export type ExchangeParts = {
  readonly channels: ChannelDirectory
  readonly exchange: Exchange
  readonly clock: Clock
  readonly nonce: NonceSource
  readonly merchant: Merchant
  /** Told of errors in the program that were survived, so that they are found. */
  readonly onBug?: (error: unknown) => void
  /** Told where the loop is; there in tests only (docs/reliability.md, "Real kills"). */
  readonly onPoint?: OnCrashPoint | undefined
}

type Unheard = { readonly reason: UnknownReason; readonly evidence: Evidence }

/** Asks the channel to charge and answers with the event that came of it; the code is used here and kept nowhere. */
export async function exchangePay(parts: ExchangeParts, order: Order, paymentCode: PaymentCode): Promise<OrderEvent> {
  const at = () => parts.clock.now()
  const configured = channelOf(parts.channels, order)
  if (!configured) return { type: 'pay-answered', at: at(), outcome: { kind: 'unknown', ...noChannel } }
  const { channel } = configured
  const request = { ...referenceOf(order), ...parts.merchant, paymentCode }
  // Connecting can take seconds, and the channel's minimum age counts from when the request came (I7). Without that
  // moment the order counts from its answer.
  const left: { leftAt?: Moment } = {}
  const encode = (context: EncodingContext): HttpRequest => channel.pay.encode(request, context)
  const heard = await hear(parts, order.channel, order.policy.requestTimeoutMs, 'pay', encode, (moment) => {
    if (moment === 'before-write') left.leftAt = at()
  })
  if (!heard.ok) return { type: 'pay-answered', at: at(), ...left, outcome: { kind: 'unknown', ...heard.unheard } }
  const decoded = survive(parts, () => channel.pay.decode(referenceOf(order), heard.response))
  return {
    type: 'pay-answered',
    at: at(),
    ...left,
    outcome: decoded.ok ? decoded.outcome : { kind: 'unknown', ...decoded.unheard },
  }
}

/** Asks the channel what became of the order. */
export async function exchangeQuery(parts: ExchangeParts, order: Order): Promise<OrderEvent> {
  const at = () => parts.clock.now()
  const configured = channelOf(parts.channels, order)
  if (!configured) return { type: 'query-answered', at: at(), outcome: { kind: 'unknown', ...noChannel } }
  const { channel } = configured
  const heard = await hear(parts, order.channel, order.policy.requestTimeoutMs, 'query', (context) =>
    channel.query.encode(referenceOf(order), context),
  )
  if (!heard.ok) return { type: 'query-answered', at: at(), outcome: { kind: 'unknown', ...heard.unheard } }
  const decoded = survive(parts, () => channel.query.decode(referenceOf(order), heard.response))
  return {
    type: 'query-answered',
    at: at(),
    outcome: decoded.ok ? decoded.outcome : { kind: 'unknown', ...decoded.unheard },
  }
}

/** Asks the channel to revoke the order. */
export async function exchangeRevoke(parts: ExchangeParts, order: Order): Promise<OrderEvent> {
  const at = () => parts.clock.now()
  const configured = channelOf(parts.channels, order)
  if (!configured) return { type: 'revoke-answered', at: at(), outcome: { kind: 'try-again', ...noChannel } }
  const { channel } = configured
  const heard = await hear(parts, order.channel, order.policy.requestTimeoutMs, 'revoke', (context) =>
    channel.revoke.encode(referenceOf(order), context),
  )
  if (!heard.ok) return { type: 'revoke-answered', at: at(), outcome: { kind: 'try-again', ...heard.unheard } }
  const decoded = survive(parts, () => channel.revoke.decode(referenceOf(order), heard.response))
  return {
    type: 'revoke-answered',
    at: at(),
    outcome: decoded.ok ? decoded.outcome : { kind: 'try-again', ...decoded.unheard },
  }
}

type Heard = { readonly ok: true; readonly response: HttpResponse } | { readonly ok: false; readonly unheard: Unheard }

/** Sends one request of a channel, and hears its answer or why there is none. Never throws. */
export async function hear(
  parts: ExchangeParts,
  channelId: ChannelId,
  requestTimeoutMs: number,
  /** Whose crash points are passed; a refund has none yet. */
  request: CrashRequest | null,
  encode: (context: EncodingContext) => HttpRequest,
  onWire?: OnWire,
): Promise<Heard> {
  const configured = parts.channels.find(channelId)
  if (!configured) return { ok: false, unheard: noChannel }
  const encoded = survive(parts, () => encode({ wallMs: parts.clock.now().wallMs, nonce: parts.nonce() }))
  if (!encoded.ok) return { ok: false, unheard: { ...encoded.unheard, reason: 'not-reachable' } }
  const { onPoint } = parts
  const passes: OnWire = (moment) => {
    onWire?.(moment)
    if (request !== null) onPoint?.(`${request}.${moment}`)
  }
  const result = await parts.exchange(configured.channel, encoded.outcome, requestTimeoutMs, passes)
  if (result.kind !== 'answered') return { ok: false, unheard: unheard(result) }
  return { ok: true, response: { ...result.response, receivedWallMs: parts.clock.now().wallMs } }
}

/** Runs a channel's code; an error in it must not stop the loop, and says nothing about the money. */
export function survive<Outcome>(
  parts: ExchangeParts,
  run: () => Outcome,
): { readonly ok: true; readonly outcome: Outcome } | { readonly ok: false; readonly unheard: Unheard } {
  try {
    return { ok: true, outcome: run() }
  } catch (error) {
    parts.onBug?.(error)
    return { ok: false, unheard: { reason: 'unreadable-answer', evidence: { message: 'an error in the program' } } }
  }
}

/** What it means that no whole answer came: never a failure, and "not reachable" only if nothing can have arrived. */
function unheard(result: Exclude<ExchangeResult, { kind: 'answered' }>): Unheard {
  const evidence: Evidence = { message: `${result.reason}: ${result.detail}`.slice(0, 128) }
  if (result.kind === 'not-sent') return { reason: 'not-reachable', evidence }
  return { reason: result.reason === 'reply-too-large' ? 'unreadable-answer' : 'no-answer', evidence }
}

/** What it means that the configuration has no such channel any more. */
export const noChannel: Unheard = {
  reason: 'not-reachable',
  evidence: { message: 'the channel of this order is not in the configuration any more, or has another account now' },
}

/**
 * The channel that an order was made with. None where its name stands for another account by now: that one would truly say
 * that it knows no such order, and nothing would follow from it for the money.
 */
export function channelOf(
  channels: ChannelDirectory,
  { channel, account }: { readonly channel: ChannelId; readonly account?: string },
): ConfiguredChannel | undefined {
  const configured = channels.find(channel)
  const isAnothers = account !== undefined && configured?.account !== undefined && configured.account !== account
  return isAnothers ? undefined : configured
}

function referenceOf(order: Order): OrderReference {
  return {
    orderNumber: order.orderNumber,
    amountFen: order.amountFen,
    payStartedWallMs: order.payStarted.wallMs,
  }
}
