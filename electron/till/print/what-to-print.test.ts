import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Order, orderStatuses } from '../order/order.ts'
import { inStatus as orderIn } from '../order/stories.fixture.ts'
import { refundStatuses } from '../refund/refund.ts'
import { inStatus as refundIn } from '../refund/stories.fixture.ts'
import { documentsOfRefundStep, documentsOfStep, type PrintingRules } from './what-to-print.ts'

const rules: PrintingRules = { mode: 'automatic', revocations: true }
const kinds = (before: Order, after: Order, change: Partial<PrintingRules> = {}) =>
  documentsOfStep(before, after, { ...rules, ...change }).map(({ kind }) => kind)

test('an order that comes to an end, or to a person, prints what it came to; nothing else does', () => {
  const expected = { paid: ['sale'], revoked: ['revocation'], attention: ['case-slip'] } as const
  for (const before of orderStatuses) {
    for (const after of orderStatuses) {
      const wanted = before === after ? [] : (Object.entries(expected).find(([status]) => status === after)?.[1] ?? [])
      assert.deepEqual(kinds(orderIn(before), orderIn(after)), wanted, `${before} to ${after}`)
    }
  }
})

test('the subject is the order’s own number', () => {
  const { orderNumber } = orderIn('paid')
  assert.deepEqual(documentsOfStep(orderIn('paying'), orderIn('paid'), rules), [
    { kind: 'sale', subjectId: orderNumber, orderNumber },
  ])
})

test('a shop can do without revocations, and a case that refunds settled has their receipts', () => {
  assert.deepEqual(kinds(orderIn('revoking'), orderIn('revoked'), { revocations: false }), [])
  const settlement = { kind: 'by-refund', refundNumber: 'R01', wallMs: 0 } as const
  assert.deepEqual(kinds(orderIn('attention'), { ...orderIn('revoked'), settlement }), [])
  assert.deepEqual(kinds(orderIn('paying'), orderIn('paid'), { revocations: false }), ['sale'])
})

test('a refund prints when the money went back, and not before', () => {
  for (const status of refundStatuses) {
    const documents = documentsOfRefundStep(refundIn.requested, refundIn[status], rules)
    const { refundNumber, orderNumber } = refundIn.done
    const done = [{ kind: 'refund', subjectId: refundNumber, orderNumber }]
    assert.deepEqual(documents, status === 'done' ? done : [], status)
  }
  assert.deepEqual(documentsOfRefundStep(refundIn.done, refundIn.done, rules), [])
})

test('nothing prints by itself on demand, or at all when it is off', () => {
  for (const mode of ['on-demand', 'off'] as const) {
    assert.deepEqual(kinds(orderIn('paying'), orderIn('paid'), { mode }), [])
    assert.deepEqual(documentsOfRefundStep(refundIn.requested, refundIn.done, { ...rules, mode }), [])
  }
})
