import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { backupOf } from './fixtures/spoilt-ledger.ts'
import { awaitingAnswer, newOrder, noonWallMs, paidAnswer } from './fixtures/test-orders.ts'
import { openTestWriter, type TestWriter } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { prepareJournal } from './journal.ts'
import { openReader } from './reader.ts'

/** A record of an order as a bug, or a newer program, would write it: in the chain, and not to be understood here. */
function writeUnreadable(writer: TestWriter, orderNumber: string, payload: string): number {
  const head = writer.db.prepare('SELECT head_sequence AS sequence, head_hash AS hash FROM ledger_state').get()
  const journal = prepareJournal(writer.db, { sequence: Number(head?.sequence), hash: String(head?.hash) })
  const wallMs = noonWallMs + 5_000
  const sequence = journal.append({ wallMs, subject: 'order', subjectId: orderNumber, type: 'praised', payload })
  writer.db.prepare('UPDATE ledger_state SET head_sequence = ?, head_hash = ?').run(sequence, journal.head().hash)
  return sequence
}

function ledgerWithRecord(context: TestContext) {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const paid = writer.create(newOrder())
  writer.append(paid, paidAnswer(paid))
  const other = writer.append(writer.create(newOrder({ saleId: 'sale-2' as SaleId })), awaitingAnswer())
  const sequence = writeUnreadable(writer, paid.orderNumber, '{')
  const opened = openReader(folder)
  assert.ok(opened.ok)
  const reader = opened.value
  context.after(() => reader.close())
  return { folder, writer, paid, other, sequence, reader }
}

function answerOf<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value {
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

const numbers = (orders: readonly Order[]): readonly OrderNumber[] => orders.map(({ orderNumber }) => orderNumber)

test('a record that cannot be read is kept and told, and the list goes on with its order and the others', (context) => {
  const { folder, writer, paid, other, sequence, reader } = ledgerWithRecord(context)
  assert.deepEqual(numbers(answerOf(reader.orders({}))), [other.orderNumber, paid.orderNumber])
  assert.deepEqual(
    answerOf(reader.unreadable()).map((record) => [record.orderNumber, record.sequence, record.type]),
    [[paid.orderNumber, sequence, 'praised']],
  )
  assert.equal(answerOf(reader.journalOf(paid.orderNumber)).at(-1)?.payload, '{')
  // Looked for again, it is told once, and later records join it.
  const later = writeUnreadable(writer, other.orderNumber, '{"at":5}')
  assert.deepEqual(
    answerOf(reader.unreadable()).map((record) => record.sequence),
    [sequence, later],
  )
  // The till opens with it, and its backups say how many there are.
  assert.deepEqual(
    verified(writer.db).broken.map(({ kind }) => kind),
    ['unreadable-entry', 'unreadable-entry'],
  )
  backupOf(folder)
  writer.close()
  const again = openTestWriter(context, folder)
  assert.equal(again.create(newOrder({ saleId: 'sale-3' as SaleId })).status, 'paying')
})

test('an order whose row is torn is listed as its journal has it', (context) => {
  const { writer, paid, other, sequence, reader } = ledgerWithRecord(context)
  writer.db.exec(`UPDATE orders SET state = '{' WHERE order_number = '${other.orderNumber}'`)
  const [listed] = answerOf(reader.orders({}))
  assert.deepEqual([listed?.orderNumber, listed?.status], [other.orderNumber, 'awaiting-payer'])
  assert.equal(answerOf(reader.order(other.orderNumber))?.status, 'awaiting-payer')
  // One whose journal cannot be read either is left out of the list, and told with its record.
  writer.db.exec(`UPDATE orders SET state = '{' WHERE order_number = '${paid.orderNumber}'`)
  assert.deepEqual(numbers(answerOf(reader.orders({}))), [other.orderNumber])
  assert.deepEqual(
    answerOf(reader.unreadable()).map((record) => record.sequence),
    [sequence],
  )
})
