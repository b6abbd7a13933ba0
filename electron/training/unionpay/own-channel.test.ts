import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { HttpRequest, HttpResponse, PayRequest, RefundReference } from '../../channels/channel.ts'
import type { OrderNumber, RefundNumber, TransactionId } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import { readBreaches } from '../books-reading.ts'
import type { TrainingFault } from '../fault.ts'
import type { Story } from '../practice-code.ts'
import { type Fields, freshCode, send } from '../raw-client.fixture.ts'
import { channelTo, startUnionpay } from './unionpay-till.fixture.ts'

const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`

/** The till's own channel at the training UnionPay. */
async function ownTill(context: TestContext, changes: Fields = {}) {
  const { started, server, clock, data } = await startUnionpay(context)
  const { certificateAuthority: ca } = started
  const channel = channelTo(server, ca, changes)
  const encoding = () => ({ wallMs: clock.wallMs, nonce: '0'.repeat(32) })
  const exchange = async ({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> => {
    const answer = await send({ url, method, headers, body, ca })
    assert.ok(answer !== 'cut')
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) }
  }
  const query = async (paid: PayRequest) =>
    channel.query.decode(paid, await exchange(channel.query.encode(paid, encoding())))
  return {
    clock,
    order: (orderNumber: string, story: Story): PayRequest => ({
      orderNumber: orderNumber as OrderNumber,
      amountFen: fen(1234),
      payStartedWallMs: clock.wallMs,
      paymentCode: freshCode('unionpay', story),
      subject: '示例便利店',
      store: { id: 'S001', name: '示例便利店' },
      till: { id: '01' },
      callerAddress: '127.0.0.1',
    }),
    /** A refund by the number that the query tells. */
    refundOf: async (paid: PayRequest, amount: number, reason = '退一件'): Promise<RefundReference> => {
      const asked = await query(paid)
      assert.ok(asked.kind === 'paid')
      return {
        orderNumber: paid.orderNumber,
        orderAmountFen: paid.amountFen,
        payStartedWallMs: paid.payStartedWallMs,
        transactionId: asked.transactionId,
        refundStartedWallMs: clock.wallMs,
        refundNumber: `${paid.orderNumber}R01` as RefundNumber,
        amountFen: fen(amount),
        reason,
      }
    },
    fault: (fault: TrainingFault) => started.setFaults(() => fault),
    pay: async (paid: PayRequest) =>
      told(channel.pay.decode(paid, await exchange(channel.pay.encode(paid, encoding())))),
    query: async (paid: PayRequest) => told(await query(paid)),
    revoke: async (paid: PayRequest) =>
      told(channel.revoke.decode(paid, await exchange(channel.revoke.encode(paid, encoding())))),
    refund: async (refund: RefundReference) =>
      told(channel.refund.decode(refund, await exchange(channel.refund.encode(refund, encoding())))),
    queryRefund: async (refund: RefundReference) =>
      told(channel.queryRefund.decode(refund, await exchange(channel.queryRefund.encode(refund, encoding())))),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}

test('a refund is accepted, then in progress, then done, and its second try moves nothing twice', async (context) => {
  const till = await ownTill(context)
  const paid = till.order('N0000001', 'pays-at-once')
  assert.equal(await till.pay(paid), 'awaiting-payer', '00 is no more than accepted')
  const refund = await till.refundOf(paid, 234)
  assert.equal(await till.queryRefund(refund), 'not-found')
  assert.equal(await till.refund(refund), 'accepted')
  assert.equal(await till.queryRefund(refund), 'processing')
  till.clock.wallMs += 1_000
  assert.equal(await till.queryRefund(refund), 'done')
  assert.equal(await till.refund(refund), 'unknown system-error', 'a duplicate is asked about')
  assert.equal(await till.queryRefund(refund), 'done')
  assert.equal(await till.query(paid), 'paid')
  const more = { ...refund, refundNumber: 'N0000001R02' as RefundNumber, amountFen: fen(1001) }
  assert.equal(await till.refund(more), 'refused not-enough-left')
  assert.equal(await till.queryRefund(more), 'not-found')
  const foreign = { ...more, transactionId: '202603010900159999999' as TransactionId }
  assert.equal(await till.refund(foreign), 'refused order-not-found')
  assert.deepEqual(till.breaches(), [])
})

test('a refund without UnionPay’s number is refused, and nothing has moved', async (context) => {
  const till = await ownTill(context)
  const paid = till.order('N0000001', 'pays-at-once')
  await till.pay(paid)
  const refund = { ...(await till.refundOf(paid, 1234)), transactionId: null }
  assert.equal(await till.refund(refund), 'refused not-refundable')
  assert.equal(await till.queryRefund(refund), 'not-found')
  assert.equal(await till.query(paid), 'paid')
  assert.deepEqual(till.breaches(), [])
})

test('an undo by the settings, a believed 00, and refunds that the bank does not make', async (context) => {
  const till = await ownTill(context, { sameDayFullRefund: 'undo', trustPay00: 'yes' })
  const paid = till.order('N0000001', 'pays-at-once')
  assert.equal(await till.pay(paid), 'paid')
  const undo = await till.refundOf(paid, 1234)
  assert.equal(await till.refund(undo), 'accepted')
  till.clock.wallMs += 1_000
  assert.equal(await till.queryRefund(undo), 'done')
  for (const [number, reason] of [
    ['N0000002', 'practice: closed'],
    ['N0000003', 'practice: abnormal'],
  ] as const) {
    const order = till.order(number, 'pays-at-once')
    assert.equal(await till.pay(order), 'paid')
    const refund = await till.refundOf(order, 100, reason)
    assert.equal(await till.refund(refund), 'accepted')
    till.clock.wallMs += 1_000
    assert.equal(await till.queryRefund(refund), 'closed', reason)
  }
  assert.deepEqual(till.breaches(), [])
})

test('at 23:00 a reversal turns into a refund', async (context) => {
  const till = await ownTill(context)
  till.clock.wallMs = Date.UTC(2026, 2, 1, 14, 59, 59)
  const paid = till.order('N0000001', 'pays-at-once')
  await till.pay(paid)
  till.clock.wallMs += 1_000
  assert.equal(await till.revoke(paid), 'not-revocable')
  assert.equal(await till.refund(await till.refundOf(paid, 1234)), 'accepted')
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
  let serial = 0
  for (const [fault, reason] of Object.entries(expected)) {
    // Four turns: an answer's form goes by the order's place in the books.
    for (let turn = 0; turn < 4; turn += 1) {
      till.fault('none')
      serial += 1
      const paid = till.order(`Q${String(serial).padStart(8, '0')}`, 'pays-at-once')
      const refunded = till.order(`F${String(serial).padStart(8, '0')}`, 'pays-at-once')
      await till.pay(refunded)
      const refund = await till.refundOf(refunded, 234)
      till.fault(fault as TrainingFault) // a key of the record above
      const what = `${fault} ${turn}`
      assert.equal(await till.pay(paid), `unknown ${reason}`, what)
      assert.equal(await till.query(paid), `unknown ${reason}`, what)
      // The answer to a reversal has no amount to be wrong about.
      const reversed = fault === 'other-amount' ? 'accepted' : `try-again ${reason}`
      assert.equal(await till.revoke(paid), reversed, what)
      assert.equal(await till.refund(refund), `unknown ${reason}`, what)
      assert.equal(await till.queryRefund(refund), `unknown ${reason}`, what)
      till.fault('none')
      till.clock.wallMs += 1_000
      assert.equal(await till.query(paid), 'closed', 'the reversal was done all the same')
      assert.equal(await till.queryRefund(refund), 'done')
    }
  }
  assert.deepEqual(till.breaches(), [])
})
