import type { Channel, HttpRequest } from '../channels/channel.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OrderNumber, PaymentCode, TransactionId } from '../till/ids.ts'
import { createOrder, step } from '../till/order/step.ts'
import { makeOrderNumber } from '../till/order-number.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../till/refund/outcome.ts'
import type { Breach } from './breach.ts'
import type { Disk } from './disk.ts'
import type { Seams } from './seams.ts'
import type { StoreChannels } from './store-channels.ts'

/** A rule of the program, broken on purpose at one of the simulation's seams. */
export type Mutation = {
  readonly name: string
  /** Rules of which at least one must be seen broken. */
  readonly breaks: readonly Breach['rule'][]
  /** What the breach must say, where the rule alone would be too easy to meet. */
  readonly says?: RegExp
  /** Whether it needs the production writer over real files to be seen. */
  readonly needsFiles?: true
  /** The store's channels, where only one channel's own answers can show it; else the seed's. */
  readonly channels?: StoreChannels
  readonly seams: () => Seams
}

type Reference = Parameters<Channel['query']['decode']>[0]

/** A channel whose outcomes are taken for others. */
const misread = (how: {
  readonly pay?: (outcome: PayOutcome, order: Reference) => PayOutcome
  readonly query?: (outcome: QueryOutcome, order: Reference) => QueryOutcome
  readonly revoke?: (outcome: RevokeOutcome, order: Reference) => RevokeOutcome
  readonly refund?: (outcome: RefundOutcome) => RefundOutcome
  readonly queryRefund?: (outcome: RefundQueryOutcome) => RefundQueryOutcome
}): Seams => ({
  channel: ({ pay, query, revoke, refund, queryRefund, ...rest }) => ({
    ...rest,
    refund: {
      encode: refund.encode,
      decode: (reference, response) => {
        const outcome = refund.decode(reference, response)
        return how.refund?.(outcome) ?? outcome
      },
    },
    queryRefund: {
      encode: queryRefund.encode,
      decode: (reference, response) => {
        const outcome = queryRefund.decode(reference, response)
        return how.queryRefund?.(outcome) ?? outcome
      },
    },
    pay: {
      encode: pay.encode,
      decode: (order, response) => {
        const outcome = pay.decode(order, response)
        return how.pay?.(outcome, order) ?? outcome
      },
    },
    query: {
      encode: query.encode,
      decode: (order, response) => {
        const outcome = query.decode(order, response)
        return how.query?.(outcome, order) ?? outcome
      },
    },
    revoke: {
      encode: revoke.encode,
      decode: (order, response) => {
        const outcome = revoke.decode(order, response)
        return how.revoke?.(outcome, order) ?? outcome
      },
    },
  }),
})

const evidence = {}
const unpaidForGood = { kind: 'closed', wasPaid: 'no', evidence } as const
const paidAs = ({ amountFen }: Reference) =>
  ({ kind: 'paid', transactionId: 'believed' as TransactionId, amountFen, evidence }) as const

const kindOf = ({ url }: HttpRequest): 'pay' | 'query' | 'revoke' => {
  if (/orderquery|trade\.query/.test(url)) return 'query'
  return /reverse|trade\.cancel/.test(url) ? 'revoke' : 'pay'
}

/** A ledger with some of its calls replaced. */
const ledgerWith =
  (change: (ledger: Ledger, disk: Disk) => Partial<Ledger>) =>
  (ledger: Ledger, disk: Disk): Ledger => ({ ...ledger, ...change(ledger, disk) })

const markOf = (disk: Disk): string => /"ledgerMark":"(\w{4})"/.exec(disk.entries[0]?.payload ?? '')?.[1] ?? ''

/** Answers queries of orders in a set with "closed". */
const believing = (isBelieved: (outcome: RevokeOutcome) => boolean): Seams => {
  const believed = new Set<OrderNumber>()
  return misread({
    revoke: (outcome, { orderNumber }) => {
      if (!isBelieved(outcome)) return outcome
      believed.add(orderNumber)
      return { kind: 'accepted', effect: 'closed', evidence }
    },
    query: (outcome, { orderNumber }) => (believed.has(orderNumber) ? unpaidForGood : outcome),
  })
}

export const mutations: readonly Mutation[] = [
  {
    name: 'the pay request leaves before its intent is written',
    breaks: ['I1'],
    seams: () => ({
      ledger: ledgerWith((ledger, disk) => ({
        createOrder: async (asked) => {
          const sequence = disk.orders.size + 1
          const { storeId, tillId, at } = asked
          const orderNumber = makeOrderNumber({
            storeId,
            tillId,
            wallMs: at.wallMs,
            sequence,
            ledgerMark: markOf(disk),
          })
          void ledger.createOrder(asked)
          const created = createOrder({ type: 'created', orderNumber, ...asked })
          return { ok: true, value: { kind: 'created', order: step(created, { type: 'pay-requested', at }).order } }
        },
      })),
    }),
  },
  {
    name: 'answers of queries are not written',
    breaks: ['I1'],
    seams: () => ({
      ledger: ledgerWith((ledger, disk) => ({
        append: async (orderNumber, _expectedVersion, events) => {
          const order = disk.orders.get(orderNumber)
          if (!order) throw new Error('no such order')
          const kept = events.filter(({ type }) => type !== 'query-answered')
          return kept.length === 0 ? { ok: true, value: order } : ledger.append(orderNumber, order.version, kept)
        },
      })),
    }),
  },
  {
    name: 'nobody waits for the disk',
    breaks: ['I1'],
    seams: () => ({
      ledger: ledgerWith((ledger, disk) => ({
        append: async (orderNumber, expectedVersion, events) => {
          const order = disk.orders.get(orderNumber)
          if (!order) throw new Error('no such order')
          void ledger.append(orderNumber, expectedVersion, events)
          return { ok: true, value: order }
        },
      })),
    }),
  },
  {
    name: 'a failed query makes a failed payment',
    breaks: ['I4', 'I6'],
    seams: () => misread({ query: (outcome) => (outcome.kind === 'unknown' ? unpaidForGood : outcome) }),
  },
  {
    name: 'an order that is not found counts as failed',
    breaks: ['I4', 'I6'],
    seams: () => misread({ query: (outcome) => (outcome.kind === 'not-found' ? unpaidForGood : outcome) }),
  },
  {
    name: 'a state that asks for a revoke counts as failed',
    breaks: ['I4', 'I6'],
    seams: () => misread({ query: (outcome) => (outcome.kind === 'revoke-needed' ? unpaidForGood : outcome) }),
  },
  {
    name: 'a doubtful failure is believed without a query',
    breaks: ['I4', 'I6'],
    seams: () =>
      misread({
        pay: (outcome) => (outcome.kind === 'failed-unless-query-differs' ? { ...outcome, kind: 'failed' } : outcome),
      }),
  },
  {
    name: 'a system error counts as paid',
    breaks: ['I3'],
    seams: () =>
      misread({
        pay: (outcome, order) =>
          outcome.kind === 'unknown' && outcome.reason === 'system-error' ? paidAs(order) : outcome,
      }),
  },
  {
    name: 'a customer who still types counts as paid',
    breaks: ['I3'],
    seams: () => misread({ query: (outcome, order) => (outcome.kind === 'awaiting-payer' ? paidAs(order) : outcome) }),
  },
  {
    name: 'the signature of a payment is not checked',
    breaks: ['I3'],
    seams: () =>
      misread({
        query: (outcome, order) =>
          outcome.kind === 'unknown' && outcome.reason === 'unverifiable-answer' ? paidAs(order) : outcome,
      }),
  },
  {
    name: 'number, amount and merchant of a payment are not compared',
    breaks: ['I3'],
    seams: () =>
      misread({
        query: (outcome, order) =>
          outcome.kind === 'unknown' && outcome.reason === 'mismatched-answer' ? paidAs(order) : outcome,
      }),
  },
  {
    name: 'a revoke is believed without a query',
    breaks: ['I4', 'I6'],
    seams: () => believing(({ kind }) => kind === 'accepted'),
  },
  {
    name: 'a revoke that wants another try counts as done',
    breaks: ['I4', 'I6'],
    seams: () => believing(({ kind }) => kind === 'try-again' || kind === 'payer-confirming'),
  },
  {
    name: 'a revoke leaves before the minimum age',
    breaks: ['I7'],
    says: /ms after the pay request/,
    seams: () => ({ policy: (policy) => ({ ...policy, revokeMinAgeMs: 0 }) }),
  },
  {
    name: 'the query before the revoke is dropped',
    breaks: ['I7'],
    says: /without a query/,
    seams: () => ({
      exchange: (exchange) => (channel, request, timeoutMs) =>
        kindOf(request) === 'query'
          ? Promise.resolve({ kind: 'no-answer', reason: 'timeout', detail: 'dropped' })
          : exchange(channel, request, timeoutMs),
    }),
  },
  {
    name: 'an order shown as paid is revoked',
    breaks: ['I7'],
    seams: () => ({
      afterShow: (order, exchange, channel) => {
        if (order.status !== 'paid') return
        const reference = { ...order, payStartedWallMs: order.payStarted.wallMs }
        const request = channel.revoke.encode(reference, { wallMs: order.createdWallMs, nonce: '0'.repeat(32) })
        void exchange(channel, request, 10_000)
      },
    }),
  },
  {
    name: 'an order number is used again',
    breaks: ['I2'],
    says: /same order number/,
    seams: () => {
      let former: OrderNumber | null = null
      return {
        channel: ({ pay, ...rest }) => ({
          ...rest,
          pay: {
            decode: pay.decode,
            encode: (request, context) => {
              const orderNumber: OrderNumber = former ?? request.orderNumber
              former = former === null ? request.orderNumber : null
              return pay.encode({ ...request, orderNumber }, context)
            },
          },
        }),
      }
    },
  },
  {
    name: 'an open order is charged again after a restart',
    breaks: ['I2'],
    says: /same order number/,
    seams: () => {
      const sent = new Map<OrderNumber, HttpRequest>()
      return {
        channel: ({ pay, ...rest }) => ({
          ...rest,
          pay: {
            decode: pay.decode,
            encode: (request, context) => {
              const encoded = pay.encode(request, context)
              sent.set(request.orderNumber, encoded)
              return encoded
            },
          },
        }),
        afterStart: (open, exchange, channelOf) => {
          for (const order of open) {
            const request = sent.get(order.orderNumber)
            if (request) void exchange(channelOf(order), request, 10_000)
          }
        },
      }
    },
  },
  {
    name: 'a new code of the sale is charged without asking the old order',
    breaks: ['I2'],
    says: /charged again/,
    seams: () => ({ scan: (request) => ({ ...request, saleId: null, anotherCustomer: true }) }),
  },
  {
    name: 'open orders are forgotten at a start',
    breaks: ['I5'],
    seams: () => ({ ledger: ledgerWith(() => ({ openOrders: async () => ({ ok: true, value: [] }) })) }),
  },
  {
    name: 'the payment code is written down',
    breaks: ['I11'],
    seams: () => ({
      ledger: ledgerWith((ledger) => ({
        createOrder: (asked) => {
          const open: { readonly paymentCode: PaymentCode; readonly maskedCode: string } = asked
          return ledger.createOrder({ ...asked, maskedCode: open.paymentCode as unknown as typeof asked.maskedCode })
        },
      })),
    }),
  },
  {
    name: 'an entry of the journal is changed afterwards',
    breaks: ['I12'],
    seams: () => ({
      ledger: ledgerWith((ledger, disk) => ({
        createOrder: (asked) => {
          const entry = disk.entries[1]
          if (entry) disk.entries[1] = { ...entry, payload: `${entry.payload} ` }
          return ledger.createOrder(asked)
        },
      })),
    }),
  },
  {
    name: 'a commit is reported as durable before it is synced',
    breaks: ['I1'],
    says: /is durable, and it is gone|does not open/,
    needsFiles: true,
    seams: () => ({ isUnsynced: true }),
  },
  {
    name: 'a second instance works on the same data folder',
    breaks: ['I2'],
    says: /second instance/,
    seams: () => ({ hasNoLock: true }),
  },
  {
    name: 'parked orders are not on the list of whoever takes over',
    breaks: ['I5'],
    says: /whoever takes over/,
    seams: () => ({ openOrders: (open) => open.filter(({ parked }) => !parked) }),
  },
  {
    name: 'the window ends before a late request can have come',
    breaks: ['I4'],
    says: /came late/,
    seams: () => ({ policy: (policy) => ({ ...policy, windowMs: 6_000 }) }),
  },
  {
    name: 'a refund that was only taken in counts as done',
    breaks: ['I8'],
    says: /shown as done/,
    seams: () =>
      misread({ refund: (outcome) => (outcome.kind === 'accepted' ? { ...outcome, kind: 'done' } : outcome) }),
  },
  {
    name: 'a success in words counts as money returned',
    breaks: ['I8'],
    says: /shown as done/,
    seams: () =>
      misread({ refund: (outcome) => (outcome.kind === 'unproven' ? { ...outcome, kind: 'done' } : outcome) }),
  },
  {
    name: 'a refund query that nobody could answer counts as "closed"',
    breaks: ['I8'],
    says: /shown as failed/,
    seams: () =>
      misread({ queryRefund: (outcome) => (outcome.kind === 'unknown' ? { kind: 'closed', evidence } : outcome) }),
  },
  {
    name: 'a retry of a refund takes a new number',
    breaks: ['I8', 'I1'],
    seams: () => {
      const sent = new Map<string, number>()
      return {
        channel: ({ refund, ...rest }) => ({
          ...rest,
          refund: {
            decode: refund.decode,
            encode: (reference, context) => {
              const times = (sent.get(reference.refundNumber) ?? 0) + 1
              sent.set(reference.refundNumber, times)
              const refundNumber = `${reference.orderNumber}R${String(90 + times)}` as typeof reference.refundNumber
              return refund.encode(times === 1 ? reference : { ...reference, refundNumber }, context)
            },
          },
        }),
      }
    },
  },
  {
    name: 'UnionPay’s 00, which means accepted, counts as paid',
    breaks: ['I3'],
    channels: [
      { channel: 'unionpay', codes: 'unionpay' },
      { channel: 'backend', codes: 'alipay' },
    ],
    seams: () =>
      misread({
        pay: (outcome, order) =>
          outcome.kind === 'awaiting-payer' && outcome.evidence.code === '00' ? paidAs(order) : outcome,
      }),
  },
  {
    name: 'a 202 of WeChat’s v3 counts as paid',
    breaks: ['I3'],
    channels: [
      { channel: 'wechat-v3', codes: 'wechat' },
      { channel: 'backend', codes: 'alipay' },
    ],
    seams: () => misread({ pay: (outcome, order) => (outcome.evidence.httpStatus === 202 ? paidAs(order) : outcome) }),
  },
  {
    name: 'a gateway’s success that wants to be asked counts as paid',
    breaks: ['I3'],
    channels: [
      { channel: 'qra', codes: 'wechat' },
      { channel: 'backend', codes: 'alipay' },
    ],
    seams: () =>
      misread({
        pay: (outcome, order) => {
          const isSuccess = outcome.evidence.httpStatus === 200 && !outcome.evidence.code
          return outcome.kind === 'unknown' && outcome.reason === 'system-error' && isSuccess ? paidAs(order) : outcome
        },
      }),
  },
  {
    name: 'a reversal of an order that the bank calls not there counts as done',
    breaks: ['I4', 'I6'],
    channels: [
      { channel: 'icbc', codes: 'alipay' },
      { channel: 'backend', codes: 'wechat' },
    ],
    seams: () => believing(({ evidence: { code } }) => code === '5940021'),
  },
  {
    name: 'a repeated nonce counts as a refusal',
    breaks: ['I4', 'I6'],
    channels: [
      { channel: 'backend', codes: 'wechat' },
      { channel: 'jeepay', codes: 'alipay' },
    ],
    seams: () =>
      misread({
        pay: (outcome) =>
          outcome.evidence.code === 'nonce-used'
            ? { kind: 'failed', reason: 'configuration', evidence: outcome.evidence }
            : outcome,
      }),
  },
  {
    name: 'Jeepay’s row that says failed is believed',
    breaks: ['I4', 'I6'],
    channels: [
      { channel: 'jeepay', codes: 'wechat' },
      { channel: 'backend', codes: 'alipay' },
    ],
    seams: () =>
      misread({
        query: (outcome) => {
          const isRow = outcome.kind === 'unknown' && outcome.reason === 'ends-unproven'
          return isRow && outcome.evidence.tradeState === '3' ? unpaidForGood : outcome
        },
      }),
  },
]
