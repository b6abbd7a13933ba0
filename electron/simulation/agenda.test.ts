import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAgenda, EndlessScheduling } from './agenda.ts'
import { createMachineTime } from './machine-time.ts'

test('equal moments happen in the order of setting, and promises come to rest in between', async () => {
  const agenda = createAgenda(0)
  const seen: string[] = []
  agenda.at(20, () => seen.push('late'))
  agenda.at(10, () => {
    seen.push('first')
    void Promise.resolve()
      .then(() => undefined)
      .then(() => seen.push('its promise'))
  })
  agenda.at(10, () => seen.push('second'))
  const takeBack = agenda.at(15, () => seen.push('taken back'))
  takeBack()
  await agenda.run(30)
  assert.deepEqual(seen, ['first', 'its promise', 'second', 'late'])
  assert.equal(agenda.nowMs(), 30)
  assert.equal(agenda.pending(), 0)
})

test('many appointments in any order happen in order', async () => {
  const agenda = createAgenda(0)
  const seen: number[] = []
  const moments = Array.from({ length: 300 }, (_, place) => (place * 7_919) % 1_009)
  for (const atMs of moments) agenda.at(atMs, () => seen.push(atMs))
  await agenda.run(2_000)
  assert.deepEqual(
    seen,
    [...moments].sort((a, b) => a - b),
  )
})

test('scheduling without end is an error, at one moment and in all', async () => {
  const still = createAgenda(0)
  const again = (): void => {
    still.after(0, again)
  }
  again()
  await assert.rejects(still.run(1), EndlessScheduling)
  const ticking = createAgenda(0, 100)
  const tick = (): void => {
    ticking.after(1, tick)
  }
  tick()
  await assert.rejects(ticking.run(1_000), EndlessScheduling)
})

test('a machine asleep hears nothing, and an uncounted sleep stops its monotonic clock', async () => {
  const agenda = createAgenda(1_000_000)
  const machine = createMachineTime(agenda)
  const process = machine.process()
  const born = process.clock.now().monotonicMs
  const rings: number[] = []
  process.alarms.set(born + 100, () => rings.push(agenda.nowMs() - 1_000_000))
  agenda.after(50, () => machine.suspend(1_000, false))
  await agenda.run(1_000_600)
  assert.deepEqual(rings, [])
  await agenda.run(1_002_000)
  assert.deepEqual(rings, [1_100])
})

test('a wall clock jumps without moving the monotonic one, and a dead process does nothing', async () => {
  const agenda = createAgenda(0)
  const machine = createMachineTime(agenda)
  const process = machine.process()
  const before = process.clock.now()
  machine.jump(-5_000)
  assert.deepEqual(process.clock.now(), { wallMs: before.wallMs - 5_000, monotonicMs: before.monotonicMs })
  let rang = false
  process.after(10, () => {
    rang = true
  })
  process.alarms.set(before.monotonicMs + 10, () => {
    rang = true
  })
  process.kill()
  await agenda.run(100)
  assert.equal(rang, false)
})
