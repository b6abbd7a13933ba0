import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../money.ts'
import { type BillLine, type BillLineKind, emptyBillLine } from './bill-record.ts'
import type { BookEntry, Expectation } from './book.ts'
import { createBookTable, type DayPlace } from './book-table.ts'
import { createBillMatch, type MatchOptions, type MatchResult } from './match.ts'

const encoder = new TextEncoder()
const day = 20260318
const number = 'S001012026031800AB000001'
const refundNumber = `${number}R01`

type Line = {
  readonly kind?: BillLineKind
  readonly order?: string
  readonly refund?: string
  readonly transaction?: string
  readonly amountFen?: number
  readonly day?: number
  readonly isOwnMerchant?: boolean
  readonly feeFen?: number
  readonly feeByRateFen?: number
  readonly hasFailed?: boolean
}

/** A line as a parser fills it. */
function lineOf(given: Line, lineNumber: number): BillLine {
  const { kind = 'charge', order = number, refund = '', transaction = '4200000001', amountFen = 1_000 } = given
  const bytes = encoder.encode(`${order}${refund}${transaction}`)
  const { isOwnMerchant = true, hasFailed = false, feeFen = 6, feeByRateFen = 6 } = given
  const end = order.length + refund.length
  return {
    ...emptyBillLine(),
    ...{ bytes, lineNumber, kind, amountFen, isOwnMerchant, hasFailed, feeFen, feeByRateFen },
    ...{ orderStart: 0, orderEnd: order.length, refundStart: order.length, refundEnd: end },
    ...{ transactionStart: end, transactionEnd: bytes.length, day: given.day ?? day, timeOfDay: 101_500 },
  }
}

function bookOf(expectation: Expectation, more: Partial<BookEntry> = {}): BookEntry {
  const isRefund = expectation.startsWith('refund')
  return {
    expectation,
    number: isRefund ? refundNumber : number,
    orderNumber: number,
    amountFen: fen(1_000),
    fromWallMs: Date.UTC(2026, 2, 18, 2),
    toWallMs: Date.UTC(2026, 2, 18, 2, 1),
    revokeWasSent: false,
    ...more,
  }
}

type Given = {
  readonly books: readonly (readonly [BookEntry, DayPlace])[]
  readonly lines: readonly Line[]
  readonly isWhole?: boolean
  readonly options?: Partial<MatchOptions>
}

function matchOf({ books, lines, isWhole = true, options = {} }: Given): MatchResult {
  const table = createBookTable(1)
  for (const [entry, place] of books) table.add(entry, place)
  const match = createBillMatch(table, {
    day,
    own: { storeId: 'S001', tillId: '01' },
    elsewhere: () => 'no-bill',
    foreignRefundIsRevoke: false,
    ...options,
  })
  lines.forEach((line, place) => {
    match.take(lineOf(line, place + 2))
  })
  const result = match.finish(isWhole)
  // I9: the differences are the whole of the day's gap, to the fen.
  const gap = result.differences.reduce((sum, { differenceFen }) => sum + differenceFen, 0)
  assert.equal(result.billNetFen - result.bookNetFen, gap)
  return result
}

const causesOf = (given: Given): readonly string[] => matchOf(given).differences.map(({ cause }) => cause)
const revoke: Line = { kind: 'revoke', feeFen: -6, feeByRateFen: -6 }
const refund: Line = { kind: 'refund', refund: refundNumber, amountFen: 1_000, feeFen: -6, feeByRateFen: -6 }
const sent = { revokeWasSent: true }

/** Every cause of the closed set, and every agreement, by what the ledger holds and what the bill has. */
const stories: readonly (readonly [string, Given, readonly string[]])[] = [
  ['paid, charged', { books: [[bookOf('paid'), 'inside']], lines: [{}] }, []],
  ['paid, missing', { books: [[bookOf('paid'), 'inside']], lines: [] }, ['paid-here-missing-there']],
  [
    'paid, missing in a torn file',
    { books: [[bookOf('paid'), 'inside']], lines: [], isWhole: false },
    ['bill-incomplete'],
  ],
  ['paid near midnight, no bill beside', { books: [[bookOf('paid'), 'perhaps']], lines: [] }, ['other-day-line']],
  [
    'paid near midnight, on the bill beside',
    { books: [[bookOf('paid'), 'perhaps']], lines: [], options: { elsewhere: () => 'seen' } },
    [],
  ],
  [
    'paid near midnight, on no bill',
    { books: [[bookOf('paid'), 'perhaps']], lines: [], options: { elsewhere: () => 'not-seen' } },
    ['paid-here-missing-there'],
  ],
  ['paid another day, charged', { books: [[bookOf('paid'), 'outside']], lines: [{}] }, ['other-day-line']],
  [
    'paid, line of another day',
    { books: [[bookOf('paid'), 'inside']], lines: [{ day: 20260317 }] },
    ['other-day-line'],
  ],
  ['paid, other amount', { books: [[bookOf('paid'), 'inside']], lines: [{ amountFen: 999 }] }, ['amount-differs']],
  ['paid, other fee', { books: [[bookOf('paid'), 'inside']], lines: [{ feeFen: 9 }] }, ['fee-differs']],
  ['paid, line twice', { books: [[bookOf('paid'), 'inside']], lines: [{}, {}] }, ['duplicated-line']],
  [
    'paid, charged twice',
    { books: [[bookOf('paid'), 'inside']], lines: [{}, { transaction: '4200000002' }] },
    ['charged-twice'],
  ],
  ['paid, revoked there', { books: [[bookOf('paid'), 'inside']], lines: [{}, revoke] }, ['revoked-there-not-here']],
  ['returned, both lines', { books: [[bookOf('returned', sent), 'inside']], lines: [{}, revoke] }, []],
  [
    'returned, revoke before charge in the file',
    { books: [[bookOf('returned', sent), 'inside']], lines: [revoke, {}] },
    [],
  ],
  [
    'returned, kept there',
    { books: [[bookOf('returned', sent), 'inside']], lines: [{}] },
    ['late-success-after-revoke'],
  ],
  [
    'returned, never charged',
    { books: [[bookOf('returned', sent), 'inside']], lines: [] },
    ['revoked-here-missing-there'],
  ],
  ['returned over midnight', { books: [[bookOf('returned', sent), 'perhaps']], lines: [{}] }, ['refund-in-flight']],
  ['closed, no line', { books: [[bookOf('closed', sent), 'inside']], lines: [] }, []],
  ['closed, charged', { books: [[bookOf('closed', sent), 'inside']], lines: [{}] }, ['late-success-after-revoke']],
  [
    'closed, charged and returned',
    { books: [[bookOf('closed', sent), 'inside']], lines: [{}, revoke] },
    ['revoke-made-refund'],
  ],
  ['failed, no line', { books: [[bookOf('failed'), 'inside']], lines: [] }, []],
  ['failed, charged', { books: [[bookOf('failed'), 'inside']], lines: [{}] }, ['paid-there-unknown-here']],
  [
    'failed after a revoke, charged',
    { books: [[bookOf('failed', sent), 'inside']], lines: [{}] },
    ['late-success-after-revoke'],
  ],
  [
    'failed, returned by the wallet itself',
    { books: [[bookOf('failed'), 'inside']], lines: [{}, revoke] },
    ['revoked-there-not-here'],
  ],
  ['open, no line', { books: [[bookOf('open'), 'inside']], lines: [] }, []],
  ['open, charged', { books: [[bookOf('open'), 'inside']], lines: [{}] }, ['paid-there-unknown-here']],
  [
    'open, charged and returned',
    { books: [[bookOf('open', sent), 'inside']], lines: [{}, revoke] },
    ['revoke-made-refund'],
  ],
  ['refund done, its line', { books: [[bookOf('refund-done'), 'inside']], lines: [refund] }, []],
  ['refund done, missing', { books: [[bookOf('refund-done'), 'inside']], lines: [] }, ['refunded-here-missing-there']],
  ['refund done over midnight', { books: [[bookOf('refund-done'), 'perhaps']], lines: [] }, ['refund-in-flight']],
  [
    'refund done, failed there',
    { books: [[bookOf('refund-done'), 'inside']], lines: [{ ...refund, hasFailed: true }] },
    ['refunded-here-missing-there'],
  ],
  [
    'refund done, other amount',
    { books: [[bookOf('refund-done'), 'inside']], lines: [{ ...refund, amountFen: 400 }] },
    ['amount-differs'],
  ],
  [
    'refund done, line twice',
    { books: [[bookOf('refund-done'), 'inside']], lines: [refund, refund] },
    ['duplicated-line'],
  ],
  [
    'refund failed, done there',
    { books: [[bookOf('refund-failed'), 'inside']], lines: [refund] },
    ['refunded-there-not-here'],
  ],
  ['refund open', { books: [[bookOf('refund-open'), 'inside']], lines: [] }, ['refund-in-flight']],
  ['refund open, done there', { books: [[bookOf('refund-open'), 'inside']], lines: [refund] }, ['refund-in-flight']],
  [
    'refund of nobody here, of an order here',
    { books: [[bookOf('paid'), 'inside']], lines: [{}, { ...refund, refund: 'CONSOLE1', amountFen: 300 }] },
    ['refunded-there-not-here'],
  ],
  [
    'refund of nobody here, made by a revoke',
    {
      books: [[bookOf('returned', sent), 'inside']],
      lines: [{}, { ...refund, refund: 'GATEWAY1' }],
      options: { foreignRefundIsRevoke: true },
    },
    [],
  ],
  [
    'refund that failed on both sides',
    {
      books: [
        [bookOf('paid'), 'outside'],
        [bookOf('refund-failed'), 'inside'],
      ],
      lines: [{ ...refund, hasFailed: true }],
    },
    [],
  ],
  [
    'refund not at its end, failed there',
    { books: [[bookOf('refund-open'), 'inside']], lines: [{ ...refund, hasFailed: true }] },
    ['refund-in-flight'],
  ],
  [
    'paid, and a revoke there that returned nothing',
    { books: [[bookOf('paid'), 'inside']], lines: [{}, { ...revoke, hasFailed: true }] },
    [],
  ],
  ['another till', { books: [], lines: [{ order: 'S001022026031800AB000001' }] }, ['another-till']],
  [
    'another merchant',
    { books: [[bookOf('failed'), 'inside']], lines: [{ isOwnMerchant: false }] },
    ['another-merchant'],
  ],
  ['own number, not in the ledger', { books: [], lines: [{}] }, ['unknown-order']],
  ['a number of nobody', { books: [], lines: [{ order: 'WEBSHOP-17' }] }, ['unknown-order']],
  ['a fee of no order', { books: [], lines: [{ kind: 'other' }] }, []],
]

for (const [name, given, causes] of stories) {
  test(`bill and ledger: ${name}`, () => {
    assert.deepEqual(causesOf(given), causes)
  })
}

test('every cause of the closed set is met by a story', async () => {
  const { differenceCauses } = await import('./causes.ts')
  const met = new Set(stories.flatMap(([, , causes]) => causes))
  assert.deepEqual(
    Object.keys(differenceCauses).filter((cause) => !met.has(cause)),
    [],
  )
})

test('however many lines of strangers a file has, a thousand of each cause are listed and the rest is summed', () => {
  const many = <Value>(made: (place: number) => Value): readonly Value[] =>
    Array.from({ length: 1_002 }, (_, place) => made(place))
  const { otherTills, differences } = matchOf({
    books: [[bookOf('paid'), 'inside']],
    lines: [
      ...many((place) => ({ order: `S001022026031800AB${String(place).padStart(6, '0')}`, amountFen: 5 })),
      ...many((place) => ({ order: `WEBSHOP-${place}`, amountFen: 7 })),
      ...many((place) => ({ order: `S001012026031800AC${String(place).padStart(6, '0')}`, amountFen: 3 })),
      ...many(() => ({})),
    ],
  })
  assert.deepEqual(otherTills, [{ till: 'S00102', lines: 1_002, netFen: 5_010 }])
  const sums = differences.filter(({ orderNumber }) => orderNumber === '')
  assert.deepEqual(
    sums.map(({ cause, lines, differenceFen }) => [cause, lines, differenceFen]),
    [
      ['another-till', 2, 10],
      ['unknown-order', 2, 14],
      ['duplicated-line', 1, 1_000],
    ],
  )
  // Every number of this very till is looked up in the whole ledger, so that each is listed.
  assert.equal(differences.filter(({ cause }) => cause === 'unknown-order').length, 1_000 + 1_002 + 1)
})

test('a table of many numbers finds each and no other', () => {
  const table = createBookTable(1)
  const numberOf = (place: number): string => `S0010120260318K7QX${String(place).padStart(8, '0')}`
  for (let place = 0; place < 3_000; place++) {
    const entry = bookOf('paid', {
      number: numberOf(place),
      orderNumber: numberOf(place),
      amountFen: fen(place * 2 ** 40),
    })
    assert.equal(table.add(entry, 'inside'), place)
    assert.equal(table.add(entry, 'outside'), -1)
  }
  for (let place = 0; place < 3_000; place++) {
    assert.equal(table.findText(numberOf(place)), place)
    assert.equal(table.numberAt(place), numberOf(place))
    assert.equal(table.amountFenAt(place), place * 2 ** 40)
  }
  assert.equal(table.findText(numberOf(3_000)), -1)
  assert.equal(table.findText('x'.repeat(33)), -1)
  assert.equal(table.findText(''), -1)
})
