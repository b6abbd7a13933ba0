import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryFilter } from '../api/contract.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

const managerPin = '730519'
const cashierPin = '284610'

const all: HistoryFilter = {
  kinds: null,
  firstDay: null,
  lastDay: null,
  firstMinute: null,
  lastMinute: null,
  shiftId: null,
  cashier: null,
  channel: null,
  wallet: null,
  tender: null,
  states: null,
  leastAmount: null,
  mostAmount: null,
  lastDigits: null,
  number: null,
}

test('a cashier looks at every shift with a manager’s word only, which ends with the sign-in', async (context) => {
  const { till, service, pay } = await openPrintingTill(context, { printing: 'off' })
  await pay('pays-at-once')
  const page = () => service.call('history.page', { filter: all, before: null, limit: 10, doubtfulFirst: true })
  const totals = async () => (await service.call('history.totals', { filter: all })).kind
  assert.equal((await page()).kind, 'page', 'a till without staff asks nobody')
  assert.equal((await till.staff.setUp({ name: '王芳', pin: managerPin })).kind, 'done')
  const proved = await till.staff.prove({ who: '1', pin: managerPin })
  assert.ok(proved.kind === 'right')
  const cashier = { name: '李雷', role: 'cashier', number: null, pin: cashierPin } as const
  const added = await till.staff.add(cashier, proved.proof)
  assert.ok(added.kind === 'done')
  assert.equal((await till.signIn.signIn(added.person.number, cashierPin)).kind, 'right')
  assert.deepEqual([(await page()).kind, await totals()], ['manager-needed', 'manager-needed'])
  const wrong = await service.call('history.allow', { manager: { staffNumber: '1', pin: '111222' } })
  assert.equal(wrong.kind === 'refused' && wrong.refusal.kind, 'pin-wrong')
  assert.equal((await page()).kind, 'manager-needed')
  const given = await service.call('history.allow', { manager: { staffNumber: '1', pin: managerPin } })
  assert.deepEqual(given, { kind: 'allowed' })
  assert.deepEqual([(await page()).kind, await totals()], ['page', 'totals'])
  assert.equal((await till.signIn.signIn(proved.proof.staffNumber ?? assert.fail(), managerPin)).kind, 'right')
  assert.equal((await page()).kind, 'page', 'a manager looks alone')
  assert.equal((await till.signIn.signIn(added.person.number, cashierPin)).kind, 'right')
  assert.equal((await page()).kind, 'manager-needed', 'the word was for the sign-in that is over')
})
