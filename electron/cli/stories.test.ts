import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readBooks, readBreaches } from '../training/books-reading.ts'
import { practiceWallets, type Story, storiesOf } from '../training/practice-code.ts'
import {
  assertNoCodes,
  assertWhole,
  dataFolder,
  ordersIn,
  patientPolicy,
  pay,
  practiceCode,
  runTill,
  shortPolicy,
  trainingFolder,
} from './till-process.fixture.ts'

/** Where each story may end (design §8, and contract/check-cli). */
const endings = {
  'pays-at-once': ['paid'],
  'password-then-pays': ['paid'],
  'password-never': ['revoked'],
  'balance-low': ['failed', 'revoked'],
  'code-expired': ['failed', 'revoked'],
  'system-error-then-paid': ['paid'],
  'answer-lost-but-paid': ['paid'],
  'pays-just-before-revoke': ['revoked', 'paid'],
  'revoke-needs-tries': ['revoked'],
  'revoke-refused-while-confirming': ['revoked', 'paid'],
  'revoke-never-works': ['attention'],
} as const satisfies Record<Story, readonly string[]>

const exitOf: Readonly<Record<string, number>> = { paid: 0, failed: 1, revoked: 1, attention: 3 }
const needsTime: readonly Story[] = ['password-then-pays', 'system-error-then-paid']

describe('every story of both wallets ends as it must, and books and ledger agree to the fen', {
  concurrency: 4,
}, () => {
  for (const wallet of practiceWallets) {
    for (const story of storiesOf(wallet)) {
      test(`${wallet}: ${story}`, async (context) => {
        const data = trainingFolder(context, needsTime.includes(story) ? patientPolicy : shortPolicy)
        const { exit, lines, last } = await pay(context, data, practiceCode(wallet, story))
        assert.ok(last?.type === 'result')
        const { status, orderNumber, revokeEffect, transactionId } = last
        assert.ok((endings[story] as readonly unknown[]).includes(status), `ended ${status}`)
        assert.equal(exit, exitOf[String(status)])
        assert.equal(last.amountFen, 1234)
        assert.equal(last.channel, wallet)
        assert.equal(Boolean(revokeEffect), status === 'revoked')
        if (status === 'paid') assert.ok(transactionId)

        const states = lines.slice(0, -1)
        assert.ok(states.every((line) => line.type === 'state' && line.orderNumber === orderNumber && line.at))
        assert.equal(states.at(-1)?.status, status)
        assert.equal(new Set(states.map((line) => line.status)).size, states.length, 'each status is told once')

        const [order, ...otherOrders] = await ordersIn(data)
        assert.deepEqual(otherOrders, [])
        assert.deepEqual([order?.orderNumber, order?.status], [orderNumber, status])
        const [book, ...otherBooks] = readBooks(data)
        assert.deepEqual(otherBooks, [])
        assert.ok(book && book.orderNumber === orderNumber)
        const heldFen = book.chargedFen - book.refundedFen
        if (status !== 'attention') assert.equal(heldFen, status === 'paid' ? 1234 : 0)
        else assert.equal(order?.moneyWasTaken, heldFen > 0, 'a person must be told that the money is here')
        if (revokeEffect !== null) assert.equal(revokeEffect, book.chargedFen > 0 ? 'refunded' : 'closed')
        assert.deepEqual(readBreaches(data), [], 'the wallet found nothing to complain of')
        await assertWhole(data)
        assertNoCodes(data)
      })
    }
  }
})

test('verify, orders and show tell the same of an order, as JSON lines and in words', async (context) => {
  const data = trainingFolder(context)
  const { last } = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const orderNumber = String(last?.orderNumber)
  const [verified, listed, shown, words, books, filtered, nothing] = await Promise.all([
    runTill(context, ['verify'], { data }),
    runTill(context, ['orders'], { data }),
    runTill(context, ['show', '--order', orderNumber], { data }),
    runTill(context, ['orders'], { data, json: false }),
    runTill(context, ['train', '--books'], { data }),
    runTill(context, ['orders', '--status', 'failed'], { data }),
    runTill(context, ['orders', '--status', 'payed'], { data }),
  ])
  assert.deepEqual([verified.exit, verified.last?.events, verified.last?.broken], [0, shown.lines.length + 2, []])
  assert.deepEqual(
    listed.lines.map(({ type, status }) => [type, status]),
    [['order', 'paid']],
  )
  assert.deepEqual(
    shown.lines.map(({ event }) => event),
    ['created', 'pay-requested', 'pay-answered'],
  )
  assert.match(words.stdout, /12\.34 +wechat +paid/)
  assert.deepEqual(
    books.lines.map(({ type, state }) => [type, state]),
    [['book', 'paid']],
  )
  assert.deepEqual(filtered.lines, [])
  assert.equal(nothing.exit, 2)
  assert.match(nothing.stderr, /awaiting-payer/)
  assertNoCodes(data)
})

test('a folder that does not exist yet is made, with keys and books of its own, and takes a payment', async (context) => {
  const data = join(dataFolder(context), 'new', 'till')
  const { exit, last } = await pay(context, data, practiceCode('alipay', 'pays-at-once'))
  assert.deepEqual([exit, last?.status], [0, 'paid'])
  await assertWhole(data)
  assertNoCodes(data)
})

test('recover with nothing open ends 0 at once; train --list gives every story of both wallets', async (context) => {
  const data = trainingFolder(context)
  const [recovered, practice] = await Promise.all([
    runTill(context, ['recover'], { data }),
    runTill(context, ['train', '--list'], { data }),
  ])
  assert.deepEqual([recovered.exit, recovered.last], [0, { type: 'result', resolved: 0, attention: 0, open: 0 }])
  const told = practice.lines.map(({ wallet, story }) => `${wallet} ${story}`)
  assert.deepEqual(
    told,
    practiceWallets.flatMap((wallet) => storiesOf(wallet).map((story) => `${wallet} ${story}`)),
  )
})
