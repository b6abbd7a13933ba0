import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { Calls } from '../api/contract.ts'
import { ledgerFileName } from '../ledger/ledger-file.ts'
import type { OrderNumber, StaffNumber } from '../till/ids.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

const managerPin = '730519'
const cashierPin = '284610'
const manager = { staffNumber: '1', pin: managerPin }

/** A till with a manager, a cashier whose limit is ¥2, and one paid order of ¥5. */
async function openStaffedTill(context: TestContext) {
  const opened = await openPrintingTill(context, { printing: 'off', staff: { limits: { refundYuan: '2' } } })
  const { till, service, pay } = opened
  const orderNumber = await pay('pays-at-once')
  assert.equal((await till.staff.setUp({ name: '王芳', pin: managerPin })).kind, 'done')
  const proved = await till.staff.prove({ who: '1', pin: managerPin })
  assert.ok(proved.kind === 'right')
  const cashier = { name: '李雷', role: 'cashier', number: null, pin: cashierPin } as const
  const added = await till.staff.add(cashier, proved.proof)
  assert.ok(added.kind === 'done')
  const { number } = added.person
  const want = (amountText: string, change: Partial<Calls['refund.start']['request']> = {}) =>
    service.call('refund.start', { orderNumber, amountText, reason: '退货', manager: null, ...change })
  const list = async () => (await service.call('refund.list', { orderNumber })) ?? assert.fail()
  const ended = () => opened.until(() => till.runner.openRefunds().length === 0)
  return { ...opened, orderNumber, number, want, list, ended }
}

test('a cashier refunds up to the limit of the order alone; above it a manager’s word is recorded first', async (context) => {
  const { till, number, orderNumber, want, list, ended } = await openStaffedTill(context)
  assert.deepEqual(await want('1'), { kind: 'manager-needed', need: { because: 'nobody-signed-in', aloneFen: 0 } })
  assert.equal((await till.signIn.signIn(number, cashierPin)).kind, 'right')
  assert.equal((await list()).aloneFen, 200)
  assert.equal((await want('1.50')).kind, 'started')
  await ended()
  assert.equal((await list()).aloneFen, 50)
  assert.deepEqual(await want('1'), { kind: 'manager-needed', need: { because: 'amount', aloneFen: 50 } })
  // What cannot be refunded anyway asks nobody for a PIN.
  assert.deepEqual(await want('3.51', { manager }), { kind: 'refused', problem: 'more-than-left', leftFen: 350 })
  const wrong = await want('1', { manager: { ...manager, pin: '111222' } })
  assert.equal(wrong.kind === 'manager-refused' && wrong.refusal.kind, 'pin-wrong')
  const asCashier = await want('1', { manager: { staffNumber: String(number), pin: cashierPin } })
  assert.deepEqual(asCashier, { kind: 'manager-refused', refusal: { kind: 'not-a-manager' } })
  assert.equal((await list()).refunds.length, 1)
  const given = await want('1', { manager })
  assert.ok(given.kind === 'started')
  await ended()
  const refunds = await till.reader.refundsOfOrder(orderNumber as OrderNumber)
  assert.ok(refunds.ok)
  const [alone, allowed] = refunds.value
  assert.deepEqual([alone?.proof, alone?.cashier], [undefined, number])
  assert.deepEqual([allowed?.proof?.name, allowed?.proof?.staffNumber, allowed?.cashier], ['王芳', 1, number])
  const db = new DatabaseSync(join(till.dataDirectory, ledgerFileName), { readOnly: true })
  const overrides = db.prepare("SELECT payload FROM journal WHERE type = 'override-given'").all()
  db.close()
  assert.equal(overrides.length, 1, 'one word for one act, none for what was refused')
  const { amountFen, act, cashier, reason } = JSON.parse(String(overrides[0]?.['payload'])).override
  assert.deepEqual([act, amountFen, cashier, reason], ['refund-order', 100, number, '退货'])
})

test('a manager gives the own PIN again; two windows at once refund once', async (context) => {
  const { till, want, list, ended, orderNumber } = await openStaffedTill(context)
  assert.equal((await till.signIn.signIn(1 as StaffNumber, managerPin)).kind, 'right')
  const asked = await want('0.50')
  assert.deepEqual(asked, { kind: 'manager-needed', need: { because: 'own-pin', aloneFen: 0 } })
  const both = await Promise.all([want('5', { manager }), want('5', { manager })])
  assert.equal(both.filter(({ kind }) => kind === 'started').length, 1)
  assert.ok(both.some(({ kind }) => kind === 'under-way' || kind === 'refused'))
  await ended()
  const { refunds, leftFen, refundedFen } = await list()
  assert.deepEqual([refunds.length, leftFen, refundedFen], [1, 0, 500])
  const kept = await till.reader.refundsOfOrder(orderNumber as OrderNumber)
  assert.ok(kept.ok)
  assert.equal(kept.value[0]?.proof?.staffNumber, 1)
})
