import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pinFileName } from '../staff/pin-file.ts'
import { assertNoCodes, assertWhole, pay, practiceCode, runTill, trainingFolder } from './till-process.fixture.ts'

const managerPin = '730519'
const cashierPin = '482915'

const lines = (...secrets: readonly string[]): string => `${secrets.join('\n')}\n`

test('a till without staff: what is paid before a shift is the day’s, what is paid in it is the shift’s, X then Z', async (context) => {
  const data = trainingFolder(context)
  const till = (...parameters: readonly string[]) => runTill(context, parameters, { data })
  const early = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--amount', '1.00')
  const opened = await till('shift', 'open', '--float', '200.00')
  assert.equal(opened.exit, 0, opened.stderr)
  const shiftId = String(opened.last?.['shiftId'])
  assert.equal((await till('shift', 'open')).exit, 2)
  const paid = await pay(context, data, practiceCode('alipay', 'pays-at-once'))
  const x = await till('shift', 'report')
  assert.deepEqual([x.last?.['report'], x.last?.['soldFen'], x.last?.['isBlind']], ['x', 1_234, true])
  const listed = await till('orders', '--shift', shiftId)
  assert.deepEqual(
    listed.lines.map((line) => line['orderNumber']),
    [paid.last?.['orderNumber']],
  )

  assert.equal((await till('shift', 'close')).exit, 3, 'nothing was counted')
  const wrong = await till('shift', 'close', '--counted', '199.00')
  assert.deepEqual([wrong.exit, wrong.last?.['problem']], [3, 'second-count-missing'])
  assert.doesNotMatch(wrong.stdout + wrong.stderr, /200|20000/, 'nothing tells what was expected')
  const closed = await till('shift', 'close', '--counted', '199.50', '--reason', 'change given wrongly')
  assert.equal(closed.exit, 0, closed.stderr)
  assert.deepEqual(
    [closed.last?.['report'], closed.last?.['soldFen'], closed.last?.['count']],
    ['z', 1_234, { countedFen: 19_950, expectedFen: 20_000, differenceFen: -50 }],
  )
  const day = await till('shift', 'report')
  assert.equal(day.last?.['soldFen'], 100)
  assert.equal(early.exit, 0)
  assert.equal((await till('shift', 'report', '--shift', 'nobody')).exit, 2)
  await assertWhole(data)
  assertNoCodes(data)
})

/** A till whose single PIN became manager no. 1’s, with a cashier no. 2. */
async function staffed(context: TestContext) {
  const data = trainingFolder(context)
  const till = (input: string, ...parameters: readonly string[]) => runTill(context, parameters, { data, input })
  const single = await till(lines(managerPin, managerPin), 'manager-pin')
  assert.equal(single.exit, 0, single.stderr)
  const first = ['staff', 'add', '--name', `O'Brien "Bo" 🧋`, '--role', 'manager']
  assert.equal((await till(lines(cashierPin), ...first)).exit, 2, 'the single PIN is asked for')
  const manager = await till(lines(managerPin), ...first)
  assert.equal(manager.exit, 0, manager.stderr)
  assert.deepEqual([manager.last?.['number'], manager.last?.['pinId']], [1, single.last?.['pinId']])
  assert.ok(!existsSync(join(data, pinFileName)))
  const second = ['staff', 'add', '--name', 'Li', '--role', 'cashier', '--manager', '1']
  const cashier = await till(lines(managerPin, cashierPin, cashierPin), ...second)
  assert.equal(cashier.exit, 0, cashier.stderr)
  return { data, till }
}

test('with staff: the single PIN becomes manager no. 1’s, and shifts and refunds bear who did them (I15)', async (context) => {
  const { data, till } = await staffed(context)
  assert.equal((await till(lines(managerPin, managerPin), 'manager-pin')).exit, 2)
  assert.equal((await till('', 'shift', 'open')).exit, 2, 'nobody says who it is')
  const opened = await till(lines(cashierPin), 'shift', 'open', '--cashier', '2')
  assert.deepEqual([opened.exit, opened.last?.['cashier']], [0, 2], opened.stderr)
  const paid = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const orderNumber = String(paid.last?.['orderNumber'])
  const refund = ['refund', '--order', orderNumber, '--amount', '1.00', '--reason', 'wrong size']
  assert.equal((await till('', ...refund)).exit, 2)
  assert.equal((await till(lines(cashierPin), ...refund, '--manager', '2')).exit, 2)
  const refunded = await till(lines(managerPin), ...refund, '--manager', '1')
  assert.equal(refunded.exit, 0, refunded.stderr)
  const shown = await till('', 'show', '--order', orderNumber)
  const created = shown.lines.filter((line) => line['event'] === 'created').map((line) => line['data'])
  const [order, journaled] = created as [{ cashier: number }, { cashier: number; proof: { staffNumber: number } }]
  assert.deepEqual([order.cashier, journaled.cashier, journaled.proof.staffNumber], [2, 2, 1])

  assert.equal((await till(lines(managerPin), 'shift', 'close', '--cashier', '1')).exit, 3, 'not the manager’s shift')
  const closed = await till(lines(cashierPin), 'shift', 'close', '--cashier', '2')
  assert.deepEqual([closed.exit, closed.last?.['netFen']], [0, 1_134], closed.stderr)
  const people = await till('', 'staff', 'list')
  assert.deepEqual(
    people.lines.map((line) => line['number']),
    [1, 2],
  )
  assert.equal((await till(lines(managerPin), 'staff', 'leave', '--number', '1', '--manager', '1')).exit, 2)
  await assertWhole(data)
  for (const name of readdirSync(data).filter((file) => !file.includes('training'))) {
    const text = readFileSync(join(data, name)).toString('latin1')
    for (const pin of [managerPin, cashierPin]) assert.ok(!text.includes(pin), `a PIN stands in ${name}`)
  }
})
