import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pinFileName } from './pin-file.ts'
import { keepPin } from './pin-keeper.ts'
import { freeTries } from './pin-lock.ts'

const startWallMs = Date.UTC(2026, 10, 25, 4)
const minuteMs = 60_000
const right = '730519'
const wrong = '730518'

/** A data folder with its own clock; `keeper` is a new one each time, as after a restart. */
function place(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'pin-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = { wallMs: startWallMs }
  const path = join(folder, pinFileName)
  return { folder, path, clock, keeper: () => keepPin(folder, () => clock.wallMs) }
}

test('a PIN is set once, checked, and its file tells nothing of it and belongs to its user alone', async (context) => {
  const { path, keeper, folder } = place(context)
  assert.equal(await keeper().state(), 'not-set')
  assert.deepEqual(await keeper().check(right), { kind: 'not-set' })
  const set = await keeper().set(right)
  assert.ok(set.kind === 'done')
  assert.equal(await keeper().state(), 'set')
  assert.deepEqual(await keeper().check(right), { kind: 'right', pinId: set.pinId })
  assert.deepEqual(await keeper().set('204681'), { kind: 'already-set' })
  assert.ok(!readFileSync(path, 'utf8').includes(right))
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(folder), [pinFileName])
})

test('the same PIN of two tills has two ids and two hashes', async (context) => {
  const one = place(context)
  const other = place(context)
  const sets = await Promise.all([one.keeper().set(right), other.keeper().set(right)])
  assert.ok(sets[0].kind === 'done' && sets[1].kind === 'done')
  assert.notEqual(sets[0].pinId, sets[1].pinId)
  const hashes = [one, other].map(({ path }) => (JSON.parse(readFileSync(path, 'utf8')) as { hash: string }).hash)
  assert.notEqual(hashes[0], hashes[1])
})

for (const [pin, weakness] of [
  ['12345', 'not-six-digits'],
  ['1234567', 'not-six-digits'],
  ['12a456', 'not-six-digits'],
  ['', 'not-six-digits'],
  ['777777', 'too-easy'],
  ['123456', 'too-easy'],
  ['987654', 'too-easy'],
] as const) {
  test(`"${pin}" is refused as a PIN: ${weakness}`, async (context) => {
    const { keeper } = place(context)
    assert.deepEqual(await keeper().set(pin), { kind: 'weak', weakness })
    assert.equal(await keeper().state(), 'not-set')
  })
}

test('wrong tries lock for longer and longer, over restarts, and the right PIN ends it', async (context) => {
  const { clock, keeper } = place(context)
  await keeper().set(right)
  for (let left = freeTries - 1; left > 0; left -= 1) {
    assert.deepEqual(await keeper().check(wrong), { kind: 'wrong', triesLeft: left })
  }
  for (const minutes of [1, 5, 15, 60, 60]) {
    const untilWallMs = clock.wallMs + minutes * minuteMs
    assert.deepEqual(await keeper().check(wrong), { kind: 'locked', untilWallMs }, `${minutes} minutes`)
    clock.wallMs = untilWallMs - 1
    assert.deepEqual(await keeper().check(right), { kind: 'locked', untilWallMs }, 'the right one is not looked at')
    clock.wallMs = untilWallMs
  }
  assert.equal((await keeper().check(right)).kind, 'right')
  assert.deepEqual(await keeper().check(wrong), { kind: 'wrong', triesLeft: freeTries - 1 })
})

test('a try counts before it is looked at, and two at once count as two', async (context) => {
  const { keeper, path } = place(context)
  await keeper().set(right)
  const one = keeper()
  await Promise.all([one.check(wrong), one.check(wrong), one.check(wrong)])
  const record = JSON.parse(readFileSync(path, 'utf8')) as { tries: { wrong: number } }
  assert.equal(record.tries.wrong, 3)
})

test('what has not the form of a PIN is wrong and costs no try', async (context) => {
  const { keeper } = place(context)
  await keeper().set(right)
  for (const given of ['', '73051', '7305190', '73051a']) {
    assert.deepEqual(await keeper().check(given), { kind: 'wrong', triesLeft: freeTries }, given)
  }
})

test('a clock that was put back does not make a lock longer than it was', async (context) => {
  const { clock, keeper } = place(context)
  await keeper().set(right)
  for (let tries = 0; tries < freeTries; tries += 1) await keeper().check(wrong)
  clock.wallMs -= 365 * 24 * 60 * minuteMs
  assert.deepEqual(await keeper().check(right), { kind: 'locked', untilWallMs: clock.wallMs + minuteMs })
})

test('another PIN takes its place only for who knows the present one', async (context) => {
  const { keeper } = place(context)
  const set = await keeper().set(right)
  assert.ok(set.kind === 'done')
  assert.deepEqual(await keeper().replace('204681', '000000000000'), { kind: 'already-set' })
  const replaced = await keeper().replace('204681', set.pinId)
  assert.ok(replaced.kind === 'done' && replaced.pinId !== set.pinId)
  assert.equal((await keeper().check(right)).kind, 'wrong')
  assert.equal((await keeper().check('204681')).kind, 'right')
})

test('a damaged file is told, lets nobody in, and is left as it is', async (context) => {
  const { path, keeper } = place(context)
  await keeper().set(right)
  const whole = readFileSync(path, 'utf8')
  const damages = [
    whole.slice(0, 40),
    '',
    '{}',
    whole.replace('"hash"', '"hush"'),
    whole.replace('"r": 8', '"r": 80000'),
  ]
  for (const damage of damages) {
    assert.notEqual(damage, whole)
    writeFileSync(path, damage)
    const damaged = { kind: 'damaged', path } as const
    assert.deepEqual(await keeper().state(), damaged)
    assert.deepEqual(await keeper().check(right), { kind: 'trouble', trouble: damaged })
    assert.deepEqual(await keeper().set('204681'), { kind: 'trouble', trouble: damaged })
    assert.equal(readFileSync(path, 'utf8'), damage)
  }
  writeFileSync(path, whole)
  assert.equal((await keeper().check(right)).kind, 'right')
})
