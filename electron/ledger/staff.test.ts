import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffNumber } from '../till/ids.ts'
import type { NewPerson } from '../till/staff/change.ts'
import type { StaffEvent } from '../till/staff/event.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { moment } from './fixtures/test-orders.ts'
import { openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { openLedgerReader } from './open-ledger.ts'
import { rebuildProjections } from './rebuild.ts'

const at = moment()
const proof = { kind: 'pin', name: 'Wang', pinId: 'a1', staffNumber: 1 as StaffNumber } as const
const first: NewPerson = {
  at,
  number: null,
  name: `O'Brien "Bo" 🧋`,
  role: 'manager',
  pinId: 'a1',
  proof: { kind: 'none', because: 'first-manager' },
}
const second: NewPerson = { at, number: null, name: 'Li', role: 'cashier', pinId: 'b2', proof }

const add = (writer: TestWriter, person: NewPerson) => writer.ask({ method: 'addPerson', person })
const change = (writer: TestWriter, number: number, event: StaffEvent) =>
  writer.ask({ method: 'changePerson', number: number as StaffNumber, event })

test('people are journaled one by one, and what is refused leaves no trace', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const added = [first, second, first].map((person) => add(writer, person))
  assert.deepEqual(
    added.map(({ kind }) => kind),
    ['changed', 'changed', 'refused'],
  )
  change(writer, 2, { type: 'signed-in', at, pinId: 'b2' })
  assert.deepEqual(change(writer, 1, { type: 'left', at, proof }), { kind: 'refused', problem: 'last-manager' })
  const journaled = tableRows(writer.db, 'journal').filter(({ subject }) => subject === 'staff')
  assert.deepEqual(
    journaled.map(({ subject_id, type }) => [subject_id, type]),
    [
      ['1', 'added'],
      ['2', 'added'],
      ['2', 'signed-in'],
    ],
  )
  const staff = writer.ask({ method: 'staff' })
  assert.deepEqual(
    staff.map(({ number, name, version }) => [number, name, version]),
    [
      [1, first.name, 1],
      [2, 'Li', 2],
    ],
  )
})

test('who allowed what to whom, and why, is read back from the journal, newest first (I15)', async (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  for (const person of [first, second]) add(writer, person)
  const override = { act: 'open-drawer', cashier: 2 as StaffNumber, reason: 'coins' } as const
  const reasons = ['coins', 'notes', 'safe']
  for (const reason of reasons)
    change(writer, 1, { type: 'override-given', at, override: { ...override, reason }, proof })
  writer.close()
  const reader = await openLedgerReader({ dataDirectory: folder })
  assert.ok(reader.ok)
  const page = await reader.value.overrides({ limit: 2 })
  assert.ok(page.ok)
  const rest = await reader.value.overrides({ limit: 2, before: page.value.before })
  await reader.value.close()
  assert.ok(rest.ok)
  assert.deepEqual(page.value.items[0]?.proof, proof)
  const read = [...page.value.items, ...rest.value.items].map(({ override: { reason } }) => reason)
  assert.deepEqual([read, rest.value.before], [reasons.toReversed(), null])
})

test('verify names people that were changed or put in, and a rebuild makes them from the journal', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  for (const person of [first, second]) add(writer, person)
  const whole = tableRows(writer.db, 'staff')
  writer.db.exec(`
    UPDATE staff SET role = 'manager', state = replace(state, 'cashier', 'manager') WHERE number = 2;
    INSERT INTO staff VALUES (99, 3, 'Zhao', 'manager', 'active', 1, '{}')`)
  assert.deepEqual(
    verified(writer.db).broken.map(({ detail }) => detail),
    ['the row differs from the journal in role, state', 'the row has no entry in the journal'],
  )
  assert.deepEqual(rebuildProjections(writer.db).dropped, ['3'])
  assert.deepEqual(tableRows(writer.db, 'staff'), whole)
  assert.deepEqual(verified(writer.db).broken, [])
})
