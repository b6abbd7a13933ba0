import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import { jsonForm } from '../answer-forms.fixture.ts'
import { assertListed, type FuzzedCall, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { type Body, order, otherKey, paid, refund, settings, signed } from './backend.fixture.ts'
import { createBackendChannel } from './channel.ts'

const channel = createBackendChannel(settings)
const runs = 10_000

const about: Body = { version: '1.0', code: 'ok', orderNumber: order.orderNumber, amountFen: 3580 }
const bodies: Readonly<Record<FuzzedCall | 'refund' | 'refund-query', readonly Body[]>> = {
  pay: [
    paid,
    { ...paid, orderNumber: 'POS0120260318000102', transactionId: 'T2' },
    { ...paid, amountFen: 3581, transactionId: 'T3' },
    { ...about, state: 'awaiting-payer' },
    { ...about, state: 'failed', reason: 'balance-low' },
  ],
  query: [
    paid,
    { ...paid, orderNumber: 'POS0120260318000102', transactionId: 'T2' },
    { ...paid, amountFen: 3581, transactionId: 'T3' },
    { ...about, state: 'closed', wasPaid: 'no' },
    { ...about, state: 'not-found' },
  ],
  revoke: [
    { ...about, state: 'accepted', effect: 'closed' },
    { ...about, state: 'try-again' },
    { ...about, state: 'payer-confirming' },
  ],
  refund: ['done', 'accepted', 'unknown'].map((state) => ({
    ...about,
    refundNumber: refund.refundNumber,
    amountFen: 100,
    state,
  })),
  'refund-query': ['done', 'processing', 'not-found'].map((state) => ({
    ...about,
    refundNumber: refund.refundNumber,
    amountFen: 100,
    state,
  })),
}

type Kind = keyof typeof bodies
const kinds: readonly Kind[] = [...fuzzedCalls, 'refund', 'refund-query']
const isFuzzed = (kind: Kind): kind is FuzzedCall => fuzzedCalls.some((call) => call === kind)
/** What a refund's answer may say without proof. */
const unprovenRefunds = ['unknown', 'refused', 'person-needed']

type Headers = Readonly<Record<string, string>>

/** The outcome, which must be a listed one, and a telling one only with bytes that were signed. */
function judge(kind: Kind, body: Buffer, headers: Headers, chance: Dice, isWhole: boolean): string {
  const any = anyResponse(body, chance)
  const answer = { ...any, headers: { ...any.headers, ...headers } }
  if (!isFuzzed(kind)) {
    const call = kind === 'refund' ? 'refund' : 'queryRefund'
    const outcome = channel[call].decode(refund, answer)
    if (!unprovenRefunds.includes(outcome.kind)) assert.ok(answer.status === 200 && isWhole, outcome.kind)
    assert.doesNotMatch(JSON.stringify(outcome.evidence), /\d{12}/)
    return outcome.kind
  }
  const outcome: PayOutcome | QueryOutcome | RevokeOutcome = channel[kind].decode(order, answer)
  assertListed(kind, outcome)
  const isFinal = verifiedKinds.includes(outcome.kind) || outcome.kind === 'failed'
  if (isFinal) assert.ok(answer.status === 200 && isWhole, outcome.kind)
  // Whatever the back end signs is its word, but never about another order or amount.
  if (outcome.kind === 'paid') {
    const said: unknown = JSON.parse(body.toString('utf8'))
    assert.ok(typeof said === 'object' && said !== null)
    assert.partialDeepStrictEqual(said, { orderNumber: order.orderNumber, amountFen: 3580, code: 'ok', state: 'paid' })
  }
  return outcome.kind
}

for (const kind of kinds) {
  const answers = bodies[kind].map((body) => ({ text: JSON.stringify(body), headers: signed(kind, body).headers }))
  const texts = answers.map(({ text }) => text)

  test(`${kind}: 10,000 random answers, some with headers of a signed one, end nothing`, () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const body = randomBody(chance)
      const headers = chance.below(2) === 0 ? {} : chance.pick(answers).headers
      try {
        judge(kind, body, headers, chance, false)
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
  })

  test(`${kind}: 10,000 spoiled answers never say more than what was signed`, () => {
    const unused = new Set<string>(spoilings)
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(texts, jsonForm, chance)
      for (const way of ways) unused.delete(way)
      // The spoiling may have changed nothing at all; then the answer stands as it was signed.
      const { headers, text } = chance.pick(answers)
      try {
        seen.add(judge(kind, body, headers, chance, body.equals(Buffer.from(text))))
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    assert.ok(seen.has(kind === 'revoke' ? 'try-again' : 'unknown'))
  })

  test(`${kind}: 10,000 spoiled answers that the back end itself signed are read, and never throw`, () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body } = spoiledAnswer(texts, jsonForm, chance)
      const text = body.toString('utf8')
      const isOurs = chance.below(4) > 0
      const { headers } = signed(kind, text, isOurs ? {} : { key: otherKey })
      seen.add(judge(kind, Buffer.from(text), headers, chance, isOurs))
    }
    assert.ok(seen.size >= 3, [...seen].join(', '))
  })
}
