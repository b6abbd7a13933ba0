import type { ChannelId, OrderNumber, PaymentCode, RefundNumber, TransactionId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome, UnknownReason } from '../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../till/refund/outcome.ts'
import type { BillFormat } from './bill-reading.ts'

/** A request as data; the transport adds nothing but the connection. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether the connection must show the merchant's client certificate. */
  readonly clientCertificate: boolean
}

/** An answer that arrived whole; what did not arrive never reaches a channel's decoder. */
export type HttpResponse = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The bytes as received, no more than the transport's limit. */
  readonly body: Uint8Array
  /** When it was heard, by the till's wall clock; absent where nobody noted it. */
  readonly receivedWallMs?: number
}

/** What varies from request to request and that the pure encoder cannot make itself. */
export type EncodingContext = {
  readonly wallMs: number
  /** 32 random letters and digits, fresh for each request. */
  readonly nonce: string
}

/** What a channel must know of an order to ask for it. */
export type OrderReference = {
  readonly orderNumber: OrderNumber
  readonly amountFen: Fen
  /** When the pay request was made, for protocols that want it again. */
  readonly payStartedWallMs: number
}

export type PayRequest = OrderReference & {
  readonly paymentCode: PaymentCode
  /** What the customer sees in the wallet's bill. */
  readonly subject: string
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  /** Address of the machine that calls the API (WeChat's `spbill_create_ip`). */
  readonly callerAddress: string
}

/** What a channel must know of a refund to ask for it, or about it; the same for every try (I8). */
export type RefundReference = {
  readonly orderNumber: OrderNumber
  /** What was paid with the order. */
  readonly orderAmountFen: Fen
  /** When the order's pay request was made. */
  readonly payStartedWallMs: number
  /** The channel's own number of the payment, for protocols that refund by it; null where no answer ever told it. */
  readonly transactionId: TransactionId | null
  /** When the refund began; the same for every try. */
  readonly refundStartedWallMs: number
  readonly refundNumber: RefundNumber
  readonly amountFen: Fen
  /** What the customer reads in the wallet. */
  readonly reason: string
}

/** What the one HTTP client needs to reach a channel: who to trust and who to be. */
export type ConnectionSettings = {
  /** PEM of a private authority; absent means the system's. */
  readonly certificateAuthority?: string
  /** Another origin of the same system, where a request goes that provably did not leave for the first. */
  readonly backupOrigin?: string
  /** PEM of the merchant's client certificate and key, for the calls that need mutual TLS. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string }
}

/** What the answer to a call for a day's bill means. */
export type BillAnswer =
  /** The file itself, as it came: plain, gzip or zip. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** Where the file is to be had, at once and by this very request; `sha1` is that of the unpacked file. */
  | { readonly kind: 'elsewhere'; readonly request: HttpRequest; readonly sha1: string | null }
  /** Not made yet: ask again later. */
  | { readonly kind: 'not-ready' }
  /** The channel says that nothing moved on that day. */
  | { readonly kind: 'nothing-moved' }
  /** Refused for good: the date, the rights or the settings are wrong. `message` is the channel's own, shortened. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Nothing is known; ask again later. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** A day's bill of a channel: how it is read, whose it must be, and how it is called for. */
export type ChannelBill = {
  readonly format: BillFormat
  /** The merchant's number that the bill must bear; null where the settings do not tell. */
  readonly merchantId: string | null
  readonly subMerchantId?: string
  /** Absent where the bill comes as a file only. `date` is `yyyyMMdd`. */
  readonly download?: {
    encode(date: string, context: EncodingContext): HttpRequest
    /** `context` serves where the answer names a second request that must be signed. Never throws. */
    decode(date: string, response: HttpResponse, context: EncodingContext): BillAnswer
  }
  /** From which hour of the next day the channel has the bill. */
  readonly readyAtHour: number
}

/**
 * A payment channel: pure encoding and decoding (design §6).
 *
 * Encoders get time and nonce as arguments and return the request as data. Decoders check signature, order number,
 * amount and merchant, map every documented code through the channel's table, and never throw: what they cannot read or
 * verify is `unknown`.
 */
export type Channel = {
  readonly id: ChannelId
  readonly connection: ConnectionSettings
  readonly pay: {
    encode(request: PayRequest, context: EncodingContext): HttpRequest
    decode(order: OrderReference, response: HttpResponse): PayOutcome
  }
  readonly query: {
    encode(order: OrderReference, context: EncodingContext): HttpRequest
    decode(order: OrderReference, response: HttpResponse): QueryOutcome
  }
  readonly revoke: {
    encode(order: OrderReference, context: EncodingContext): HttpRequest
    decode(order: OrderReference, response: HttpResponse): RevokeOutcome
  }
  readonly refund: {
    encode(refund: RefundReference, context: EncodingContext): HttpRequest
    decode(refund: RefundReference, response: HttpResponse): RefundOutcome
  }
  readonly queryRefund: {
    encode(refund: RefundReference, context: EncodingContext): HttpRequest
    decode(refund: RefundReference, response: HttpResponse): RefundQueryOutcome
  }
  /** How a day's bill is had and read; absent where the channel has none (`capability.bill`). */
  readonly bill?: ChannelBill
}
