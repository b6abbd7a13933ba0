import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { HttpRequest, HttpResponse, PayRequest, RefundReference } from '../../channels/channel.ts'
import type { OrderNumber, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { TrainingFault } from '../fault.ts'
import type { Story } from '../practice-code.ts'
import { freshCode, send } from '../raw-client.fixture.ts'
import { channelTo, startWechatV3 } from './wechat-v3-till.fixture.ts'

const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`

/** The till's own channel at the training WeChat. */
async function ownTill(context: TestContext) {
  const { started, server, clock } = await startWechatV3(context)
  const { certificateAuthority: ca } = started
  const channel = channelTo(server, ca)
  let nonce = 0
  const encoding = () => {
    nonce += 1
    return { wallMs: clock.wallMs, nonce: `c${String(nonce).padStart(31, '0')}` }
  }
  const exchange = async ({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> => {
    const answer = await send({ url, method, headers, body, ca })
    assert.ok(answer !== 'cut')
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) }
  }
  const order = (orderNumber: string, story: Story): PayRequest => ({
    orderNumber: orderNumber as OrderNumber,
    amountFen: fen(1234),
    payStartedWallMs: clock.wallMs,
    paymentCode: freshCode('wechat', story),
    subject: '示例便利店',
    store: { id: 'S001', name: '示例便利店' },
    till: { id: '01' },
    callerAddress: '127.0.0.1',
  })
  const refundOf = ({ orderNumber, amountFen, payStartedWallMs }: PayRequest, reason: string): RefundReference => ({
    orderNumber,
    orderAmountFen: amountFen,
    payStartedWallMs,
    transactionId: null,
    refundStartedWallMs: clock.wallMs,
    refundNumber: `${orderNumber}R01` as RefundNumber,
    amountFen: fen(1000),
    reason,
  })
  return {
    clock,
    order,
    refundOf,
    fault: (fault: TrainingFault) => started.setFaults(() => fault),
    pay: async (request: PayRequest) =>
      told(channel.pay.decode(request, await exchange(channel.pay.encode(request, encoding())))),
    query: async (request: PayRequest) =>
      told(channel.query.decode(request, await exchange(channel.query.encode(request, encoding())))),
    revoke: async (request: PayRequest) =>
      told(channel.revoke.decode(request, await exchange(channel.revoke.encode(request, encoding())))),
    refund: async (request: RefundReference) =>
      told(channel.refund.decode(request, await exchange(channel.refund.encode(request, encoding())))),
    queryRefund: async (request: RefundReference) =>
      told(channel.queryRefund.decode(request, await exchange(channel.queryRefund.encode(request, encoding())))),
  }
}

/** What a spoiled answer reads as; the request was handled all the same. */
const spoiled = {
  html: 'unknown unreadable-answer',
  'wrong-signature': 'unknown unverifiable-answer',
  'other-order': 'unknown mismatched-answer',
  'other-amount': 'unknown mismatched-answer',
  'http-502': 'unknown http-status',
  doctype: 'unknown unreadable-answer',
} as const satisfies Partial<Record<TrainingFault, string>>

test('no spoiled answer is believed, and the next whole one is', async (context) => {
  const till = await ownTill(context)
  for (const [place, [fault, outcome]] of Object.entries(spoiled).entries()) {
    const order = till.order(`FAULT00${place}`, 'pays-at-once')
    till.fault(fault as TrainingFault) // the keys of the object above
    assert.equal(await till.pay(order), outcome, fault)
    assert.equal(await till.query(order), outcome, fault)
    till.fault('none')
    assert.equal(await till.query(order), 'paid', fault)
  }
})

test('a reverse whose answer is of another order or a probe is not believed', async (context) => {
  const till = await ownTill(context)
  const order = till.order('REVOKE01', 'password-never')
  await till.pay(order)
  till.fault('other-order')
  assert.equal(await till.revoke(order), 'try-again mismatched-answer')
  till.fault('wrong-signature')
  assert.equal(await till.revoke(order), 'try-again unverifiable-answer')
  till.fault('none')
  assert.equal(await till.revoke(order), 'accepted')
  assert.equal(await till.query(order), 'closed')
})

test('a refund with every trouble that can be asked for', async (context) => {
  const till = await ownTill(context)
  const troubles = {
    退一件: ['accepted', 'done'],
    'practice:slow': ['accepted', 'processing'],
    'practice:system-error': ['unknown system-error', 'not-found'],
    'practice:balance-low': ['person-needed merchant-balance-low', 'not-found'],
    'practice:closed': ['accepted', 'closed'],
    'practice:abnormal': ['accepted', 'abnormal'],
  }
  for (const [place, [reason, [heard, asked]]] of Object.entries(troubles).entries()) {
    const order = till.order(`REFUND0${place}`, 'pays-at-once')
    assert.equal(await till.pay(order), 'paid')
    const refund = till.refundOf(order, reason)
    assert.equal(await till.refund(refund), heard, reason)
    till.clock.wallMs += 1_000
    assert.equal(await till.queryRefund(refund), asked, reason)
  }
})

test('an answer from before the payment began proves nothing', async (context) => {
  const till = await ownTill(context)
  const order = till.order('CLOCK001', 'pays-at-once')
  assert.equal(await till.pay(order), 'paid')
  const late = { ...order, payStartedWallMs: order.payStartedWallMs + 301_000 }
  assert.equal(await till.query(late), 'unknown unverifiable-answer')
})
