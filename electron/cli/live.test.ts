import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { type FaultTarget, type TrainingFault, trainingFaults } from '../training/fault.ts'
import { type PracticeWallet, practiceWallets } from '../training/practice-code.ts'
import { startLiveServers } from './live-servers.fixture.ts'
import {
  assertNoCodes,
  assertWhole,
  ordersIn,
  pay,
  practiceCode,
  runTill,
  walletsInTurn,
} from './till-process.fixture.ts'

const servers = await startLiveServers()
let tills = 0
/** A till of its own for each test: four characters, so that none is another's beginning. */
const nextTillId = (): string => {
  tills += 1
  return `T${String(tills).padStart(3, '0')}`
}

/** What the ledger says of the money and what the wallet holds must be one story. */
async function assertBooksAgree(data: string, tillId: string): Promise<void> {
  const [order] = await ordersIn(data)
  assert.ok(order)
  const books = servers.booksOf(tillId)
  assert.ok(books.length <= 1)
  const heldFen = books.reduce((sum, { chargedFen, refundedFen }) => sum + chargedFen - refundedFen, 0)
  if (order.status === 'paid') assert.equal(heldFen, order.amountFen)
  if (order.status === 'failed' || order.status === 'revoked') assert.equal(heldFen, 0)
  await assertWhole(data)
  assertNoCodes(data, servers.folder)
}

describe('servers outside of the process are reached by the configuration alone', { concurrency: 4 }, () => {
  for (const wallet of practiceWallets) {
    for (const plainHttp of [false, true]) {
      for (const [story, status] of [
        ['pays-at-once', 'paid'],
        ['password-never', 'revoked'],
      ] as const) {
        test(`${wallet}: ${story} over ${plainHttp ? 'http on loopback' : 'https'}`, async (context) => {
          const tillId = nextTillId()
          const data = servers.liveFolder(context, tillId, { plainHttp })
          const { last, stderr } = await pay(context, data, practiceCode(wallet, story))
          assert.equal(last?.status, status, stderr)
          assert.equal(servers.booksOf(tillId).length, 1)
          await assertBooksAgree(data, tillId)
        })
      }
    }
  }

  test('doctor finds address, keys and signatures right, and shows no secret', async (context) => {
    const data = servers.liveFolder(context, nextTillId())
    const { exit, lines, stdout } = await runTill(context, ['doctor'], { data })
    const channels = lines.filter(({ check }) => String(check).startsWith('channel '))
    assert.deepEqual(
      channels.map(({ verdict }) => verdict),
      ['ok', 'ok'],
      stdout,
    )
    assert.equal(exit, 0)
    assert.ok(!/PRIVATE KEY|BEGIN /.test(stdout))
  })
})

/** Plays one order whose answers are spoiled as `isSpoiled` says, and answers how it ended. */
async function play(
  context: TestContext,
  wallet: PracticeWallet,
  fault: TrainingFault,
  isSpoiled: (kind: FaultTarget['kind'], revokesBefore: number) => boolean,
) {
  const tillId = nextTillId()
  const data = servers.liveFolder(context, tillId, {
    policy: {
      firstQueryMs: 150,
      pollMs: 200,
      windowMs: 500,
      revokeMinAgeMs: 300,
      revokeRetryMs: [100, 200],
      requestTimeoutMs: fault === 'hang' ? 1_500 : 3_000,
    },
  })
  let revokes = 0
  servers.setFate(tillId, ({ kind }) => {
    if (kind === 'revoke') revokes += 1
    return isSpoiled(kind, revokes) ? fault : 'none'
  })
  const ended = await pay(context, data, practiceCode(wallet, 'pays-at-once'))
  assert.ok(ended.last?.type === 'result', ended.stderr)
  const statuses = ended.lines.map(({ status }) => status)
  assert.ok(!statuses.includes('failed') && !statuses.includes('paid'), String(statuses))
  assert.equal(statuses[1], 'unknown', 'a spoiled answer to the pay is "unknown"')
  await assertBooksAgree(data, tillId)
  return { ...ended, last: ended.last, data, tillId }
}

describe('a spoiled answer is never "paid" and never "failed"', { concurrency: 4 }, () => {
  for (const fault of trainingFaults.filter((each) => each !== 'none')) {
    for (const wallet of walletsInTurn()) {
      test(`${wallet}: ${fault} on pay, on each query before the revoke, and on the revoke`, async (context) => {
        const spoiled = (kind: FaultTarget['kind'], revokes: number) => kind !== 'query' || revokes === 0
        const { exit, last, tillId } = await play(context, wallet, fault, spoiled)
        assert.deepEqual([exit, last.status, last.revokeEffect], [1, 'revoked', 'refunded'])
        assert.deepEqual(
          servers.booksOf(tillId).map(({ state }) => state),
          ['refunded'],
        )
      })
    }
  }
  for (const fault of ['html', 'wrong-signature'] as const) {
    for (const wallet of walletsInTurn()) {
      test(`${wallet}: ${fault} on everything is a case for a person, and a question finds what became of it`, async (context) => {
        const { exit, last, data, tillId } = await play(context, wallet, fault, () => true)
        assert.deepEqual([exit, last.status], [3, 'attention'])
        servers.setFate(tillId, null)
        const asked = await runTill(context, ['query', '--order', String(last.orderNumber)], { data })
        assert.deepEqual([asked.exit, asked.last?.status, asked.last?.revokeEffect], [1, 'revoked', 'refunded'])
        await assertBooksAgree(data, tillId)
      })
    }
  }
})
