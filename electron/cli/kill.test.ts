import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { FaultTarget } from '../training/fault.ts'
import type { Story } from '../training/practice-code.ts'
import { startLiveServers } from './live-servers.fixture.ts'
import {
  assertNoCodes,
  assertWhole,
  ordersIn,
  practiceCode,
  runTill,
  shortPolicy,
  startTill,
  trainingFolder,
  walletsInTurn,
} from './till-process.fixture.ts'

const servers = await startLiveServers()
let tills = 0
const nextTillId = (): string => {
  tills += 1
  return `K${String(tills).padStart(3, '0')}`
}
/** Loaded before the till: says on stderr that its handler of the signal is there. */
const tellsWhenItListens = `process.on('newListener', (name) => {
  if (name === 'SIGINT') setImmediate(() => process.stderr.write('listens'))
})`
const slowPolicy = { ...shortPolicy, windowMs: 60_000, firstQueryMs: 30_000 }

/** One order, at its end, with the wallet's books saying the same; and every request that the wallet saw is lawful. */
async function assertEndedOnce(data: string, tillId: string): Promise<void> {
  const [order, ...more] = await ordersIn(data)
  assert.ok(order)
  assert.deepEqual(more, [])
  const books = servers.booksOf(tillId)
  assert.ok(books.length <= 1)
  const heldFen = books.reduce((sum, { chargedFen, refundedFen }) => sum + chargedFen - refundedFen, 0)
  assert.ok(['paid', 'failed', 'revoked'].includes(order.status), `left as ${order.status}`)
  assert.equal(heldFen, order.status === 'paid' ? order.amountFen : 0)
  await assertWhole(data)
  assertNoCodes(data, servers.folder)
}

/** The request in whose handling the till is killed: the wallet has it, and nobody hears the answer. */
const moments: readonly {
  readonly name: string
  readonly story: Story
  readonly kind: FaultTarget['kind']
  readonly nth: number
}[] = [
  { name: 'its pay request arrives', story: 'pays-at-once', kind: 'pay', nth: 1 },
  { name: 'its pay request arrives, and the customer is asked', story: 'password-never', kind: 'pay', nth: 1 },
  { name: 'its first query arrives', story: 'password-never', kind: 'query', nth: 1 },
  { name: 'its revoke arrives', story: 'password-never', kind: 'revoke', nth: 1 },
  { name: 'its revoke of a paid order arrives', story: 'pays-just-before-revoke', kind: 'revoke', nth: 1 },
  { name: 'its second try of the revoke arrives', story: 'revoke-needs-tries', kind: 'revoke', nth: 2 },
]

describe('a till that is killed at the worst moment ends its order right, once', { concurrency: 4 }, () => {
  for (const { name, story, kind, nth } of moments) {
    for (const wallet of walletsInTurn()) {
      test(`${wallet}: killed as ${name}`, async (context) => {
        const tillId = nextTillId()
        const data = servers.liveFolder(context, tillId)
        const till = startTill(context, ['pay', '--amount', '5.00'], { data, input: practiceCode(wallet, story) })
        let seen = 0
        servers.setFate(tillId, (target) => {
          if (target.kind === kind) seen += 1
          if (target.kind !== kind || seen !== nth) return 'none'
          till.child.kill('SIGKILL')
          return 'hang'
        })
        const { exit } = await till.ended
        assert.equal(exit, null, 'killed')
        servers.setFate(tillId, null)
        const { exit: recovered, last } = await runTill(context, ['recover'], { data })
        assert.deepEqual([recovered, last], [0, { type: 'result', resolved: 1, attention: 0, open: 0 }])
        await assertEndedOnce(data, tillId)
        assert.equal(servers.booksOf(tillId).length, 1)
      })
    }
  }

  for (const status of ['paying', 'awaiting-payer', 'revoking']) {
    test(`killed as it tells "${status}", again and again, then recovered`, async (context) => {
      const tillId = nextTillId()
      const data = servers.liveFolder(context, tillId)
      // Alipay, because WeChat's answer about an order that never arrived leaves a person's case (wechat.md §4.4).
      const input = practiceCode('alipay', 'password-never')
      const till = startTill(context, ['pay', '--amount', '5.00'], { data, input })
      await till.reached(status)
      till.child.kill('SIGKILL')
      await till.ended
      const second = startTill(context, ['recover'], { data })
      second.child.kill('SIGKILL')
      await second.ended
      const { last } = await runTill(context, ['recover'], { data })
      assert.equal(last?.open, 0)
      await assertEndedOnce(data, tillId)
    })
  }
})

describe('a till in training mode', { concurrency: 4 }, () => {
  test('is killed while the customer confirms, and the next one finds the same world and the payment', async (context) => {
    const data = trainingFolder(context, { ...shortPolicy, windowMs: 5_000 })
    const till = startTill(context, ['pay', '--amount', '5.00'], {
      data,
      input: practiceCode('wechat', 'password-then-pays'),
    })
    await till.reached('awaiting-payer')
    till.child.kill('SIGKILL')
    await till.ended
    const { exit, last } = await runTill(context, ['recover', '--for', '60'], { data })
    assert.deepEqual([exit, last], [0, { type: 'result', resolved: 1, attention: 0, open: 0 }])
    assert.deepEqual(
      (await ordersIn(data)).map(({ status }) => status),
      ['paid'],
    )
    await assertWhole(data)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`is interrupted by ${signal} in the midst of waiting: it ends 3, and recover completes`, async (context) => {
      const data = trainingFolder(context)
      const till = startTill(context, ['pay', '--amount', '5.00'], {
        data,
        input: practiceCode('alipay', 'password-never'),
      })
      await till.reached('awaiting-payer')
      till.child.kill(signal)
      const { exit, last, stderr } = await till.ended
      assert.equal(exit, 3, stderr)
      assert.deepEqual([last?.type, last?.status], ['result', 'awaiting-payer'])
      const recovered = await runTill(context, ['recover'], { data })
      assert.deepEqual([recovered.exit, recovered.last?.resolved], [0, 1])
      assert.deepEqual(
        (await ordersIn(data)).map(({ status }) => status),
        ['revoked'],
      )
    })
  }

  test('is interrupted while it waits for a code: it leaves at once, and nothing was charged', async (context) => {
    const data = trainingFolder(context)
    const till = startTill(context, ['pay', '--amount', '5.00'], {
      data,
      inputStaysOpen: true,
      environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellsWhenItListens)}` },
    })
    till.child.stderr?.once('data', () => till.child.kill('SIGINT'))
    const limit = setTimeout(() => till.child.kill('SIGKILL'), 20_000)
    const { exit } = await till.ended
    clearTimeout(limit)
    assert.ok(exit === 2 || exit === 3, `exit ${exit}: null is a till that went on waiting, 0 and 1 would be untrue`)
  })

  test('takes a line of a terminal that stays open', async (context) => {
    const data = trainingFolder(context)
    const input = `${practiceCode('wechat', 'pays-at-once')}\r\n`
    const { exit } = await startTill(context, ['pay', '--amount', '5.00'], { data, input, inputStaysOpen: true }).ended
    assert.equal(exit, 0)
  })

  test('on a data folder where another works says so and leaves, and the other goes on', async (context) => {
    const data = trainingFolder(context, slowPolicy)
    const first = startTill(context, ['pay', '--amount', '5.00'], {
      data,
      input: practiceCode('wechat', 'password-never'),
    })
    await first.reached('awaiting-payer')
    const input = practiceCode('wechat', 'pays-at-once')
    const second = await runTill(context, ['pay', '--amount', '7.00'], { data, input })
    assert.equal(second.exit, 2)
    assert.match(second.stderr, /Another till works on this data folder/)
    assert.deepEqual(second.lines, [])
    const listed = await runTill(context, ['orders'], { data })
    assert.deepEqual(
      listed.lines.map(({ status }) => status),
      ['awaiting-payer'],
      'lists work beside it',
    )
    first.child.kill('SIGINT')
    assert.equal((await first.ended).exit, 3)
    assert.equal((await ordersIn(data)).length, 1)
    const revoked = await runTill(context, ['revoke', '--order', String(listed.last?.orderNumber)], { data })
    assert.deepEqual([revoked.exit, revoked.last?.status], [1, 'revoked'], revoked.stderr)
  })
})

test('an order that is paid is not forgotten when the process is killed in the midst of a question about it', async (context) => {
  const tillId = nextTillId()
  const data = servers.liveFolder(context, tillId)
  const code = practiceCode('wechat', 'pays-at-once')
  const paid = await runTill(context, ['pay', '--amount', '5.00'], { data, input: code })
  assert.equal(paid.exit, 0)
  const order = String(paid.last?.orderNumber)
  const asking = startTill(context, ['query', '--order', order], { data })
  servers.setFate(tillId, () => {
    asking.child.kill('SIGKILL')
    return 'hang'
  })
  await asking.ended
  servers.setFate(tillId, null)
  const again = await endsWithin(context, 8_000, ['pay', '--amount', '5.00'], data, code)
  assert.deepEqual([again.exit, again.last?.orderNumber], [0, order], 'the same code: the same order, at once')
  const asked = await runTill(context, ['query', '--order', order], { data })
  assert.deepEqual([asked.exit, asked.last?.queries], [0, 2])
})

/** A till that must not take longer; killed after the limit, which fails the test by its exit code. */
async function endsWithin(
  context: TestContext,
  limitMs: number,
  parameters: readonly string[],
  data: string,
  input: string,
) {
  const till = startTill(context, parameters, { data, input })
  const limit = setTimeout(() => till.child.kill('SIGKILL'), limitMs)
  const ended = await till.ended
  clearTimeout(limit)
  return ended
}
