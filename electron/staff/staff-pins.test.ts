import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { StaffNumber } from '../till/ids.ts'
import { keepPin } from './pin-keeper.ts'
import { freeTries, lockedUntilWallMs, noTries, withTry } from './pin-lock.ts'
import { keepStaffPins, staffPinsFileName } from './staff-pins.ts'

const startWallMs = Date.UTC(2026, 10, 30, 4)
const pin = '730519'
const other = '482915'
const [one, two] = [1, 2] as StaffNumber[]

function place(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'staff-pins-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = { wallMs: startWallMs }
  const path = join(folder, staffPinsFileName)
  return { folder, path, clock, pins: () => keepStaffPins(folder, () => clock.wallMs) }
}

test('each person has a PIN, a salt and tries of their own; the journal’s id says which one counts', async (context) => {
  assert.ok(one && two)
  const { pins, path, folder } = place(context)
  const keeper = pins()
  const mine = await keeper.put(one, pin, null)
  const theirs = await keeper.put(two, pin, null)
  assert.ok(mine.kind === 'done' && theirs.kind === 'done')
  assert.deepEqual(await keeper.check(one, mine.pinId, pin), { kind: 'right' })
  assert.deepEqual(await keeper.check(one, theirs.pinId, pin), { kind: 'not-set' }, 'another person’s id')
  assert.equal((await keeper.check(two, theirs.pinId, other)).kind, 'wrong')
  const text = readFileSync(path, 'utf8')
  assert.ok(!text.includes(pin) && !text.includes(other))
  const { pins: kept } = JSON.parse(text) as { pins: { salt: string; hash: string }[] }
  assert.equal(new Set(kept.map(({ salt }) => salt)).size, 2)
  assert.equal(new Set(kept.map(({ hash }) => hash)).size, 2)
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)

  const next = await keeper.put(one, other, mine.pinId)
  assert.ok(next.kind === 'done')
  assert.deepEqual(await keeper.check(one, mine.pinId, pin), { kind: 'right' }, 'a kill before the journal’s entry')
  assert.deepEqual(await keeper.check(one, next.pinId, other), { kind: 'right' }, 'and after it')
  assert.equal((await keeper.put(one, '111111', null)).kind, 'weak')
  assert.deepEqual([await keeper.holdsAny([next.pinId]), await keeper.holdsAny(['000000000000'])], [true, false])

  await keepPin(folder, () => startWallMs).set('204681')
  const adopted = await keeper.adopt(two)
  assert.ok(adopted?.kind === 'done')
  assert.deepEqual(await keeper.check(two, adopted.pinId, '204681'), { kind: 'right' })
})

test('ten thousand wrong PINs: a handful are looked at, the rest meet a lock, and another person is not locked', async (context) => {
  assert.ok(one && two)
  const { pins, clock, path } = place(context)
  const keeper = pins()
  const mine = await keeper.put(one, pin, null)
  assert.ok(mine.kind === 'done')
  const kinds: string[] = []
  for (let tries = 0; tries < freeTries + 20; tries += 1) {
    const checked = await keeper.check(one, mine.pinId, other)
    kinds.push(checked.kind === 'locked' ? `locked${checked.wrongTries ?? ''}` : checked.kind)
  }
  const looked = [...Array.from({ length: freeTries - 1 }, () => 'wrong'), `locked${freeTries}`]
  assert.deepEqual(kinds, [...looked, ...Array.from({ length: 20 }, () => 'locked')])
  const before = readFileSync(path, 'utf8')
  assert.equal((await pins().check(one, mine.pinId, pin)).kind, 'locked', 'over restarts, the right one too')
  assert.equal((await keeper.check(two, mine.pinId, pin)).kind, 'not-set')
  assert.equal(readFileSync(path, 'utf8'), before)
  clock.wallMs += 60_000
  assert.deepEqual(await keeper.check(one, mine.pinId, pin), { kind: 'right' })

  // The other 9,975 would take a year and more, at one try a lock.
  let tries = noTries
  let wallMs = startWallMs
  for (let each = 0; each < 10_000; each += 1) {
    tries = withTry(tries, wallMs)
    wallMs = lockedUntilWallMs(tries, wallMs) ?? wallMs
  }
  assert.ok(wallMs - startWallMs > 365 * 86_400_000)
})

test('a damaged file lets nobody in and is left as it is', async (context) => {
  assert.ok(one)
  const { pins, path } = place(context)
  for (const text of ['', '{}', '{"version":2,"pins":[]}', '{"version":1,"pins":[],"tries":[]}', 'x'.repeat(40)]) {
    writeFileSync(path, text)
    const trouble = { kind: 'damaged', path } as const
    assert.deepEqual(await pins().check(one, '000000000000', pin), { kind: 'trouble', trouble })
    assert.deepEqual(await pins().put(one, pin, null), { kind: 'trouble', trouble })
    assert.deepEqual(await pins().holdsAny(['000000000000']), trouble)
    assert.equal(readFileSync(path, 'utf8'), text)
  }
})
