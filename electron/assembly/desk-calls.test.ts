import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { OrderView } from '../api/contract.ts'
import { pinFileName } from '../staff/pin-file.ts'
import { readBooks } from '../training/books-reading.ts'
import { makePracticeCode, type PracticeWallet } from '../training/practice-code.ts'
import { assembleTill } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import { orderView } from './order-view.ts'
import { createAnnouncer, createTillService } from './service.ts'
import { systemClock } from './system-time.ts'

const policy = {
  firstQueryMs: 50,
  pollMs: 50,
  windowMs: 100,
  revokeMinAgeMs: 50,
  revokeRetryMs: [20],
  requestTimeoutMs: 2_000,
}
const pin = '730519'
const reason = '商户平台查到已付,货已交'
let serial = 500

/** A whole till in training mode with one open case: paid at the wallet, and no revoke of it works. */
async function openCase(context: TestContext, wallet: PracticeWallet = 'wechat') {
  const data = mkdtempSync(join(tmpdir(), 'desk-'))
  writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy } }))
  const announcer = createAnnouncer()
  const assembly = await assembleTill(
    { dataDirectory: data, configFile: null, environment: {} },
    {
      onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
      onReadiness: () => undefined,
    },
  )
  assert.ok(assembly.ok)
  const service = createTillService(assembly.till, 'browser', announcer, noGuns)
  context.after(async () => {
    await service.close()
    rmSync(data, { recursive: true, force: true })
  })
  const isCase = new Promise<OrderView>((resolve) => {
    service.on('order.changed', (order) => {
      if (order.status === 'attention' && order.inFlight === 'none') resolve(order)
    })
  })
  serial += 1
  const scan = makePracticeCode(wallet, 'revoke-never-works', String(serial).padStart(10, '0'))
  const started = await service.call('sale.scan', { amountText: '520', scan, saleId: null, anotherCustomer: false })
  assert.equal(started.kind, 'started')
  const { orderNumber } = await isCase
  const settle = (change: object = {}) =>
    service.call('case.settle', { orderNumber, decision: 'money-kept', reason, managerName: ' 王芳 ', pin, ...change })
  const journal = async () => (await service.call('order.show', { orderNumber }))?.journal ?? []
  return { service, till: assembly.till, orderNumber, settle, journal, data }
}

test('the list says what is known, until when, what comes next and what may be decided', async (context) => {
  const { service, orderNumber } = await openCase(context)
  const [first, ...more] = await service.call('cases.list', null)
  assert.ok(first)
  assert.deepEqual(more, [])
  assert.equal(first.order.orderNumber, orderNumber)
  assert.equal(first.order.status, 'attention')
  assert.equal(first.money.known, 'taken')
  assert.deepEqual(first.decisions, ['money-kept', 'money-returned', 'refund'])
  assert.equal(first.revokeUntilWallMs, first.order.createdWallMs + 7 * 24 * 3_600_000)
  assert.ok(first.revokeUntilLeftMs > 6 * 24 * 3_600_000)
  assert.ok(first.nextStepInMs !== null && first.nextStepInMs > 0)
  assert.equal(first.nextStep, 'query-then-revoke')
})

test('somebody takes a case on, and it stands in the journal', async (context) => {
  const { service, orderNumber, journal } = await openCase(context)
  const taken = await service.call('case.take', { orderNumber, owner: ' 李雷 ' })
  assert.ok(taken.kind === 'done')
  assert.equal(taken.order.caseOwner, '李雷')
  assert.equal((await journal()).at(-1)?.type, 'case-taken')
  assert.deepEqual(await service.call('case.take', { orderNumber: 'S001nothing', owner: '李雷' }), {
    kind: 'no-such-order',
  })
})

test('settling needs the PIN, journals its proof, ends the case, and verify stays green', async (context) => {
  const { service, till, settle, journal, data } = await openCase(context)
  assert.deepEqual(await service.call('pin.state', null), { state: 'not-set' })
  assert.deepEqual(await settle(), { kind: 'pin-not-set' })
  assert.deepEqual(await service.call('pin.set', { pin, again: '111222' }), { kind: 'not-the-same' })
  assert.deepEqual(await service.call('pin.set', { pin: '123456', again: '123456' }), { kind: 'too-easy' })
  assert.deepEqual(await service.call('pin.set', { pin, again: pin }), { kind: 'done' })
  assert.deepEqual(await service.call('pin.set', { pin, again: pin }), { kind: 'already-set' })
  assert.deepEqual(await settle({ pin: '482915' }), { kind: 'pin-wrong', triesLeft: 4 })
  const before = await journal()
  assert.ok(before.every(({ type }) => type !== 'settled-by-hand'))

  const settled = await settle()
  assert.ok(settled.kind === 'done')
  assert.equal(settled.order.status, 'paid')
  assert.ok(settled.order.settlement?.kind === 'by-hand')
  assert.equal(settled.order.settlement.manager, '王芳')
  assert.deepEqual(await service.call('cases.list', null), [])
  const last = (await journal()).at(-1)
  assert.equal(last?.type, 'settled-by-hand')
  const { pinId } = JSON.parse(readFileSync(join(data, pinFileName), 'utf8')) as { pinId: string }
  const { decision, reason: why, proof } = JSON.parse(last?.payload ?? '{}') as Record<string, unknown>
  assert.deepEqual(
    { decision, why, proof },
    {
      decision: 'money-kept',
      why: reason,
      proof: { kind: 'pin', name: '王芳', pinId },
    },
  )
  assert.ok(!JSON.stringify(await journal()).includes(pin))
  const verified = await till.reader.verify()
  assert.ok(verified.ok)
  assert.deepEqual(verified.value.broken, [])

  const again = await settle({ decision: 'money-returned' })
  assert.ok(again.kind === 'not-now')
  assert.deepEqual([again.order.status, again.decisions], ['paid', []])
  assert.equal((await journal()).at(-1)?.sequence, last?.sequence, 'what may not be decided is not journaled')
  assert.deepEqual(await settle({ orderNumber: 'S001nothing' }), { kind: 'no-such-order' })
})

test('a manager refunds a case from the desk: signed first, once, and settled when the money is back', async (context) => {
  const { service, till, orderNumber, settle, journal, data } = await openCase(context)
  assert.deepEqual(await service.call('pin.set', { pin, again: pin }), { kind: 'done' })
  assert.deepEqual(await settle({ decision: 'refund', pin: '482915' }), { kind: 'pin-wrong', triesLeft: 4 })
  const isSettled = new Promise<OrderView>((resolve) => {
    service.on('order.changed', (order) => {
      if (order.status === 'revoked') resolve(order)
    })
  })
  const begun = await settle({ decision: 'refund' })
  assert.ok(begun.kind === 'refund-begun')
  assert.equal(begun.amountFen, 52_000)
  const order = await isSettled
  assert.deepEqual([order.revokeEffect, order.settlement?.kind], ['refunded', 'by-refund'])
  const types = (await journal()).map(({ type }) => type)
  assert.ok(types.includes('refund-begun') && types.at(-1) === 'refunded-in-full')
  const signed = (await journal()).find(({ type }) => type === 'refund-begun')
  assert.match(signed?.payload ?? '', /"proof":\{"kind":"pin","name":"王芳"/)
  assert.equal((await settle({ decision: 'refund' })).kind, 'not-now')
  const books = readBooks(data).filter((book) => book.orderNumber === orderNumber)
  assert.deepEqual(
    books.map(({ chargedFen, refundedFen }) => ({ chargedFen, refundedFen })),
    [{ chargedFen: 52_000, refundedFen: 52_000 }],
  )
  const verified = await till.reader.verify()
  assert.ok(verified.ok)
  assert.deepEqual(verified.value.broken, [])
})

test('money that was seen taken cannot be settled as never taken, whoever asks', async (context) => {
  const { service, settle, journal } = await openCase(context, 'alipay')
  await service.call('pin.set', { pin, again: pin })
  const refused = await settle({ decision: 'not-charged' })
  assert.ok(refused.kind === 'not-now')
  assert.equal(refused.order.status, 'attention')
  assert.deepEqual(refused.decisions, ['money-kept', 'money-returned', 'refund'])
  assert.ok((await journal()).every(({ type }) => type !== 'settled-by-hand'))
})

test('after too many wrong PINs even the right one settles nothing; a damaged file lets nobody in', async (context) => {
  const { service, settle, data } = await openCase(context)
  await service.call('pin.set', { pin, again: pin })
  for (let tries = 0; tries < 5; tries += 1) await settle({ pin: '482915' })
  const locked = await settle()
  assert.ok(locked.kind === 'pin-locked')
  assert.ok(locked.untilWallMs > Date.now())
  writeFileSync(join(data, pinFileName), '{')
  assert.deepEqual(await settle(), { kind: 'pin-trouble', trouble: 'damaged' })
  assert.deepEqual(await service.call('pin.state', null), { state: 'damaged' })
  assert.equal((await service.call('cases.list', null)).length, 1)
})

test('the slip says what is known and to pay nothing again, as a text and as a picture', async (context) => {
  const { service, orderNumber } = await openCase(context)
  const written = await service.call('case.slip', { orderNumber, language: 'zh-CN' })
  assert.ok(written.kind === 'done')
  const text = readFileSync(written.textPath, 'utf8')
  for (const said of ['训练模式', '￥520.00', orderNumber, '支付渠道确认已经扣款', '请先不要再付', '以前可以撤销']) {
    assert.ok(text.includes(said), said)
  }
  assert.match(readFileSync(written.picturePath, 'utf8'), /^<svg [\s\S]*<\/svg>\n$/)
  const second = await service.call('case.slip', { orderNumber, language: 'en' })
  assert.ok(second.kind === 'done' && second.textPath !== written.textPath, 'none is written over another')
  assert.deepEqual(await service.call('case.slip', { orderNumber: 'S001nothing', language: 'en' }), {
    kind: 'no-such-order',
  })
})
