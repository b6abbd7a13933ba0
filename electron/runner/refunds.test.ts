import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RefundNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { RefundRequest } from './refunds.ts'
import {
  evidence,
  paid,
  refundAccepted,
  refundDone,
  refundPolicy,
  refundProcessing,
  type Script,
  scanOf,
  tryAgain,
  unclear,
  virtualTill,
} from './virtual-till.fixture.ts'

const nobodyKnows = { outcome: { kind: 'unknown', reason: 'system-error', evidence } } as const
const notFound = { outcome: { kind: 'not-found', evidence } } as const
const refused = { outcome: { kind: 'refused', reason: 'window-over', evidence } } as const
const balanceLow = { outcome: { kind: 'person-needed', reason: 'merchant-balance-low', evidence } } as const
const noAnswer = { unheard: 'no-answer' } as const

async function paidTill(script: Partial<Script> = {}) {
  const till = virtualTill({ pay: [paid], ...script })
  const scanned = await till.take(scanOf(1))
  assert.ok(scanned.kind === 'started')
  await till.time.pass(1_000)
  const { orderNumber } = scanned.order
  assert.equal(till.ledger.order(orderNumber).status, 'paid')
  till.log()
  const ask = (change: Partial<RefundRequest> = {}) =>
    till.runner().refund({ orderNumber, amountFen: fen(500), reason: 'returned', by: 'cashier', ...change })
  const start = async (change: Partial<RefundRequest> = {}): Promise<Refund> => {
    const started = await ask(change)
    return started.kind === 'started' ? started.refund : assert.fail(started.kind)
  }
  const stands = (refundNumber: RefundNumber): Refund =>
    till.ledger.refunds().find((refund) => refund.refundNumber === refundNumber) ?? assert.fail('no such refund')
  return { till, orderNumber, ask, start, stands }
}

test('the intent is durable before the request leaves, and what is heard is durable before it is shown (I1)', async () => {
  const { till, start, stands } = await paidTill()
  const { refundNumber } = await start()
  await till.time.pass(1_000)
  assert.deepEqual(till.log(), [
    'commit refund created',
    'commit refund refund-requested',
    'show refund requested',
    'send refund',
    'commit refund refund-answered',
    'show refund done',
  ])
  assert.equal(stands(refundNumber).status, 'done')
  assert.deepEqual(till.runner().openRefunds(), [])
})

test('a refund whose commit was told as failed and stands all the same is taken up by the next wish for it', async () => {
  const { till, orderNumber, ask, stands } = await paidTill()
  const wish = { orderNumber, amountFen: fen(500), reason: 'returned', by: 'cashier' } as const
  const at = { wallMs: till.time.wallMs(), monotonicMs: 2_000 }
  const committed = await till.ledger.open().ledger.createRefund({ ...wish, policy: refundPolicy, at })
  assert.ok(committed.ok && committed.value.kind === 'created')
  const { refundNumber } = committed.value.refund
  assert.equal((await ask()).kind, 'under-way')
  await till.time.pass(300_000)
  assert.equal(stands(refundNumber).status, 'done')
})

test('accepted is asked about until it is done', async () => {
  const { till, start, stands } = await paidTill({
    refund: [refundAccepted],
    queryRefund: [refundProcessing, refundProcessing, refundDone],
  })
  const { refundNumber } = await start()
  await till.time.pass(5_000)
  assert.equal(stands(refundNumber).status, 'processing')
  await till.time.pass(300_000)
  const { status, tries, queries } = stands(refundNumber)
  assert.deepEqual([status, tries, queries], ['done', 1, 3])
})

test('an answer that is lost is asked about, and the same number goes again only if the channel knows of none', async () => {
  const { till, start, stands } = await paidTill({
    refund: [noAnswer, refundDone],
    queryRefund: [nobodyKnows, notFound],
  })
  const { refundNumber } = await start()
  await till.time.pass(300_000)
  const { status, tries, queries } = stands(refundNumber)
  assert.deepEqual([status, tries, queries], ['done', 2, 2])
  const sent = till.happenings.filter(({ what }) => what === 'send refund').map(({ orderNumber }) => orderNumber)
  assert.deepEqual(sent, [refundNumber, refundNumber])
})

test('a refusal that a query confirms frees the amount, under a new number', async () => {
  const { till, start, stands } = await paidTill({ refund: [refused, refundDone], queryRefund: [notFound] })
  const first = await start({ amountFen: fen(1234) })
  await till.time.pass(60_000)
  assert.deepEqual(
    [stands(first.refundNumber).status, stands(first.refundNumber).failureReason],
    ['failed', 'window-over'],
  )
  till.script = { ...till.script, refund: [refundDone] }
  const second = await start({ amountFen: fen(1234) })
  assert.notEqual(second.refundNumber, first.refundNumber)
  await till.time.pass(1_000)
  assert.equal(stands(second.refundNumber).status, 'done')
})

test('a low balance waits for a person, who tries the very same refund again', async () => {
  const { till, start, stands } = await paidTill({ refund: [balanceLow, refundDone], queryRefund: [notFound] })
  const { refundNumber } = await start()
  await till.time.pass(3_600_000)
  assert.deepEqual([stands(refundNumber).status, stands(refundNumber).tries], ['attention', 1])
  const act = await till.runner().actOnRefund(refundNumber, 'retry', 'staff')
  assert.equal(act.kind, 'done')
  await till.time.pass(1_000)
  assert.deepEqual([stands(refundNumber).status, stands(refundNumber).tries], ['done', 2])
})

test('what may not begin is refused in a value, and nothing leaves', async () => {
  const { till, ask, start } = await paidTill({ refund: [noAnswer] })
  const kindOf = async (change: Partial<RefundRequest>) => {
    const started = await ask(change)
    return started.kind === 'refused' ? started.problem : started.kind
  }
  assert.equal(await kindOf({ amountFen: fen(1235) }), 'more-than-left')
  assert.equal(await kindOf({ amountFen: fen(0) }), 'zero')
  assert.equal(await kindOf({ reason: ' \n ' }), 'reason-missing')
  assert.equal(await kindOf({ orderNumber: 'NOBODY' as never }), 'no-such-order')
  till.channelIsConfigured = false
  assert.equal(await kindOf({}), 'channel-not-configured')
  till.channelIsConfigured = true
  assert.deepEqual(
    till.log().filter((what) => what.startsWith('send')),
    [],
  )
  const first = await start()
  const again = await ask()
  assert.ok(again.kind === 'under-way')
  assert.equal(again.refund.refundNumber, first.refundNumber)
  const stopped = till.runner().stop()
  assert.equal(await kindOf({ amountFen: fen(1) }), 'stopping')
  await till.time.pass(10_000)
  await stopped
})

test('a ledger that cannot write sends nothing; one that fails later keeps what was heard until it can', async () => {
  const { till, ask, start, stands } = await paidTill()
  till.ledger.fail({ kind: 'disk-full', path: 'x' })
  assert.equal((await ask()).kind, 'ledger-trouble')
  assert.ok(!till.log().includes('send refund'))
  till.ledger.fail(null)
  const { refundNumber } = await start()
  till.ledger.fail({ kind: 'disk-full', path: 'x' })
  await till.time.pass(30_000)
  assert.equal(stands(refundNumber).status, 'requested')
  till.ledger.fail(null)
  await till.time.pass(5_000)
  assert.equal(stands(refundNumber).status, 'done')
})

test('a screen that throws does not stop a refund', async () => {
  const { till, start, stands } = await paidTill()
  till.onShowRefund = () => {
    throw new Error('a bug of the screen')
  }
  const { refundNumber } = await start()
  await till.time.pass(1_000)
  assert.equal(stands(refundNumber).status, 'done')
})

test('a till that stops hears what is in flight and leaves the rest to the next start', async () => {
  const { till, start, stands } = await paidTill({ refund: [refundAccepted], queryRefund: [refundDone] })
  const { refundNumber } = await start()
  const stopped = till.runner().stop()
  await till.time.pass(1_000)
  await stopped
  assert.equal(stands(refundNumber).status, 'processing')
  await till.restart(60_000)
  await till.time.pass(60_000)
  assert.equal(stands(refundNumber).status, 'done')
})

test('an order in attention with its money taken is settled once all of it went back, and no revoke goes beside a refund', async () => {
  // Six questions until the deadline, then a "paid" that comes after a revoke may have arrived: tries go on to the last.
  const query = [...Array.from({ length: 6 }, () => unclear), paid]
  const till = virtualTill({ pay: [unclear], query, revoke: [tryAgain] })
  const scanned = await till.take(scanOf(1))
  assert.ok(scanned.kind === 'started')
  const { orderNumber } = scanned.order
  await till.time.pass(600_000)
  const order = till.ledger.order(orderNumber)
  assert.deepEqual([order.status, order.moneyWasTaken], ['attention', true])
  const asked = (amountFen: number) =>
    till.runner().refund({ orderNumber, amountFen: fen(amountFen), reason: 'doubtful', by: 'staff' })
  assert.equal((await asked(234)).kind, 'started')
  await till.time.pass(1_000)
  assert.equal(till.ledger.order(orderNumber).status, 'attention', 'a part is not all')
  const revoke = await till.runner().act(orderNumber, 'revoke', 'staff')
  assert.equal(revoke.kind, 'not-now')
  till.log()
  await till.time.pass(6 * 3_600_000)
  const sent = till.log().filter((what) => what.startsWith('send'))
  assert.ok(sent.length > 5 && !sent.includes('send revoke'), 'the till asks on, and revokes no more by itself')
  assert.equal((await asked(1_000)).kind, 'started')
  await till.time.pass(1_000)
  const settled = till.ledger.order(orderNumber)
  assert.deepEqual([settled.status, settled.revokeEffect], ['revoked', 'refunded'])
  assert.deepEqual(settled.settlement?.kind, 'by-refund')
})

test('whatever the answers and wherever the till is killed: one number a refund, and never more back than was paid (I8)', async () => {
  const answers = [refundDone, refundAccepted, nobodyKnows, noAnswer, refused, balanceLow] as const
  const questions = [refundDone, refundProcessing, notFound, nobodyKnows, noAnswer] as const
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(answers.length - 1), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(questions.length - 1), { minLength: 1, maxLength: 6 }),
      fc.array(
        fc.record({ amountFen: fc.integer({ min: 1, max: 1300 }), waitMs: fc.integer({ min: 0, max: 40_000 }) }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
      async (said, told, wishes, kills) => {
        const { till, ask, orderNumber } = await paidTill({
          refund: said.map((choice) => answers[choice] ?? refundDone),
          queryRefund: told.map((choice) => questions[choice] ?? refundDone),
        })
        for (const [index, { amountFen, waitMs }] of wishes.entries()) {
          await ask({ amountFen: fen(amountFen) })
          await till.time.pass(waitMs)
          if (kills[index % kills.length] === 0) await till.restart(1_000)
        }
        await till.restart(1_000)
        await till.time.pass(900_000)
        const refunds = till.ledger.refunds()
        const notFailedFen = refunds.reduce(
          (sum, { status, amountFen }) => sum + (status === 'failed' ? 0 : amountFen),
          0,
        )
        assert.ok(notFailedFen <= till.ledger.order(orderNumber).amountFen)
        assert.equal(new Set(refunds.map(({ refundNumber }) => refundNumber)).size, refunds.length)
        const known = new Set<string>(refunds.map(({ refundNumber }) => refundNumber))
        for (const { what, orderNumber: number } of till.happenings) {
          if (what === 'send refund') assert.ok(known.has(number))
        }
        for (const { status, inFlight, wakeAtMonotonicMs } of refunds) {
          const goesOn = inFlight !== 'none' || wakeAtMonotonicMs !== null
          assert.ok(['done', 'failed', 'attention'].includes(status) || goesOn, `${status} was forgotten`)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('killed at each single moment of a refund, the till ends it once, under one number', async () => {
  for (let killAfterMs = 0; killAfterMs <= 40_000; killAfterMs += 1_000) {
    const { till, start, stands } = await paidTill({
      refund: [noAnswer, refundAccepted],
      queryRefund: [notFound, refundProcessing, refundDone],
    })
    const { refundNumber } = await start()
    await till.time.pass(killAfterMs)
    await till.restart(2_000)
    await till.time.pass(600_000)
    assert.equal(stands(refundNumber).status, 'done', `killed after ${killAfterMs} ms`)
    assert.equal(till.ledger.refunds().length, 1)
    const sent = till.happenings.filter(({ what }) => what === 'send refund')
    assert.ok(sent.length <= 2 && sent.every(({ orderNumber }) => orderNumber === refundNumber))
  }
})
