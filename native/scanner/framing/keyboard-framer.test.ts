import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createKeyboardFramer } from './keyboard-framer.ts'
import { countedDigits, digitUsage, framedBy, keyReports } from './reports.fixture.ts'

const keyboard = () => framedBy(createKeyboardFramer({ terminator: 'any', silenceMs: 100, prefix: '', suffix: '' }))
const enter = { usage: 0x28 }
const keysOf = (text: string) => [...text].map((digit) => ({ usage: digitUsage(digit) }))

test('a keyboard gun types digits and Enter', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 40 }), (text) => {
      const gun = keyboard()
      gun.send(...keyReports([...keysOf(text), enter]))
      assert.deepEqual(gun.texts(), [text])
    }),
  )
})

test('keypad digits and its Enter are the same code; a report id in front does not matter', () => {
  const gun = keyboard()
  const keypad = [...countedDigits(18)].map((digit) => ({ usage: digit === '0' ? 0x62 : 0x58 + Number(digit) }))
  const reports = keyReports([...keypad, { usage: 0x58 }])
  gun.send(...reports.map((report) => Uint8Array.from([1, ...report])))
  assert.deepEqual(gun.texts(), [countedDigits(18)])
})

test('a key that stays down while the next one goes down counts once; the same key twice counts twice', () => {
  const gun = keyboard()
  const [one, two, three] = [0x1e, 0x1f, 0x20]
  const report = (...keys: number[]) => Uint8Array.from([0, 0, ...keys, ...new Array(6 - keys.length).fill(0)])
  gun.send(report(one), report(one, two), report(two), report(two, three), report(), report(three), report())
  gun.send(report(one, two), report(), ...keyReports([enter]))
  assert.deepEqual(gun.texts(), ['123312'])
})

test('the report of too many keys neither presses nor lets go of any', () => {
  const gun = keyboard()
  gun.send(Uint8Array.from([0, 0, 0x1e, 0, 0, 0, 0, 0]), Uint8Array.from([0, 0, 1, 1, 1, 1, 1, 1]))
  gun.send(Uint8Array.from([0, 0, 0x1e, 0x1f, 0, 0, 0, 0]), new Uint8Array(8), ...keyReports([enter]))
  assert.deepEqual(gun.texts(), ['12'])
})

test('Shift, and Ctrl+M as the end, are read from the modifiers', () => {
  const gun = keyboard()
  const leftShift = 0x02
  const rightControl = 0x10
  gun.send(
    ...keyReports([{ usage: 0x0b, modifiers: leftShift }, { usage: 0x17 }, { usage: 0x33, modifiers: leftShift }]),
  )
  gun.send(...keyReports([{ usage: 0x38 }, { usage: 0x10, modifiers: rightControl }]))
  assert.deepEqual(gun.texts(), ['Ht:/'])
})

test('characters typed by number with Alt are told as noise, never guessed', () => {
  const gun = keyboard()
  gun.send(...keyReports([{ usage: 0x5c, modifiers: 0x04 }, { usage: 0x61, modifiers: 0x04 }, enter]))
  assert.deepEqual([gun.texts(), gun.drops()], [[], ['noise']])
})

test('reports of another size are told, not guessed', () => {
  const gun = keyboard()
  gun.send(new Uint8Array(16), new Uint8Array(0))
  assert.deepEqual(gun.drops(), ['wrong-length', 'wrong-length'])
})
