import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelValues } from '../definition.ts'
import { icbcDefinition } from './definition.ts'
import {
  context,
  gatewayKeys,
  merchantKeys,
  order,
  payRequest,
  refusedContent,
  settings,
  signed,
  told,
} from './icbc.fixture.ts'

/** What the schema makes of a configuration: the defaults, and what is given. */
const valuesOf = (given: Readonly<Record<string, string>>): ChannelValues => {
  const defaults = Object.entries(icbcDefinition.fields).flatMap(([name, field]) =>
    'default' in field && field.default !== undefined ? [[name, field.default] as const] : [],
  )
  return { texts: { ...Object.fromEntries(defaults), ...given }, lists: {} }
}
const whole = {
  appId: settings.appId,
  merchantId: settings.merchantId,
  privateKey: merchantKeys.privateKey,
  icbcPublicKey: gatewayKeys.publicKey,
}
const open = (given: Readonly<Record<string, string>>) =>
  icbcDefinition.open(valuesOf(given), { id: settings.id, wallMs: order.payStartedWallMs })

test('four fields are enough; the rest has its default', () => {
  const opening = open(whole)
  assert.ok(opening.ok)
  assert.equal(opening.channel.pay.encode(payRequest, context).url, 'https://gw.open.icbc.com.cn/api/qrcode/V2/pay')
  assert.equal(opening.channel.query.encode(order, context).url, 'https://gw.open.icbc.com.cn/api/qrcode/query/V5')
  assert.deepEqual(icbcDefinition.capability.revoke, { kind: 'revoke', word: 'reversal', confirmedBy: 'query' })
})

test('each field that is set reaches the channel', () => {
  const opening = open({
    ...whole,
    signType: 'RSA',
    reversePath: '/api/qrcode/reverse/V3',
    operId: '007',
    refusalCodes: '5910001, 5910002',
  })
  assert.ok(opening.ok)
  const { url, body } = opening.channel.revoke.encode(order, context)
  assert.equal(url, 'https://gw.open.icbc.com.cn/api/qrcode/reverse/V3')
  const form = new URLSearchParams(body)
  assert.equal(form.get('sign_type'), 'RSA')
  assert.match(form.get('biz_content') ?? '', /"oper_id":"007"/)
  const refusal = opening.channel.pay.decode(order, signed(refusedContent('5910002')))
  assert.equal(told(refusal), 'failed-unless-query-differs payment-failed')
})

test('every complaint is a clause behind the field’s name, all at once, and quotes no secret', () => {
  const opening = open({
    ...whole,
    merchantId: '1',
    privateKey: gatewayKeys.publicKey,
    queryPath: '/api/qrcode/V2/query',
  })
  assert.ok(!opening.ok)
  assert.deepEqual(opening.problems, [
    { field: 'merchantId', problem: 'is not a merchant number of 12 or 15 digits' },
    { field: 'queryPath', problem: 'is older than V5, which alone can tell a reversed order' },
    { field: 'privateKey', problem: 'is the public half; the private key belongs here' },
  ])
})
