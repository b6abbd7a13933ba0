import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { shanghaiDate } from '../till/time.ts'
import type { Movement } from '../training/movements.ts'
import { wechatBillText } from '../training/wechat-bill.ts'
import {
  assertNoCodes,
  dataFolder,
  type Ended,
  type Line,
  pay,
  practiceCode,
  runTill,
  shortPolicy,
} from './till-process.fixture.ts'

const date = () => shanghaiDate(Date.now())

function tillFolder(context: TestContext, id: string): string {
  const policy = { wechat: shortPolicy, alipay: shortPolicy }
  return dataFolder(context, { store: { id: 'S001', name: '示例便利店' }, till: { id }, policy })
}

/** A bill of the training merchant with a payment of 12.34 for each number. */
function billOf(...orderNumbers: readonly unknown[]): string {
  const movements = orderNumbers.map((orderNumber, place): Movement => {
    const order = { orderNumber: String(orderNumber), sequence: place + 1, openedAtMs: Date.now() }
    return { kind: 'charge', order, refundNumber: null, amountFen: 1_234, atMs: Date.now() }
  })
  return wechatBillText(movements, { appId: 'wx5ca17111000000aa', merchantId: '1600000000' })
}

type WireDifference = Readonly<Record<'cause' | 'orderNumber' | 'differenceFen', unknown>>

const differencesOf = ({ last }: { readonly last: Line | undefined }): readonly WireDifference[] => {
  assert.ok(last !== undefined)
  return last['differences'] as readonly WireDifference[]
}
const causesOf = (ended: Ended): readonly unknown[] => differencesOf(ended).map(({ cause }) => cause)

test("another till's orders are unknown until its export is imported, and settled after it", async (context) => {
  const [own, other] = [tillFolder(context, '01'), tillFolder(context, '02')]
  const mine = await pay(context, own, practiceCode('wechat', 'pays-at-once'))
  const theirs = await pay(context, other, practiceCode('wechat', 'pays-at-once'))
  const bill = join(own, 'bill.csv')
  writeFileSync(bill, billOf(mine.last?.['orderNumber'], theirs.last?.['orderNumber']))
  const reconcile = (...words: readonly string[]) => runTill(context, ['reconcile', ...words], { data: own })
  const ofDay = ['--channel', 'wechat', '--date', date(), '--bill', bill]

  const before = await reconcile(...ofDay)
  assert.deepEqual([before.exit, before.last?.['matched'], causesOf(before)], [0, 1, ['another-till']])

  const file = join(other, 'till02.json')
  const exported = await runTill(context, ['reconcile', '--export', file, '--date', date()], { data: other })
  assert.deepEqual([exported.exit, exported.last?.['orders'], exported.last?.['path']], [0, 1, file])
  const imported = await reconcile('--import', file)
  assert.deepEqual([imported.exit, imported.last?.['till'], imported.last?.['orders']], [0, 'S00102', 1])

  const after = await reconcile(...ofDay)
  assert.deepEqual([after.exit, after.last?.['matched'], causesOf(after)], [0, 2, []])
  assert.deepEqual([after.last?.['isNew'], after.last?.['billNetFen']], [true, 2_468])
  const again = await reconcile(...ofDay)
  assert.deepEqual(
    [again.last?.['isNew'], again.last?.['run']],
    [false, after.last?.['run']],
    'the same twice is one run',
  )
  assertNoCodes(own, other)
})

test('what cannot be imported, exported or read as a bill is said in words, and changes nothing', async (context) => {
  const own = tillFolder(context, '01')
  await pay(context, own, practiceCode('wechat', 'pays-at-once'))
  const reconcile = (...words: readonly string[]) => runTill(context, ['reconcile', ...words], { data: own })
  const file = join(own, 'own.json')
  assert.equal((await reconcile('--export', file, '--date', date())).exit, 0)

  const ownExport = await reconcile('--import', file)
  assert.equal(ownExport.exit, 2)
  assert.match(ownExport.stderr, /this till’s own export/)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"tillId":"01"', '"tillId":"02"').slice(0, -3))
  const torn = await reconcile('--import', file)
  assert.deepEqual([torn.exit, /no whole export/.test(torn.stderr)], [2, true])
  assert.match((await reconcile('--import', join(own, 'nothing.json'))).stderr, /cannot be read/)
  assert.match((await reconcile('--export', file, '--date', 'tomorrow')).stderr, /expected a day/)
  assert.match((await reconcile('--export', join(file, 'x'), '--date', date())).stderr, /could not be written/)

  assert.match((await reconcile('--channel', 'wechat')).stderr, /Name the channel and the day/)
  assert.match((await reconcile('--channel', 'yen', '--date', date())).stderr, /no channel "yen"/)
  const page = join(own, 'bill.csv')
  writeFileSync(page, '<!DOCTYPE html><html></html>')
  const refused = await reconcile('--channel', 'wechat', '--date', date(), '--bill', page)
  assert.deepEqual([refused.exit, refused.lines], [2, []])
  assert.match(refused.stderr, /web page, not a bill/)
})

test("a day's bill is asked for and agrees, and a difference that needs somebody ends 3", async (context) => {
  const own = tillFolder(context, '01')
  const paid = await pay(context, own, practiceCode('wechat', 'pays-at-once'))
  const reconcile = (...words: readonly string[]) =>
    runTill(context, ['reconcile', '--channel', 'wechat', '--date', date(), ...words], { data: own })
  const asked = await reconcile()
  assert.deepEqual([asked.exit, asked.last?.['matched'], asked.last?.['light']], [0, 1, 'agrees'])

  const bill = join(own, 'bill.csv')
  writeFileSync(bill, billOf('WEBSHOP17'))
  const differs = await reconcile('--bill', bill)
  assert.equal(differs.exit, 3)
  assert.deepEqual(
    differencesOf(differs).map(({ cause, orderNumber, differenceFen }) => [cause, orderNumber, differenceFen]),
    [
      ['unknown-order', 'WEBSHOP17', 1_234],
      ['paid-here-missing-there', paid.last?.['orderNumber'], -1_234],
    ],
  )
})
