import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNoCodes, assertWhole, pay, practiceCode, runTill, trainingFolder } from './till-process.fixture.ts'

test('find answers by number, transaction id and amount, with the exit code of what became of the money', async (context) => {
  const data = trainingFolder(context)
  const find = (text: string) => runTill(context, ['find', '--text', text], { data })
  const { last: sold } = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const { last: refused } = await pay(context, data, practiceCode('alipay', 'balance-low'), '--amount', '5.00')

  for (const text of [String(sold?.['orderNumber']), String(sold?.['transactionId'])]) {
    const { exit, last } = await find(text)
    assert.equal(exit, 0)
    assert.deepEqual(
      [last?.['answer'], last?.['orderNumber'], last?.['amountFen'], last?.['heard']],
      ['paid-here', sold?.['orderNumber'], 1234, true],
    )
  }
  const notCharged = await find(String(refused?.['orderNumber']))
  assert.deepEqual([notCharged.exit, notCharged.last?.['answer']], [1, 'never-charged'])
  const choice = await find('12.34')
  assert.equal(choice.exit, 3)
  assert.deepEqual(
    choice.lines.map(({ type, ...rest }) => [type, rest['orderNumber'] ?? rest['answer']]),
    [
      ['order', sold?.['orderNumber']],
      ['result', 'several'],
    ],
  )
  const nowhere = await find(`4200${'0'.repeat(24)}`)
  assert.deepEqual([nowhere.exit, nowhere.last?.['answer']], [3, 'unknown-number'])
  const code = practiceCode('wechat', 'pays-at-once')
  const secret = await find(code)
  assert.deepEqual([secret.exit, secret.last?.['answer']], [2, 'payment-code'])
  assert.ok(!`${secret.stdout}${secret.stderr}`.includes(code))
  assert.equal((await find('hello')).exit, 2)
  await assertWhole(data)
  assertNoCodes(data)
})
