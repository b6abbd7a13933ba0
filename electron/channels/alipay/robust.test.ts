import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { order, paidNode, response, settings, signedBody } from './alipay.fixture.ts'
import { createAlipayChannel } from './channel.ts'
import { alipayCancelSubCodes, alipayGatewayCodes, alipayPaySubCodes, alipayTradeStatuses } from './codes.ts'
import { readSignedNode } from './envelope.ts'
import { readRawMembers } from './members.ts'

const channel = createAlipayChannel(settings)
const kinds = {
  pay: ['paid', 'awaiting-payer', 'unknown', 'failed', 'failed-unless-query-differs', 'revoke-needed'],
  query: ['paid', 'awaiting-payer', 'unpaid', 'revoke-needed', 'closed', 'not-found', 'unknown'],
  cancel: ['accepted', 'try-again', 'payer-confirming', 'not-revocable', 'person-needed'],
} as const
const methods = ['pay', 'query', 'cancel'] as const
const ports = { pay: channel.pay, query: channel.query, cancel: channel.revoke } as const

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

const whole = Object.fromEntries(
  methods.map((method) => [method, Buffer.from(signedBody(method, { ...paidNode, trade_status: 'TRADE_SUCCESS' }))]),
)

const cut = (body: Buffer, at: number, length: number, insert: Uint8Array): Buffer => {
  const start = at % body.length
  return Buffer.concat([body.subarray(0, start), insert, body.subarray(start + (length % 8))])
}

test('any bytes with any status give a listed outcome, and never throw', () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.json({ maxDepth: 3 }),
  )
  fc.assert(
    fc.property(garbage, fc.constantFrom(200, 200, 202, 400, 502), (body, status) => {
      for (const method of methods) {
        const { kind } = ports[method].decode(order, response(body, status))
        assert.ok((kinds[method] as readonly string[]).includes(kind), `${method}: ${kind}`)
      }
    }),
    { numRuns: 1_200 },
  )
})

test('any signed node gives a listed outcome, and never shows a run of digits as long as a payment code', () => {
  const codes = fc.stringMatching(/^2[5-9][0-9]{14,22}$/)
  fc.assert(
    fc.property(node, fc.constantFrom(...methods), codes, (fields, method, code) => {
      const body = signedBody(method, { ...fields, msg: `x${code}` })
      const outcome = ports[method].decode(order, response(body))
      assert.ok((kinds[method] as readonly string[]).includes(outcome.kind), `${method}: ${outcome.kind}`)
      assert.doesNotMatch(JSON.stringify(outcome.evidence), /\d{12}/)
    }),
    { numRuns: 400 },
  )
})

test('an answer whose bytes were changed is never another payment', () => {
  let unknown = 0
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 6 }), (at, length, insert) => {
      const body = cut(whole['query'] ?? Buffer.alloc(0), at, length, insert)
      const outcome = channel.query.decode(order, response(body))
      if (outcome.kind === 'unknown') unknown += 1
      if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidNode['trade_no'])
      else assert.equal(outcome.kind, 'unknown')
    }),
    { numRuns: 1_200 },
  )
  assert.ok(unknown > 600)
})

test('the members of any JSON object are cut where they stand', () => {
  const objects = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(objects, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const reading = readRawMembers(JSON.stringify(value, null, indent))
      assert.ok(reading.ok)
      const parsed = [...reading.members].map(([name, raw]) => [name, JSON.parse(raw) as unknown] as const)
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
