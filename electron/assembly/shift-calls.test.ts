import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDoor } from '../hosts/door.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

const pins = { manager: '730519', cashier: '482915' }
const manager = { staffNumber: '1', pin: pins.manager }

test('a day of two people: rights, hand-over, cash, a blind count, and who did what', async (context) => {
  const { service, till, pay, paper } = await openPrintingTill(context)
  const door = openDoor(service, () => undefined)

  // Nobody is set up: the till asks nobody.
  assert.equal((await service.call('staff.state', null)).isSetUp, false)
  assert.equal((await door.answer('practice.codes', null, true)).ok, true)
  const weak = await service.call('staff.set-up', { name: '王芳', pin: '111111', again: '111111' })
  assert.equal(weak.kind, 'too-easy')
  const again = await service.call('staff.set-up', { name: '王芳', pin: pins.manager, again: pins.cashier })
  assert.equal(again.kind, 'not-the-same')
  const setUp = await service.call('staff.set-up', { name: '王芳', pin: pins.manager, again: pins.manager })
  assert.equal(setUp.kind, 'done')
  assert.equal((await service.call('staff.state', null)).person?.name, '王芳')

  // Names with quotes and emoji stand as they are; 200 characters do not.
  const add = (name: string) =>
    service.call('staff.add', { name, role: 'cashier', pin: pins.cashier, again: pins.cashier, manager })
  const odd = await add('李 "小雷" 👩‍💻')
  assert.ok(odd.kind === 'done' && odd.person.name === '李 "小雷" 👩‍💻')
  assert.deepEqual(await add('长'.repeat(200)), { kind: 'name-refused', problem: 'too-long' })
  assert.equal((await add('=1+1')).kind, 'done')

  // A locked till shows and signs in, and does nothing else.
  await service.call('staff.lock', null)
  const scan = { amountText: '1', scan: '1', saleId: null, anotherCustomer: false }
  assert.deepEqual(await door.answer('sale.scan', scan, true), { ok: false, refusal: { code: 'locked' } })
  assert.deepEqual(await door.answer('orders.list', { day: null, status: null, text: null }, true), {
    ok: false,
    refusal: { code: 'locked' },
  })
  assert.equal((await door.answer('till.snapshot', null, true)).ok, true)
  const wrong = await service.call('staff.sign-in', { number: 2, pin: '999998' })
  assert.equal(wrong.kind, 'pin-wrong')
  assert.equal((await service.call('staff.sign-in', { number: 2, pin: pins.cashier })).kind, 'signed-in')

  // A cashier may not do a manager's acts alone; who allowed one is written down.
  assert.equal((await service.call('shift.open', { floatText: '200' })).kind, 'opened')
  assert.equal((await service.call('shift.open', { floatText: '1' })).kind, 'already-open')
  const out = { kind: 'paid-out', amountText: '50', reason: '存保险箱' } as const
  assert.deepEqual(await service.call('cash.move', { ...out, manager: null }), { kind: 'manager-needed' })
  const cashierSaid = { staffNumber: '2', pin: pins.cashier }
  assert.deepEqual(await service.call('cash.move', { ...out, manager: cashierSaid }), { kind: 'not-a-manager' })
  assert.equal((await service.call('cash.move', { ...out, manager })).kind, 'recorded')
  const overrides = await till.reader.overrides({ limit: 5 })
  assert.ok(overrides.ok)
  const [first] = overrides.value.items
  assert.deepEqual([first?.override.act, first?.override.cashier, first?.override.reason], ['move-cash', 2, '存保险箱'])

  // Cash: all of a sale, and a part of one whose rest does not come by code.
  const take = (saleId: string | null, saleAmountText: string, amountText: string, givenText: string) =>
    service.call('cash.take', { saleId, saleAmountText, amountText, givenText })
  const whole = await take(null, '12.34', '12.34', '20')
  assert.ok(whole.kind === 'recorded')
  assert.deepEqual([whole.changeFen, whole.sale?.leftFen], [766, 0])
  assert.deepEqual(await take(null, '12.34', '12.34', '12'), {
    kind: 'refused',
    problem: { kind: 'given-too-little' },
  })
  const part = await take(null, '58', '20', '20')
  assert.ok(part.kind === 'recorded' && part.sale !== null)
  const { sale } = part
  assert.equal(sale.leftFen, 3_800)
  assert.deepEqual(await service.call('cash.unfinished', null), [sale])
  const back = { saleId: sale.saleId, amountText: '20', reason: '没有付余额', manager: null }
  assert.equal((await service.call('cash.return', back)).kind, 'recorded')
  assert.deepEqual(await service.call('cash.unfinished', null), [])
  // Cash of a sale that was completed goes back with a manager only, because no limit is set.
  const refund = { saleId: whole.sale?.saleId ?? '', amountText: '1', reason: '退货', manager: null }
  assert.equal((await service.call('cash.return', refund)).kind, 'manager-needed')

  // The order bears who was at the till when it was scanned.
  const orderNumber = await pay('pays-at-once')
  const order = await till.reader.order(orderNumber as never)
  assert.equal(order.ok && order.value?.cashier, 2)
  await service.call('order.query', { orderNumber })
  const journal = await till.reader.journalOf(orderNumber as never)
  const asked = journal.ok ? journal.value.find(({ type }) => type === 'query-requested') : undefined
  assert.equal(JSON.parse(asked?.payload ?? '{}').cashier, 2)

  // The next cashier takes over by a PIN and is the one at the till.
  const handed = await service.call('shift.hand-over', { to: 3, pin: pins.cashier, countedText: '212.34' })
  assert.ok(handed.kind === 'done')
  assert.equal((await service.call('staff.state', null)).person?.number, 3)
  assert.equal(handed.shift.handOvers[0]?.count, null, 'what was expected is not told')

  // Blind: neither the X report nor a refusal tells what is expected. 200 − 50 + 12.34 = 162.34.
  const x = await service.call('shift.report', { shiftId: null, manager: null })
  assert.ok(x.kind === 'report' && x.report.isBlind && x.report.totals.drawerFen === null)
  const close = (countedText: string | null, reason = '', by: typeof manager | null = null) =>
    service.call('shift.close', { countedText, reason, manager: by })
  const problems: unknown[] = []
  for (const each of [await close(null), await close('160'), await close('161'), await close(null, '少找了')]) {
    problems.push(each.kind === 'refused' ? each.problem : each.kind)
    assert.ok(!JSON.stringify(each).includes('16234'))
  }
  assert.deepEqual(problems, ['count-missing', 'second-count-missing', 'reason-missing', 'manager-needed'])
  // While it is counted cash stands still and codes go on.
  assert.deepEqual(await take(null, '1', '1', '1'), { kind: 'refused', problem: { kind: 'being-counted' } })
  const closed = await close(null, '少找了', manager)
  assert.ok(closed.kind === 'done')
  assert.deepEqual(closed.report?.count, { countedFen: 16_100, expectedFen: 16_234, differenceFen: -134 })
  assert.deepEqual([closed.report?.allowedBy, closed.report?.differenceReason], ['王芳', '少找了'])
  assert.equal(closed.report?.totals.soldFen, 1_234 + 500 + 2_000)
  assert.equal((await close('1')).kind, 'no-such-shift')

  // The Z report prints; a cashier reads former reports with a manager only.
  const { shiftId } = closed.shift
  assert.equal((await service.call('shift.print', { shiftId, manager: null })).kind, 'queued', 'their own, just closed')
  await till.printing.settled()
  assert.ok(paper.some((text) => text.startsWith('shift-report')))
  assert.equal((await service.call('shift.report', { shiftId, manager: null })).kind, 'manager-needed')
  assert.equal((await service.call('shift.report', { shiftId, manager })).kind, 'report')
  const listed = await service.call('shift.list', { before: null })
  assert.deepEqual(
    listed.shifts.map((shift) => [shift.shiftId, shift.status]),
    [[shiftId, 'closed']],
  )

  // Another cashier prints it with a manager only, and what was allowed is written down.
  await service.call('staff.lock', null)
  assert.equal((await service.call('staff.sign-in', { number: 2, pin: pins.cashier })).kind, 'signed-in')
  assert.deepEqual(await service.call('shift.print', { shiftId, manager: null }), { kind: 'manager-needed' })
  assert.equal((await service.call('shift.print', { shiftId, manager: cashierSaid })).kind, 'not-a-manager')
  assert.equal((await service.call('shift.print', { shiftId, manager })).kind, 'queued')
  const printed = await till.reader.overrides({ limit: 1 })
  assert.ok(printed.ok)
  const { reason, shiftId: ofShift } = printed.value.items[0]?.override ?? {}
  assert.deepEqual({ reason, ofShift }, { reason: 'print report', ofShift: shiftId })
  // The one that runs is theirs to print, whoever closed the last.
  const next = await service.call('shift.open', { floatText: null })
  assert.ok(next.kind === 'opened')
  assert.equal((await service.call('shift.print', { shiftId: next.shift.shiftId, manager: null })).kind, 'queued')
  await till.printing.settled()
  await service.call('staff.lock', null)
  assert.equal((await service.call('staff.sign-in', { number: 3, pin: pins.cashier })).kind, 'signed-in')

  // Who leaves while signed in is signed out.
  const left = await service.call('staff.change', { number: 3, change: { type: 'left' }, manager })
  assert.equal(left.kind, 'done')
  assert.equal(till.signIn.isLocked(), true)
  const last = await service.call('staff.change', { number: 1, change: { type: 'left' }, manager })
  assert.deepEqual(last, { kind: 'refused', problem: 'last-manager' })
})
