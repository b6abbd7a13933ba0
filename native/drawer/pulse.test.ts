import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawerPulse, usualPulse } from './pulse.ts'

test('the usual pulse is ESC p 0 25 250, as the reference has it', () => {
  assert.deepEqual([...drawerPulse(usualPulse)], [0x1b, 0x70, 0x00, 0x19, 0xfa])
})

test('pin 5 is the second drawer, and a time that no byte can tell becomes the nearest that one can', () => {
  assert.deepEqual([...drawerPulse({ pin: 5, onMs: 120, offMs: 9_000 })], [0x1b, 0x70, 0x01, 60, 255])
  assert.deepEqual([...drawerPulse({ pin: 2, onMs: 0, offMs: 2 })], [0x1b, 0x70, 0x00, 1, 1])
})
