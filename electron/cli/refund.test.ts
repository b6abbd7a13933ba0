import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { practiceWallets } from '../training/practice-code.ts'
import { startLiveServers } from './live-servers.fixture.ts'
import {
  assertWhole,
  pay,
  practiceCode,
  runTill,
  shortPolicy,
  startTill,
  walletsInTurn,
} from './till-process.fixture.ts'

const servers = await startLiveServers()
const policy = { ...shortPolicy, refundAskMs: [200, 200, 300, 500, 500], refundRetryMs: [200, 300, 500] }
let tills = 0

/** A till with one paid order of 12.34 yuan. */
async function paidTill(context: TestContext, wallet: (typeof practiceWallets)[number], change: object = {}) {
  tills += 1
  const tillId = `R${String(tills).padStart(3, '0')}`
  const data = servers.liveFolder(context, tillId, { policy: { ...policy, ...change } })
  const paid = await pay(context, data, practiceCode(wallet, 'pays-at-once'))
  assert.equal(paid.last?.status, 'paid', paid.stderr)
  const order = String(paid.last?.orderNumber)
  const refund = (amount: string, reason = 'returned') =>
    runTill(context, ['refund', '--order', order, '--amount', amount, '--reason', reason], { data })
  const refundedFen = () => servers.booksOf(tillId)[0]?.refundedFen
  return { tillId, data, order, refund, refundedFen }
}

describe('refund over the wire: books and ledger agree to the fen', { concurrency: 4 }, () => {
  for (const wallet of walletsInTurn()) {
    test(`${wallet}: a part, then more than is left, then the rest`, async (context) => {
      const { data, order, refund, refundedFen } = await paidTill(context, wallet)
      const part = await refund('2.34')
      assert.equal(part.exit, 0, part.stderr)
      const { type, status, refundNumber, amountFen } = part.last ?? assert.fail()
      assert.deepEqual([type, status, refundNumber, amountFen], ['result', 'done', `${order}R01`, 234])
      assert.equal(refundedFen(), 234)

      const tooMuch = await refund('10.01')
      assert.equal(tooMuch.exit, 2)
      assert.match(tooMuch.stderr, /10\.00/)
      assert.equal(tooMuch.last, undefined)

      const rest = await refund('10.00')
      assert.deepEqual([rest.exit, rest.last?.status], [0, 'done'], rest.stderr)
      assert.equal(refundedFen(), 1_234)
      const nothingLeft = await refund('0.01')
      assert.equal(nothingLeft.exit, 2)

      const shown = await runTill(context, ['show', '--order', order], { data })
      const events = shown.lines.filter(({ refundNumber: number }) => number === `${order}R02`)
      assert.deepEqual(events[0]?.event, 'created')
      const listed = await runTill(context, ['orders'], { data })
      assert.equal(listed.last?.status, 'paid', 'a refund does not change what was paid')
      await assertWhole(data)
    })
  }

  for (const wallet of walletsInTurn()) {
    test(`${wallet}: an answer that is lost, and one that nobody knows, end as done, once`, async (context) => {
      const { data, refund, refundedFen } = await paidTill(context, wallet)
      const lost = await refund('1.00', 'practice: answer-lost')
      assert.deepEqual([lost.exit, lost.last?.status], [0, 'done'], lost.stderr)
      assert.equal(refundedFen(), 100)
      const unclear = await refund('2.00', 'practice: system-error')
      assert.deepEqual([unclear.exit, unclear.last?.status, unclear.last?.tries], [0, 'done', 2], unclear.stderr)
      assert.equal(refundedFen(), 300)
      await assertWhole(data)
    })
  }

  for (const wallet of walletsInTurn()) {
    test(`${wallet}: a refund that the wallet closes or refuses has failed, and its amount is left again`, async (context) => {
      const { refund, refundedFen } = await paidTill(context, wallet)
      const closed = await refund('12.34', 'practice: closed')
      assert.deepEqual([closed.exit, closed.last?.status], [1, 'failed'], closed.stderr)
      assert.equal(refundedFen(), 0)
      const again = await refund('12.34')
      assert.deepEqual([again.exit, again.last?.status], [0, 'done'], again.stderr)
      assert.equal(refundedFen(), 1_234)
    })
  }

  for (const wallet of walletsInTurn()) {
    test(`${wallet}: a low balance and a dead account are cases for a person`, async (context) => {
      const { refund, refundedFen } = await paidTill(context, wallet)
      const low = await refund('1.00', 'practice: balance-low')
      assert.deepEqual([low.exit, low.last?.reason], [3, 'merchant-balance-low'], low.stderr)
      const dead = await refund('2.00', 'practice: abnormal')
      assert.deepEqual([dead.exit, dead.last?.reason], [3, 'channel-needs-person'], dead.stderr)
      assert.equal(refundedFen(), 0)
    })
  }

  for (const wallet of walletsInTurn()) {
    test(`${wallet}: killed while its refund request arrives, the till finds out at its next start, and refunds once`, async (context) => {
      const { tillId, data, order, refundedFen } = await paidTill(context, wallet)
      const words = ['refund', '--order', order, '--amount', '5.00', '--reason', 'returned']
      const running = startTill(context, words, { data })
      servers.setFate(tillId, ({ kind }) => {
        if (kind === 'refund') running.child.kill('SIGKILL')
        return 'none'
      })
      await running.ended
      servers.setFate(tillId, null)
      const recovered = await runTill(context, ['recover', '--for', '20'], { data })
      assert.deepEqual([recovered.exit, recovered.last?.resolved], [0, 1], recovered.stderr)
      assert.equal(refundedFen(), 500)
      await assertWhole(data)
    })
  }

  for (const wallet of walletsInTurn()) {
    test(`${wallet}: interrupted, it says that it goes on later; asked again, it is the same refund`, async (context) => {
      const { tillId, data, order, refund, refundedFen } = await paidTill(context, wallet)
      servers.setFate(tillId, ({ kind }) => (kind === 'refund' || kind === 'refund-query' ? 'html' : 'none'))
      const words = ['refund', '--order', order, '--amount', '5.00', '--reason', 'returned']
      const running = startTill(context, words, { data })
      await running.reached('unknown')
      running.child.kill('SIGINT')
      const { exit, last } = await running.ended
      assert.equal(exit, 3)
      assert.equal(last?.refundNumber, `${order}R01`)
      servers.setFate(tillId, null)
      const again = await refund('5.00')
      assert.deepEqual([again.exit, again.last?.refundNumber, again.last?.status], [0, `${order}R01`, 'done'])
      assert.equal(refundedFen(), 500)
    })
  }

  for (const fault of ['wrong-signature', 'other-order', 'half-answer'] as const) {
    for (const wallet of walletsInTurn()) {
      test(`${wallet}: ${fault} on every refund answer is never done and never failed`, async (context) => {
        const { tillId, data, order, refundedFen } = await paidTill(context, wallet)
        servers.setFate(tillId, ({ kind }) => (kind === 'refund' || kind === 'refund-query' ? fault : 'none'))
        const words = ['refund', '--order', order, '--amount', '5.00', '--reason', 'returned']
        const spoiled = await runTill(context, words, { data })
        assert.equal(spoiled.exit, 3, spoiled.stderr)
        assert.deepEqual(
          spoiled.lines.map(({ status }) => status).filter((status) => status === 'done' || status === 'failed'),
          [],
        )
        servers.setFate(tillId, null)
        const recovered = await runTill(context, ['recover', '--for', '20'], { data })
        assert.deepEqual([recovered.exit, recovered.last?.open], [0, 0], recovered.stderr)
        assert.equal(refundedFen(), 500)
      })
    }
  }

  test('a window that is over, an unpaid order, an unknown one and a missing reason are refused in words', async (context) => {
    const { data, order, refund } = await paidTill(context, 'alipay', { refundWindowMs: 1 })
    const late = await refund('1.00')
    assert.equal(late.exit, 2)
    assert.match(late.stderr, /time for refunds of this order is over/)
    const unpaid = await pay(context, data, practiceCode('alipay', 'balance-low'))
    assert.equal(unpaid.last?.status, 'failed')
    const run = (...parameters: readonly string[]) => runTill(context, ['refund', ...parameters], { data })
    const notPaid = await run('--order', String(unpaid.last?.orderNumber), '--amount', '1.00', '--reason', 'x')
    assert.equal(notPaid.exit, 2)
    assert.match(notPaid.stderr, /nothing to refund/)
    assert.equal((await run('--order', 'S001NOBODY', '--amount', '1.00', '--reason', 'x')).exit, 2)
    assert.equal((await run('--order', order, '--amount', '1.00', '--reason', ' ')).exit, 2)
    assert.equal((await run('--order', order, '--amount', '1.005', '--reason', 'x')).exit, 2)
    assert.equal((await run('--order', order, '--amount', '1.00')).exit, 2)
  })
})
