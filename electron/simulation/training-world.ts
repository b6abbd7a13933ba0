import { assertNever } from '../till/brand.ts'
import { type Fen, fen } from '../till/money.ts'
import type { BookedOrder } from '../training/books.ts'
import type { RefundAnswer, TrainingRefund } from '../training/refunds.ts'
import { type ServerName, serverManners } from '../training/server-name.ts'
import type { Condition, OrderStory, PayAnswer, RevokeAnswer, TrainingOrder } from '../training/stories.ts'
import type { OrderName, PayArrival, RefundReply, World } from '../training/world.ts'
import type { Standing } from './book.ts'
import type { ReadRequest } from './door.ts'
import type { PayReply, RevokeReply, Wallet } from './wallet.ts'
import { walletMovements } from './wallet-movements.ts'
import { refundedOrPendingFen, type RefundReply as WalletRefundReply } from './wallet-refunds.ts'

/** A training server's world over a simulated wallet; before each request it is told whose it is. */
export type TrainingWorld = World & {
  /** The request that is handled next; a forged answer says "paid" or "done", whatever is true. */
  serves(request: ReadRequest, wallet: Wallet, isForged: boolean): void
}

/** What the wallet's books do not hold of an order, and what holds of one that never came to be. */
type Entry = {
  readonly orderNumber: string
  readonly sequence: number
  readonly amountFen: Fen
  readonly openedAtMs: number
  readonly expiresAtMs: number
  readonly answer: PayAnswer
  readonly request: string
  readonly code: string
  readonly echo: Readonly<Record<string, string>>
  pays: number
  queries: number
  /** How it stands where the wallet has no order of this number. */
  withoutBook: Condition
}

/** A refund's first try. */
type FirstTry = {
  readonly orderNumber: string
  readonly amountFen: Fen
  readonly atMs: number
  readonly failedAs: 'system-error' | 'balance-low' | null
}

const payAnswers = {
  paid: 'paid',
  confirming: 'confirming',
  'system-error': 'system-error',
  'balance-low': 'balance-low',
  'code-expired': 'code-expired',
  'code-invalid': 'code-invalid',
} as const satisfies Record<Exclude<PayReply['kind'], 'number-used' | 'doubtful-failure'>, PayAnswer>

/** Servers work out some answers from the order's story: these are the stories that begin with the same answer. */
const stories = {
  paid: 'pays-at-once',
  confirming: 'pays-just-before-revoke',
  'system-error': 'system-error-then-paid',
  'connection-lost': 'answer-lost-but-paid',
  'balance-low': 'balance-low',
  'code-expired': 'code-expired',
  'code-invalid': 'no-practice-code',
  'code-used': 'code-used-before',
} as const satisfies Record<PayAnswer, OrderStory>

const revokeAnswers = {
  closed: 'closed',
  refunded: 'refunded',
  again: 'call-again',
  'system-error': 'system-error',
  'payer-confirming': 'payer-confirming',
} as const satisfies Record<Exclude<RevokeReply['kind'], 'not-found'>, RevokeAnswer>

/** What a wrong clock, or the network's second copy of a request, makes a server complain of. */
const excused = /time|date|nonce|msg_id/i

/** Opens the world of one server; `tell` hears what the till did against the protocol. */
export function createTrainingWorld(
  server: ServerName,
  now: () => number,
  tell: (orderNumber: string, message: string) => void,
): TrainingWorld {
  const entries = new Map<string, Entry>()
  const firstTries = new Map<string, FirstTry>()
  let serving: { readonly request: ReadRequest; readonly wallet: Wallet; readonly isForged: boolean } | null = null

  const current = () => {
    if (serving === null) throw new Error('a training server was asked nothing')
    return serving
  }
  const entryOf = (name: OrderName): Entry | undefined => {
    if (!('sequence' in name)) return entries.get(name.orderNumber)
    for (const entry of entries.values()) {
      if (entry.sequence === name.sequence) return name.isNamed(bookedOf(entry).order) ? entry : undefined
    }
    return undefined
  }

  const bookedOf = (entry: Entry, told?: Standing): BookedOrder => {
    const { wallet, isForged } = current()
    const book = wallet.books.get(entry.orderNumber)
    const standing = isForged ? 'paid' : (told ?? book?.history.at(-1)?.standing)
    const backFen = refundedOrPendingFen(wallet.refunds.values(), entry.orderNumber)
    const isWhollyBack = standing === 'paid' && backFen > 0 && backFen === entry.amountFen
    const condition = isWhollyBack ? 'refunded' : (standing ?? entry.withoutBook)
    const wasPaid = condition === 'paid' || condition === 'refunded'
    const refunds = [...wallet.refunds.values()].filter(({ orderNumber }) => orderNumber === entry.orderNumber)
    const { orderNumber, sequence, amountFen, openedAtMs, expiresAtMs, pays, queries, answer, echo } = entry
    const order: TrainingOrder = {
      wallet: server,
      orderNumber,
      sequence,
      amountFen,
      story: stories[isForged ? 'paid' : answer],
      condition,
      openedAtMs,
      expiresAtMs,
      paidAtMs: wasPaid ? (book?.paidAtMs ?? openedAtMs) : null,
      endedAtMs: null,
      chargedFen: wasPaid ? amountFen : fen(0),
      refundedFen: condition === 'refunded' ? amountFen : fen(wasPaid ? backFen : 0),
      pays,
      queries,
      revokes: book?.revokes ?? 0,
      refunds: wasPaid ? refunds.filter(({ standing: as }) => as === 'done' || as === 'processing').length : 0,
    }
    return { order, echo }
  }

  const open = (arrival: PayArrival, answer: PayAnswer): Entry => {
    const { orderNumber, amountFen, request, code, echo, unpaidForMs } = arrival
    const keepsOrder = answer === 'balance-low' && serverManners[server].keepsOrderWhenBalanceLow
    const entry: Entry = {
      orderNumber,
      sequence: entries.size + 1,
      amountFen,
      openedAtMs: now(),
      expiresAtMs: now() + unpaidForMs,
      answer,
      request,
      code,
      echo,
      pays: 1,
      queries: 0,
      withoutBook: keepsOrder ? 'payment-failed' : 'refused',
    }
    entries.set(orderNumber, entry)
    return entry
  }

  /** The wire must say what the till meant. */
  const compare = ({ orderNumber, amountFen, code }: PayArrival): void => {
    const { request } = current()
    const { pay } = request
    if (request.orderNumber !== orderNumber || pay?.amountFen !== amountFen || pay.code !== code) {
      tell(orderNumber, `the ${server} wire carries another payment than the one that was asked for`)
    }
  }

  const refundOf = (refundNumber: string): TrainingRefund | undefined => {
    const first = firstTries.get(refundNumber)
    if (first === undefined) return undefined
    const { wallet } = current()
    const isTaken = wallet.refunds.has(refundNumber) && !staysFailed(first)
    return {
      wallet: server,
      orderSequence: entries.get(first.orderNumber)?.sequence ?? 0,
      refundNumber,
      amountFen: first.amountFen,
      trigger: first.failedAs ?? 'none',
      tries: 1,
      acceptedAtMs: isTaken ? first.atMs : null,
    }
  }
  const staysFailed = ({ failedAs }: FirstTry): boolean =>
    failedAs !== null && current().wallet.manners.keepsRefundFailures

  const queryOf = (entry: Entry): BookedOrder | undefined => {
    const { wallet, isForged } = current()
    entry.queries += 1
    if (isForged || !wallet.books.has(entry.orderNumber)) return bookedOf(entry)
    const reply = wallet.query(entry.orderNumber)
    if (reply.kind === 'standing') return bookedOf(entry, reply.standing)
    return wallet.manners.findsAtOnce ? bookedOf(entry, 'confirming') : undefined
  }

  return {
    serves(request, wallet, isForged) {
      // A forged word about a revoke is not worth hearing: the query behind it decides.
      serving = { request, wallet, isForged: isForged && request.kind !== 'revoke' }
    },

    find(name) {
      const entry = entryOf(name)
      return entry && bookedOf(entry)
    },

    pay(arrival) {
      compare(arrival)
      const known = entries.get(arrival.orderNumber)
      if (known) {
        known.pays += 1
        const [sameRequest, sameCode] = [known.request === arrival.request, known.code === arrival.code]
        return { kind: 'repeated', booked: bookedOf(known), sameRequest, sameCode }
      }
      const { wallet, isForged } = current()
      const { kind } = wallet.pay(arrival.orderNumber, arrival.amountFen, arrival.code)
      if (kind === 'number-used') throw new Error('the wallet knows an order that its channel does not')
      if (kind === 'doubtful-failure') throw new Error('a failure that this channel cannot tell')
      const entry = open(arrival, payAnswers[kind])
      return { kind: 'first', booked: bookedOf(entry), answer: isForged ? 'paid' : entry.answer }
    },

    query(name) {
      const entry = entryOf(name)
      return entry && queryOf(entry)
    },

    revoke(name) {
      const entry = entryOf(name)
      if (entry === undefined) return { kind: 'unknown-order' }
      const { wallet } = current()
      if (!wallet.books.has(entry.orderNumber)) {
        if (entry.withoutBook === 'refused') return { kind: 'known', booked: bookedOf(entry), answer: 'no-such-order' }
        entry.withoutBook = 'closed'
        return { kind: 'known', booked: bookedOf(entry), answer: 'closed' }
      }
      const { kind } = wallet.revoke(entry.orderNumber)
      if (kind === 'not-found') return { kind: 'unknown-order' }
      return { kind: 'known', booked: bookedOf(entry), answer: revokeAnswers[kind] }
    },

    refund(name, { refundNumber, amountFen }): RefundReply {
      const entry = entryOf(name)
      if (entry === undefined) return { kind: 'unknown-order' }
      const { wallet, isForged } = current()
      const reply = wallet.refund(entry.orderNumber, refundNumber, amountFen)
      const { kind } = reply
      if (!firstTries.has(refundNumber)) {
        const failedAs = kind === 'system-error' || kind === 'balance-low' ? kind : null
        firstTries.set(refundNumber, { orderNumber: entry.orderNumber, amountFen, atMs: now(), failedAs })
      }
      const refund = refundOf(refundNumber)
      if (refund === undefined) throw new Error('a refund without its first try')
      return { kind: 'known', booked: bookedOf(entry), refund, answer: isForged ? 'accepted' : refundAnswer(kind) }
    },

    queryRefund(name, refundNumber) {
      const first = firstTries.get(refundNumber)
      const named = name === null ? entries.get(first?.orderNumber ?? '') : entryOf(name)
      const booked = named && bookedOf(named)
      const refund = refundOf(refundNumber)
      const { wallet, isForged } = current()
      const reply = wallet.queryRefund(refundNumber)
      const isOfNamed = first !== undefined && first.orderNumber === named?.orderNumber && !staysFailed(first)
      if (booked === undefined || refund === undefined || reply.kind !== 'known' || !isOfNamed) {
        return { kind: 'unknown-refund', booked }
      }
      return { kind: 'known', booked, refund, state: isForged ? 'done' : reply.refund.standing }
    },

    findRefund: refundOf,

    movements: (fromMs, toMs) => walletMovements(current().wallet, fromMs, toMs),

    breach(breach, subject) {
      if (breach === 'other-time' || !excused.test(subject)) {
        tell(current().request.orderNumber, `${server} saw a breach: ${breach} ${subject}`)
      }
    },
  }
}

function refundAnswer(kind: WalletRefundReply['kind']): RefundAnswer {
  switch (kind) {
    case 'accepted':
    case 'repeated':
    case 'system-error':
    case 'balance-low':
    case 'not-enough-left':
    case 'discordant':
      return kind
    case 'not-found':
      return 'not-paid'
    case 'empty-success':
      throw new Error('only Alipay itself has a success in which nothing was done')
    default:
      return assertNever(kind, 'refund reply')
  }
}
