import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderView, SaleCash } from '../../electron/api/contract.ts'
import { idleCounter, type Sale, type Step } from '../counter/state.ts'
import { sampleOrder, storyWallMs } from '../stories/samples.fixture.ts'
import { unknownTill } from '../till/state.ts'
import { orderStatusesOnScreen } from '../till/status-list.ts'
import { track } from '../till/tracked.ts'
import { isFinal, type OrderStatus } from '../till/types.ts'
import { type CustomerSight, type CustomerView, customerSight, restingSight, viewOfOrder } from './customer-view.ts'

const sale: Sale = { amountFen: 3_580, saleId: null, anotherCustomer: false }
const number = sampleOrder().orderNumber
const atOrder: Step = { kind: 'order', orderNumber: number, hint: null }
const amountFen = 3_580

const sightOf = (step: Step, order: OrderView | null = null, former = restingSight): CustomerSight => {
  const orders = order === null ? {} : { [order.orderNumber]: track(undefined, order, 0) }
  return customerSight({ counter: { ...idleCounter, step }, till: { ...unknownTill, orders } }, former, null)
}
const viewOf = (step: Step, order: OrderView | null = null, former = restingSight): CustomerView =>
  sightOf(step, order, former).view

test('every state of an order has its view, and only a verified end tells of the money', () => {
  const expected = {
    created: 'sending',
    paying: 'sending',
    'awaiting-payer': 'awaiting-payer',
    unknown: 'ask-staff',
    revoking: 'ask-staff',
    attention: 'ask-staff',
    paid: 'paid',
    failed: 'not-paid',
    revoked: 'revoked-closed',
  } as const satisfies Record<OrderStatus, CustomerView['kind']>
  for (const status of orderStatusesOnScreen) {
    const order = sampleOrder({ status, revokeEffect: status === 'revoked' ? 'closed' : null })
    const view = viewOfOrder(order, null)
    assert.equal(view.kind, expected[status])
    assert.equal('amountFen' in view && view.amountFen, amountFen)
  }
})

test('no more is said than the ledger knows: settled by people, money that was taken, an effect nobody confirmed', () => {
  const settlement = {
    kind: 'by-hand',
    decision: 'not-paid',
    reason: 'seen on the phone',
    manager: 'Li',
    wallMs: storyWallMs,
  } as unknown as OrderView['settlement'] // whatever was decided, a person tells the customer
  for (const status of orderStatusesOnScreen.filter(isFinal)) {
    assert.equal(viewOfOrder(sampleOrder({ status, settlement, revokeEffect: 'closed' }), null).kind, 'ask-staff')
  }
  assert.equal(viewOfOrder(sampleOrder({ status: 'failed', moneyWasTaken: true }), null).kind, 'ask-staff')
  const revoked = (change: Partial<OrderView>) => viewOfOrder(sampleOrder({ status: 'revoked', ...change }), null).kind
  assert.equal(revoked({ revokeEffect: null }), 'ask-staff')
  assert.equal(revoked({ revokeEffect: 'closed', moneyWasTaken: true }), 'ask-staff')
  assert.equal(revoked({ revokeEffect: 'refunded', moneyWasTaken: true }), 'revoked-refunded')
})

test('the view is narrow: of an order nothing but its amount, its wallet and the receipt’s code', () => {
  for (const status of orderStatusesOnScreen) {
    const view = viewOfOrder(sampleOrder({ status, revokeEffect: 'closed' }), '<svg/>')
    const more = Object.keys(view).filter((key) => !['kind', 'amountFen', 'wallet', 'receiptQr'].includes(key))
    assert.deepEqual(more, [])
  }
})

test('the counter without an order: resting until an amount is confirmed, then due, sending, cash', () => {
  const cash = { saleId: 's', saleAmountFen: 5_000, cashFen: 5_000 } as SaleCash
  const drawer = null as never // not looked at
  const steps: readonly (readonly [Step, CustomerView])[] = [
    [{ kind: 'amount', problem: null }, { kind: 'resting' }],
    [
      { kind: 'scan', sale, byHand: true },
      { kind: 'due', amountFen },
    ],
    [
      { kind: 'sending', sale, sentWallMs: 0, answer: 'awaited' },
      { kind: 'sending', amountFen },
    ],
    [
      { kind: 'sending', sale, sentWallMs: 0, answer: 'lost' },
      { kind: 'ask-staff', amountFen },
    ],
    [
      { kind: 'refused', refusal: { kind: 'stopping' }, sale },
      { kind: 'not-paid', amountFen },
    ],
    [
      { kind: 'cash-paid', sale: cash, changeFen: 50, drawer },
      { kind: 'cash-paid', amountFen: 5_000, changeFen: 50 },
    ],
    [
      { kind: 'cash-returned', amountFen: 700, drawer },
      { kind: 'cash-returned', amountFen: 700 },
    ],
  ]
  for (const [step, view] of steps) assert.deepEqual(viewOf(step), view)
})

test('a former order that may be another customer’s is not told to this one, not even its end', () => {
  const paid = sampleOrder({ status: 'paid', amountFen: 9_900 })
  for (const because of ['same-amount', 'same-sale'] as const) {
    const step: Step = { kind: 'former-open', orderNumber: number, because, sale }
    assert.deepEqual(viewOf(step, paid), { kind: 'ask-staff', amountFen })
  }
  const former: Step = { ...atOrder, hint: 'former-paid', instead: sale }
  assert.deepEqual(viewOf(former, paid), { kind: 'ask-staff', amountFen })
  const sameSale: Step = { ...former, instead: { ...sale, saleId: paid.saleId } }
  assert.equal(viewOf(sameSale, paid).kind, 'paid')
})

test('parked orders and ends from elsewhere are not shown; one that ends before its customer is', () => {
  assert.equal(viewOf(atOrder, sampleOrder({ parked: true })).kind, 'resting')
  const broughtBack: Step = { ...atOrder, hint: 'brought-back' }
  const paid = sampleOrder({ status: 'paid' })
  assert.equal(viewOf(broughtBack, paid).kind, 'resting')
  const waiting = sightOf(broughtBack, sampleOrder())
  assert.equal(waiting.view.kind, 'awaiting-payer')
  assert.equal(viewOf(broughtBack, paid, waiting).kind, 'paid')
  const other: CustomerSight = { ...waiting, orderNumber: 'another' }
  assert.equal(viewOf(broughtBack, paid, other).kind, 'resting')
})

test('a sale that is paid part in cash asks for the cash once the code part is there', () => {
  const split = { wholeFen: 5_000, cashFen: 1_420, isTaken: false }
  assert.deepEqual(viewOf({ ...atOrder, split }, sampleOrder({ status: 'paid' })), {
    kind: 'cash-due',
    amountFen: 1_420,
  })
  const taken = { ...split, isTaken: true }
  assert.equal(viewOf({ ...atOrder, split: taken }, sampleOrder({ status: 'paid' })).kind, 'paid')
  // With cash in the drawer nobody is told that no money was taken.
  assert.equal(viewOf({ ...atOrder, split: taken }, sampleOrder({ status: 'failed' })).kind, 'ask-staff')
  assert.equal(viewOf({ ...atOrder, split }, sampleOrder({ status: 'failed' })).kind, 'not-paid')
  const refused: Step = { kind: 'refused', refusal: { kind: 'stopping' }, sale: { ...sale, split: taken } }
  assert.equal(viewOf(refused).kind, 'ask-staff')
})
