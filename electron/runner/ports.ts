import type { Channel, HttpRequest, HttpResponse } from '../channels/channel.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { Moment } from '../till/time.ts'

/** Both clocks, passed in (design §5). */
export type Clock = { now(): Moment }

/** Alarm clocks on the monotonic clock, passed in; equal moments ring in the order in which they were set. */
export type Alarms = {
  /** Rings once at or after the moment; the answer takes the alarm back. */
  set(monotonicMs: number, ring: () => void): () => void
}

/** What became of one request. Only `answered` carries an answer to decode; the others are never a failure. */
export type ExchangeResult =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** It is certain that nothing of the request reached the other side. */
  | { readonly kind: 'not-sent'; readonly reason: string; readonly detail: string }
  /** The request may have arrived and been done. */
  | { readonly kind: 'no-answer'; readonly reason: string; readonly detail: string }

/** Hears how far a request is: its connection is open and no byte of it written, or all of it handed to the socket. */
export type OnWire = (moment: 'before-write' | 'written') => void

/** Sends one request of a channel, once, and never throws. */
export type Exchange = (
  channel: Channel,
  request: HttpRequest,
  requestTimeoutMs: number,
  onWire?: OnWire,
) => Promise<ExchangeResult>

/** A channel with what the merchant configured around it. */
export type ConfiguredChannel = {
  readonly channel: Channel
  /** The largest amount of one order. */
  readonly amountLimitFen: Fen
  /** Whose account it is (`channels/account.ts`); orders of another one are not asked about here. */
  readonly account?: string
}

export type ChannelDirectory = { find(id: ChannelId): ConfiguredChannel | undefined }

/** 32 random letters and digits for each request. */
export type NonceSource = () => string

/** Who collects: printed into each pay request. */
export type Merchant = {
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  readonly callerAddress: string
  /** What the customer sees in the wallet's bill. */
  readonly subject: string
}
