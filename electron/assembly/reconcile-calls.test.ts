import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { DropFileResult, ReconcileDayDetail } from '../api/contract.ts'
import { billDay } from '../reconcile/bill-day.ts'
import { exportTill } from '../reconcile/other-tills.ts'
import { shanghaiDate } from '../till/time.ts'
import type { Movement } from '../training/movements.ts'
import { wechatBillText } from '../training/wechat-bill.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

const channel = 'wechat'
const pin = '730519'

/** A whole till behind its calls, with a way to wait for reconciliation and to bring a file. */
async function openTill(context: Parameters<typeof openPrintingTill>[0]) {
  const opened = await openPrintingTill(context)
  const { service, till } = opened
  const { keeper } = till.reconciliation
  const date = shanghaiDate(Date.now())
  const idle = async (): Promise<ReconcileDayDetail> => {
    // The keeper's work is real reading and writing; each turn of the loop lets it go on.
    while (keeper.job().running !== null || keeper.job().waiting > 0) await new Promise(setImmediate)
    return service.call('reconcile.day', { channel, date })
  }
  const bring = async (name: string, text: string): Promise<DropFileResult> => {
    const bytes = Buffer.from(text)
    const begun = await service.call('reconcile.drop-file', { step: 'begin', name, bytes: bytes.length })
    assert.ok(begun.kind === 'begun')
    const { drop } = begun
    for (let offset = 0; offset < bytes.length; offset += 1_000) {
      const base64 = bytes.subarray(offset, offset + 1_000).toString('base64')
      const taken = await service.call('reconcile.drop-file', { step: 'piece', drop, offset, base64 })
      assert.equal(taken.kind, 'taken')
    }
    return service.call('reconcile.drop-file', { step: 'end', drop, channel, date })
  }
  const billOf = (changes: readonly Partial<Movement>[], orderNumbers: readonly string[]): string =>
    wechatBillText(
      changes.map((change, place): Movement => {
        const order = { orderNumber: orderNumbers[place] ?? 'WEBSHOP17', sequence: place + 1, openedAtMs: Date.now() }
        return { kind: 'charge', order, refundNumber: null, amountFen: 500, atMs: Date.now(), ...change }
      }),
      { appId: 'wx5ca17111000000aa', merchantId: '1600000000' },
    )
  return { ...opened, keeper, date, idle, bring, billOf }
}

test('a day from the first asking to a manager’s sign-off, and what comes after it', async (context) => {
  const { service, till, pay, date, idle, bring, billOf } = await openTill(context)
  const [first, second] = [await pay('pays-at-once'), await pay('pays-at-once')]
  const before = await service.call('reconcile.days', { newest: null })
  assert.equal(before.dates[0], date)
  assert.deepEqual(
    before.channels.map(({ id, bill }) => [id, bill]),
    [
      ['wechat', 'download'],
      ['alipay', 'download'],
    ],
  )
  assert.equal(before.days.find((day) => day.channel === channel && day.date === date)?.state, 'no-bill-yet')

  assert.deepEqual(await service.call('reconcile.run', { channel, date }), { kind: 'waiting' })
  const clean = await idle()
  assert.deepEqual([clean.day.state, clean.run?.matched, clean.differences], ['agrees', 2, []])

  // The same day by another file: one amount is wrong, one payment is missing, and one is nobody's.
  const bill = billOf([{ amountFen: 499 }, {}], [first])
  assert.deepEqual(await bring('by hand.csv', bill), { kind: 'waiting' })
  const differing = await idle()
  assert.deepEqual(
    differing.differences.map(({ cause, isNew }) => [cause, isNew]),
    [
      ['amount-differs', true],
      ['unknown-order', true],
      ['paid-here-missing-there', true],
    ],
  )
  assert.deepEqual([differing.day.state, differing.day.open, differing.run?.file?.name], ['look', 3, 'by hand.csv'])
  assert.equal(differing.formerRuns.length, 1)
  assert.deepEqual(readdirSync(join(till.dataDirectory, 'reconciliation', 'brought')), [])

  const act = (at: number, wanted: 'mark-seen' | 'hand-to-desk' | 'query-again', reason = '') =>
    service.call('reconcile.act', {
      channel,
      date,
      key: differing.differences[at]?.key ?? '',
      act: wanted,
      reason,
    })
  assert.deepEqual(await act(0, 'mark-seen', '  '), { kind: 'reason-missing' })
  assert.deepEqual(await act(0, 'mark-seen', '已与微信核对 134567890123456789'), { kind: 'done' })
  assert.deepEqual(await act(1, 'hand-to-desk', '问财务'), { kind: 'done' })
  assert.deepEqual(await act(2, 'query-again'), { kind: 'asked' })
  assert.deepEqual(await act(9, 'mark-seen', 'x'), { kind: 'no-such-difference' })
  await till.runner.settled(second as never)
  const marked = await idle()
  assert.deepEqual([marked.day.state, marked.day.open], ['look', 1])
  const handed = await service.call('reconcile.handed', null)
  assert.deepEqual(
    handed.map(({ cause, mark: { reason } }) => [cause, reason]),
    [['unknown-order', '问财务']],
    'the desk has what was handed to it, and not what was only seen',
  )
  const mark = marked.differences.find(({ cause }) => cause === 'amount-differs')?.mark
  assert.equal(mark?.reason, '已与微信核对 ***', 'a payment code that a gun typed into the reason is not kept (I11)')

  const signOff = (change: object = {}) =>
    service.call('reconcile.sign-off', {
      channel,
      date,
      run: marked.run?.run ?? 0,
      note: '明天再查',
      proof: { staffNumber: '王芳', pin },
      ...change,
    })
  assert.equal((await signOff()).kind, 'pin-not-set')
  await till.pin.set(pin)
  assert.deepEqual(await signOff({ proof: { staffNumber: '王芳', pin: '111111' } }), {
    kind: 'pin-wrong',
    triesLeft: 4,
  })
  assert.deepEqual(await signOff({ run: 1 }), { kind: 'newer-run' })
  assert.deepEqual(await signOff(), { kind: 'done' })
  const signed = await idle()
  assert.deepEqual(
    [signed.signOff?.by, signed.signOff?.open, signed.signOff?.isIntact, signed.day.supplements],
    ['王芳', 1, true, 0],
  )

  await service.call('reconcile.run', { channel, date })
  const later = await idle()
  assert.deepEqual([later.day.state, later.day.isSignedOff, later.day.supplements], ['agrees', true, 1])
  assert.equal(later.signOff?.run, signed.run?.run, 'what was signed stays what it was')
  assert.equal(later.gone.length, 3)
  assert.deepEqual(await service.call('reconcile.handed', null), [], 'what the bill no longer has is with nobody')

  const report = await service.call('reconcile.report', { channel, date, language: 'en' })
  assert.ok(report.kind === 'done')
  const text = readFileSync(report.path, 'utf8')
  assert.match(text, /^\uFEFFReconciliation report,/)
  assert.match(text, /Signed off,王芳/)
})

test('files: another till’s export settles its lines, and what is no bill is refused in one word', async (context) => {
  const { service, till, pay, date, idle, bring, billOf, keeper } = await openTill(context)
  const own = await pay('pays-at-once')
  const other = own.replace('S00101', 'S00102')
  assert.deepEqual(await bring('bill.csv', billOf([{}, {}], [own, other])), { kind: 'waiting' })
  const apart = await idle()
  assert.deepEqual(
    apart.differences.map(({ cause }) => cause),
    ['another-till'],
  )
  assert.deepEqual(apart.run?.otherTills, [{ till: 'S00102', lines: 1, netFen: 500 }])

  const format = till.channels.find(channel as never)?.channel.bill?.format
  const day = format && billDay(date, format)
  assert.ok(day)
  const identity = { storeId: 'S001', tillId: '02' }
  const exported = await exportTill(till.reader, identity, day, Date.now())
  assert.ok('entries' in exported)
  const own2 = JSON.stringify({ ...exported, tillId: '01' })
  assert.deepEqual(await bring('own.json', own2), { kind: 'own-till' })
  const renamed = JSON.stringify(exported).replaceAll(own, other)
  assert.deepEqual(await bring('cut.json', renamed), { kind: 'damaged-export' }, 'the sum is that of other entries')
  const { createHash } = await import('node:crypto')
  const entries = JSON.stringify(exported.entries).replaceAll(own, other)
  const sha256 = createHash('sha256').update(entries).digest('hex')
  const whole = JSON.stringify({ ...exported, sha256, entries: JSON.parse(entries) })
  assert.deepEqual(await bring('till 02.json', whole), { kind: 'till-imported', till: 'S00102', orders: 1 })
  const settled = await idle()
  assert.deepEqual([settled.day.state, settled.run?.matched, settled.run?.otherTills], ['agrees', 2, []])

  assert.deepEqual(await bring('page.csv', '<!DOCTYPE html><html></html>'), { kind: 'waiting' })
  await idle()
  const { lastTry } = keeper.standing(channel, date)
  assert.deepEqual([lastTry?.reason, lastTry?.detail], ['bad-file', 'web-page'])
  const kept = readdirSync(join(till.dataDirectory, 'reconciliation', channel, date))
  assert.equal(kept.filter((name) => name.startsWith('bill-')).length, 1, 'what is no bill is not kept')

  const begin = (bytes: number) => service.call('reconcile.drop-file', { step: 'begin', name: 'x', bytes })
  assert.equal((await begin(3 * 2 ** 30)).kind, 'too-large')
  const begun = await begin(10)
  assert.ok(begun.kind === 'begun')
  const { drop } = begun
  const piece = (offset: number) =>
    service.call('reconcile.drop-file', {
      step: 'piece',
      drop,
      offset,
      base64: Buffer.from('12345').toString('base64'),
    })
  assert.equal((await piece(0)).kind, 'taken')
  assert.equal((await piece(7)).kind, 'lost', 'a piece out of its turn gives the file up')
  const end = await service.call('reconcile.drop-file', { step: 'end', drop, channel, date })
  assert.equal(end.kind, 'lost')
})
