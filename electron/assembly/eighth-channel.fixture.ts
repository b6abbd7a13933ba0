import { createHmac } from 'node:crypto'
import type { Channel, HttpRequest, HttpResponse, OrderReference } from '../channels/channel.ts'
import { requiredText } from '../channels/channel-values.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import { evidenceOf } from '../channels/evidence.ts'
import { utf8Text } from '../channels/text.ts'
import type { TransactionId } from '../till/ids.ts'
import type { QueryOutcome } from '../till/outcome.ts'

// The smallest channel that there can be, for tests of the seam: what adding a channel asks for, and nothing else.

/** What its system says of an order, and the proof of it in the header `x-proof`. */
export type EighthAnswer = {
  readonly orderNumber: string
  readonly amountFen: number
  readonly state: 'paid' | 'waiting' | 'ended'
}

/** The proof of a body. */
export const eighthProof = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

type Settings = Pick<Channel, 'id' | 'connection'> & { readonly baseUrl: string; readonly secret: string }

function createEighthChannel({ id, connection, baseUrl, secret }: Settings): Channel {
  const request = (call: string, { orderNumber, amountFen }: OrderReference, more: object = {}): HttpRequest => {
    const body = JSON.stringify({ orderNumber, amountFen, ...more })
    const headers = { 'content-type': 'application/json', 'x-proof': eighthProof(secret, body) }
    return { method: 'POST', url: `${baseUrl}/${call}`, headers, body, clientCertificate: false }
  }
  const read = (order: OrderReference, { body, headers, status }: HttpResponse): QueryOutcome => {
    const text = utf8Text(body)
    const evidence = evidenceOf({ httpStatus: status })
    if (text === undefined || headers['x-proof'] !== eighthProof(secret, text)) {
      return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
    }
    const { orderNumber, amountFen, state } = JSON.parse(text) as EighthAnswer // proven to be its system's own
    if (orderNumber !== order.orderNumber || amountFen !== order.amountFen) {
      return { kind: 'unknown', reason: 'mismatched-answer', evidence }
    }
    if (state === 'waiting') return { kind: 'awaiting-payer', evidence }
    if (state === 'ended') return { kind: 'closed', wasPaid: 'no', evidence }
    const transactionId = `8000${orderNumber}` as TransactionId
    return { kind: 'paid', transactionId, amountFen: order.amountFen, evidence }
  }
  return {
    id,
    connection,
    pay: {
      encode: ({ paymentCode, ...order }) => request('pay', order, { paymentCode }),
      decode(order, response) {
        const outcome = read(order, response)
        if (outcome.kind === 'paid' || outcome.kind === 'awaiting-payer' || outcome.kind === 'unknown') return outcome
        return { kind: 'unknown', reason: 'unlisted-code', evidence: outcome.evidence }
      },
    },
    query: { encode: (order) => request('query', order), decode: read },
    revoke: {
      encode: (order) => request('revoke', order),
      decode(order, response) {
        const { kind, evidence } = read(order, response)
        if (kind === 'closed') return { kind: 'accepted', effect: 'closed', evidence }
        return { kind: 'try-again', reason: 'system-error', evidence }
      },
    },
    refund: {
      encode: ({ orderAmountFen, ...refund }) => request('refund', { ...refund, amountFen: orderAmountFen }),
      decode: () => ({ kind: 'unknown', reason: 'unlisted-code', evidence: {} }),
    },
    queryRefund: {
      encode: ({ orderAmountFen, ...refund }) => request('refund', { ...refund, amountFen: orderAmountFen }),
      decode: () => ({ kind: 'unknown', reason: 'unlisted-code', evidence: {} }),
    },
  }
}

const policy = {
  queryAgesMs: [200, 400, 800],
  pollMs: 100,
  windowMs: 800,
  revokeMinAgeMs: 100,
  revokeRetryMs: [100],
  requestTimeoutMs: 3_000,
  revokeUntil: { kind: 'age', ageMs: 86_400_000 },
} as const satisfies ChannelDefinition['policy']

const refundPolicy = {
  refundWindowMs: 86_400_000,
  refundsPerOrder: 1,
  refundRetryMs: [1_000],
  refundAskMs: [1_000],
  requestTimeoutMs: 3_000,
  canRefund: false,
} as const satisfies ChannelDefinition['refundPolicy']

/** A channel that no other file of the program has heard of. */
export const eighthDefinition: ChannelDefinition = {
  kind: 'eighth',
  fields: { baseUrl: { kind: 'text' }, secret: { kind: 'secret' } },
  open({ texts }, { id }) {
    const settings = {
      id,
      connection: {},
      baseUrl: requiredText(texts, 'baseUrl'),
      secret: requiredText(texts, 'secret'),
    }
    if (settings.secret.length < 8) return { ok: false, problems: [{ field: 'secret', problem: 'is too short' }] }
    return { ok: true, channel: createEighthChannel(settings) }
  },
  policy,
  policySources: [{ setting: 'windowMs', source: 'eighth.md §1: 800 ms' }],
  refundPolicy,
  refundPolicySources: [{ setting: 'refundsPerOrder', source: 'eighth.md §2: one' }],
  capability: {
    wallets: ['unionpay'],
    revoke: { kind: 'revoke', word: 'reversal', confirmedBy: 'query' },
    refund: { kind: 'none' },
    bill: 'none',
    endsAreProof: true,
    amountLimitFen: 5_000,
  },
}
