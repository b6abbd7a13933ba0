import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpResponse } from '../channel.ts'
import { createWechatV3Channel } from './channel.ts'
import { wechatV3RefundCodes, wechatV3RefundQueryCodes } from './codes.ts'
import {
  type Body,
  context,
  errorBody,
  foreignKeys,
  refund,
  refundBody,
  settings,
  signed,
  told,
  unsigned,
} from './wechat-v3.fixture.ts'

const channel = createWechatV3Channel(settings)
const heard = (response: HttpResponse) => told(channel.refund.decode(refund, response))
const asked = (response: HttpResponse) => told(channel.queryRefund.decode(refund, response))

test('refund and its query name order, refund number and amounts, and no more', () => {
  const request = channel.refund.encode(refund, context)
  assert.equal(request.url, `${settings.baseUrl}/v3/refund/domestic/refunds`)
  assert.deepEqual(JSON.parse(request.body), {
    out_trade_no: refund.orderNumber,
    out_refund_no: refund.refundNumber,
    reason: '退一件',
    amount: { refund: 580, total: 1288, currency: 'CNY' },
  })
  const question = channel.queryRefund.encode(refund, context)
  assert.equal(question.method, 'GET')
  assert.equal(question.url, `${settings.baseUrl}/v3/refund/domestic/refunds/${refund.refundNumber}`)
  const bare = JSON.parse(channel.refund.encode({ ...refund, reason: '😀' }, context).body) as Body
  assert.equal('reason' in bare, false)
  const long = JSON.parse(channel.refund.encode({ ...refund, reason: '退'.repeat(60) }, context).body) as Body
  assert.equal(long['reason'], '退'.repeat(26))

  const provider = createWechatV3Channel({ ...settings, subMerchantId: '1900000109' })
  assert.equal((JSON.parse(provider.refund.encode(refund, context).body) as Body)['sub_mchid'], '1900000109')
  assert.match(provider.queryRefund.encode(refund, context).url, /\/refunds\/\w+\?sub_mchid=1900000109$/)
})

test('a refund is only taken in, whatever its state; the query says what became of it', () => {
  for (const status of ['SUCCESS', 'PROCESSING', 'ABNORMAL', 'CLOSED']) {
    assert.equal(heard(signed({ ...refundBody, status })), 'accepted', status)
  }
  const states = { SUCCESS: 'done', PROCESSING: 'processing', CLOSED: 'closed', ABNORMAL: 'abnormal' }
  for (const [status, outcome] of Object.entries(states)) {
    assert.equal(asked(signed({ ...refundBody, status })), outcome, status)
  }
})

test('an answer of another order, refund or sum is no answer, and neither is an unsigned one', () => {
  const amount = { total: 1288, refund: 580, currency: 'CNY' }
  const spoiled: Readonly<Record<string, Body>> = {
    'other order': { out_trade_no: 'OTHER1' },
    'other refund': { out_refund_no: `${refund.refundNumber}9` },
    'other sum': { amount: { ...amount, refund: 581 } },
    'other total': { amount: { ...amount, total: 1289 } },
    'other currency': { amount: { ...amount, currency: 'HKD' } },
    'other payment': { transaction_id: '4200009999202603010000000124' },
  }
  for (const [name, change] of Object.entries(spoiled)) {
    assert.equal(heard(signed({ ...refundBody, ...change })), 'unknown mismatched-answer', name)
    assert.equal(asked(signed({ ...refundBody, ...change })), 'unknown mismatched-answer', name)
  }
  for (const name of ['out_trade_no', 'out_refund_no', 'amount', 'status']) {
    assert.equal(heard(signed({ ...refundBody, [name]: null })), 'unknown unverifiable-answer', name)
    assert.equal(asked(signed({ ...refundBody, [name]: null })), 'unknown unverifiable-answer', name)
  }
  assert.equal(asked(signed({ ...refundBody, status: 'NEW' })), 'unknown unlisted-code')
  assert.equal(heard(signed({ ...refundBody, status: 'NEW' })), 'unknown unlisted-code')
  assert.equal(asked(unsigned(refundBody)), 'unknown unverifiable-answer')
  assert.equal(asked(signed(refundBody, 200, { key: foreignKeys.privateKey })), 'unknown unverifiable-answer')
  assert.equal(asked(signed({ ...refundBody, status: 'SUCCESS' }, 202)), 'unknown http-status')
  const unnumbered = { ...refund, transactionId: null }
  assert.equal(told(channel.queryRefund.decode(unnumbered, signed({ ...refundBody, status: 'SUCCESS' }))), 'done')
})

/** The table of wechat.md §2.5 in v3's spelling. */
const refundRows: readonly (readonly [status: number, code: string, outcome: string])[] = [
  [500, 'SYSTEM_ERROR', 'unknown system-error'],
  [400, 'BIZERR_NEED_RETRY', 'unknown system-error'],
  [503, 'SERVICE_UNAVAILABLE', 'unknown system-error'],
  [429, 'FREQUENCY_LIMITED', 'unknown rate-limited'],
  [429, 'RATELIMIT_EXCEEDED', 'unknown rate-limited'],
  [403, 'INVALID_REQ_TOO_MUCH', 'unknown rate-limited'],
  [403, 'NOT_ENOUGH', 'person-needed merchant-balance-low'],
  [403, 'TRADE_OVERDUE', 'refused window-over'],
  [403, 'USER_ACCOUNT_ABNORMAL', 'refused payer-account'],
  [400, 'ERROR', 'refused refused'],
  [400, 'INVALID_REQUEST', 'refused refused'],
  [404, 'ORDER_NOT_EXIST', 'refused order-not-found'],
  [404, 'RESOURCE_NOT_EXISTS', 'refused order-not-found'],
  [400, 'INVALID_TRANSACTIONID', 'refused order-not-found'],
  [400, 'PARAM_ERROR', 'refused configuration'],
  [400, 'APPID_NOT_EXIST', 'refused configuration'],
  [404, 'MCH_NOT_EXISTS', 'refused configuration'],
  [403, 'NO_AUTH', 'refused configuration'],
  [401, 'SIGN_ERROR', 'refused configuration'],
  [403, 'SOMETHING_NEW', 'unknown unlisted-code'],
  [500, 'NOT_ENOUGH', 'unknown system-error'],
]

test('every code of a refund has its row', () => {
  for (const [status, code, outcome] of refundRows) {
    assert.equal(heard(signed(errorBody(code), status)), outcome, `${status} ${code}`)
  }
  for (const code of wechatV3RefundCodes)
    assert.ok(
      refundRows.some(([, listed]) => listed === code),
      code,
    )
})

test('a failed refund query says nothing about the refund; only a signed 404 is not found', () => {
  for (const code of wechatV3RefundQueryCodes) {
    const isNotFound = code === 'REFUND_NOT_EXIST' || code === 'RESOURCE_NOT_EXISTS'
    assert.equal(asked(signed(errorBody(code), 404)) === 'not-found', isNotFound, code)
    assert.match(asked(signed(errorBody(code), 400)), /^unknown/, code)
    assert.match(asked(unsigned(errorBody(code), 404)), /^unknown/, code)
    assert.equal(asked(signed(errorBody(code), 500)), 'unknown system-error', code)
  }
  assert.equal(asked(signed(errorBody('SOMETHING_NEW'), 404)), 'unknown unlisted-code')
})
