import assert from 'node:assert/strict'
import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { OrderNumber, RefundNumber, TransactionId } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { HttpRequest } from '../channel.ts'
import { createUnionpayChannel } from './channel.ts'
import { decodedForm, readForm, writeForm } from './form.ts'
import { unionpayDigest, unionpaySignature, unionpaySignatureMatches, unionpayStringToSign } from './sign.ts'
import {
  context,
  type Fields,
  merchantKeys,
  order,
  payRequest,
  reference,
  response,
  settings,
  told,
} from './unionpay.fixture.ts'

type Vectors = {
  readonly keys: { readonly merchantPublicKey: string; readonly gatewayPublicKey: string; readonly gatewayCert: string }
  readonly cases: readonly {
    readonly name: string
    readonly signedBy: 'merchant' | 'gateway'
    readonly fields: Fields
    readonly stringToSign: string
    readonly sha256Hex: string
    readonly signature: string
    readonly formBody: string
  }[]
}

const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors
const keyOf = {
  merchant: createPublicKey(vectors.keys.merchantPublicKey),
  gateway: createPublicKey(vectors.keys.gatewayPublicKey),
}
const caseOf = (name: string) => {
  const found = vectors.cases.find((each) => each.name === name)
  assert.ok(found !== undefined, name)
  return found
}

test('there are nine vectors; each gives its string, its digest, and a signature of that alone', () => {
  assert.equal(vectors.cases.length, 9)
  for (const { name, signedBy, fields, stringToSign, sha256Hex, signature } of vectors.cases) {
    assert.equal(unionpayStringToSign(fields), stringToSign, name)
    assert.equal(unionpayDigest(stringToSign), sha256Hex, name)
    const whole = { ...fields, signature }
    assert.equal(unionpaySignatureMatches(whole, keyOf[signedBy]), true, name)
    assert.equal(unionpaySignatureMatches({ ...whole, merId: '777290058110049' }, keyOf[signedBy]), false, name)
    assert.equal(unionpaySignatureMatches({ ...whole, another: '1' }, keyOf[signedBy]), false, name)
    const other = signedBy === 'merchant' ? keyOf.gateway : keyOf.merchant
    assert.equal(unionpaySignatureMatches(whole, other), false, name)
    assert.equal(unionpaySignatureMatches(fields, keyOf[signedBy]), false, `${name}, no signature`)
  }
})

test('the body of each vector reads back to its fields; requests are written as in the vectors', () => {
  for (const { name, signedBy, fields, signature, formBody } of vectors.cases) {
    const reading = readForm(formBody)
    assert.ok(reading.ok, name)
    assert.deepEqual(decodedForm(reading.fields) ?? reading.fields, { ...fields, signature }, name)
    if (signedBy === 'merchant') assert.equal(writeForm({ ...fields, signature }), formBody, name)
  }
})

/** The fields of a request, without its signature, which must be ours. */
function sent(request: HttpRequest): Fields {
  assert.equal(request.method, 'POST')
  assert.equal(request.clientCertificate, false)
  const all: Fields = Object.fromEntries(new URLSearchParams(request.body))
  assert.equal(unionpaySignatureMatches(all, merchantKeys.publicKey), true)
  const { signature: _, ...fields } = all
  return fields
}

const channel = createUnionpayChannel(settings)

test('every call sends exactly the fields of its vector, to its address', () => {
  const api = 'https://gateway.example.invalid/gateway/api'
  const pay = channel.pay.encode(payRequest, context)
  assert.equal(pay.url, `${api}/backTransReq.do`)
  assert.deepEqual(sent(pay), caseOf('pay-request').fields)
  const query = channel.query.encode(order, context)
  assert.equal(query.url, `${api}/queryTrans.do`)
  assert.deepEqual(sent(query), caseOf('query-request').fields)
  const reversal = channel.revoke.encode(order, context)
  assert.equal(reversal.url, `${api}/backTransReq.do`)
  assert.deepEqual(sent(reversal), caseOf('reversal-request').fields)
  const refund = channel.refund.encode(
    {
      ...reference,
      refundNumber: '20260319093000T01A0001R1' as RefundNumber,
      refundStartedWallMs: Date.UTC(2026, 2, 19, 1, 30),
    },
    context,
  )
  assert.equal(refund.url, `${api}/backTransReq.do`)
  assert.deepEqual(sent(refund), caseOf('refund-request').fields)
  const undoing = createUnionpayChannel({ ...settings, sameDayFullRefund: 'undo' })
  const undo = undoing.refund.encode(
    {
      ...reference,
      amountFen: reference.orderAmountFen,
      refundNumber: '20260318110000T01A0001V1' as RefundNumber,
      refundStartedWallMs: Date.UTC(2026, 2, 18, 3, 0),
    },
    context,
  )
  assert.deepEqual(sent(undo), caseOf('undo-request').fields)
})

test('the answers of the vectors are read, though they are URL-encoded and their certificate is its own authority', () => {
  const { gatewayCert } = vectors.keys
  const pinned = createUnionpayChannel({ ...settings, unionpayCert: gatewayCert })
  const read = (call: 'pay' | 'query', name: string): string =>
    told(pinned[call].decode(order, response(caseOf(name).formBody)))
  assert.equal(read('pay', 'pay-response-00'), 'awaiting-payer', '00 is accepted, and no more')
  assert.equal(read('pay', 'pay-response-05'), 'awaiting-payer')
  assert.equal(read('query', 'query-response-00-orig-00'), 'paid')
  assert.equal(read('query', 'query-response-34'), 'not-found')
  assert.equal(new X509Certificate(gatewayCert).checkPrivateKey(merchantKeys.privateKey), false)
})

test('an optional terminal and the other query address', () => {
  const { terminalId: _, ...withoutTerminal } = settings
  const plain = createUnionpayChannel({ ...withoutTerminal, queryPath: 'backTransReq.do', channelType: '07' })
  const { termId, channelType } = sent(plain.pay.encode(payRequest, context))
  assert.deepEqual([termId, channelType], [undefined, '07'])
  assert.match(plain.query.encode(order, context).url, /\/backTransReq\.do$/)
})

test('txnTime is the time of the pay request in Shanghai, in every later call too', () => {
  const late = { ...order, payStartedWallMs: Date.UTC(2026, 11, 31, 16, 0, 1, 999) }
  for (const request of [
    channel.pay.encode({ ...payRequest, ...late }, context),
    channel.query.encode(late, context),
    channel.revoke.encode(late, context),
  ]) {
    assert.equal(sent(request)['txnTime'], '20270101000001')
  }
})

test('a signature that is no base64, and empty fields, which take part or do not', () => {
  const fields = { a: '1', b: '', c: '2' }
  const matches = (signature: string): boolean =>
    unionpaySignatureMatches({ ...fields, signature }, merchantKeys.publicKey)
  assert.equal(matches(unionpaySignature(fields, merchantKeys.privateKey)), true)
  assert.equal(matches('*'), false)
  assert.equal(matches(''), false)
  assert.equal(unionpayStringToSign(fields), 'a=1&c=2')
  assert.equal(unionpayStringToSign(fields, true), 'a=1&b=&c=2')
  assert.equal(unionpayStringToSign({ b: '1', B: '2', a: '3', signature: 'x' }), 'B=2&a=3&b=1', 'byte order')
})

test('a form is cut at names only, and refused where it is none', () => {
  const read = (body: string) => {
    const reading = readForm(body)
    return reading.ok ? { ...reading.fields } : reading.problem
  }
  assert.deepEqual(read('a=1&b=x==&c=u&v w&d='), { a: '1', b: 'x==', c: 'u&v w', d: '' })
  assert.deepEqual(read('{a=1&b=2}'), { a: '1', b: '2' })
  assert.deepEqual(read('a={x=1&y=2}&b=[p=1&q=2]&c=3'), { a: '{x=1&y=2}', b: '[p=1&q=2]', c: '3' })
  assert.deepEqual(read('a={x=1&b=2'), { a: '{x=1', b: '2' })
  assert.equal(read('a=1&b=2&a=1'), 'duplicate-field')
  for (const body of ['', ' ', '<html>a=1</html>', '=1', '{}', '{"a":"1"}', '1a=2', 'null']) {
    assert.equal(read(body), 'not-a-form', body)
  }
})

test('numbers of orders and refunds are those that were given', () => {
  const number = 'S0010120261123K7QX000042' as OrderNumber
  assert.equal(sent(channel.query.encode({ ...order, orderNumber: number }, context))['orderId'], number)
  const asked = sent(channel.queryRefund.encode({ ...reference, transactionId: 'x' as TransactionId }, context))
  assert.deepEqual(
    [asked['orderId'], asked['txnTime'], asked['txnType']],
    [reference.refundNumber, '20260319101530', '00'],
  )
  const refunded = sent(channel.refund.encode({ ...reference, amountFen: fen(1), reason: '尺码不对' }, context))
  assert.equal(Buffer.from(refunded['reqReserved'] ?? '', 'base64url').toString(), '尺码不对')
  assert.equal(refunded['txnAmt'], '1')
})
