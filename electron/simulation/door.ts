import type { Channel, HttpRequest, HttpResponse } from '../channels/channel.ts'
import type { ServerName } from '../training/server-name.ts'
import type { ChooseWireFault, WireFault } from '../training/wire-fault.ts'
import type { Wallet } from './wallet.ts'

export type RequestKind = 'pay' | 'query' | 'revoke' | 'refund' | 'refund-query'

/** A request as the wallet's server reads it, after its signature was checked. */
export type ReadRequest = {
  readonly kind: RequestKind
  readonly orderNumber: string
  /** Of a pay request only. */
  readonly pay: { readonly amountFen: number; readonly code: string } | null
  /** Of a refund and its query; a query names no amount. */
  readonly refund: { readonly refundNumber: string; readonly amountFen: number | null } | null
  /** When the till says that it is, in Unix milliseconds, where the protocol says so. */
  readonly claimedWallMs: number | null
}

/** What an answer has wrong, besides what the wallet says. */
export type Spoiling = 'other-order' | 'wrong-amount' | 'wrong-merchant' | 'bad-signature' | 'unlisted-state' | null

/** The wire of one wallet: reads signed requests and builds signed answers, so that the till's real decoders run. */
export type Door = {
  /** What its answers cannot have wrong; such a fault is neither drawn nor counted. */
  readonly cannotSpoil: readonly Spoiling[]
  readonly name: ServerName
  /** The doubtful and strange answers that are this channel's own. */
  readonly wireFaults: readonly WireFault[]
  /** The till's side of the same wire. */
  readonly channel: Channel
  /** Throws on a request that our own encoder cannot have made. */
  read(request: HttpRequest): ReadRequest
  /** `chooseWireFault` chooses from the channel's own faults; without it the wire says them not. */
  answer(
    request: ReadRequest,
    wallet: Wallet,
    spoiling: Spoiling,
    chooseWireFault?: ChooseWireFault | undefined,
  ): HttpResponse
  /** The wallet's refusal to look at a request because there are too many. */
  tooMany(request: ReadRequest): HttpResponse
  /** The wallet's refusal of a request whose time is too far off; null where the protocol has none. */
  badTime(request: ReadRequest): HttpResponse | null
}

/**
 * So many requests have one whose signature is checked: that the encoders sign rightly is for their own tests and the
 * training servers, which check each; here it would be a good part of a day's work.
 */
export const requestsPerCheck = 16

/** An answer with HTTP status 200 and these bytes. */
export function answerOf(body: string, status = 200): HttpResponse {
  return { status, headers: {}, body: new TextEncoder().encode(body) }
}
