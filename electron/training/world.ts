import type { Fen } from '../till/money.ts'
import type { BookedOrder, Books, OrderMarks, RequestKind } from './books.ts'
import { type Movement, movementsBetween } from './movements.ts'
import { readPracticeCode } from './practice-code.ts'
import {
  type RefundAnswer,
  type RefundArrival,
  type RefundState,
  refundOrder,
  refundState,
  type TrainingRefund,
} from './refunds.ts'
import { type ServerManners, type ServerName, serverManners } from './server-name.ts'
import * as story from './stories.ts'

/** A pay request whose signature and fields are in order. */
export type PayArrival = {
  readonly orderNumber: string
  readonly amountFen: Fen
  readonly code: string
  /** See `OrderMarks.request`. */
  readonly request: string
  readonly echo: Readonly<Record<string, string>>
  /** How long the order may stay unpaid before the wallet closes it. */
  readonly unpaidForMs: number
}

export type PayReply =
  | { readonly kind: 'first'; readonly booked: BookedOrder; readonly answer: story.PayAnswer }
  | {
      readonly kind: 'repeated'
      readonly booked: BookedOrder
      readonly sameRequest: boolean
      readonly sameCode: boolean
    }

export type RevokeReply =
  | { readonly kind: 'known'; readonly booked: BookedOrder; readonly answer: story.RevokeAnswer }
  | { readonly kind: 'unknown-order' }

export type RefundReply =
  | {
      readonly kind: 'known'
      readonly booked: BookedOrder
      readonly refund: TrainingRefund
      readonly answer: RefundAnswer
    }
  | { readonly kind: 'unknown-order' }

export type RefundQueryReply =
  | {
      readonly kind: 'known'
      readonly booked: BookedOrder
      readonly refund: TrainingRefund
      readonly state: RefundState
    }
  | { readonly kind: 'unknown-refund'; readonly booked: BookedOrder | undefined }

/** How an order is named in a query or a revoke: by the merchant's number, or by the wallet's own. */
export type OrderName =
  | { readonly orderNumber: string }
  /** The place in the books that the wallet's number was read as, and whether an order there has that very number. */
  | { readonly sequence: number; readonly isNamed: (order: story.TrainingOrder) => boolean }

/** One wallet's side of the counter. Each call is durable in the books before it returns. */
export type World = {
  /** The order as it stands in the books; counts nothing. */
  find(name: OrderName): BookedOrder | undefined
  pay(arrival: PayArrival): PayReply
  query(name: OrderName): BookedOrder | undefined
  revoke(name: OrderName): RevokeReply
  refund(name: OrderName, arrival: RefundArrival): RefundReply
  /** A refund of the order named, or, where the protocol names none, of any order. */
  queryRefund(name: OrderName | null, refundNumber: string): RefundQueryReply
  /** A refund of any order as it stands in the books, also one that was only tried; counts nothing. */
  findRefund(refundNumber: string): TrainingRefund | undefined
  /** What moved between two wall times, for a bill; what is due by now has happened. */
  movements(fromMs: number, toMs: number): readonly Movement[]
  breach(breach: string, subject: string): void
}

/** A wallet's side over its books; `now` gives the wall time in milliseconds. */
export function openWorld(wallet: ServerName, books: Books, now: () => number): World {
  const find = (name: OrderName): BookedOrder | undefined => {
    if (!('sequence' in name)) return books.find(wallet, name.orderNumber)
    const booked = books.findBySequence(wallet, name.sequence)
    return booked !== undefined && name.isNamed(booked.order) ? booked : undefined
  }
  const nameText = (name: OrderName): string => ('sequence' in name ? '' : name.orderNumber)

  /** A code is used up by its first pay request, also when that one fails (payment-codes.md §3). */
  const storyOf = (code: string): story.OrderStory => {
    const practice = readPracticeCode(code)
    const { wallets }: ServerManners = serverManners[wallet]
    if (practice === undefined || !wallets.includes(practice.wallet)) return 'no-practice-code'
    return books.spendCode(code) ? practice.story : 'code-used-before'
  }

  const payFirst = (arrival: PayArrival, marks: OrderMarks, wallMs: number): PayReply => {
    const { order, answer } = story.openOrder(
      {
        wallet,
        orderNumber: arrival.orderNumber,
        sequence: books.nextSequence(),
        amountFen: arrival.amountFen,
        story: storyOf(arrival.code),
        expiresAtMs: wallMs + arrival.unpaidForMs,
      },
      wallMs,
    )
    books.insert(order, marks)
    books.recordRequest(wallet, 'pay', order.orderNumber, wallMs, answer)
    return { kind: 'first', booked: { order, echo: marks.echo }, answer }
  }

  return {
    find,
    pay: (arrival) =>
      books.transaction(() => {
        const wallMs = now()
        const marks: OrderMarks = { request: arrival.request, code: arrival.code, echo: arrival.echo }
        const known = books.find(wallet, arrival.orderNumber)
        if (known === undefined) return payFirst(arrival, marks, wallMs)
        const order = story.payAgain(known.order, wallMs)
        books.update(order)
        books.recordRequest(wallet, 'pay', order.orderNumber, wallMs, `repeated: ${order.condition}`)
        const { sameRequest, sameCode } = books.compare(order, marks)
        if (!sameRequest) books.recordBreach(wallet, wallMs, 'order-number-reused', 'out_trade_no')
        return { kind: 'repeated', booked: { order, echo: known.echo }, sameRequest, sameCode }
      }),

    query: (name) =>
      books.transaction(() => {
        const wallMs = now()
        const known = find(name)
        if (known === undefined) {
          books.recordRequest(wallet, 'query', nameText(name), wallMs, 'unknown-order')
          return undefined
        }
        const order = story.query(known.order, wallMs)
        books.update(order)
        books.recordRequest(wallet, 'query', order.orderNumber, wallMs, order.condition)
        return { order, echo: known.echo }
      }),

    revoke: (name) =>
      books.transaction(() => {
        const wallMs = now()
        const known = find(name)
        if (known === undefined) {
          books.recordRequest(wallet, 'revoke', nameText(name), wallMs, 'unknown-order')
          return { kind: 'unknown-order' }
        }
        const { order, answer } = story.revoke(known.order, wallMs)
        books.update(order)
        books.recordRequest(wallet, 'revoke', order.orderNumber, wallMs, answer)
        return { kind: 'known', booked: { order, echo: known.echo }, answer }
      }),

    refund: (name, arrival) =>
      books.transaction(() => {
        const wallMs = now()
        const known = find(name)
        if (known === undefined) {
          books.recordRequest(wallet, 'refund', nameText(name), wallMs, 'unknown-order')
          return { kind: 'unknown-order' }
        }
        const before = story.advance(known.order, wallMs)
        const former = books.findRefund(wallet, before.sequence, arrival.refundNumber)
        const { order, refund, answer } = refundOrder(before, former, arrival, wallMs)
        books.update(order)
        books.saveRefund(refund)
        books.recordRequest(wallet, 'refund', order.orderNumber, wallMs, answer)
        if (answer === 'discordant') books.recordBreach(wallet, wallMs, 'refund-number-reused', 'refund_fee')
        return { kind: 'known', booked: { order, echo: known.echo }, refund, answer }
      }),

    queryRefund: (name, refundNumber) =>
      books.transaction(() => {
        const wallMs = now()
        const named = name === null ? undefined : find(name)
        const refund =
          named === undefined
            ? books.findRefundByNumber(wallet, refundNumber)
            : books.findRefund(wallet, named.order.sequence, refundNumber)
        const booked = named ?? (refund && books.findBySequence(wallet, refund.orderSequence))
        const state = refund && refundState(refund, wallMs)
        const orderNumber = booked?.order.orderNumber ?? ''
        books.recordRequest(wallet, 'refund-query', orderNumber, wallMs, state ?? 'unknown-refund')
        const isKnown = booked !== undefined && refund !== undefined && state !== undefined
        return isKnown ? { kind: 'known', booked, refund, state } : { kind: 'unknown-refund', booked }
      }),

    findRefund: (refundNumber) => books.findRefundByNumber(wallet, refundNumber),

    movements: (fromMs, toMs) => {
      const { orders, refunds } = books.moved(wallet)
      const due = orders.map((order) => story.advance(order, now()))
      return movementsBetween(due, refunds, fromMs, toMs)
    },

    breach: (breach, subject) => books.transaction(() => books.recordBreach(wallet, now(), breach, subject)),
  }
}

/** The same world, which tells of each request once it stands in the books; no teller, no difference. */
export function tellingWorld(world: World, onBooked: ((kind: RequestKind) => void) | undefined): World {
  if (onBooked === undefined) return world
  const told = <Reply>(kind: RequestKind, reply: Reply): Reply => {
    onBooked(kind)
    return reply
  }
  return {
    ...world,
    pay: (arrival) => told('pay', world.pay(arrival)),
    query: (name) => told('query', world.query(name)),
    revoke: (name) => told('revoke', world.revoke(name)),
  }
}
