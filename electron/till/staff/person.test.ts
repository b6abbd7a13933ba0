import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StaffNumber } from '../ids.ts'
import { longestName, nextStaffNumber, readPersonName, readStaffNumber } from './person.ts'

for (const name of [
  '王芳',
  `O'Brien "Bo"`,
  '小明👩‍👩‍👧‍👦🧋',
  'Ana-María',
  '<b>x</b>; DROP TABLE staff',
  '👩🏽‍🚀'.repeat(longestName),
]) {
  test(`"${name.slice(0, 24)}" is a name, kept as it was typed`, () => {
    assert.deepEqual(readPersonName(`  ${name} `), { ok: true, name })
  })
}

for (const [text, problem] of [
  ['   ', 'empty'],
  ['王'.repeat(200), 'too-long'],
  ['王'.repeat(longestName + 1), 'too-long'],
  ['a\u0301'.repeat(200), 'too-long'],
  [`a${'\u0301'.repeat(200)}`, 'too-long'],
  ['Wang\nFang', 'unprintable'],
  ['Wang\u202eFang', 'unprintable'],
  ['Wang\u0000', 'unprintable'],
  ['\ud83d', 'unprintable'],
  ['134500000000000017', 'looks-like-a-code'],
  ['Wang 1345 0000 0000 0000 17', 'looks-like-a-code'],
] as const) {
  test(`${JSON.stringify(text.slice(0, 12))} is no name: ${problem}`, () => {
    assert.deepEqual(readPersonName(text), { ok: false, problem })
  })
}

test('whatever is typed: a name that is taken is one line, reads back as itself and stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const reading = readPersonName(text)
      if (!reading.ok) return
      assert.doesNotMatch(reading.name, /[\r\n\p{Cc}]/u)
      assert.ok(reading.name.isWellFormed())
      assert.deepEqual(readPersonName(reading.name), reading)
    }),
  )
})

test('a staff number is 1 to 9999, with or without zeros before it, and is never given twice', () => {
  assert.deepEqual(['1', '0007', ' 42 ', '9999'].map(readStaffNumber), [1, 7, 42, 9_999])
  for (const text of ['', '0', '0000', '10000', '-1', '1.5', '١', '1e3', 'x']) assert.equal(readStaffNumber(text), null)
  const given = [3, 9, 1] as StaffNumber[]
  assert.equal(nextStaffNumber([]), 1)
  assert.equal(nextStaffNumber(given), 10)
  assert.equal(nextStaffNumber([9_999 as StaffNumber]), null)
})
