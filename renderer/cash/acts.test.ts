import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CallAnswer, CallName, Calls, CashResult, OrderView, SaleCash } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { createCounterActs } from '../counter/acts.ts'
import { createPerform } from '../counter/perform.ts'
import { sceneIn } from '../sound/cue.ts'
import { sampleOrder, sampleSnapshot, storyWallMs } from '../stories/samples.fixture.ts'
import { createAppStore } from '../till/store.ts'
import { createCashActs } from './acts.ts'

const saleId = 'sale-new'
const part = (change: Partial<SaleCash>): SaleCash => ({
  saleId,
  saleAmountFen: 5_800,
  cashFen: 2_000,
  codePaidFen: 0,
  codeOpenFen: 0,
  leftFen: 3_800,
  ...change,
})
const recorded = (sale: SaleCash, changeFen = 0): CashResult => ({
  kind: 'recorded',
  cashNumber: 'C1',
  sale,
  amountFen: 2_000,
  changeFen,
  drawer: 'opened',
})

/** A counter whose main side answers from what was set last, and loses every other call. */
function openCounter() {
  const sent: { readonly name: CallName; readonly request: unknown }[] = []
  const replies = new Map<CallName, unknown>()
  const door: Door = {
    call: <Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<CallAnswer<Name>> => {
      sent.push({ name, request })
      const lost: CallAnswer<Name> = { ok: false, refusal: { code: 'failed', detail: 'lost' } }
      if (!replies.has(name)) return Promise.resolve(lost)
      // `says` takes a name with that name's reply.
      return Promise.resolve({ ok: true, reply: replies.get(name) as Calls[Name]['reply'] })
    },
    on: () => () => {},
    onConnection: () => () => {},
  }
  const store = createAppStore()
  store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot: sampleSnapshot(), nowMs: 0 } })
  const cash = createCashActs(door, store, () => saleId)
  const acts = createCounterActs(door, store, { onBill: () => undefined, now: () => 0, wallNow: () => storyWallMs })
  const hands = { focusStrip: () => undefined, submitCode: () => undefined }
  const perform = createPerform(store, acts, cash, hands)
  const type = (text: string): void => {
    for (const [place, character] of [...text].entries()) {
      store.dispatch({ type: 'counter', event: { type: 'typed', character, runId: 10 + place, orderEnded: true } })
    }
  }
  return {
    store,
    sent,
    cash,
    acts,
    perform,
    type,
    says: <Name extends CallName>(name: Name, reply: Calls[Name]['reply']) => void replies.set(name, reply),
    tell: (order: OrderView) => store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: 0 } }),
    scene: () => sceneIn(store.getState()),
    asked: (name: CallName) => sent.filter((each) => each.name === name).map(({ request }) => request),
  }
}

/** Charges the code part with an order that ends so. */
async function charge(till: ReturnType<typeof openCounter>, end: Partial<OrderView>): Promise<void> {
  const order = sampleOrder({ saleId, amountFen: 3_800, status: 'paying' })
  till.says('sale.scan', { kind: 'started', order })
  await till.acts.scan('SCANNED')
  till.tell({ ...order, ...end })
}

test('cash for the whole sale: what was given, the change, and a sale that is complete', async () => {
  const till = openCounter()
  till.type('58')
  till.perform('cash')
  assert.equal(till.scene(), 'cash')
  till.type('100')
  till.says('cash.take', recorded(part({ cashFen: 5_800, leftFen: 0 }), 4_200))
  await till.cash.take()
  assert.deepEqual(till.asked('cash.take'), [
    { saleId, saleAmountText: '58.00', amountText: '58.00', givenText: '100.00' },
  ])
  assert.equal(till.scene(), 'cash-paid')
  till.perform('next-customer')
  assert.equal(till.scene(), 'idle')
})

test('too little is no whole payment; code first, and the sale is complete only with the cash after it', async () => {
  const till = openCounter()
  till.type('58')
  till.perform('cash')
  till.type('20')
  till.perform('cash-code-first')
  assert.equal(till.scene(), 'scan')
  await charge(till, { status: 'paid' })
  assert.equal(till.scene(), 'cash-due')
  till.type('9')
  till.perform('clear')
  assert.equal(till.scene(), 'cash-due', 'the next sale does not begin over it')
  till.perform('take-rest')
  till.says('cash.take', recorded(part({ codePaidFen: 3_800, leftFen: 0 })))
  await till.cash.take()
  assert.equal(till.scene(), 'cash-paid')
  assert.deepEqual(till.asked('cash.take'), [
    { saleId, saleAmountText: '58.00', amountText: '20.00', givenText: '20.00' },
  ])
})

test('cash first, and the code part fails: no key leaves the sale before the cash is back, which is recorded', async () => {
  const till = openCounter()
  till.type('58')
  till.perform('cash')
  till.type('20')
  till.says('cash.take', recorded(part({})))
  await till.cash.takePart()
  assert.equal(till.scene(), 'scan')
  till.perform('back')
  assert.equal(till.scene(), 'scan')
  await charge(till, { status: 'failed', failureReason: 'balance-low' })
  assert.deepEqual(till.asked('sale.scan'), [{ amountText: '38.00', scan: 'SCANNED', saleId, anotherCustomer: false }])
  assert.equal(till.scene(), 'cash-owed-back')
  till.says('cash.return', { ...recorded(part({ cashFen: 0 })), kind: 'recorded' } as CashResult)
  await till.cash.giveBack()
  assert.equal(till.scene(), 'cash-returned')
  const [back] = till.asked('cash.return') as readonly { readonly amountText: string; readonly saleId: string }[]
  assert.deepEqual([back?.saleId, back?.amountText], [saleId, '20.00'])
})

test('an answer that was lost: its entry is looked for first, so that a part is never entered twice', async () => {
  for (const [typed, cashFen, sceneAfter] of [
    ['', 5_800, 'cash-paid'],
    ['20', 2_000, 'scan'],
  ] as const) {
    const till = openCounter()
    till.type('58')
    till.perform('cash')
    till.type(typed)
    const again = typed === '' ? till.cash.take : till.cash.takePart
    await again()
    assert.equal(till.scene(), 'cash', 'nobody knows yet')
    await again()
    assert.equal(till.asked('cash.take').length, 1, 'and while nobody knows, nothing is entered')
    till.says('cash.of-sale', part({ cashFen, leftFen: 5_800 - cashFen }))
    await again()
    assert.equal(till.scene(), sceneAfter)
    assert.equal(till.asked('cash.take').length, 1)
  }
})

test('an answer that was lost, and no entry stands: it is made under the same sale', async () => {
  const till = openCounter()
  till.type('58')
  till.perform('cash')
  await till.cash.take()
  till.says('cash.of-sale', null)
  till.says('cash.take', recorded(part({ cashFen: 5_800, leftFen: 0 })))
  await till.cash.take()
  assert.equal(till.scene(), 'cash-paid')
  const sales = till.asked('cash.take').map((request) => (request as { readonly saleId: string }).saleId)
  assert.deepEqual(sales, [saleId, saleId])
})

test('cash that the main side refuses is not said to be taken, though other money of the sale is there', async () => {
  const till = openCounter()
  till.type('58')
  till.perform('cash')
  till.says('cash.take', { kind: 'refused', problem: { kind: 'more-than-left', leftFen: 0 as never } })
  till.says('cash.of-sale', part({ cashFen: 2_000, codePaidFen: 3_800, leftFen: 0 }))
  await till.cash.take()
  assert.equal(till.scene(), 'cash')
})

test('a former order of the same sale that was paid after all is the code part: its cash is still due', async () => {
  const paid = sampleOrder({ saleId, amountFen: 3_800, status: 'paid' })
  const openOrder = sampleOrder({ saleId, amountFen: 3_800, status: 'unknown' })
  const planned = () => {
    const till = openCounter()
    till.type('58')
    till.perform('cash')
    till.type('20')
    till.perform('cash-code-first')
    return till
  }
  const at = planned()
  at.says('sale.scan', { kind: 'former-order-paid', order: paid })
  await at.acts.scan('SCANNED')
  at.tell(paid)
  assert.equal(at.scene(), 'cash-due')

  const later = planned()
  later.says('sale.scan', { kind: 'former-order-open', order: openOrder, because: 'same-sale' })
  await later.acts.scan('SCANNED')
  later.tell(openOrder)
  assert.equal(later.scene(), 'former-open')
  later.tell(paid)
  assert.equal(later.scene(), 'cash-due')
  later.perform('take-rest')
  const { step } = later.store.getState().counter
  assert.ok(step.kind === 'cash' && step.dueFen === 2_000 && step.saleId === saleId)

  const stranger = planned()
  stranger.says('sale.scan', { kind: 'former-order-paid', order: { ...paid, saleId: 'another' } })
  await stranger.acts.scan('SCANNED')
  assert.equal(stranger.scene(), 'former-paid')
})

test('a sale that is not complete is found again after a restart, by its order or by itself', async () => {
  const till = openCounter()
  const order = sampleOrder({ saleId, amountFen: 3_800 })
  till.says('till.snapshot', sampleSnapshot({ openOrders: [order] }))
  await till.acts.refresh()
  till.says('cash.of-sale', part({ codeOpenFen: 3_800, leftFen: 0 }))
  await till.cash.readSplit(order.orderNumber)
  till.tell({ ...order, status: 'revoked', revokeEffect: 'closed' })
  assert.equal(till.scene(), 'cash-owed-back')

  const idle = openCounter()
  idle.says('cash.unfinished', [part({})])
  await idle.cash.readUnfinished()
  idle.perform('resume-sale')
  const { step } = idle.store.getState().counter
  assert.ok(step.kind === 'scan' && step.sale.amountFen === 3_800 && step.sale.split?.isTaken === true)
})
