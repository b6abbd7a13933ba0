import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import { jsonForm } from '../answer-forms.fixture.ts'
import { readRawMembers } from '../json-members.ts'
import { assertListed, type FuzzedCall, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { appKeys, type Node, order, paidNode, response, settings, signedBody } from './alipay.fixture.ts'
import { createAlipayChannel } from './channel.ts'
import { alipayCancelSubCodes, alipayGatewayCodes, alipayPaySubCodes, alipayTradeStatuses } from './codes.ts'
import { readSignedNode } from './envelope.ts'

const channel = createAlipayChannel(settings)
const runs = 10_000
const methods = ['pay', 'query', 'cancel'] as const
const callOf = { pay: 'pay', query: 'query', cancel: 'revoke' } as const

const node = fc.record(
  {
    code: fc.constantFrom<string | number>(...alipayGatewayCodes, 10000, '', '99999'),
    sub_code: fc.constantFrom<string>(...alipayPaySubCodes, ...alipayCancelSubCodes, 'isv.invalid-x', ''),
    sub_msg: fc.string({ unit: 'grapheme', maxLength: 30 }),
    out_trade_no: fc.constantFrom<string>(order.orderNumber, 'other', ''),
    total_amount: fc.constantFrom<string | number>('35.80', 35.8, '35.8', '-1', '1e9', ''),
    trade_no: fc.constantFrom('2026', ''),
    trade_status: fc.constantFrom<string>(...alipayTradeStatuses, ''),
    retry_flag: fc.constantFrom('Y', 'N', ''),
    action: fc.constantFrom('close', 'refund', ''),
    fund_bill_list: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: [] },
)

/** Whole answers of every kind: of this order, of another, of another amount, and of somebody who has not the key. */
const tradeNode: Node = { ...paidNode, trade_status: 'TRADE_SUCCESS' }
const facts = { code: '10000', msg: 'Success', out_trade_no: order.orderNumber, trade_no: '2026' }
const failed = (code: string, subCode: string) => ({
  code,
  msg: 'x',
  sub_code: subCode,
  out_trade_no: order.orderNumber,
})
const nodes: Readonly<Record<(typeof methods)[number], readonly Node[]>> = {
  pay: [
    paidNode,
    { ...paidNode, out_trade_no: 'POS0120260318000102', trade_no: '2027' },
    { ...paidNode, total_amount: '35.81', trade_no: '2028' },
    { ...facts, code: '10003' },
    failed('20000', 'aop.ACQ.SYSTEM_ERROR'),
    failed('40004', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'),
    failed('40004', 'ACQ.TRADE_HAS_SUCCESS'),
  ],
  query: [
    tradeNode,
    { ...tradeNode, out_trade_no: 'POS0120260318000102', trade_no: '2027' },
    { ...tradeNode, total_amount: '35.81', trade_no: '2028' },
    ...['WAIT_BUYER_PAY', 'TRADE_CLOSED', 'X'].map((status) => ({ ...tradeNode, trade_status: status })),
    failed('40004', 'ACQ.TRADE_NOT_EXIST'),
  ],
  cancel: [
    { ...facts, retry_flag: 'N', action: 'close' },
    { ...facts, retry_flag: 'N', action: 'refund' },
    { ...facts, retry_flag: 'Y' },
    failed('40004', 'ACQ.SELLER_BALANCE_NOT_ENOUGH'),
    failed('20000', 'aop.ACQ.SYSTEM_ERROR'),
  ],
}
const refusal = '{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-signature"}}'
const signedTexts = methods.flatMap((method) => nodes[method].map((node) => JSON.stringify(node)))
const answersOf = (method: (typeof methods)[number]): readonly string[] => [
  ...nodes[method].map((node) => signedBody(method, node)),
  ...nodes[method].map((node) => signedBody(method, node)),
  ...nodes[method].map((node) => signedBody(method, node, appKeys.privateKey)),
  ...nodes[method].map((node) => `{"alipay_trade_${method}_response":${JSON.stringify(node)}}`),
  refusal,
]

/** Whether a text that Alipay signed still stands in the body, to the letter. */
const holdsSignedText = (body: Buffer): boolean => {
  const text = body.toString('utf8')
  return signedTexts.some((signedText) => text.includes(signedText))
}

function judge(
  call: FuzzedCall,
  body: Buffer,
  chance: Dice,
  isVerified: () => boolean,
): PayOutcome | QueryOutcome | RevokeOutcome {
  const answer = anyResponse(body, chance)
  const outcome = channel[call].decode(order, answer)
  assertListed(call, outcome)
  if (verifiedKinds.includes(outcome.kind)) assert.ok(answer.status === 200 && isVerified(), `${call}: ${outcome.kind}`)
  return outcome
}

const methodOf = { pay: 'pay', query: 'query', revoke: 'cancel' } as const satisfies Record<FuzzedCall, string>

for (const call of fuzzedCalls) {
  test(`${call}: 10,000 random answers give a listed outcome, and none that only a signed answer may have`, () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const body = randomBody(chance)
      try {
        judge(call, body, chance, () => false)
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    const answers = answersOf(methodOf[call])
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, jsonForm, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsSignedText(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidNode['trade_no'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // The signed node with other things around it is the same answer, so some are still read.
    assert.ok(kinds.size >= 3, `only ${[...kinds.keys()]}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

test('any signed node gives a listed outcome, and never shows a run of digits as long as a payment code', () => {
  const codes = fc.stringMatching(/^2[5-9][0-9]{14,22}$/)
  fc.assert(
    fc.property(node, fc.constantFrom(...methods), codes, (fields, method, code) => {
      const body = signedBody(method, { ...fields, msg: `x${code}` })
      const outcome = channel[callOf[method]].decode(order, response(body))
      assertListed(callOf[method], outcome)
      if (outcome.kind === 'paid') assert.equal(fields.out_trade_no, order.orderNumber)
    }),
    { numRuns: 400 },
  )
})

test('the members of any JSON object are cut where they stand', () => {
  const objects = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(objects, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const reading = readRawMembers(JSON.stringify(value, null, indent))
      assert.ok(reading.ok)
      const parsed = [...reading.pieces].map(([name, raw]) => [name, JSON.parse(raw) as unknown] as const)
      assert.deepEqual(new Map(parsed), new Map(Object.entries(JSON.parse(JSON.stringify(value)) as object)))
    }),
    { numRuns: 300 },
  )
})

test('a node is cut out whole whatever its strings hold and wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, signFirst) => {
      const inner = JSON.stringify({ body: text, code: '10000' })
      const parts = [`"x_response" :${inner}`, '"sign":"abc"']
      const reading = readSignedNode(` {${(signFirst ? parts.reverse() : parts).join(' , ')}} `, 'x_response')
      assert.ok(reading.ok)
      assert.equal(reading.signedText, inner)
      assert.equal(reading.sign, 'abc')
    }),
    { numRuns: 300 },
  )
})
