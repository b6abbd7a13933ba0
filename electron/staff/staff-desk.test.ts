import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffNumber } from '../till/ids.ts'
import { memoryStaff } from './memory-staff.fixture.ts'

const managerPin = '730519'
const cashierPin = '482915'
const number = (value: number) => value as StaffNumber

/** A till with manager no. 1 (王芳) and cashier no. 2 (Li). */
async function staffed() {
  const till = memoryStaff()
  const first = await till.desk.setUp({ name: '王芳', pin: managerPin })
  assert.equal(first.kind, 'done')
  const proved = await till.desk.prove({ who: '1', pin: managerPin })
  assert.ok(proved.kind === 'right')
  const added = await till.desk.add({ name: 'Li', role: 'cashier', number: null, pin: cashierPin }, proved.proof)
  assert.ok(added.kind === 'done' && added.person.number === 2)
  return { ...till, proof: proved.proof }
}

test('a till without staff proves by the single PIN, with the name as it was said', async () => {
  const { desk, journal } = memoryStaff({ singlePin: managerPin })
  assert.deepEqual(await desk.prove({ who: '王芳', pin: managerPin }), {
    kind: 'right',
    proof: { kind: 'pin', name: '王芳', pinId: 'single' },
  })
  assert.equal((await desk.prove({ who: '王芳', pin: cashierPin })).kind, 'wrong')
  assert.equal((await memoryStaff().desk.prove({ who: '王芳', pin: managerPin })).kind, 'not-set')
  assert.equal(journal.length, 0)
})

test('the single PIN becomes manager no. 1’s, under its own id, and only for who knows it', async () => {
  const till = memoryStaff({ singlePin: managerPin })
  assert.equal((await till.desk.setUp({ name: '王芳', pin: cashierPin })).kind, 'wrong')
  assert.ok(till.hasSingle())
  const done = await till.desk.setUp({ name: '王芳', pin: managerPin })
  assert.ok(done.kind === 'done')
  assert.deepEqual([done.person.number, done.person.role, done.person.pinId], [1, 'manager', 'single'])
  assert.ok(!till.hasSingle())
  assert.deepEqual(till.journal[0]?.event, {
    type: 'added',
    at: { wallMs: till.clock.wallMs, monotonicMs: till.clock.monotonicMs },
    number: 1,
    name: '王芳',
    role: 'manager',
    pinId: 'single',
    proof: { kind: 'none', because: 'taken-over' },
  })
  assert.equal((await till.desk.setUp({ name: 'Zhao', pin: '204681' })).kind, 'already-set-up')
})

test('a proof names the person, by number or by whole name; a cashier gives none', async () => {
  const { desk } = await staffed()
  const proof = { kind: 'pin', name: '王芳', pinId: 'pin-1', staffNumber: 1 }
  for (const who of ['1', '0001', ' 王芳 ']) {
    assert.deepEqual(await desk.prove({ who, pin: managerPin }), { kind: 'right', proof })
  }
  assert.equal((await desk.prove({ who: '2', pin: cashierPin })).kind, 'not-a-manager')
  assert.equal((await desk.prove({ who: '1', pin: cashierPin })).kind, 'wrong')
  assert.equal((await desk.prove({ who: '王', pin: managerPin })).kind, 'no-such-person')
  assert.equal((await desk.prove({ who: '9', pin: managerPin })).kind, 'no-such-person')
})

test('a name that two people bear proves nobody: the number does', async () => {
  const { desk, proof } = await staffed()
  await desk.add({ name: '王芳', role: 'manager', number: null, pin: '204681' }, proof)
  assert.equal((await desk.prove({ who: '王芳', pin: managerPin })).kind, 'no-such-person')
  assert.equal((await desk.prove({ who: '3', pin: '204681' })).kind, 'right')
})

test('an override is journaled with who, what and why before it is answered, and without code digits (I15, I11)', async () => {
  const { desk, journal, fail } = await staffed()
  const override = { act: 'open-drawer', cashier: number(2), reason: 'coins 134500000000000017' } as const
  const before = journal.length
  assert.equal((await desk.override({ who: '1', pin: cashierPin }, override)).kind, 'wrong')
  assert.equal(journal.length, before)
  const proved = await desk.override({ who: '1', pin: managerPin }, override)
  assert.ok(proved.kind === 'right')
  const event = journal.at(-1)?.event
  assert.ok(event?.type === 'override-given')
  assert.deepEqual([event.override, event.proof], [{ ...override, reason: 'coins ***' }, proved.proof])
  fail({ kind: 'disk-full', path: '/data' })
  assert.equal((await desk.override({ who: '1', pin: managerPin }, override)).kind, 'ledger-trouble')
})

test('a lock is journaled once, by the try that led to it', async () => {
  const { desk, journal, lock, clock } = await staffed()
  lock(clock.wallMs + 60_000)
  assert.deepEqual(await desk.check(number(2), cashierPin), { kind: 'locked', untilWallMs: clock.wallMs + 60_000 })
  const event = journal.at(-1)?.event
  assert.ok(event?.type === 'locked-out')
  assert.deepEqual([event.wrongTries, event.untilWallMs], [5, clock.wallMs + 60_000])
})

test('who has left is nobody, and keeps their number', async () => {
  const { desk, proof } = await staffed()
  assert.equal((await desk.change(number(2), { type: 'left' }, proof)).kind, 'done')
  assert.equal((await desk.check(number(2), cashierPin)).kind, 'no-such-person')
  const again = { name: 'Zhao', role: 'cashier', number: number(2), pin: cashierPin } as const
  assert.deepEqual(await desk.add(again, proof), { kind: 'refused', problem: 'number-taken' })
  const next = await desk.add({ ...again, number: null }, proof)
  assert.ok(next.kind === 'done' && next.person.number === 3)
})

test('the old PIN opens nothing once the journal names another, and lost PINs are set without a proof, said so', async () => {
  const { desk, journal, losePins, proof } = await staffed()
  assert.equal((await desk.setPin(number(2), '204681', proof)).kind, 'done')
  assert.equal((await desk.check(number(2), cashierPin)).kind, 'wrong')
  assert.equal((await desk.check(number(2), '204681')).kind, 'right')
  assert.equal((await desk.setLostPin(number(1), '204681')).kind, 'pins-not-lost')
  losePins()
  assert.equal((await desk.prove({ who: '1', pin: managerPin })).kind, 'not-set')
  assert.equal((await desk.setLostPin(number(2), '204681')).kind, 'no-such-person', 'a cashier’s is a manager’s to set')
  assert.equal((await desk.setLostPin(number(1), '204681')).kind, 'done')
  const event = journal.at(-1)?.event
  assert.ok(event?.type === 'pin-set')
  assert.deepEqual(event.proof, { kind: 'none', because: 'pins-lost' })
})

test('no PIN stands in any journal entry', async () => {
  const { journal } = await staffed()
  const text = JSON.stringify(journal)
  for (const pin of [managerPin, cashierPin]) assert.ok(!text.includes(pin))
})
