import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { readBooks, readRequests } from '../training/books-reading.ts'
import {
  assertNoCodes,
  dataFolder,
  ordersIn,
  pay,
  practiceCode,
  runTill,
  startTill,
  trainingFolder,
} from './till-process.fixture.ts'

/** Nothing was charged and nothing was asked: neither order, nor book, nor request. */
async function assertUntouched(data: string): Promise<void> {
  assert.deepEqual(await ordersIn(data), [])
  assert.deepEqual(readBooks(data), [])
  assert.deepEqual(readRequests(data), [])
}

describe('what cannot be charged ends 2 with a sentence, before anything leaves', { concurrency: 4 }, () => {
  for (const amount of ['0', '-1', '1.234', '99999999999999', '']) {
    test(`the amount "${amount}"`, async (context) => {
      const data = trainingFolder(context)
      const code = practiceCode('wechat', 'pays-at-once')
      const { exit, stderr, stdout } = await pay(context, data, code, `--amount=${amount}`)
      assert.equal(exit, 2)
      assert.match(stderr, /amount/i)
      assert.equal(stdout, '')
      await assertUntouched(data)
    })
  }

  for (const [what, scan, says] of [
    ['a collection code', 'https://qr.alipay.com/fkx1', /收款码/],
    ['a goods barcode', '6901234567892', /goods barcode/],
    ['letters', 'abc', /letters/],
    ['a code with a digit too many', '1340123456789012345', /13\*+2345/],
    ['nothing', '', /No code was read/],
    ['a wallet without a channel', '6223456789012345678', /unionpay/],
    ['a megabyte without an end', '1'.repeat(1_000_000), /./],
  ] as const) {
    test(what, async (context) => {
      const data = trainingFolder(context)
      const { exit, stderr, stdout } = await pay(context, data, scan)
      assert.equal(exit, 2)
      assert.match(stderr, says)
      assert.equal(stdout, '')
      if (/^\d{14,}$/.test(scan)) assert.ok(!stderr.includes(scan), 'told with a mask')
      await assertUntouched(data)
    })
  }

  for (const [what, parameters] of [
    ['no command', []],
    ['pay without an amount', ['pay']],
    ['an option that is none', ['pay', '--amount', '1', '--code', 'x']],
    ['a code as an argument', ['pay', '--amount', '1', '130000000000000000']],
    ['an order number that is none', ['query', '--order', "x' OR 1=1"]],
  ] as const) {
    test(`usage: ${what}`, async (context) => {
      const data = trainingFolder(context)
      const { exit, stdout, stderr } = await runTill(context, parameters, { data })
      assert.equal(exit, 2)
      assert.equal(stdout, '')
      assert.notEqual(stderr.trim(), '')
      assert.ok(!stderr.includes('130000000000000000'), 'a code is not repeated')
    })
  }

  for (const command of ['query', 'revoke']) {
    test(`${command} of an order that does not exist`, async (context) => {
      const data = trainingFolder(context)
      const { exit, stderr, stdout } = await runTill(context, [command, '--order', 'S001019999'], { data })
      assert.equal(exit, 2)
      assert.match(stderr, /no order S001019999/)
      assert.equal(stdout, '')
    })
  }
})

describe('a configuration that is wrong starts nothing, and the complaint names the field', { concurrency: 4 }, () => {
  for (const [what, configuration, says] of [
    ['a misspelt field', { chanels: [] }, /chanels/],
    ['a misspelt field deep down', { policy: { wechat: { windowMS: 1 } } }, /policy\.wechat\.windowMS/],
  ] as const) {
    for (const command of ['doctor', 'pay']) {
      test(`${command}: ${what}`, async (context) => {
        const data = dataFolder(context, configuration)
        const code = practiceCode('wechat', 'pays-at-once')
        const parameters = command === 'pay' ? ['pay', '--amount', '1'] : [command]
        const { exit, stderr, stdout } = await runTill(context, parameters, { data, input: code })
        assert.equal(exit, 2)
        assert.match(stderr, says)
        assert.equal(stdout, '')
        assert.ok(!existsSync(join(data, 'ledger.sqlite')), 'no half of a till starts')
      })
    }
  }

  test('a file that --config names and that is not there', async (context) => {
    const data = trainingFolder(context)
    const { exit, stderr } = await runTill(context, ['doctor', '--config', join(data, 'none.json')], { data })
    assert.equal(exit, 2)
    assert.match(stderr, /none\.json/)
  })
})

/** Far longer than a refusal takes on a machine that is busy with other tests; only a hang lasts so long. */
const hangsAfterMs = 60_000

describe('a data folder that cannot be used ends 4 with the reason, and does not hang', { concurrency: 4 }, () => {
  const refused = async (context: TestContext, data: string, says: RegExp) => {
    const till = startTill(context, ['pay', '--amount', '1'], { data, input: practiceCode('wechat', 'pays-at-once') })
    const limit = setTimeout(() => till.child.kill('SIGKILL'), hangsAfterMs)
    const { exit, stderr, stdout } = await till.ended
    clearTimeout(limit)
    assert.equal(exit, 4, exit === null ? `it hangs after: ${stderr}` : stderr)
    assert.match(stderr, says)
    assert.equal(stdout, '')
    return stderr
  }

  test('it lies below a file', async (context) => {
    const folder = dataFolder(context)
    writeFileSync(join(folder, 'file'), '')
    await refused(context, join(folder, 'file', 'data'), /data folder|disk/)
  })

  test('it is a file', async (context) => {
    const folder = dataFolder(context)
    writeFileSync(join(folder, 'file'), '')
    await refused(context, join(folder, 'file'), /data folder|disk/)
  })

  const isRoot = process.getuid?.() === 0
  test('it is read-only', { skip: isRoot && 'root may write everywhere' }, async (context) => {
    const folder = dataFolder(context)
    chmodSync(folder, 0o500)
    context.after(() => chmodSync(folder, 0o700))
    await refused(context, folder, /cannot be written to/)
  })

  test('its ledger is no ledger', async (context) => {
    const folder = dataFolder(context)
    writeFileSync(join(folder, 'ledger.sqlite'), 'not a database, and longer than a header is. '.repeat(50))
    await refused(context, folder, /not-a-ledger.*no ledger of the till/)
  })

  test('the training servers cannot keep their books in it', async (context) => {
    const folder = dataFolder(context, {})
    writeFileSync(join(folder, 'training'), '')
    const stderr = await refused(context, folder, /training/)
    assert.ok(!/^ {4}at /m.test(stderr), 'a disk that refuses is no bug: no stack')
  })

  test('the training books are damaged', async (context) => {
    const folder = dataFolder(context, {})
    mkdirSync(join(folder, 'training'))
    writeFileSync(join(folder, 'training', 'books.sqlite'), 'garbage '.repeat(100))
    await refused(context, folder, /training/)
  })
})

test('a bug of the program ends 4 and names recover: 1 would say that nothing was charged', async (context) => {
  const data = trainingFolder(context)
  const bug = "process.once('newListener', () => setImmediate(() => Promise.reject(new Error('a bug'))))"
  const till = startTill(context, ['pay', '--amount', '1'], {
    data,
    inputStaysOpen: true,
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bug)}` },
  })
  const { exit, stderr } = await till.ended
  assert.equal(exit, 4, stderr)
  assert.match(stderr, /till recover/)
})

test('after all refusals no code stands anywhere', (context) => {
  const data = dataFolder(context, {})
  assertNoCodes(data)
})
