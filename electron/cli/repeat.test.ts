import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readBooks, readRequests } from '../training/books-reading.ts'
import {
  assertNoCodes,
  assertWhole,
  ordersIn,
  pay,
  practiceCode,
  runTill,
  shortPolicy,
  startTill,
  trainingFolder,
} from './till-process.fixture.ts'

const waits = { ...shortPolicy, firstQueryMs: 30_000, windowMs: 60_000 }
const pays = (data: string) => readRequests(data).filter(({ kind }) => kind === 'pay').length

describe('what was paid is never charged again', { concurrency: 4 }, () => {
  test('the same code again is the same order: exit 0, nothing charged', async (context) => {
    const data = trainingFolder(context)
    const code = practiceCode('alipay', 'pays-at-once')
    const first = await pay(context, data, code)
    const again = await pay(context, data, `\t${code} \r`)
    assert.deepEqual([again.exit, again.last?.orderNumber], [0, first.last?.orderNumber])
    assert.match(again.stderr, /nothing was charged/)
    assert.deepEqual([pays(data), (await ordersIn(data)).length], [1, 1])
    assertNoCodes(data)
  })

  test('the same code again after it failed is the same failure: exit 1', async (context) => {
    const data = trainingFolder(context)
    const code = practiceCode('wechat', 'code-expired')
    const first = await pay(context, data, code)
    const again = await pay(context, data, code)
    assert.deepEqual([first.exit, again.exit], [1, 1])
    assert.equal(again.last?.orderNumber, first.last?.orderNumber)
    assert.equal(pays(data), 1)
  })

  test('a code that was used for another amount does not end 0 for this one', async (context) => {
    const data = trainingFolder(context)
    const code = practiceCode('wechat', 'pays-at-once')
    assert.equal((await pay(context, data, code, '--amount', '1.00')).exit, 0)
    const again = await pay(context, data, code, '--amount', '999.00')
    assert.equal(pays(data), 1)
    assert.notEqual(again.exit, 0, 'one yuan was paid yesterday, and 999 are wanted: 0 says "paid"')
  })

  test('another code for a sale that is paid: the former result, exit 0, nothing charged', async (context) => {
    const data = trainingFolder(context)
    const first = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--sale', 'sale-7')
    const again = await pay(context, data, practiceCode('alipay', 'pays-at-once'), '--sale', 'sale-7')
    assert.deepEqual([again.exit, again.last?.orderNumber], [0, first.last?.orderNumber])
    assert.equal(readBooks(data).length, 1)
  })

  test('a sale goes on with another code after its first order failed', async (context) => {
    const data = trainingFolder(context)
    await pay(context, data, practiceCode('wechat', 'code-expired'), '--sale', 'sale-8')
    const again = await pay(context, data, practiceCode('alipay', 'pays-at-once'), '--sale', 'sale-8')
    assert.deepEqual([again.exit, again.last?.status], [0, 'paid'])
    assert.deepEqual(
      (await ordersIn(data)).map(({ status, saleId }) => [status, saleId]),
      [
        ['paid', 'sale-8'],
        ['failed', 'sale-8'],
      ],
    )
    await assertWhole(data)
  })
})

describe('while a former order is open', { concurrency: 4 }, () => {
  /** A data folder with an order that waits for its payer, left by an interrupted till. */
  async function withOpenOrder(context: import('node:test').TestContext, ...parameters: readonly string[]) {
    const data = trainingFolder(context, waits)
    const input = practiceCode('wechat', 'password-never')
    const till = startTill(context, ['pay', '--amount', '12.34', ...parameters], { data, input })
    await till.reached('awaiting-payer')
    till.child.kill('SIGINT')
    const { exit, last } = await till.ended
    assert.equal(exit, 3)
    return { data, orderNumber: String(last?.orderNumber), input }
  }

  test('another code of the same amount is not charged: exit 3', async (context) => {
    const { data, orderNumber } = await withOpenOrder(context)
    const second = await pay(context, data, practiceCode('alipay', 'pays-at-once'))
    assert.deepEqual([second.exit, second.last?.orderNumber], [3, orderNumber])
    assert.match(second.stderr, /not decided yet/)
    assert.equal(pays(data), 1)
  })

  test('another code of the same sale and another amount is not charged: exit 3', async (context) => {
    const { data } = await withOpenOrder(context, '--sale', 'sale-9')
    const code = practiceCode('alipay', 'pays-at-once')
    assert.equal((await pay(context, data, code, '--sale', 'sale-9', '--amount', '1.00')).exit, 3)
    assert.equal(pays(data), 1)
  })

  test('another amount is charged', async (context) => {
    const { data } = await withOpenOrder(context)
    const second = await pay(context, data, practiceCode('alipay', 'pays-at-once'), '--amount', '1.00')
    assert.deepEqual([second.exit, second.last?.status], [0, 'paid'])
    assert.equal(pays(data), 2)
  })

  test('query asks and tells the status; revoke revokes; and then neither has anything to change', async (context) => {
    const { data, orderNumber } = await withOpenOrder(context)
    const asked = await runTill(context, ['query', '--order', orderNumber], { data })
    assert.deepEqual([asked.exit, asked.last?.status], [3, 'awaiting-payer'])
    // At least: taken up, the order may have asked by itself before the command did.
    assert.ok(Number(asked.last?.queries) >= 1)
    const revoked = await runTill(context, ['revoke', '--order', orderNumber], { data })
    assert.deepEqual([revoked.exit, revoked.last?.status, revoked.last?.revokeEffect], [1, 'revoked', 'closed'])
    const again = await runTill(context, ['revoke', '--order', orderNumber], { data })
    assert.deepEqual([again.exit, again.last?.status], [2, 'revoked'])
    const askedAgain = await runTill(context, ['query', '--order', orderNumber], { data })
    assert.deepEqual([askedAgain.exit, askedAgain.last?.status], [1, 'revoked'])
    assert.equal(pays(data), 1)
    await assertWhole(data)
  })
})

describe('query, revoke and recover on orders that do not wait', { concurrency: 4 }, () => {
  test('a paid order is asked about, and never revoked', async (context) => {
    const data = trainingFolder(context)
    const { last } = await pay(context, data, practiceCode('alipay', 'pays-at-once'))
    const orderNumber = String(last?.orderNumber)
    const asked = await runTill(context, ['query', '--order', orderNumber], { data })
    assert.deepEqual([asked.exit, asked.last?.status, asked.last?.queries], [0, 'paid', 1])
    const revoked = await runTill(context, ['revoke', '--order', orderNumber], { data })
    assert.equal(revoked.exit, 2)
    assert.match(revoked.stderr, /refunded, never revoked/)
    assert.ok(readRequests(data).every(({ kind }) => kind !== 'revoke'))
    assert.deepEqual(
      readBooks(data).map(({ state }) => state),
      ['paid'],
    )
  })

  test('a failed order stays failed, whatever is asked', async (context) => {
    const data = trainingFolder(context)
    const { last } = await pay(context, data, practiceCode('wechat', 'code-expired'))
    const orderNumber = String(last?.orderNumber)
    const asked = await runTill(context, ['query', '--order', orderNumber], { data })
    assert.deepEqual([asked.exit, asked.last?.status], [1, 'failed'])
    assert.equal((await runTill(context, ['revoke', '--order', orderNumber], { data })).exit, 2)
  })

  test('an attention case stays one: asked, revoked and recovered, with the money told', async (context) => {
    const data = trainingFolder(context)
    const { exit, last } = await pay(context, data, practiceCode('wechat', 'revoke-never-works'))
    assert.deepEqual([exit, last?.status], [3, 'attention'])
    const orderNumber = String(last?.orderNumber)
    const asked = await runTill(context, ['query', '--order', orderNumber], { data })
    assert.deepEqual([asked.exit, asked.last?.status], [3, 'attention'])
    const revoked = await runTill(context, ['revoke', '--order', orderNumber], { data })
    assert.deepEqual([revoked.exit, revoked.last?.status], [3, 'attention'])
    assert.ok(Number(revoked.last?.revokes) > Number(last?.revokes), 'one try more')
    const recovered = await runTill(context, ['recover'], { data })
    assert.deepEqual([recovered.exit, recovered.last], [3, { type: 'result', resolved: 0, attention: 1, open: 0 }])
    assert.deepEqual(
      (await ordersIn(data)).map(({ moneyWasTaken }) => moneyWasTaken),
      [true],
    )
    await assertWhole(data)
  })
})
