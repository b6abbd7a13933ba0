import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { assertNoCodes, assertWhole, pay, practiceCode, runTill, trainingFolder } from './till-process.fixture.ts'

const pin = '730519'
const wrongPin = '482915'

/** A data folder with one case: paid at the wallet, and no revoke of it works. */
async function folderWithCase(context: TestContext) {
  const policy = {
    firstQueryMs: 100,
    pollMs: 100,
    windowMs: 300,
    revokeMinAgeMs: 100,
    revokeRetryMs: [50],
    requestTimeoutMs: 2_000,
  }
  const data = trainingFolder(context, policy)
  const { exit, last } = await pay(context, data, practiceCode('wechat', 'revoke-never-works'))
  assert.equal(exit, 3)
  assert.equal(last?.['status'], 'attention')
  return { data, orderNumber: String(last?.['orderNumber']) }
}

const settling = (orderNumber: string, decision: string) => [
  'settle',
  '--order',
  orderNumber,
  '--decision',
  decision,
  '--reason',
  'goods handed over, back office says paid',
  '--manager',
  '王芳',
]

test('cases lists, slip writes, manager-pin sets, settle ends it; nothing of a PIN is printed', async (context) => {
  const { data, orderNumber } = await folderWithCase(context)
  const listed = await runTill(context, ['cases'], { data })
  assert.equal(listed.exit, 3)
  const [first, result] = listed.lines
  assert.deepEqual(
    [first?.type, first?.['orderNumber'], first?.['money'], first?.['owner'], first?.['decisions']],
    ['case', orderNumber, 'taken', null, ['money-kept', 'money-returned']],
  )
  assert.match(String(first?.['revokeUntil']), /\+08:00$/)
  assert.deepEqual(result, { type: 'result', open: 1 })

  const slip = await runTill(context, ['slip', '--order', orderNumber, '--columns', '32'], { data })
  assert.equal(slip.exit, 0)
  const textPath = String(slip.last?.['textPath'])
  assert.ok(textPath.startsWith(join(data, 'slips')))
  assert.ok(readFileSync(textPath, 'utf8').includes(orderNumber))
  assert.ok(existsSync(String(slip.last?.['picturePath'])))

  const printed: string[] = []
  const settle = async (decision: string, input: string) => {
    const ended = await runTill(context, settling(orderNumber, decision), { data, input: `${input}\n` })
    printed.push(ended.stdout, ended.stderr)
    return ended
  }
  const unset = await settle('money-kept', pin)
  assert.equal(unset.exit, 2)
  assert.match(unset.stderr, /till manager-pin/)
  const different = await runTill(context, ['manager-pin'], { data, input: `${pin}\n${wrongPin}\n` })
  assert.equal(different.exit, 2)
  const set = await runTill(context, ['manager-pin'], { data, input: `${pin}\n${pin}\n` })
  assert.equal(set.exit, 0, set.stderr)
  const wrong = await settle('money-kept', wrongPin)
  assert.equal(wrong.exit, 2)
  assert.match(wrong.stderr, /tries left: 4/)
  const refused = await settle('not-charged', pin)
  assert.equal(refused.exit, 2)
  assert.match(refused.stderr, /money-kept, money-returned/)
  assert.equal((await settle('nonsense', pin)).exit, 2)

  const settled = await settle('money-kept', pin)
  assert.equal(settled.exit, 0, settled.stderr)
  assert.equal(settled.last?.['status'], 'paid')
  assert.equal((await settle('money-kept', pin)).exit, 2, 'it is no open case any more')
  const empty = await runTill(context, ['cases'], { data })
  assert.deepEqual([empty.exit, empty.last], [0, { type: 'result', open: 0 }])
  assert.equal((await runTill(context, ['slip', '--order', orderNumber], { data })).exit, 2)
  await assertWhole(data)
  assertNoCodes(data)
  printed.push(different.stdout, different.stderr, set.stdout, set.stderr)
  for (const text of printed) assert.ok(!text.includes(pin) && !text.includes(wrongPin), 'a PIN was printed')
})

test('another PIN is set only with the present one', async (context) => {
  const data = trainingFolder(context)
  const change = (...lines: string[]) => runTill(context, ['manager-pin'], { data, input: `${lines.join('\n')}\n` })
  assert.equal((await change(pin, pin)).exit, 0)
  assert.equal((await change(wrongPin, '204681', '204681')).exit, 2)
  assert.equal((await change(pin, '204681', '204681')).exit, 0)
  assert.equal((await change(pin, pin, pin)).exit, 2)
  assert.equal((await change('204681', '111111', '111111')).exit, 2)
})
