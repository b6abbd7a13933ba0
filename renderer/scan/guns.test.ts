import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScannerView } from '../till/types.ts'
import { gunState } from './guns.ts'

const gun = (kind: ScannerView['kind'], state: ScannerView['state']): ScannerView => ({
  id: `${kind}:${state}`,
  kind,
  name: 'Gun',
  path: '',
  state,
  detail: '',
  lastDrop: null,
})

test('one gun that works is enough; else the first that was asked for and can be mended is told', () => {
  assert.equal(gunState([gun('serial', 'busy'), gun('hid', 'connected')]), 'connected')
  assert.equal(gunState([gun('hid', 'absent'), gun('serial', 'no-access')]), 'no-access')
  assert.equal(gunState([gun('serial', 'absent')]), 'absent')
  assert.equal(gunState([gun('hid', 'no-access')]), 'no-access')
})

test('that no HID gun is there, or could be looked for, is no trouble: nobody asked for one', () => {
  assert.equal(gunState([gun('hid', 'absent')]), null)
  assert.equal(gunState([gun('hid', 'module-does-not-load')]), null)
  assert.equal(gunState([]), null)
})
