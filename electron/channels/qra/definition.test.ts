import assert from 'node:assert/strict'
import { test } from 'node:test'
import { qraDefinition } from './definition.ts'
import {
  apiKey,
  context,
  merchantKeys,
  order,
  paidFields,
  platformKey,
  platformKeys,
  queriedFields,
  settings,
  signed,
  told,
} from './qra.fixture.ts'

const open = (given: Readonly<Record<string, string>>) => {
  const defaults = Object.entries(qraDefinition.fields).flatMap(([name, field]) =>
    'default' in field && field.default !== undefined ? [[name, field.default] as const] : [],
  )
  const texts = { ...Object.fromEntries(defaults), ...given }
  return qraDefinition.open({ texts, lists: {} }, { id: settings.id, wallMs: order.payStartedWallMs })
}
const merchantId = settings.merchantId

test('merchant number and key are enough; the rest has its default', () => {
  const opening = open({ merchantId, apiKey })
  assert.ok(opening.ok)
  const request = opening.channel.query.encode(order, context)
  assert.equal(request.url, 'https://qra.95516.com/pay/gateway')
  assert.match(request.body, /<sign_type><!\[CDATA\[MD5\]\]>/)
  const { channel } = opening
  assert.equal(told(channel.pay.decode(order, signed(paidFields))), 'paid')
  const refund = signed({ ...queriedFields, trade_state: 'REFUND' })
  assert.equal(told(channel.query.decode(order, refund)), 'unknown unlisted-code')
})

test('each field that is set reaches the channel', () => {
  const opening = open({
    merchantId,
    gateway: 'https://gateway.example.invalid/pay/gateway',
    signType: 'RSA_1_256',
    merchantPrivateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
    signAgentno: '101',
    groupno: '202',
    opUserId: '303',
    unnamedEnds: 'accepted',
    refundState: 'closed',
  })
  assert.ok(opening.ok)
  const { channel } = opening
  const { url, body } = channel.query.encode(order, context)
  assert.equal(url, 'https://gateway.example.invalid/pay/gateway')
  assert.match(body, /RSA_1_256.*101.*202/)
  const bare = { mch_id: merchantId, status: '0', result_code: '0', trade_state: 'REFUND' }
  assert.equal(told(channel.query.decode(order, signed(bare, platformKey))), 'closed')
})

test('what the chosen way of signing needs and lacks is told by name, and no secret is quoted', () => {
  const complaints = (given: Readonly<Record<string, string>>) => {
    const opening = open(given)
    assert.ok(!opening.ok)
    return opening.problems.map(({ field, problem }) => `${field} ${problem}`)
  }
  assert.deepEqual(complaints({ merchantId }), ['apiKey is missing, and signType MD5 needs it'])
  assert.deepEqual(complaints({ merchantId, signType: 'RSA_1_1', apiKey }), [
    'merchantPrivateKey is missing, and signType RSA_1_1 needs it',
    'platformPublicKey is missing, and signType RSA_1_1 needs it',
  ])
  assert.deepEqual(complaints({ merchantId: '?', apiKey: 'short', gateway: 'http://a.example/' }), [
    'gateway must begin with https:// (plain http is for this machine only)',
    'merchantId is malformed',
    'apiKey is malformed',
  ])
})
