import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { dataFolder } from '../ledger/fixtures/data-folder.ts'
import { awaitingAnswer, moment, newOrder } from '../ledger/fixtures/test-orders.ts'
import { openTestWriter, type TestWriter } from '../ledger/fixtures/test-writer.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { openLedgerReader } from '../ledger/open-ledger.ts'
import type { SaleId, TransactionId } from '../till/ids.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { EvidenceOrigin } from './document.ts'

export const origin: EvidenceOrigin = {
  store: { id: 'S001', name: '示例便利店 <1>' },
  till: { id: '01' },
  training: true,
  programVersion: '0.1.0',
  exportedWallMs: moment(120_000).wallMs,
}

/** A ledger in which one order's entries stand between those of others. */
export type MixedLedger = {
  readonly data: string
  readonly writer: TestWriter
  readonly reader: LedgerReader
  /** Waited for, then paid; entries of others in between. */
  readonly order: Order
}

let sales = 0
/** A foreign order with two entries more than its sale's. */
export function addForeign(writer: TestWriter): Order {
  sales += 1
  return writer.create(newOrder({ saleId: `foreign-${sales}` as SaleId }))
}

const paidByQuery = (order: Order): OrderEvent => ({
  type: 'query-answered',
  at: moment(6_000),
  outcome: {
    kind: 'paid',
    transactionId: '4200002026031800011234567890' as TransactionId,
    amountFen: order.amountFen,
    evidence: { httpStatus: 200, code: 'SUCCESS', message: '支付成功' },
  },
})

/** Makes the ledger; `foreignBetween` orders of others stand between the order's wait and its end. */
export async function mixedLedger(context: TestContext, foreignBetween = 2): Promise<MixedLedger> {
  const data = dataFolder(context)
  const writer = openTestWriter(context, data)
  addForeign(writer)
  const made = writer.create(newOrder({ saleId: 'own' as SaleId }))
  const waiting = writer.append(made, awaitingAnswer(500))
  for (let count = 0; count < foreignBetween; count += 1) addForeign(writer)
  const order = writer.append(waiting, { type: 'woken', at: moment(5_900) }, paidByQuery(made))
  addForeign(writer)
  const reader = await openLedgerReader({ dataDirectory: data })
  assert.ok(reader.ok)
  context.after(() => reader.value.close())
  return { data, writer, reader: reader.value, order }
}
