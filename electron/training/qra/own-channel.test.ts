import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { HttpRequest, HttpResponse, PayRequest, RefundReference } from '../../channels/channel.ts'
import type { OrderNumber, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { TrainingFault } from '../fault.ts'
import type { Story } from '../practice-code.ts'
import { freshCode, send } from '../raw-client.fixture.ts'
import { channelTo, startGateway } from './qra-till.fixture.ts'

const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`

/** The till's own channel at the training gateway. */
async function ownTill(context: TestContext, signType: 'MD5' | 'RSA_1_1' = 'MD5') {
  const { started, server, clock } = await startGateway(context)
  const { certificateAuthority: ca } = started
  const channel = channelTo(server, ca, signType)
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
    paymentCode: freshCode('alipay', story),
    subject: '示例便利店',
    store: { id: 'S001', name: '示例便利店' },
    till: { id: '01' },
    callerAddress: '127.0.0.1',
  })
  const refundOf = ({ orderNumber, amountFen, payStartedWallMs }: PayRequest, amount: number): RefundReference => ({
    orderNumber,
    orderAmountFen: amountFen,
    payStartedWallMs,
    transactionId: null,
    refundStartedWallMs: clock.wallMs,
    refundNumber: `${orderNumber}R01` as RefundNumber,
    amountFen: fen(amount),
    reason: '退一件',
  })
  return {
    clock,
    order,
    refundOf,
    fault: (fault: TrainingFault) => started.setFaults(() => fault),
    pay: async (paid: PayRequest) =>
      told(channel.pay.decode(paid, await exchange(channel.pay.encode(paid, encoding())))),
    query: async (paid: PayRequest) =>
      told(channel.query.decode(paid, await exchange(channel.query.encode(paid, encoding())))),
    revoke: async (paid: PayRequest) =>
      told(channel.revoke.decode(paid, await exchange(channel.revoke.encode(paid, encoding())))),
    refund: async (refund: RefundReference) =>
      told(channel.refund.decode(refund, await exchange(channel.refund.encode(refund, encoding())))),
    queryRefund: async (refund: RefundReference) =>
      told(channel.queryRefund.decode(refund, await exchange(channel.queryRefund.encode(refund, encoding())))),
  }
}

test('a refund is accepted, then processing, then done; a number that is not there is not found', async (context) => {
  const till = await ownTill(context, 'RSA_1_1')
  const paid = till.order('N0001', 'pays-at-once')
  assert.equal(await till.pay(paid), 'paid')
  const refund = till.refundOf(paid, 234)
  assert.equal(await till.queryRefund(refund), 'not-found')
  assert.equal(await till.refund(refund), 'accepted')
  assert.equal(await till.queryRefund(refund), 'processing')
  till.clock.wallMs += 1_000
  assert.equal(await till.queryRefund(refund), 'done')
  assert.equal(await till.refund(refund), 'accepted', 'the same number moves nothing twice')
  const more = { ...till.refundOf(paid, 1001), refundNumber: 'N0001R02' as RefundNumber }
  assert.equal(await till.refund(more), 'refused not-enough-left')
  assert.equal(await till.query(paid), 'unknown unlisted-code', 'partly refunded is neither paid nor closed')
  const unknown = till.refundOf(till.order('N0009', 'pays-at-once'), 1)
  assert.equal(await till.refund(unknown), 'refused order-not-found')
})

test('each fault of an answer is seen for what it is, in every call', async (context) => {
  const till = await ownTill(context)
  const expected: Readonly<Partial<Record<TrainingFault, string>>> = {
    html: 'unreadable-answer',
    doctype: 'unreadable-answer',
    'http-502': 'http-status',
    'wrong-signature': 'unverifiable-answer',
    'other-order': 'mismatched-answer',
    'other-amount': 'mismatched-answer',
  }
  for (const [fault, reason] of Object.entries(expected)) {
    till.fault('none')
    const paid = till.order(`Q${fault.replaceAll('-', '')}`, 'pays-at-once')
    const refunded = till.order(`F${fault.replaceAll('-', '')}`, 'pays-at-once')
    const refund = till.refundOf(refunded, 234)
    assert.equal(await till.pay(refunded), 'paid')
    till.fault(fault as TrainingFault) // a key of the record above
    assert.equal(await till.pay(paid), `unknown ${reason}`, fault)
    assert.equal(await till.query(paid), `unknown ${reason}`, fault)
    // The answer to a reversal names nothing, so there is nothing of another order in it; the query behind it decides.
    const named = fault === 'other-order' || fault === 'other-amount'
    assert.equal(await till.revoke(paid), named ? 'accepted' : `try-again ${reason}`, fault)
    assert.equal(await till.refund(refund), `unknown ${reason}`, fault)
    assert.equal(await till.queryRefund(refund), `unknown ${reason}`, fault)
    till.fault('none')
    till.clock.wallMs += 1_000
    assert.equal(await till.query(paid), 'closed', 'the reversal was done all the same')
    assert.equal(await till.queryRefund(refund), 'done')
  }
})
