import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dataFolder } from './fixtures/data-folder.ts'
import { newOrder } from './fixtures/test-orders.ts'
import { takeDataFolder } from './lock.ts'
import { openLedger, openLedgerReader } from './open-ledger.ts'

/** Another till on the folder, and the first line that it prints. */
async function startTill(context: TestContext, dataDirectory: string) {
  const program = fileURLToPath(new URL('./fixtures/till-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] })
  context.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, said: JSON.parse(String(line)) as Readonly<Record<string, unknown>> }
}

test('one holder at a time, in the same process too, and nothing left beside the lock', (context) => {
  const folder = dataFolder(context)
  const first = takeDataFolder(folder)
  assert.ok(first.ok)
  assert.deepEqual(takeDataFolder(folder), { ok: false, problem: { kind: 'in-use', path: folder } })
  assert.deepEqual(readdirSync(folder), ['till.lock'])
  first.value.release()
  const second = takeDataFolder(folder)
  assert.ok(second.ok)
  second.value.release()
})

test('a folder that is none has no lock', (context) => {
  const file = join(dataFolder(context), 'file')
  writeFileSync(file, '')
  const taken = takeDataFolder(file)
  assert.ok(!taken.ok)
  assert.equal(taken.problem.kind, 'disk-error')
})

test('a second till on the folder is told so, and after a kill -9 the folder is free with all that was told', async (context) => {
  const folder = dataFolder(context)
  const { child, said } = await startTill(context, folder)
  assert.equal(said.kind, 'working')
  const refusal = { ok: false, problem: { kind: 'in-use', path: folder } }
  assert.deepEqual(await openLedger({ dataDirectory: folder }), refusal)
  assert.deepEqual((await startTill(context, folder)).said, refusal.problem)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const reader = await openLedgerReader({ dataDirectory: folder })
  assert.ok(reader.ok)
  const read = await reader.value.orders({})
  assert.deepEqual(read.ok && read.value.map((order) => order.orderNumber), [said.order])
  await reader.value.close()
  const opened = await openLedger({ dataDirectory: folder })
  assert.ok(opened.ok)
  const open = await opened.value.openOrders()
  assert.ok(open.ok)
  assert.deepEqual(
    open.value.map((order) => order.orderNumber),
    [said.order],
  )
  const created = await opened.value.createOrder(newOrder())
  assert.ok(created.ok && created.value.order.orderNumber !== said.order)
  await opened.value.close()
})
