import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../../electron/till/money.ts'
import type { Order } from '../../electron/till/order/order.ts'
import type { BookLine } from '../../electron/training/books-reading.ts'
import { disagreementsOf, type Line, type Played } from './judge.ts'

const result: Line = {
  type: 'result',
  orderNumber: 'N1',
  status: 'paid',
  revokeEffect: null,
  amountFen: 1_234,
  channel: 'qra',
  transactionId: 'T1',
  reason: null,
  queries: 0,
  revokes: 0,
  elapsedMs: 9,
}
const state: Line = { type: 'state', orderNumber: 'N1', status: 'paid', at: '2026-03-18T10:00:00+08:00' }
// Only what the judge reads of them.
const order = { orderNumber: 'N1', status: 'paid', amountFen: 1_234, revokeEffect: null, moneyWasTaken: true } as Order
const book: BookLine = {
  type: 'book',
  wallet: 'qra',
  orderNumber: 'N1',
  amountFen: fen(1_234),
  chargedFen: fen(1_234),
  refundedFen: fen(0),
  state: 'paid',
}
const sound: Played = {
  told: {
    channel: 'qra',
    wallet: 'alipay',
    story: 'pays-at-once',
    end: { status: 'paid', revokeEffect: null },
  },
  channel: 'qra',
  amountFen: 1_234,
  exit: 0,
  lines: [state, result],
  orders: [order],
  books: [book],
}
const revoked: Played = {
  ...sound,
  told: { ...sound.told, story: 'pays-just-before-revoke', end: { status: 'revoked', revokeEffect: 'refunded' } },
  exit: 1,
  lines: [
    { ...state, status: 'revoked' },
    { ...result, status: 'revoked', revokeEffect: 'refunded', revokes: 1 },
  ],
  orders: [{ ...order, status: 'revoked', revokeEffect: 'refunded' }],
  books: [{ ...book, refundedFen: fen(1_234), state: 'refunded' }],
}
const attention: Played = {
  ...sound,
  told: { ...sound.told, story: 'revoke-never-works', end: { status: 'attention', revokeEffect: null } },
  exit: 3,
  lines: [
    { ...state, status: 'attention' },
    { ...result, status: 'attention' },
  ],
  orders: [{ ...order, status: 'attention' }],
}

test('there is nothing to say of payments that went well', () => {
  for (const played of [sound, revoked, attention]) assert.deepEqual(disagreementsOf(played), [])
})

test('each difference is told', () => {
  const { transactionId: _left, ...short } = result
  const wrongs: readonly (readonly [Played, RegExp])[] = [
    [{ ...sound, lines: [state] }, /no result line/],
    [{ ...sound, exit: 1 }, /exit code: 1, and must be 0/],
    [{ ...sound, lines: [state, short] }, /no transactionId/],
    [{ ...sound, lines: [state, { ...result, transactionId: '' }] }, /without a transaction id/],
    [{ ...sound, lines: [state, { ...result, amountFen: 1 }] }, /amount: 1, and/],
    [{ ...sound, lines: [state, { ...result, channel: 'icbc' }] }, /channel: icbc/],
    [{ ...sound, lines: [{ ...state, status: 'paying' }, result] }, /last state told: paying/],
    [{ ...sound, lines: [{ ...state, orderNumber: 'N2' }, result] }, /no state of this order/],
    [{ ...sound, lines: [state, state, result] }, /told twice/],
    [{ ...sound, orders: [] }, /orders in the ledger: 0/],
    [{ ...sound, orders: [{ ...order, status: 'failed' }] }, /ledger’s status: failed/],
    [{ ...sound, orders: [{ ...order, amountFen: fen(1) }] }, /ledger’s amount: 1,/],
    [{ ...sound, books: [book, book] }, /orders in the books: 2/],
    [{ ...sound, books: [{ ...book, wallet: 'icbc' }] }, /books’ server: icbc/],
    [{ ...sound, books: [{ ...book, amountFen: fen(1) }] }, /books’ amount: 1,/],
    [{ ...sound, books: [{ ...book, refundedFen: fen(1) }] }, /channel holds: 1233/],
    [{ ...revoked, books: [{ ...book, chargedFen: fen(0) }] }, /returned: 0/],
    [{ ...revoked, lines: [state, { ...result, status: 'revoked', revokes: 0 }] }, /revoked without a revoke/],
    [{ ...attention, books: [{ ...book, chargedFen: fen(0) }] }, /case knows of the money: true/],
  ]
  for (const [played, says] of wrongs) assert.match(disagreementsOf(played).join('\n'), says)
})
