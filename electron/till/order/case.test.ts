import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TransactionId } from '../ids.ts'
import { fen } from '../money.ts'
import type { QueryOutcome } from '../outcome.ts'
import { policyByAge } from '../policy.fixture.ts'
import { caseSlip } from '../receipt/case-slip.ts'
import { caseSlipWords } from '../receipt/case-slip-words.ts'
import { moneyText } from '../receipt/paper.ts'
import { receiptSentences } from '../receipt/receipt-words.ts'
import { caseFacts } from './case.ts'
import type { OrderCreated, OrderEvent } from './event.ts'
import { createOrder } from './step.ts'

const startWallMs = Date.UTC(2026, 10, 25, 4)
const at = (ms: number) => ({ wallMs: startWallMs + ms, monotonicMs: ms })
const created = {
  type: 'created',
  at: at(0),
  orderNumber: 'S0010120261125K7QX000042',
  saleId: 'sale-1',
  channel: 'wechat',
  wallet: 'wechat',
  amountFen: fen(52_000),
  maskedCode: '13************4071',
  policy: policyByAge,
} as unknown as OrderCreated // the ids are brands over these texts
const evidence = {}
const paid = { kind: 'paid', transactionId: '42' as TransactionId, amountFen: fen(52_000), evidence } as const

const answered = (ms: number, outcome: QueryOutcome): OrderEvent => ({ type: 'query-answered', at: at(ms), outcome })
const aCase = { ...createOrder(created), status: 'attention', attentionReason: 'revoke-tries-used-up' } as const
const moneyAfter = (events: readonly OrderEvent[], moneyWasTaken = false) =>
  caseFacts({ ...aCase, moneyWasTaken }, events, at(60_000)).money

test('the money of a case is known only as far as the last verified answer goes', () => {
  const notYet = answered(20_000, { kind: 'unpaid', evidence })
  assert.deepEqual(moneyAfter([]), { known: 'not-known' })
  assert.deepEqual(moneyAfter([notYet]), { known: 'not-yet', wallMs: startWallMs + 20_000 })
  for (const outcome of [
    { kind: 'unknown', reason: 'no-answer', evidence },
    { kind: 'not-found', evidence },
    { kind: 'revoke-needed', reason: 'payment-failed', evidence },
  ] as const satisfies readonly QueryOutcome[]) {
    assert.deepEqual(moneyAfter([notYet, answered(30_000, outcome)]), { known: 'not-known' }, outcome.kind)
  }
  const later = answered(40_000, { kind: 'unknown', reason: 'no-answer', evidence })
  assert.deepEqual(moneyAfter([answered(30_000, paid), later], true), { known: 'taken', wallMs: startWallMs + 30_000 })
})

test('what may be decided follows from what was seen, also while a question is on its way', () => {
  const decisions = (change: object) => caseFacts({ ...aCase, ...change }, [], at(60_000)).decisions
  assert.deepEqual(decisions({}), ['money-returned', 'not-charged'])
  assert.deepEqual(decisions({ inFlight: 'query' }), ['money-returned', 'not-charged'])
  assert.deepEqual(decisions({ moneyWasTaken: true }), ['money-returned'])
  assert.deepEqual(decisions({ moneyWasTaken: true, transactionId: '42' }), ['money-kept', 'money-returned'])
  assert.deepEqual(decisions({ status: 'paid' }), [])
})

test('past the deadline nothing is revoked in the background any more', () => {
  const stepAt = (ms: number) => caseFacts(aCase, [], at(ms)).nextStep
  assert.equal(stepAt(60_000), 'query-then-revoke')
  assert.equal(stepAt(7 * 24 * 3_600_000), 'query')
})

for (const language of ['zh-CN', 'en'] as const) {
  test(`the slip in ${language} claims no more than is known`, () => {
    const words = caseSlipWords[language]
    const saidBy = (moneyWasTaken: boolean, training = false, printedWallMs = startWallMs) =>
      Object.values(
        caseSlip({
          order: aCase,
          facts: caseFacts({ ...aCase, moneyWasTaken }, [], at(0)),
          store: { name: '示例便利店' },
          till: { id: '01' },
          staffName: null,
          copy: 1,
          training,
          language,
          printedWallMs,
        }).fields,
      )
    const doubtful = saidBy(false)
    for (const said of [
      words.notKnown,
      words.doNotPay,
      words.nextNotKnown,
      moneyText(fen(52_000)),
      aCase.orderNumber,
      words.until('2026-12-02 12:00:00'),
    ]) {
      assert.ok(doubtful.includes(said), said)
    }
    const { training } = receiptSentences[language]
    assert.ok(!doubtful.includes(words.taken) && !doubtful.includes(training))
    const taken = saidBy(true, true, startWallMs + 8 * 24 * 3_600_000)
    for (const said of [words.taken, words.nextTaken, words.untilOver, training]) {
      assert.ok(taken.includes(said), said)
    }
  })
}
