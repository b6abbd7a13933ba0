import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  shanghaiCalendar,
  shanghaiCompact,
  shanghaiDate,
  shanghaiDateTime,
  shanghaiDayStartMs,
  shanghaiIso,
} from './time.ts'

const dayMs = 86_400_000
const walls = fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2199, 11, 31) })
const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kolkata', 'Europe/London']

/** The same moment as the platform's own calendar tells it: China has had UTC+8 without summer time since 1992. */
const told = (wallMs: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(
    wallMs,
  )

test('date and time are those of Shanghai, as the platform’s own calendar has them', () => {
  fc.assert(fc.property(walls, (wallMs) => assert.equal(shanghaiDateTime(wallMs), told(wallMs))))
})

test('one moment of every shape', () => {
  const wallMs = Date.UTC(2026, 2, 17, 16, 0, 1, 7)
  assert.deepEqual(shanghaiCalendar(wallMs), {
    year: '2026',
    month: '03',
    day: '18',
    hour: '00',
    minute: '00',
    second: '01',
  })
  assert.equal(shanghaiDateTime(wallMs), '2026-03-18 00:00:01')
  assert.equal(shanghaiIso(wallMs), '2026-03-18T00:00:01.007+08:00')
  assert.equal(shanghaiCompact(wallMs), '20260318000001')
  assert.equal(shanghaiDate(wallMs), '20260318')
})

test('the ISO form is the same moment, and the other forms are cut from it', () => {
  fc.assert(
    fc.property(walls, (wallMs) => {
      const iso = shanghaiIso(wallMs)
      assert.equal(Date.parse(iso), wallMs)
      assert.equal(shanghaiCompact(wallMs), iso.slice(0, 19).replace(/\D/g, ''))
      assert.equal(shanghaiDate(wallMs), iso.slice(0, 10).replaceAll('-', ''))
    }),
  )
})

test('a day of Shanghai begins at 16:00 UTC of the day before, and holds all of its moments', () => {
  fc.assert(
    fc.property(walls, (wallMs) => {
      const startMs = shanghaiDayStartMs(wallMs)
      assert.ok(startMs <= wallMs && wallMs < startMs + dayMs)
      assert.equal(shanghaiDate(startMs), shanghaiDate(wallMs))
      assert.match(shanghaiDateTime(startMs), / 00:00:00$/)
      assert.notEqual(shanghaiDate(startMs - 1), shanghaiDate(wallMs))
    }),
  )
})

test('the machine’s time zone changes nothing', (context) => {
  const former = process.env.TZ
  context.after(() => {
    if (former === undefined) delete process.env.TZ
    else process.env.TZ = former
  })
  const moments = [0, Date.UTC(2026, 2, 8, 10), Date.UTC(2026, 10, 22, 15, 59, 59, 999), Date.UTC(2026, 10, 22, 16)]
  const tell = () => moments.map((ms) => [shanghaiIso(ms), shanghaiCompact(ms), shanghaiDayStartMs(ms)])
  const offsets = new Set<number>()
  const first = tell()
  for (const zone of zones) {
    process.env.TZ = zone // Node takes a change of TZ over at once
    offsets.add(new Date(Date.UTC(2026, 5, 1)).getTimezoneOffset())
    assert.deepEqual(tell(), first, zone)
  }
  assert.ok(offsets.size >= 5, 'the zones did take effect')
})
