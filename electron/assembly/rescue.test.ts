import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LedgerProblem, OrderFilter } from '../ledger/ledger.ts'
import type { ChannelId, MaskedCode, OrderNumber, SaleId, TransactionId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { createOrder } from '../till/order/begin.ts'
import type { Order, Settlement } from '../till/order/order.ts'
import type { QueryOutcome } from '../till/outcome.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import { answerAbout, findRescue, type RescueFinding, type RescueParts } from './rescue.ts'

const start = Date.UTC(2026, 10, 23, 4)
const transactionId = '4200000000202611230000000001' as TransactionId
const open: Order = {
  ...createOrder({
    type: 'created',
    at: { wallMs: start, monotonicMs: 0 },
    orderNumber: 'S0010120261123K7QX000042' as OrderNumber,
    saleId: 'sale' as SaleId,
    channel: 'wechat' as ChannelId,
    wallet: 'wechat',
    amountFen: fen(1_234),
    maskedCode: '13************1234' as MaskedCode,
    // What an order is known by, and not how it is asked about, is looked at here.
    policy: {} as ChannelPolicy,
  }),
  status: 'paying',
}
const bought: Order = { ...open, status: 'paid', moneyWasTaken: true, transactionId }
const byHand: Settlement = { kind: 'by-hand', decision: 'money-kept', reason: 'r', manager: 'm', wallMs: start }

type Case = {
  readonly what: string
  readonly before?: Order['status']
  readonly after: Order
  readonly refundedFen?: number
  readonly said: QueryOutcome['kind'] | null
  readonly answer: Readonly<Record<string, unknown>>
}

const cases: readonly Case[] = [
  { what: 'paid all along', after: bought, said: 'paid', answer: { kind: 'paid-here', heard: true, refundedFen: 0 } },
  {
    what: 'paid all along, and no answer now',
    after: bought,
    said: null,
    answer: { kind: 'paid-here', heard: false },
  },
  { what: 'paid, an unclear answer now', after: bought, said: 'unknown', answer: { kind: 'paid-here', heard: false } },
  { what: 'paid, not found now', after: bought, said: 'not-found', answer: { kind: 'paid-here', heard: false } },
  {
    what: 'paid and a part refunded',
    after: bought,
    refundedFen: 100,
    said: 'paid',
    answer: { kind: 'paid-here', refundedFen: 100 },
  },
  { what: 'paid since now', before: 'unknown', after: bought, said: 'paid', answer: { kind: 'now-paid' } },
  {
    what: 'refunded in full',
    after: bought,
    refundedFen: bought.amountFen,
    said: 'closed',
    answer: { kind: 'returned', by: 'refund' },
  },
  {
    what: 'returned outside the till',
    after: bought,
    said: 'closed',
    answer: { kind: 'returned', by: 'outside', heard: true },
  },
  {
    what: 'a case that was refunded in full',
    after: { ...open, status: 'revoked', settlement: { kind: 'by-refund', refundNumber: 'R', wallMs: start } },
    said: 'paid',
    answer: { kind: 'returned', by: 'refund' },
  },
  {
    what: 'revoked and returned',
    after: { ...open, status: 'revoked', revokeEffect: 'refunded' },
    said: 'closed',
    answer: { kind: 'returned', by: 'revoke', heard: true },
  },
  {
    what: 'revoked, nothing was taken',
    after: { ...open, status: 'revoked', revokeEffect: 'closed' },
    said: 'closed',
    answer: { kind: 'never-charged', heard: true },
  },
  {
    what: 'failed, and no answer now',
    after: { ...open, status: 'failed' },
    said: null,
    answer: { kind: 'never-charged', heard: false },
  },
  {
    what: 'settled by a manager',
    after: { ...bought, settlement: byHand },
    said: 'paid',
    answer: { kind: 'settled-by-hand' },
  },
  {
    what: 'still unknown',
    after: { ...open, status: 'unknown' },
    said: 'unknown',
    answer: { kind: 'not-known-yet', money: 'not-known', next: 'asks-on', heard: false },
  },
  {
    what: 'a failed order that the channel says was paid',
    before: 'failed',
    after: { ...open, status: 'attention', moneyWasTaken: true },
    said: 'paid',
    answer: { kind: 'not-known-yet', money: 'taken', next: 'person', heard: true },
  },
]

for (const { what, before, after, refundedFen = 0, said, answer } of cases) {
  test(`${what}: ${answer['kind']}`, () => {
    const found = answerAbout({ before: { status: before ?? after.status }, after, refundedFen, said })
    assert.partialDeepStrictEqual(found, answer)
  })
}

test('whatever the channel says: paid is answered of a paid order only (I3)', () => {
  const statuses = [
    'created',
    'paying',
    'awaiting-payer',
    'unknown',
    'revoking',
    'failed',
    'revoked',
    'attention',
  ] as const
  const words = ['paid', 'awaiting-payer', 'unpaid', 'revoke-needed', 'closed', 'not-found', 'unknown', null] as const
  for (const status of statuses) {
    for (const said of words) {
      const { kind } = answerAbout({ before: open, after: { ...open, status }, refundedFen: 0, said })
      assert.ok(kind !== 'paid-here' && kind !== 'now-paid', `${status}, ${said}`)
    }
  }
})

const problem: LedgerProblem = { kind: 'closed' }
const other = 'S0010120261123K7QX000009' as OrderNumber

/** A ledger of these orders, a runner that turns an order that is asked about into `answered`, and what was asked. */
function tillOf(orders: readonly Order[], answered: Readonly<Record<string, Order>> = {}, broken = false) {
  const asked: string[] = []
  const filters: OrderFilter[] = []
  const now = (): readonly Order[] =>
    orders.map((each) => (asked.includes(each.orderNumber) ? (answered[each.orderNumber] ?? each) : each))
  const parts: RescueParts = {
    own: { store: 'S001', till: '01' },
    clock: { now: () => ({ wallMs: start, monotonicMs: 0 }) },
    reader: {
      order: async (number) => {
        if (broken) return { ok: false, problem }
        return { ok: true, value: now().find(({ orderNumber }) => orderNumber === number) ?? null }
      },
      orders: async (filter) => {
        filters.push(filter)
        if (broken) return { ok: false, problem }
        const { transactionId: id, limit } = filter
        const fits = now().filter((each) => id === undefined || each.transactionId === id)
        return { ok: true, value: fits.slice(0, limit) }
      },
      journalOf: async () => ({ ok: true, value: [] }),
      refundsOfOrder: async () => ({ ok: true, value: [] }),
    },
    runner: {
      open: () => now().filter(({ status }) => status !== 'paid'),
      settled: async () => null,
      act: async (number, act) => {
        assert.equal(act, 'query')
        asked.push(number)
        const order = now().find(({ orderNumber }) => orderNumber === number)
        return order ? { kind: 'done', order } : { kind: 'no-such-order' }
      },
    },
  }
  return { parts, asked, filters }
}

const kindOf = async (finding: Promise<RescueFinding>): Promise<string> => (await finding).kind

test('an order number finds its order and asks once', async () => {
  const waiting: Order = { ...open, status: 'unknown' }
  const { parts, asked } = tillOf([waiting], { [waiting.orderNumber]: bought })
  assert.equal(await kindOf(findRescue(parts, `${waiting.orderNumber}\r`)), 'now-paid')
  assert.deepEqual(asked, [waiting.orderNumber])
})

test('a number that no order has: of this till, of another, of a wallet', async () => {
  const { parts, asked } = tillOf([])
  assert.deepEqual(await findRescue(parts, other), { kind: 'unknown-number', of: 'order-number' })
  const foreign = 'S0010220261123K7QX000009'
  assert.deepEqual(await findRescue(parts, foreign), { kind: 'other-till', orderNumber: foreign })
  assert.deepEqual(await findRescue(parts, transactionId), { kind: 'unknown-number', of: 'transaction-id' })
  assert.deepEqual(asked, [])
})

test('a transaction id that an open order turns out to have is found by asking the open ones of that wallet', async () => {
  const waiting: Order = { ...open, status: 'unknown' }
  const elsewhere: Order = { ...open, orderNumber: other, status: 'unknown', wallet: 'alipay' }
  const { parts, asked } = tillOf([elsewhere, waiting], { [waiting.orderNumber]: bought })
  assert.equal(await kindOf(findRescue(parts, transactionId)), 'now-paid')
  assert.deepEqual(asked, [waiting.orderNumber])
  const strange = `4200${'7'.repeat(24)}` as TransactionId
  const again = tillOf([waiting], { [waiting.orderNumber]: bought })
  assert.equal(await kindOf(findRescue(again.parts, strange)), 'unknown-number')
})

test('an amount or a time is for a person to choose from, even where one order fits; the end of a number is not', async () => {
  const one = tillOf([bought])
  assert.equal(await kindOf(findRescue(one.parts, '12.34')), 'several')
  assert.equal(await kindOf(findRescue(one.parts, '14:05')), 'several')
  assert.deepEqual(one.asked, [])
  assert.equal(await kindOf(findRescue(one.parts, bought.orderNumber.slice(-6))), 'paid-here')
  assert.equal(await kindOf(findRescue(tillOf([]).parts, '12.34')), 'unknown-number')
  const many = Array.from({ length: 9 }, (_, place) => ({ ...bought, orderNumber: `N${place}` as OrderNumber }))
  const several = await findRescue(tillOf(many).parts, '12.34')
  assert.ok(several.kind === 'several')
  assert.deepEqual([several.orders.length, several.more], [6, true])
})

test('a time of day is looked for around it, on the day in Shanghai', async () => {
  const { parts, filters } = tillOf([bought])
  await findRescue(parts, '12:30')
  const half = Date.UTC(2026, 10, 23, 4, 30)
  assert.deepEqual(
    [filters[0]?.fromWallMs, filters[0]?.toWallMs, filters[0]?.text],
    [half - 5 * 60_000, half + 60_000, undefined],
  )
})

test('a payment code is neither looked up nor told; what is no number is said so', async () => {
  const { parts, asked, filters } = tillOf([bought])
  const code = `13${'4'.repeat(16)}`
  const found = await findRescue(parts, code)
  assert.deepEqual(found, { kind: 'payment-code', wallet: 'wechat' })
  assert.equal(await kindOf(findRescue(parts, 'hello')), 'not-a-bill-number')
  assert.equal(await kindOf(findRescue(parts, ' ')), 'not-a-bill-number')
  assert.deepEqual([asked, filters], [[], []])
})

test('a ledger that cannot be read says nothing about the money', async () => {
  const { parts } = tillOf([{ ...bought, amountFen: fen(1) }], {}, true)
  for (const text of [bought.orderNumber, transactionId, '12.34']) {
    assert.deepEqual(await findRescue(parts, text), { kind: 'ledger-trouble', problem })
  }
})
