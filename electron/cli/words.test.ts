import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { type Order, type OrderStatus, orderStatuses } from '../till/order/order.ts'
import { readScan } from '../till/payment-code.ts'
import { exitCodeOf, resultWords } from './output.ts'
import { isAtRest } from './pay.ts'
import { readCodeLine } from './read-code.ts'
import { amountProblemWords, scanProblemWords } from './scan-words.ts'
import { keptTerminal } from './terminal.fixture.ts'

/** What the words are made of; the rest of an order does not matter to them. */
const order = (status: OrderStatus, change: Partial<Order> = {}): Order =>
  ({
    orderNumber: 'S0010120261123000001TEST' as OrderNumber,
    status,
    amountFen: fen(1234),
    inFlight: 'none',
    revokeEffect: null,
    transactionId: null,
    failureReason: null,
    attentionReason: null,
    ...change,
  }) as Order

test('every thing that is no payment code has a sentence that says so, that nothing was charged, and shows no digits of a code', () => {
  const scans = [
    '',
    'wxp://f2f0',
    'https://example.com',
    '6901234567892',
    'abc',
    '1345678901234567890',
    '165555555555555555',
    '13456789012345678X',
  ]
  for (const scan of scans) {
    const reading = readScan(scan)
    assert.ok(reading.kind !== 'payment-code')
    const words = scanProblemWords(reading)
    assert.match(words, /Nothing was charged\./)
    assert.ok(!/\d{5,}/.test(words), words)
  }
})

test('every problem of an amount has words of its own', () => {
  const problems = ['empty', 'not-a-number', 'negative', 'zero', 'too-many-decimals', 'too-large'] as const
  const words = problems.map((problem) => amountProblemWords(problem, fen(5_000_000)))
  assert.equal(new Set(words).size, problems.length)
  assert.ok(words.every((each) => /amount/i.test(each)))
  assert.match(words.at(-1) ?? '', /¥50000\.00/)
})

test('exit codes: paid 0, ended without charge 1, everything else 3', () => {
  const codes = Object.fromEntries(orderStatuses.map((status) => [status, exitCodeOf(order(status))]))
  const unresolved = { created: 3, paying: 3, 'awaiting-payer': 3, unknown: 3, revoking: 3, attention: 3 }
  assert.deepEqual(codes, { ...unresolved, paid: 0, failed: 1, revoked: 1 })
})

test('the words for a person say where the money is', () => {
  assert.match(resultWords(order('revoked', { revokeEffect: 'refunded' })), /12\.34 goes back/)
  assert.match(resultWords(order('revoked', { revokeEffect: 'closed' })), /nothing was taken/)
  assert.match(resultWords(order('failed', { failureReason: 'balance-low' })), /nothing was taken \(balance-low\)/)
  for (const status of ['created', 'paying', 'awaiting-payer', 'unknown', 'revoking'] as const) {
    assert.match(resultWords(order(status)), /do not charge again/)
  }
  assert.match(resultWords(order('attention')), /person/)
})

test('an order rests at its end and with a person, and not while a question to the channel is open', () => {
  for (const status of orderStatuses) {
    const ends = ['paid', 'failed', 'revoked', 'attention'].includes(status)
    assert.equal(isAtRest(order(status)), ends, status)
  }
  assert.equal(isAtRest(order('attention', { inFlight: 'query' })), false)
})

test('one line is read, wherever the stream is cut, and what comes after it is left', async () => {
  const line = async (...chunks: readonly string[]) => readCodeLine(keptTerminal(chunks))
  assert.equal(await line('1234\n5678\n'), '1234')
  assert.equal(await line('12', '34', '\r\n', 'x'), '1234')
  assert.equal(await line('1234'), '1234')
  assert.equal(await line(), '')
  assert.equal(await line('\n1234\n'), '')
  assert.equal((await line('1'.repeat(100_000)))?.length, 4_096)
})

test('full-width digits survive being cut in the midst of a character', async () => {
  const bytes = Buffer.from('１３４５\n')
  const cut = [bytes.subarray(0, 4), bytes.subarray(4, 8), bytes.subarray(8)]
  assert.equal(await readCodeLine(keptTerminal(cut)), '１３４５')
})
