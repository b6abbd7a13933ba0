import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { posFolder, practiceCode, send } from './pos-till.fixture.ts'

const client = fileURLToPath(new URL('../../docs/examples/pos-client.mjs', import.meta.url))
const tillProcess = fileURLToPath(new URL('./till-process.fixture.ts', import.meta.url))

type Run = {
  readonly child: ChildProcess
  /** Resolves when the pattern was written to either stream. */
  readonly said: (pattern: RegExp) => Promise<void>
  readonly ended: Promise<{ readonly exit: number | null; readonly stdout: string }>
}

function run(context: TestContext, script: string, words: readonly string[], environment: object = {}): Run {
  const child = spawn(process.execPath, [script, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  context.after(() => child.kill('SIGKILL'))
  let stdout = ''
  let everything = ''
  const checks = new Set<() => void>()
  child.stdout.on('data', (piece: Buffer) => {
    stdout += String(piece)
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      everything += String(piece)
      for (const check of checks) check()
    })
  }
  const ended = once(child, 'close').then(([exit]) => ({ exit: exit as number | null, stdout }))
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (pattern.test(everything)) resolve()
      }
      checks.add(check)
      check()
      void ended.then(() => reject(new Error(`ended before it said ${pattern}: ${everything}`)))
    })
  return { child, said, ended }
}

test('client and till are killed in the midst; asked again, the same reference has the same answer and one charge', async (context) => {
  const figures = { windowMs: 60_000, firstQueryMs: 50, pollMs: 50 }
  const { dataDirectory, token, authorization, openTill } = posFolder(context, {}, figures)
  assert.ok(readFileSync(client, 'utf8').trimEnd().split('\n').length <= 30)
  const startTill = async () => {
    const till = run(context, tillProcess, [dataDirectory])
    await till.said(/^open$/m)
    const { url } = JSON.parse(readFileSync(join(dataDirectory, 'pos.json'), 'utf8')) as { url: string }
    return { till, url, environment: { SCANTILL_POS_URL: url, SCANTILL_POS_TOKEN: token } }
  }
  const end = async ({ child, ended }: Run) => {
    child.kill('SIGKILL')
    await ended
  }
  const first = await startTill()
  const asking = run(context, client, ['KILL-1', '23.50'], first.environment)
  await asking.said(/"status":"waiting-for-scan"/)
  const scan = JSON.stringify({ reference: 'KILL-1', amount: '23.50', paymentCode: practiceCode('password-then-pays') })
  const headers = { host: new URL(first.url).host, authorization, 'content-type': 'application/json' }
  assert.equal((await send(first.url, { method: 'POST', path: '/collections', headers, body: scan })).status, 200)
  await asking.said(/"status":"awaiting-payer"/)
  await end(asking)
  await end(first.till)

  const second = await startTill()
  const again = run(context, client, ['KILL-1', '23.50'], second.environment)
  const { exit, stdout } = await again.ended
  const said = JSON.parse(stdout) as Record<string, unknown>
  assert.deepEqual([exit, said.status, said.money, said.amountFen], [0, 'paid', 'taken', 2350])
  const third = await run(context, client, ['KILL-1', '23.50'], second.environment).ended
  assert.deepEqual(third, { exit, stdout }, 'the same answer, to the letter')
  assert.equal((await run(context, client, ['KILL-1', '23.51'], second.environment).ended).exit, 1)
  await end(second.till)

  const { till } = await openTill()
  const orders = await till.reader.orders({ limit: 10 })
  assert.ok(orders.ok)
  assert.deepEqual(
    orders.value.map(({ status, amountFen }) => [status, amountFen]),
    [['paid', 2350]],
  )
})
