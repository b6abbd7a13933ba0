import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOfError } from '../assembly/place-of-error.ts'
import { openDoor } from './door.ts'
import { fakeTill, snapshot } from './fake-till.fixture.ts'

const scan = '134567890123456789'
const scanRequest = { amountText: '12.34', scan, saleId: null, anotherCustomer: false }

test('a good call from a trusted sender is answered by the till', async () => {
  const till = fakeTill()
  const door = openDoor(till, assert.fail)
  assert.deepEqual(await door.answer('till.snapshot', null, true), { ok: true, reply: snapshot })
  assert.deepEqual(till.asked, [{ name: 'till.snapshot', request: null }])
})

test('what is refused at the door never reaches the till', async () => {
  const till = fakeTill()
  const door = openDoor(till, assert.fail)
  const cases = [
    { name: 'till.snapshot', request: null, trusted: false, code: 'untrusted-sender' },
    { name: 'till.explode', request: null, trusted: false, code: 'untrusted-sender' },
    { name: 'till.explode', request: null, trusted: true, code: 'unknown-call' },
    { name: '__proto__', request: null, trusted: true, code: 'unknown-call' },
    { name: null, request: null, trusted: true, code: 'unknown-call' },
    { name: 'sale.scan', request: { ...scanRequest, scan: 7 }, trusted: true, code: 'bad-request' },
  ]
  for (const { name, request, trusted, code } of cases) {
    const answer = await door.answer(name, request, trusted)
    assert.ok(!answer.ok)
    assert.equal(answer.refusal.code, code)
  }
  assert.deepEqual(till.asked, [])
})

test('a bug in the till is a refusal with a reference, and neither tells the scan', async () => {
  const till = fakeTill()
  const lines: string[] = []
  const door = openDoor(till, (line) => lines.push(line))
  const throwers = [
    () => Promise.reject(new TypeError(`cannot pay with ${scan}`)),
    () => Promise.reject(new Error(`first line\n    at somewhere (${scan}.ts:1:1)`)),
    () => Promise.reject(Object.assign(new Error('x'), { name: scan })),
    () => Promise.reject(scan),
    () => {
      throw new Error(scan)
    },
  ]
  for (const thrower of throwers) {
    till.answer('sale.scan', thrower)
    const answer = await door.answer('sale.scan', scanRequest, true)
    assert.ok(!answer.ok && answer.refusal.code === 'failed')
    const reference = /^reference ([0-9a-f]{8})$/.exec(answer.refusal.detail)?.[1]
    assert.ok(reference !== undefined && lines.at(-1)?.includes(reference), 'the line can be found by the reference')
  }
  assert.equal(lines.length, throwers.length)
  assert.ok(!lines.join('\n').includes(scan))
  assert.match(lines[0] ?? '', /TypeError at door\.test\.ts:\d+:\d+$/)
})

test('an error is told by its class and its place', () => {
  assert.match(placeOfError(new RangeError('secret')), /^RangeError at door\.test\.ts:\d+:\d+$/)
  assert.equal(placeOfError('secret'), 'not an error object')
  assert.equal(placeOfError(Object.assign(new Error('secret'), { stack: 'secret' })), 'Error')
})
