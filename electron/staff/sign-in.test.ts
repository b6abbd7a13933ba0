import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffNumber } from '../till/ids.ts'
import { memoryStaff } from './memory-staff.fixture.ts'
import { keepSignIn } from './sign-in.ts'

const idleMs = 60_000
const pins = ['730519', '482915'] as const

async function counter(idle: number | null = idleMs) {
  const till = memoryStaff()
  await till.desk.setUp({ name: '王芳', pin: pins[0] })
  const proved = await till.desk.prove({ who: '1', pin: pins[0] })
  assert.ok(proved.kind === 'right')
  await till.desk.add({ name: 'Li', role: 'cashier', number: null, pin: pins[1] }, proved.proof)
  const seen: (number | null)[] = []
  const { desk, ledger, clock } = till
  const signIn = keepSignIn({
    desk,
    ledger,
    now: () => ({ ...clock }),
    idleMs: idle,
    onChange: (person) => seen.push(person?.number ?? null),
  })
  const told = () =>
    till.journal.flatMap(({ number, event }) => {
      if (event.type === 'signed-in') return [`${number} in`]
      return event.type === 'signed-out' ? [`${number} out: ${event.cause}`] : []
    })
  const as = (place: 0 | 1) => signIn.signIn((place + 1) as StaffNumber, pins[place])
  return { ...till, signIn, seen, told, as }
}

test('a quick switch is one PIN: the one before is signed out, and a wrong PIN changes nothing', async () => {
  const { signIn, as, told, seen } = await counter()
  assert.equal(signIn.person(), null)
  await as(0)
  assert.equal((await signIn.signIn(2 as StaffNumber, pins[0])).kind, 'wrong')
  assert.equal(signIn.person()?.number, 1)
  await as(1)
  assert.equal(signIn.person()?.name, 'Li')
  await signIn.signOut('by-hand')
  assert.deepEqual(told(), ['1 in', '1 out: switched', '2 in', '2 out: by-hand'])
  assert.deepEqual(seen, [1, 2, null])
})

test('an idle till is locked from the moment on, whatever the wall clock says, and touching does not unlock it', async () => {
  const { signIn, as, clock, told } = await counter()
  await as(0)
  clock.monotonicMs += idleMs - 1
  signIn.touch()
  clock.monotonicMs += idleMs - 1
  clock.wallMs -= 86_400_000
  assert.equal(await signIn.lockIfIdle(), null)
  assert.equal(signIn.person()?.number, 1)
  clock.monotonicMs += 1
  assert.equal(signIn.person(), null, 'locked before anybody wrote it down')
  signIn.touch()
  assert.equal(signIn.person(), null)
  await signIn.lockIfIdle()
  await signIn.lockIfIdle()
  assert.deepEqual(told(), ['1 in', '1 out: idle'])
})

test('a till that never locks itself stays signed in', async () => {
  const { signIn, as, clock } = await counter(null)
  await as(1)
  clock.monotonicMs += 86_400_000
  assert.equal(signIn.person()?.number, 2)
})

test('a disk that refuses does not keep a till open', async () => {
  const { signIn, as, fail } = await counter()
  await as(0)
  fail({ kind: 'disk-full', path: '/data' })
  assert.equal((await signIn.signOut('by-hand'))?.kind, 'disk-full')
  assert.equal(signIn.person(), null)
  assert.equal((await as(1)).kind, 'ledger-trouble')
  assert.equal(signIn.person(), null)
})

test('no time counts as idle while a customer is waited for; the idle time begins at the end of the wait', async () => {
  const till = memoryStaff()
  await till.desk.setUp({ name: '王芳', pin: pins[0] })
  const { desk, ledger, clock } = till
  let isWaiting = true
  const signIn = keepSignIn({
    desk,
    ledger,
    now: () => ({ ...clock }),
    idleMs,
    isWaiting: () => isWaiting,
    onChange: () => undefined,
  })
  await signIn.signIn(1 as StaffNumber, pins[0])
  clock.monotonicMs += idleMs * 3
  await signIn.lockIfIdle()
  assert.equal(signIn.isLocked(), false)
  isWaiting = false
  assert.equal(signIn.isLocked(), false)
  clock.monotonicMs += idleMs
  await signIn.lockIfIdle()
  assert.equal(signIn.isLocked(), true)
})

test('a till without staff is never locked, and is from its first person on', async () => {
  const till = memoryStaff()
  const { desk, ledger, clock } = till
  const signIn = keepSignIn({
    desk,
    ledger,
    now: () => ({ ...clock }),
    idleMs,
    hasStaff: false,
    onChange: () => undefined,
  })
  assert.equal(signIn.isLocked(), false)
  signIn.staffIsSetUp()
  assert.equal(signIn.isLocked(), true)
})
