import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, beforeEach, test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { rolldown } from 'rolldown'
import type { Bridge } from './api/contract.ts'
import { callNames } from './api/schema.ts'
import { ipcRenderer, rendererEvents, resetElectron, seen } from './hosts/electron/electron-stand-in.fixture.ts'
import { eventNames } from './hosts/events.ts'
import { readiness, snapshot } from './hosts/fake-till.fixture.ts'

let bundled = ''
let bridge: Bridge
let exposed: { readonly name: string; readonly value: object }[] = []

before(async () => {
  const bundler = await rolldown({ input: join(import.meta.dirname, 'preload.ts'), external: ['electron'] })
  const { output } = await bundler.generate({ format: 'cjs', codeSplitting: false })
  await bundler.close()
  assert.equal(output.length, 1, 'a sandboxed preload is one file')
  bundled = output[0].code
})

/** Runs the preload as a sandbox does: no module, no Node, a `require` that knows `electron` and nothing else. */
beforeEach(() => {
  resetElectron()
  exposed = []
  const contextBridge = {
    exposeInMainWorld: (name, value: object) => {
      exposed.push({ name, value })
    },
  } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>
  const requireElectron = (name: string): object => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return { contextBridge, ipcRenderer }
  }
  runInContext(bundled, createContext({ require: requireElectron, exports: {}, module: { exports: {} } }))
  // What the preload says that it exposes; the tests below check that it does.
  bridge = exposed[0]?.value as Bridge
})

test('one closed object under one name, with two functions', () => {
  assert.deepEqual(
    exposed.map(({ name }) => name),
    ['scantill'],
  )
  assert.deepEqual(Object.keys(bridge), ['call', 'on'])
  assert.ok(Object.isFrozen(bridge))
})

test('every call of the contract goes through under its own name', async () => {
  const asked: { readonly name: string; readonly request: unknown }[] = []
  for (const name of callNames) {
    seen().handlers.set(name, (_event, request) => {
      asked.push({ name, request })
      return { ok: true, reply: snapshot }
    })
  }
  for (const name of callNames) assert.deepEqual(await bridge.call(name, null as never), { ok: true, reply: snapshot })
  assert.deepEqual(
    asked,
    callNames.map((name) => ({ name, request: null })),
  )
})

test('an unknown call never leaves the window', async () => {
  for (const name of ['electron:openExternal', '__proto__', 'constructor', '', 'order.changed']) {
    seen().handlers.set(name, () => assert.fail('it left'))
    const answer = await bridge.call(name as 'till.snapshot', null) // as a page would that was taken over
    assert.equal(JSON.stringify(answer), '{"ok":false,"refusal":{"code":"unknown-call"}}')
  }
})

test('a main side that fails, or a request that cannot be cloned, is a refusal without its text', async () => {
  const scan = '134567890123456789'
  seen().handlers.set('sale.scan', () => Promise.reject(new Error(scan)))
  const request = { amountText: '1', scan, saleId: null, anotherCustomer: false }
  const failed = '{"ok":false,"refusal":{"code":"failed","detail":"no answer from the till"}}'
  assert.equal(JSON.stringify(await bridge.call('sale.scan', request)), failed)
  const unclonable = { ...request, scan: (() => scan) as unknown as string }
  assert.equal(JSON.stringify(await bridge.call('sale.scan', unclonable)), failed)
})

test('a listener hears the payload alone, until it stops', () => {
  const heard: unknown[][] = []
  const stop = bridge.on('readiness.changed', (...all: unknown[]) => void heard.push(all))
  const stopTwin = bridge.on('readiness.changed', () => heard.push(['twin']))
  rendererEvents.emit('readiness.changed', { sender: ipcRenderer }, readiness)
  assert.deepEqual(heard, [[readiness], ['twin']])
  assert.equal(stop(), undefined)
  stop()
  rendererEvents.emit('readiness.changed', { sender: ipcRenderer }, readiness)
  assert.deepEqual(heard, [[readiness], ['twin'], ['twin']])
  stopTwin()
})

test('every event of the contract is carried, and no other name is listened to', () => {
  for (const name of eventNames) {
    const heard: unknown[] = []
    bridge.on(name, (event) => heard.push(event))
    rendererEvents.emit(name, {}, readiness)
    assert.deepEqual(heard, [readiness], name)
  }
  assert.deepEqual(rendererEvents.eventNames().toSorted(), [...eventNames].toSorted())
  for (const name of ['till.snapshot', '__proto__', 'error']) {
    assert.throws(() => bridge.on(name as 'order.changed', () => undefined), /no such event/)
  }
  assert.deepEqual(rendererEvents.eventNames().toSorted(), [...eventNames].toSorted())
})
