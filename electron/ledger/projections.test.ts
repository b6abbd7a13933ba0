import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrderNumber, SaleId, TransactionId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import { foldOrder } from '../till/order/step.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome, UnknownReason } from '../till/outcome.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { moment, newOrder } from './fixtures/test-orders.ts'
import { openTestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { saleStatus } from './sale-projection.ts'

const evidence = fc.constantFrom(
  {},
  { httpStatus: 200, code: 'USERPAYING' },
  { message: '需要用户输入支付密码', tradeState: 'NOTPAY' },
)
const reason = fc.constantFrom<UnknownReason>('no-answer', 'system-error', 'not-reachable', 'mismatched-answer')

const paid = fc.record({
  kind: fc.constant('paid' as const),
  transactionId: fc.constant('4200001234' as TransactionId),
  amountFen: fc.constant(fen(1_234)),
  evidence,
})
const awaiting = fc.record({ kind: fc.constant('awaiting-payer' as const), evidence })
const unknown = fc.record({ kind: fc.constant('unknown' as const), reason, evidence })

const payOutcome: fc.Arbitrary<PayOutcome> = fc.oneof(
  paid,
  awaiting,
  unknown,
  fc.record({ kind: fc.constant('failed' as const), reason: fc.constant('balance-low' as const), evidence }),
  fc.record({
    kind: fc.constant('failed-unless-query-differs' as const),
    reason: fc.constant('code-expired' as const),
    evidence,
  }),
)

const queryOutcome: fc.Arbitrary<QueryOutcome> = fc.oneof(
  paid,
  awaiting,
  unknown,
  fc.record({ kind: fc.constant('unpaid' as const), evidence }),
  fc.record({ kind: fc.constant('not-found' as const), evidence }),
  fc.record({
    kind: fc.constant('closed' as const),
    wasPaid: fc.constantFrom('yes' as const, 'no' as const, 'unstated' as const),
    evidence,
  }),
)

const revokeOutcome: fc.Arbitrary<RevokeOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant('accepted' as const),
    effect: fc.constantFrom('closed' as const, 'refunded' as const, 'unstated' as const),
    evidence,
  }),
  fc.record({ kind: fc.constant('try-again' as const), reason, evidence }),
  fc.record({ kind: fc.constant('payer-confirming' as const), evidence }),
  fc.record({ kind: fc.constant('not-revocable' as const), evidence }),
)

const at = fc.nat(90_000).map(moment)
const by = fc.constantFrom('cashier' as const, 'staff' as const)
const plain = fc.constantFrom('woken' as const, 'resumed' as const, 'parked' as const, 'unparked' as const)

/** Any event that can follow a pay request; the order's rules take each of them in every state. */
const plausibleEvent: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.record({ type: plain, at }),
  fc.record({ type: fc.constant('pay-answered' as const), at, outcome: payOutcome }),
  fc.record({ type: fc.constant('query-answered' as const), at, outcome: queryOutcome }),
  fc.record({ type: fc.constant('revoke-answered' as const), at, outcome: revokeOutcome }),
  fc.record({ type: fc.constantFrom('query-requested' as const, 'revoke-requested' as const), at, by }),
)

test('whatever happens to orders, the projections are the fold of their events, and verify agrees', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  let sales = 0
  const lives = fc.array(fc.array(plausibleEvent, { maxLength: 12 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(lives, (eventsOfOrders) => {
      sales += 1
      const saleId = `sale-${sales}` as SaleId
      const folds = eventsOfOrders.map((events) => {
        const asked = newOrder({ saleId })
        const first = writer.create(asked)
        let order = first
        // In pieces, as answers come: one, then the rest.
        for (const piece of [events.slice(0, 1), events.slice(1)]) order = writer.append(order, ...piece)
        const { storeId: _, tillId: __, paymentCode: ___, ...facts } = asked
        const created: OrderCreated = { type: 'created', ...facts, orderNumber: first.orderNumber }
        const all: readonly OrderEvent[] = [{ type: 'pay-requested', at: asked.at }, ...events]
        const fold = foldOrder(created, all)
        assert.deepEqual(order, fold)
        assert.deepEqual(writer.order(first.orderNumber), fold)
        return fold
      })
      assert.deepEqual(writer.ask({ method: 'ordersOfSale', saleId }), folds)
      const row = writer.db.prepare('SELECT status FROM sales WHERE sale_id = ?').get(saleId)
      assert.equal(row?.status, saleStatus(folds.map((order) => order.status)))
    }),
    { numRuns: 60 },
  )
  const { events, broken } = verified(writer.db)
  assert.deepEqual(broken, [])
  assert.equal(events, tableRows(writer.db, 'journal').length)
  assert.equal(writer.order('S0' as OrderNumber), null)
})
