import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import type { PracticeWallet } from './practice-code.ts'
import {
  advance,
  type OrderStory,
  openOrder,
  query,
  revoke,
  type TrainingOrder,
  wechatClosesUnpaidAfterMs,
} from './stories.ts'

const startMs = 1_772_326_815_000

const opened = (story: OrderStory, wallet: PracticeWallet = 'wechat') =>
  openOrder(
    {
      wallet,
      orderNumber: 'S001T01000001',
      sequence: 1,
      amountFen: fen(1234),
      story,
      expiresAtMs: startMs + (wallet === 'wechat' ? wechatClosesUnpaidAfterMs : 120_000),
    },
    startMs,
  )

/** Revokes again and again, one second apart, and tells what each was answered. */
const revokes = (order: TrainingOrder, times: number, fromMs: number) => {
  let current = order
  const answers: string[] = []
  for (let turn = 0; turn < times; turn += 1) {
    const step = revoke(current, fromMs + turn * 1_000)
    current = step.order
    answers.push(step.answer)
  }
  return { order: current, answers }
}

const money = ({ chargedFen, refundedFen }: TrainingOrder): readonly number[] => [chargedFen, refundedFen]

test('pays-at-once: charged with the pay request', () => {
  const { order, answer } = opened('pays-at-once')
  assert.equal(answer, 'paid')
  assert.equal(order.condition, 'paid')
  assert.deepEqual(money(order), [1234, 0])
})

test('password-then-pays: the payer confirms after 3 s, whoever asks, and whenever', () => {
  const { order, answer } = opened('password-then-pays')
  assert.equal(answer, 'confirming')
  assert.equal(query(order, startMs + 2_999).condition, 'confirming')
  const paid = query(order, startMs + 86_400_000)
  assert.equal(paid.condition, 'paid')
  assert.equal(paid.paidAtMs, startMs + 3_000)
})

test('password-then-pays: a revoke before the payer confirmed closes the order for good', () => {
  const { order } = revoke(opened('password-then-pays').order, startMs + 2_000)
  assert.equal(advance(order, startMs + 10_000).condition, 'closed')
  assert.deepEqual(money(order), [0, 0])
})

test('password-never: the wallet closes the order by itself at its expiry, and no earlier', () => {
  const { order } = opened('password-never')
  assert.equal(query(order, startMs + 45_000).condition, 'confirming')
  const closed = query(order, startMs + 100_000)
  assert.equal(closed.condition, 'closed')
  assert.equal(closed.endedAtMs, startMs + wechatClosesUnpaidAfterMs)
  assert.equal(query(opened('password-never', 'alipay').order, startMs + 120_000).condition, 'closed')
})

test('password-never: a revoke closes it, and the same revoke again says the same', () => {
  const { order, answers } = revokes(opened('password-never').order, 2, startMs + 6_000)
  assert.deepEqual(answers, ['closed', 'closed'])
  assert.deepEqual(money(order), [0, 0])
})

test('balance-low: WeChat keeps an order whose payment failed, Alipay makes no trade', () => {
  assert.equal(opened('balance-low').order.condition, 'payment-failed')
  assert.equal(opened('balance-low', 'alipay').order.condition, 'refused')
  assert.equal(revoke(opened('balance-low').order, startMs + 20_000).answer, 'closed')
})

test('system-error-then-paid: not there at first, paid after 2 s, and never lost to an early revoke', () => {
  const { order, answer } = opened('system-error-then-paid')
  assert.equal(answer, 'system-error')
  assert.equal(query(order, startMs + 1_000).condition, 'in-transit')
  const early = revoke(order, startMs + 1_000)
  assert.equal(early.answer, 'system-error')
  assert.equal(query(early.order, startMs + 2_000).condition, 'paid')
  assert.equal(revoke(early.order, startMs + 3_000).answer, 'refunded')
})

test('pays-just-before-revoke: seen confirming at each query, and the revoke returns the money', () => {
  const { order } = opened('pays-just-before-revoke')
  assert.equal(query(order, startMs + 59_999).condition, 'confirming')
  const revoked = revoke(order, startMs + 60_000)
  assert.equal(revoked.answer, 'refunded')
  assert.equal(revoked.order.paidAtMs, startMs + 60_000)
  assert.deepEqual(money(revoked.order), [1234, 1234])
})

test('revoke-needs-tries: the third works', () => {
  const { order, answers } = revokes(opened('revoke-needs-tries').order, 3, startMs + 6_000)
  assert.deepEqual(answers, ['system-error', 'call-again', 'closed'])
  assert.deepEqual(money(order), [0, 0])
})

test('revoke-refused-while-confirming: refused twice, then the dialog ends', () => {
  const { order } = opened('revoke-refused-while-confirming')
  const once = revokes(order, 1, startMs + 6_000)
  assert.equal(query(once.order, startMs + 6_100).condition, 'confirming')
  const twice = revokes(order, 2, startMs + 6_000)
  assert.deepEqual(twice.answers, ['payer-confirming', 'payer-confirming'])
  assert.equal(query(twice.order, startMs + 7_100).condition, 'unpaid')
  assert.equal(revoke(twice.order, startMs + 8_000).answer, 'closed')
})

test('revoke-never-works: the payer has paid, queries say so, and the money stays', () => {
  const { order, answers } = revokes(opened('revoke-never-works').order, 20, startMs + 6_000)
  assert.deepEqual(new Set(answers), new Set(['system-error']))
  assert.equal(query(order, startMs + 60_000).condition, 'paid')
  assert.deepEqual(money(order), [1234, 0])
})

test('refused codes make no order', () => {
  for (const story of ['code-expired', 'no-practice-code', 'code-used-before'] as const) {
    const { order } = opened(story)
    assert.equal(order.condition, 'refused')
    assert.equal(revoke(order, startMs + 20_000).answer, 'no-such-order')
    assert.deepEqual(money(order), [0, 0])
  }
})

test('a revoke comes too late after 7 days at WeChat and after 24 hours at Alipay', () => {
  const day = 86_400_000
  const answerAt = (wallet: PracticeWallet, ageMs: number) =>
    revoke(opened('pays-at-once', wallet).order, startMs + ageMs).answer
  assert.equal(answerAt('wechat', 7 * day), 'refunded')
  assert.equal(answerAt('wechat', 7 * day + 1), 'too-late')
  assert.equal(answerAt('alipay', day), 'refunded')
  assert.equal(answerAt('alipay', day + 1), 'too-late')
})

test('a clock that runs back changes nothing that has happened', () => {
  const paid = query(opened('password-then-pays').order, startMs + 3_000)
  assert.equal(query(paid, startMs - 60_000).condition, 'paid')
  assert.equal(query(opened('password-then-pays').order, startMs - 60_000).condition, 'confirming')
})
