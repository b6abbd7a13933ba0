import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alipayDemo } from '../official-loops/alipay-demo.ts'
import { runOfficialLoop } from '../official-loops/official-loop.ts'
import { officialPolicies } from './official-policies.ts'
import { drawPayers, everyone, type Payer } from './payer.ts'
import { runTillLoop } from './till-loop.ts'

const policy = { ...officialPolicies.alipay, queryAgesMs: [5_000, 8_000, 60_000], windowMs: 60_000 }
const payerWho = (typingMs: number | null): Payer => ({ typingMs, roundTripMs: Array.from({ length: 48 }, () => 200) })

test('both loops measure from the confirming to the answer of the query that told it', () => {
  // The prompt appears when the pay request arrives, half a round trip after it left.
  assert.deepEqual(runTillLoop(policy, payerWho(6_000)), { end: 'paid', waitMs: 8_200 - 6_100, queries: 2 })
  // The demo sleeps after the pay answer and after each answer: it queries at 5.2 s and 10.4 s.
  assert.deepEqual(runOfficialLoop(alipayDemo, payerWho(6_000)), { end: 'paid', waitMs: 10_600 - 6_100, queries: 2 })
})

test('a payer who never confirms costs every query, the confirming one too', () => {
  assert.deepEqual(runTillLoop(policy, payerWho(null)), { end: 'revoked', waitMs: null, queries: 4 })
  assert.deepEqual(runOfficialLoop(alipayDemo, payerWho(null)), { end: 'revoked', waitMs: null, queries: 5 })
})

test('the same seed draws the same payers, and the share that never confirms', () => {
  const payers = drawPayers(everyone, 20_000, 7)
  assert.deepEqual(drawPayers(everyone, 20_000, 7), payers)
  const never = payers.filter((payer) => payer.typingMs === null).length
  assert.ok(never > 800 && never < 1_200, `${never} of 20,000`)
})
