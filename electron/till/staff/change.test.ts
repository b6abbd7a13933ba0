import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StaffNumber } from '../ids.ts'
import { addToStaff, changeStaff, type NewPerson } from './change.ts'
import { type StaffEvent, staffEventTypes } from './event.ts'
import type { Person } from './person.ts'

const at = { wallMs: 1_700_000_000_000, monotonicMs: 1 }
const proof = { kind: 'pin', name: 'Wang', pinId: 'a1', staffNumber: 1 as StaffNumber } as const
const none = { kind: 'none', because: 'first-manager' } as const

const newPerson = (change: Partial<NewPerson> = {}): NewPerson => ({
  at,
  number: null,
  name: 'Li',
  role: 'cashier',
  pinId: 'b2',
  proof,
  ...change,
})

function added(staff: readonly Person[], change: Partial<NewPerson> = {}): readonly Person[] {
  const result = addToStaff(staff, newPerson(change))
  return result.kind === 'changed' ? [...staff, result.person] : assert.fail(result.problem)
}

const first = added([], { role: 'manager', proof: none, name: 'Wang', pinId: 'a1' })
const two = added(first)

test('the first person is a manager, everybody else needs a manager’s proof and a number of their own', () => {
  const problemOf = (staff: readonly Person[], change: Partial<NewPerson>) => {
    const result = addToStaff(staff, newPerson(change))
    return result.kind === 'refused' ? result.problem : 'added'
  }
  assert.equal(problemOf([], { proof: none }), 'first-must-be-manager')
  assert.equal(problemOf(first, { proof: none, role: 'manager' }), 'not-the-first')
  assert.equal(problemOf(first, { number: 1 as StaffNumber }), 'number-taken')
  assert.equal(problemOf(added(first, { number: 9_999 as StaffNumber }), {}), 'numbers-used-up')
  assert.deepEqual(
    two.map(({ number }) => number),
    [1, 2],
  )
})

test('the last manager neither leaves nor becomes a cashier; with a second one both can', () => {
  const leave: StaffEvent = { type: 'left', at, proof }
  const demote: StaffEvent = { type: 'role-changed', at, role: 'cashier', proof }
  for (const event of [leave, demote]) {
    assert.deepEqual(changeStaff(two, 1 as StaffNumber, event), { kind: 'refused', problem: 'last-manager' })
    const three = added(two, { role: 'manager' })
    assert.equal(changeStaff(three, 1 as StaffNumber, event).kind, 'changed')
  }
})

test('who has left does nothing until they return; only a manager overrides', () => {
  const number = 2 as StaffNumber
  const override = { act: 'open-drawer', cashier: null, reason: 'change' } as const
  const given: StaffEvent = { type: 'override-given', at, override, proof }
  assert.deepEqual(changeStaff(two, number, given), { kind: 'refused', problem: 'not-a-manager' })
  const left = changeStaff(two, number, { type: 'left', at, proof })
  assert.ok(left.kind === 'changed')
  const staff = two.map((person) => (person.number === number ? left.person : person))
  assert.deepEqual(changeStaff(staff, number, { type: 'signed-in', at, pinId: 'b2' }), {
    kind: 'refused',
    problem: 'has-left',
  })
  assert.equal(changeStaff(staff, number, { type: 'returned', at, proof }).kind, 'changed')
  assert.deepEqual(changeStaff(two, 7 as StaffNumber, given), { kind: 'refused', problem: 'no-such-person' })
})

test('whatever happens to the staff, there is always a manager, and numbers and versions only grow', () => {
  const override = { act: 'open-drawer', cashier: null, reason: 'x' } as const
  const events: readonly StaffEvent[] = [
    { type: 'renamed', at, name: 'Zhao', proof },
    { type: 'role-changed', at, role: 'manager', proof },
    { type: 'role-changed', at, role: 'cashier', proof },
    { type: 'pin-set', at, pinId: 'c3', proof },
    { type: 'left', at, proof },
    { type: 'returned', at, proof },
    { type: 'signed-in', at, pinId: 'c3' },
    { type: 'signed-out', at, cause: 'idle' },
    { type: 'locked-out', at, wrongTries: 5, untilWallMs: 9 },
    { type: 'override-given', at, override, proof },
  ]
  assert.deepEqual([...new Set(events.map(({ type }) => type))].sort(), [...staffEventTypes].sort())
  const turn = fc.tuple(fc.nat(4), fc.constantFrom<StaffEvent | null>(...events, null))
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), (turns) => {
      let staff = first
      for (const [which, event] of turns) {
        if (event === null) {
          staff = added(staff)
          continue
        }
        const number = (which + 1) as StaffNumber
        const before = staff.find((person) => person.number === number)
        const result = changeStaff(staff, number, event)
        if (result.kind !== 'changed') continue
        assert.equal(result.person.version, (before?.version ?? 0) + 1)
        assert.equal(result.person.number, number)
        staff = staff.map((person) => (person.number === number ? result.person : person))
        assert.ok(staff.some(({ role, status }) => role === 'manager' && status === 'active'))
      }
    }),
  )
})
