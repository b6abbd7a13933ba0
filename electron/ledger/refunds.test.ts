import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Refund } from '../till/refund/refund.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { doneAnswer, newRefund, refusedAnswers } from './fixtures/test-refunds.ts'
import { commitsInLog, openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { openLedger, openLedgerReader } from './open-ledger.ts'
import type { LedgerCall } from './protocol.ts'
import { rebuildProjections } from './rebuild.ts'
import type { NewRefund } from './refund-ledger.ts'

function paidOrder(writer: TestWriter) {
  const order = writer.create(newOrder())
  return writer.append(order, paidAnswer(order))
}

function create(writer: TestWriter, refund: NewRefund): Refund {
  const created = writer.ask({ method: 'createRefund', refund })
  assert.equal(created.kind, 'created')
  return created.kind === 'created' ? created.refund : assert.fail()
}

function append(writer: TestWriter, refund: Refund, events: Extract<LedgerCall, { method: 'appendRefund' }>['events']) {
  const { refundNumber, version: expectedVersion } = refund
  return writer.ask({ method: 'appendRefund', refundNumber, expectedVersion, events })
}

test('a refund is journaled with its intent in one commit, by a number made of its order', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = paidOrder(writer)
  let refund: Refund | null = null
  const commits = commitsInLog(writer.db, () => {
    refund = create(writer, newRefund(order))
  })
  assert.equal(commits, 1)
  assert.ok(refund)
  const { refundNumber, status, tries } = refund as Refund
  assert.equal(refundNumber, `${order.orderNumber}R01`)
  assert.deepEqual([status, tries], ['requested', 1])
  const types = tableRows(writer.db, 'journal')
    .filter(({ subject }) => subject === 'refund')
    .map(({ type }) => type)
  assert.deepEqual(types, ['created', 'refund-requested'])
  assert.deepEqual(writer.ask({ method: 'refund', refundNumber }), refund)
  assert.deepEqual(writer.ask({ method: 'openRefunds' }), [refund])
  assert.deepEqual(writer.ask({ method: 'refundsOfOrder', orderNumber: order.orderNumber }), [refund])
})

test('what is left counts every refund that has not failed, and is checked in the transaction that spends it (I8)', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = paidOrder(writer)
  const calls = [700, 534, 1].map(
    (amountFen): LedgerCall => ({ method: 'createRefund', refund: newRefund(order, { amountFen: fen(amountFen) }) }),
  )
  const answers = writer.perform(calls).map((outcome) => (outcome.kind === 'done' ? outcome.value : null))
  const kinds = (answers as readonly { readonly kind: string }[]).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['created', 'created', 'refused'])
  assert.deepEqual(answers[2], { kind: 'refused', problem: 'more-than-left', leftFen: 0 })

  const first = writer.ask({ method: 'openRefunds' })[0]
  assert.ok(first)
  assert.equal(append(writer, first, refusedAnswers).status, 'failed')
  const again = create(writer, newRefund(order, { amountFen: fen(700) }))
  assert.equal(again.refundNumber, `${order.orderNumber}R03`, 'a failed refund keeps its number')
  assert.equal(append(writer, again, [doneAnswer]).status, 'done')
  assert.deepEqual(
    writer.ask({ method: 'openRefunds' }).map(({ amountFen }) => amountFen),
    [534],
  )
})

test('the same wish while it is under way is not a second refund, and after its end it is', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = paidOrder(writer)
  const first = create(writer, newRefund(order))
  assert.deepEqual(writer.ask({ method: 'createRefund', refund: newRefund(order) }), {
    kind: 'under-way',
    refund: first,
  })
  append(writer, first, [doneAnswer])
  assert.equal(create(writer, newRefund(order)).refundNumber, `${order.orderNumber}R02`)
})

test('orders without money, unknown orders and closed windows are refused without a trace', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const paid = paidOrder(writer)
  const unpaid = writer.append(writer.create(newOrder()), failedAnswer())
  const before = tableRows(writer.db, 'journal').length
  const ask = (refund: NewRefund) => writer.ask({ method: 'createRefund', refund })
  assert.deepEqual(ask(newRefund(unpaid)), { kind: 'refused', problem: 'not-paid', leftFen: 1_234 })
  assert.deepEqual(ask({ ...newRefund(paid), orderNumber: 'NOBODY' as OrderNumber }), { kind: 'no-such-order' })
  const late = newRefund(paid, { at: moment(366 * 86_400_000) })
  assert.deepEqual(ask(late), { kind: 'refused', problem: 'window-over', leftFen: 1_234 })
  assert.equal(tableRows(writer.db, 'journal').length, before)
})

test('a version that is not the ledger’s is a bug and changes nothing', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const refund = create(writer, newRefund(paidOrder(writer)))
  assert.throws(() => append(writer, { ...refund, version: refund.version + 1 }, [doneAnswer]), /version/)
  assert.deepEqual(writer.ask({ method: 'refund', refundNumber: refund.refundNumber }), refund)
})

test('verify names refunds that are missing, changed or extra, and a rebuild makes them from the journal', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = paidOrder(writer)
  append(writer, create(writer, newRefund(order)), [doneAnswer])
  create(writer, newRefund(order, { amountFen: fen(200) }))
  const whole = tableRows(writer.db, 'refunds')
  assert.deepEqual(verified(writer.db).broken, [])

  writer.db.exec(
    "UPDATE refunds SET amount_fen = 1, status = 'failed' WHERE sequence = (SELECT min(sequence) FROM refunds)",
  )
  writer.db.exec('DELETE FROM refunds WHERE sequence = (SELECT max(sequence) FROM refunds)')
  writer.db.exec(`INSERT INTO refunds VALUES (9999, 'EXTRA', '${order.orderNumber}', 1, 1, 'done', 1, '{}')`)
  const details = verified(writer.db).broken.map(({ detail }) => detail)
  assert.deepEqual(details, [
    'the row differs from the journal in amountFen, status',
    'the refund has no row',
    'the row has no entry in the journal',
  ])
  const rebuilt = rebuildProjections(writer.db)
  assert.deepEqual([rebuilt.refunds, rebuilt.unreadable, rebuilt.dropped], [2, [], ['EXTRA']])
  assert.deepEqual(tableRows(writer.db, 'refunds'), whole)
  assert.deepEqual(verified(writer.db).broken, [])
})

test('over the workers: refunds asked for at once never spend more than was paid, and the reader lists them', async (context) => {
  const dataDirectory = dataFolder(context)
  const opened = await openLedger({ dataDirectory, reservedBytes: 0, wallClock: () => moment().wallMs })
  assert.ok(opened.ok)
  const ledger = opened.value
  const made = await ledger.createOrder(newOrder())
  assert.ok(made.ok)
  const { order } = made.value
  await ledger.append(order.orderNumber, order.version, [paidAnswer(order)])
  const asked = Array.from({ length: 20 }, (_, at) =>
    ledger.createRefund(newRefund(order, { amountFen: fen(200 + at) })),
  )
  const created = (await Promise.all(asked)).filter((result) => result.ok && result.value.kind === 'created')
  assert.equal(created.length, 6, '200 to 205 are 1,215 fen of 1,234')
  const reader = await openLedgerReader({ dataDirectory })
  assert.ok(reader.ok)
  const listed = await reader.value.refundsOfOrder(order.orderNumber)
  const journal = await reader.value.refundJournalOf(order.orderNumber)
  const walked = await reader.value.verify()
  await reader.value.close()
  await ledger.close()
  assert.ok(listed.ok && journal.ok && walked.ok)
  assert.equal(listed.value.length, 6)
  assert.equal(journal.value.length, 12)
  assert.deepEqual(walked.value.broken, [])
})
