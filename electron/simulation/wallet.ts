import type { Agenda } from './agenda.ts'
import { type Book, netFen, type Standing } from './book.ts'
import { codeLifeMs, type Phones, type ShownCode } from './customers.ts'
import type { Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { WalletManners } from './wallet-manners.ts'
import { createWalletRefunds, type WalletRefunds } from './wallet-refunds.ts'

export type PayReply =
  | { readonly kind: 'paid' | 'confirming' | 'system-error'; readonly book: Book }
  /** Listed as a failure, with money taken or an order left behind (marked ◇ in the references). */
  | { readonly kind: 'doubtful-failure'; readonly book: Book }
  /** The order is there already: the request came twice. */
  | { readonly kind: 'number-used'; readonly book: Book }
  | { readonly kind: 'balance-low' | 'code-expired' | 'code-invalid' }

export type QueryReply =
  | { readonly kind: 'standing'; readonly book: Book; readonly standing: Standing }
  | { readonly kind: 'not-found' }

export type RevokeReply = {
  readonly kind: 'closed' | 'refunded' | 'again' | 'system-error' | 'payer-confirming' | 'not-found'
}

/** One wallet: what it takes, keeps and gives back. Knows nothing of tills. */
export type Wallet = WalletRefunds & {
  readonly manners: WalletManners
  readonly books: ReadonlyMap<string, Book>
  pay(orderNumber: string, amountFen: number, code: string): PayReply
  query(orderNumber: string): QueryReply
  revoke(orderNumber: string): RevokeReply
  /** Its pay request is answered with a failure that the till doubts: queries show what there is at once. */
  showsAtOnce(orderNumber: string): void
}

/** What the world is assumed to be like; each is a question that the references leave open. */
export type WorldAssumptions = {
  /**
   * Whether an order behind a doubtful failure (◇) shows in queries at once. The references let one query decide, so
   * this is the world's default; without it a query may still be too early.
   */
  readonly doubtfulFailuresShowAtOnce: boolean
  /** How long after the till gave it up a request can still reach the wallet; its code must still live as well. */
  readonly latestAfterTimeoutMs: number
}

export function createWallet(
  manners: WalletManners,
  agenda: Agenda,
  phones: Phones,
  faults: Faults,
  generator: Generator,
  options: WorldAssumptions,
): Wallet {
  const books = new Map<string, Book>()
  const refunds = createWalletRefunds(manners.refundsAtOnce, books, agenda, faults, generator)

  const move = (book: Book, standing: Standing): void => {
    book.standing = standing
    book.history.push({ fromMs: agenda.nowMs(), standing })
  }
  const charge = (book: Book): void => {
    if (book.standing !== 'confirming' && book.standing !== 'unpaid') return
    book.chargedFen = book.amountFen
    book.paidAtMs = agenda.nowMs()
    move(book, 'paid')
  }

  const open = (orderNumber: string, amountFen: number, code: ShownCode, isDoubtful: boolean): Book => {
    const nowMs = agenda.nowMs()
    const mayHide = !isDoubtful || !options.doubtfulFailuresShowAtOnce
    const hides = mayHide && faults.strikes('unknown-right-after-pay', generator)
    const book: Book = {
      orderNumber,
      amountFen,
      code,
      sequence: books.size + 1,
      openedAtMs: nowMs,
      visibleFromMs: hides ? nowMs + generator.integer(800, 8_000) : nowMs,
      isDoubtful,
      standing: 'confirming',
      chargedFen: 0,
      refundedFen: 0,
      paidAtMs: null,
      history: [{ fromMs: nowMs, standing: 'confirming' }],
      revokes: 0,
      dialogNeverEnds: false,
      paysWhen: null,
      refusalsLeft: 0,
      emptyAcceptsLeft: 0,
      againsLeft: 0,
    }
    books.set(orderNumber, book)
    return book
  }

  /** Draws what will go wrong with a revoke of this order, and counts it when the revoke comes. */
  const drawRevokes = (book: Book): void => {
    if (faults.strikes('revoke-refused-while-confirming', generator)) book.refusalsLeft = generator.integer(1, 3)
    if (faults.strikes('revoke-again-and-again', generator)) book.againsLeft = generator.integer(1, 9)
    if (faults.strikes('revoke-ok-did-nothing', generator)) book.emptyAcceptsLeft = generator.integer(1, 3)
    if (book.code.intent.kind === 'at-once') return
    if (faults.strikes('paid-just-before-revoke', generator)) book.paysWhen = 'just-before-revoke'
    else if (faults.strikes('paid-during-revoke', generator)) book.paysWhen = 'during-revoke'
  }

  const startDialog = (book: Book): void => {
    const { intent } = book.code
    if (faults.strikes('confirming-for-ever', generator)) book.dialogNeverEnds = true
    else agenda.after(manners.closesUnpaidAfterMs + generator.integer(0, 2_000), () => closeUnpaid(book))
    if (intent.kind === 'types' && !book.dialogNeverEnds) agenda.after(intent.forMs, () => charge(book))
    if (intent.kind === 'gives-up') {
      agenda.after(intent.afterMs, () => {
        if (book.standing === 'confirming') move(book, manners.givenUp)
      })
    }
  }
  const closeUnpaid = (book: Book): void => {
    if (book.standing === 'confirming' || book.standing === 'unpaid') move(book, 'closed')
  }

  const pay: Wallet['pay'] = (orderNumber, amountFen, codeText) => {
    const code = phones.find(codeText)
    if (code === undefined || code.wallet !== manners.codes) return { kind: 'code-invalid' }
    const former = books.get(orderNumber)
    if (former) return { kind: 'number-used', book: former }
    if (code.spent || agenda.nowMs() - code.shownAtMs > codeLifeMs) return { kind: 'code-expired' }
    code.spent = true
    if (code.intent.kind === 'balance-low') return { kind: 'balance-low' }
    if (manners.tellsDoubtfulFailures && faults.strikes('fail-but-paid', generator)) {
      const book = open(orderNumber, amountFen, code, true)
      charge(book)
      return { kind: 'doubtful-failure', book }
    }
    const book = open(orderNumber, amountFen, code, false)
    if (faults.strikes('error-but-paid', generator)) {
      if (generator.chance(0.5)) charge(book)
      else agenda.after(generator.integer(200, 12_000), () => charge(book))
      return { kind: 'system-error', book }
    }
    if (manners.saysFailedOfPaid && faults.strikes('payerror-but-paid', generator)) {
      charge(book)
      book.history.push({ fromMs: agenda.nowMs(), standing: 'payment-failed' })
      return { kind: 'confirming', book }
    }
    if (code.intent.kind === 'at-once') {
      charge(book)
      return { kind: 'paid', book }
    }
    startDialog(book)
    return { kind: 'confirming', book }
  }

  const visible = (orderNumber: string): Book | undefined => {
    const book = books.get(orderNumber)
    return book !== undefined && agenda.nowMs() >= book.visibleFromMs ? book : undefined
  }

  const query: Wallet['query'] = (orderNumber) => {
    const book = visible(orderNumber)
    if (book === undefined) return { kind: 'not-found' }
    const told = book.history.at(-1)?.standing ?? book.standing
    const isShownAtOnce = book.isDoubtful && options.doubtfulFailuresShowAtOnce
    if (isShownAtOnce || !faults.strikes('query-older-than-truth', generator)) {
      return { kind: 'standing', book, standing: told }
    }
    const asOfMs = agenda.nowMs() - generator.integer(500, 4_000)
    const old = book.history.findLast(({ fromMs }) => fromMs <= asOfMs)
    return old === undefined ? { kind: 'not-found' } : { kind: 'standing', book, standing: old.standing }
  }

  const revoke: Wallet['revoke'] = (orderNumber) => {
    const book = visible(orderNumber)
    if (book === undefined) return { kind: 'not-found' }
    book.revokes += 1
    if (book.standing === 'closed' || book.standing === 'refunded') return { kind: book.standing }
    if (book.revokes === 1) drawRevokes(book)
    if (book.paysWhen === 'just-before-revoke') charge(book)
    if (book.paysWhen === 'during-revoke' && book.standing === 'confirming') {
      charge(book)
      return { kind: 'system-error' }
    }
    if (book.standing === 'confirming' && book.refusalsLeft > 0) {
      book.refusalsLeft -= 1
      return { kind: 'payer-confirming' }
    }
    if (book.againsLeft > 0) {
      book.againsLeft -= 1
      return { kind: generator.chance(0.5) ? 'again' : 'system-error' }
    }
    if (book.emptyAcceptsLeft > 0) {
      book.emptyAcceptsLeft -= 1
      return { kind: netFen(book) > 0 ? 'refunded' : 'closed' }
    }
    if (netFen(book) > 0) {
      book.refundedFen = book.chargedFen
      move(book, 'refunded')
      return { kind: 'refunded' }
    }
    move(book, 'closed')
    return { kind: 'closed' }
  }

  const showsAtOnce: Wallet['showsAtOnce'] = (orderNumber) => {
    const book = books.get(orderNumber)
    if (book === undefined) return
    book.isDoubtful = true
    if (options.doubtfulFailuresShowAtOnce) book.visibleFromMs = book.openedAtMs
  }

  return { manners, books, pay, query, revoke, showsAtOnce, ...refunds }
}
